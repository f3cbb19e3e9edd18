"""Whoever makes a context is told before there are no threads left."""

from __future__ import annotations

import errno
import threading
from typing import Any, NoReturn

import pytest
from support.eventually import eventually

from zwsnb.delivery.threads import check_threads
from zwsnb.producer import native


def refuse(monkeypatch: pytest.MonkeyPatch, why: str, after: int = 0) -> None:
    start, started = native.start_new_thread, []

    def try_to_start(*args: Any) -> int | NoReturn:
        if len(started) >= after:
            raise RuntimeError(why)
        started.append(args)
        return start(*args)

    monkeypatch.setattr(native, "start_new_thread", try_to_start)


def test_those_that_are_tried_end() -> None:
    before = threading._count()  # type: ignore[attr-defined]  # no other counts those of _thread
    check_threads()
    eventually(lambda: threading._count() <= before)  # type: ignore[attr-defined]


@pytest.mark.parametrize("after", [0, 1])
def test_too_few_are_told_with_the_repair(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    refuse(monkeypatch, "can't start new thread", after)
    with pytest.raises(OSError, match="ulimit -u") as caught:
        check_threads()
    assert caught.value.errno == errno.EAGAIN


def test_that_the_interpreter_ends_is_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "can't create new thread at interpreter shutdown")
    check_threads()
