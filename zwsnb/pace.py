"""How soon a busy cell hands over the interpreter's lock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import gevent

if TYPE_CHECKING:
    from zwsnb.server import Site

BRISK: Final = 0.0005
"""Seconds after which a busy cell hands over the interpreter's lock, while points flow and somebody looks
(Python's default: 0.005).

With the default a plot gets about 35 frames a second beside a cell of pure Python, with this 55; the cell is
no slower for it.
"""


class Pace:
    """The interpreter's switch interval: brisk while points flow and somebody looks, else as it was."""

    EVERY: Final = 0.5

    def __init__(self, brisk: float | None) -> None:
        self._brisk = brisk
        self._usual: float | None = None
        self._is_watched = self._has_hurried = False

    def run(self, site: Site) -> None:
        """Look twice a second whether the pace should change."""
        before = -1
        while self._brisk is not None:
            now = sum(plot.version for plot in site.history.plots.values())
            flows, self._has_hurried = now != before or self._has_hurried, False
            self._is_watched = site.is_watched()
            self._set(brisk=flows and self._is_watched)
            before = now
            gevent.sleep(self.EVERY)

    def hurry(self) -> None:
        """Points begin to flow; from any thread. A busy cell would let `run` see it only after a second."""
        if self._is_watched:
            self._has_hurried = True
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
