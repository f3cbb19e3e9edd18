"""How soon a busy cell hands over the interpreter's lock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import gevent

if TYPE_CHECKING:
    from collections.abc import Callable

BRISK: Final = 0.0005
"""Seconds after which a busy cell hands over the interpreter's lock, in a flood of points at which
somebody looks (Python's default: 0.005).

With the default the plot of a tight loop gets some 50 frames a second, with gaps of 80 ms among
them; with this it gets the screen's rate. The loop is no slower for it. But every other thread is
let run sooner as well, so a cell that computes beside a plot of a slow stream is better left alone.
"""

FLOOD: Final = 100_000
"""Points a second that only a loop which does little else can publish."""


class SwitchInterval:
    """The interpreter's switch interval: brisk in a flood while somebody looks, else as it was.

    ``is_flood`` is True in a flood, also where nobody looks, or the interval is left alone.
    """

    EVERY: Final = 0.25

    def __init__(self, brisk: float | None) -> None:
        self._brisk = brisk
        self._usual: float | None = None
        self._points = 0
        self.is_flood = self._is_calm = self._is_watched = False

    def run(self, points: Callable[[], int], is_watched: Callable[[], bool]) -> None:
        """Look four times a second whether the pace should change."""
        while True:
            self.look(points(), is_watched=is_watched())
            gevent.sleep(self.EVERY)

    def look(self, points: int, *, is_watched: bool) -> None:
        """Take the pace that becomes so many `points` in all."""
        new, self._points = points - self._points, points
        self._is_calm, self._is_watched = new == 0, is_watched
        self.is_flood = new >= FLOOD * self.EVERY
        self._set(brisk=self.is_flood and is_watched)

    def hurry(self) -> None:
        """Points come after a calm, perhaps a flood: until `run` can tell take it for one. From any
        thread.
        """
        if self._is_calm and self._is_watched:
            self._is_calm, self.is_flood = False, True
            self._set(brisk=True)

    def _set(self, *, brisk: bool) -> None:
        if not brisk:
            self.restore()
        elif self._usual is None and self._brisk is not None:
            self._usual = sys.getswitchinterval()
            sys.setswitchinterval(min(self._brisk, self._usual))

    def restore(self) -> None:
        """Set it back to what it was."""
        if self._usual is not None:
            sys.setswitchinterval(self._usual)
            self._usual = None
