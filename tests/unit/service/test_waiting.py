"""How long a script is kept alive, on a clock of its own."""

from __future__ import annotations

import math

import pytest

from zwsnb.service import waiting


class Clock:
    """A clock that moves when it is slept on."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


@pytest.mark.parametrize(
    ("pages", "timeout", "waits"),
    [
        ([1, 0], math.inf, 1 + 3),
        ([0, 0, 0, 2, 1, 1, 0], math.inf, 6 + 3),
        ([1, 0, 0, 1, 0], math.inf, 4 + 3),  # a page that is reloaded
        ([1], 7.25, 7.25),
        ([0], 5, 5),
        ([0], 0, 0),
        ([1, 0], 2.5, 2.5),
    ],
)
def test_it_lasts_until_all_pages_are_closed(
    pages: list[int], timeout: float, waits: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """pages: how many there are in each second; then as many as in the last."""
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    begin = clock.now

    def count_pages() -> int:
        return pages[min(len(pages) - 1, int(clock.now - begin))]

    waiting.until_closed(count_pages, timeout)
    assert clock.now - begin == pytest.approx(waits, abs=waiting.POLL if timeout > 10 else 0)


def test_what_interrupts_it_comes_out() -> None:
    def count_pages() -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        waiting.until_closed(count_pages, 1)
