"""A loop with buttons on its plot: to stop it, to pause it, and to go one step."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from zwsnb.controls.control import button, switch
from zwsnb.producer import native
from zwsnb.progress.loops import shown
from zwsnb.steering.handles import Button, Switch

T = TypeVar("T")

LOOK_EVERY: Final = 0.02
"""Seconds between two looks of a loop that is paused; an interrupt ends its wait at once."""


class Gate:
    """What a loop asks before each step. name: of the loop, behind the words of its buttons."""

    def __init__(self, plot: str, name: str) -> None:
        self._thread = native.get_ident()
        self._stop = Button(plot, button(f"Stop {name}"))
        self._pause = Switch(plot, switch(f"Pause {name}", value=False))
        self._step = Button(plot, button(f"Step {name}"))
        _open.append(self)

    @property
    def is_stopped(self) -> bool:
        """True when somebody has stopped it."""
        return self._stop.clicks > 0

    def lets_pass(self) -> bool:
        """Wait while the loop is paused; return whether it goes on."""
        if self._step.pressed():
            self._pause.value = True  # after this one step
            return not self.is_stopped
        # Where the plot was closed, or the service has ended, nobody could let it go on.
        while self._pause.value and self._pause.is_shown and not self.is_stopped:
            if self._step.pressed():
                break
            time.sleep(LOOK_EVERY)
        return not self.is_stopped

    def close(self) -> None:
        """Take the buttons away."""
        if self in _open:
            _open.remove(self)
            for control in (self._stop, self._pause, self._step):
                control.remove()

    def close_after_cell(self, thread: int) -> None:
        """Take them away where an error has ended the cell of that thread."""
        if self._thread == thread:
            self.close()


_open: Final[list[Gate]] = []
"""Those of loops that run."""


def looped(
    iterable: Iterable[T], total: int | None, text: str, plot: str, name: str
) -> Iterator[T]:
    """Yield the items as long as nobody stops it, with the progress as `shown` has it."""
    _watch_cells()
    gate = Gate(plot, name)
    try:
        yield from shown(
            _passed(iterable, gate), total, text, plot, is_whole=lambda: not gate.is_stopped
        )
    finally:
        gate.close()


def _passed(iterable: Iterable[T], gate: Gate) -> Iterator[T]:
    items = iter(iterable)
    end = object()
    # An item is fetched when the loop may go on, so that one that is stopped has lost none.
    while gate.lets_pass() and (item := next(items, end)) is not end:
        yield item  # type: ignore[misc]  # it is no end


def _watch_cells() -> None:
    if "IPython" in sys.modules:
        from zwsnb.display import ipython

        ipython.after_cells(_after_cell)


def _after_cell(result: object) -> None:
    del result
    for gate in _open:
        gate.close_after_cell(native.get_ident())
