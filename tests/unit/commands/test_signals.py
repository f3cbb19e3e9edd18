"""Commands end by the signals that end programs, but by none that they were told to outlive."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from zwsnb.commands.signals import end_by

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = [signal.getsignal(number) for number in SIGNALS]
    yield
    for number, handler in zip(SIGNALS, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize("is_outlived", [False, True])
def test_each_ends_it_and_nohup_holds(*, is_outlived: bool) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN if is_outlived else signal.SIG_DFL)
    met: list[int] = []
    end_by(lambda number, _: met.append(number))
    for number in SIGNALS:
        signal.raise_signal(number)
    assert met == list(SIGNALS[: 2 if is_outlived else 3])
