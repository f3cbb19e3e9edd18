"""A loop with buttons on its plot: to stop it, to pause it, and to go one step."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

from zwsnb.controls.control import button, switch
from zwsnb.producer import native
from zwsnb.progress.loops import shown
from zwsnb.steering.handles import Button, Switch

if TYPE_CHECKING:
    from zwsnb.controls.control import Control

T = TypeVar("T")

LOOK_EVERY: Final = 0.02
"""Seconds between two looks of a loop that is paused; an interrupt ends its wait at once."""


class Gate:
    """What a loop asks before each step. name: of the loop, behind the words of its buttons."""

    def __init__(self, plot: str, name: str) -> None:
        self._thread = native.get_ident()
        self.is_touched = False  # since it was asked last; all that a loop looks at before a step
        self._stop = _Button(self, plot, button(f"Stop {name}"))
        self._pause = _Switch(self, plot, switch(f"Pause {name}", value=False))
        self._step = _Button(self, plot, button(f"Step {name}"))
        _open.append(self)

    @property
    def is_stopped(self) -> bool:
        """True when somebody has stopped it."""
        return self._stop.clicks > 0

    def lets_pass(self) -> bool:
        """Wait while the loop is paused; return whether it goes on."""
        self.is_touched = False  # before it is looked at: what comes meanwhile is seen next time
        if self._step.pressed():
            self._pause.value = self.is_touched = True  # after this one step
            return not self.is_stopped
        # Where the plot was closed, or the service has ended, nobody could let it go on.
        while self._pause.value and self._pause.is_shown and not self.is_stopped:
            if self._step.pressed():
                self.is_touched = True  # it is paused all the same
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


class _Button(Button):
    def __init__(self, gate: Gate, plot: str, control: Control) -> None:
        self._gate = gate
        super().__init__(plot, control)

    def _notify(self, before: int, now: int) -> None:
        del before, now
        self._gate.is_touched = True


class _Switch(Switch):
    def __init__(self, gate: Gate, plot: str, control: Control) -> None:
        self._gate = gate
        super().__init__(plot, control)

    def _notify(self, before: bool, now: bool) -> None:  # noqa: FBT001 - its value
        del before, now
        self._gate.is_touched = True


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
    while (not gate.is_touched or gate.lets_pass()) and (item := next(items, end)) is not end:
        yield item  # type: ignore[misc]  # it is no end


def _watch_cells() -> None:
    if "IPython" in sys.modules:
        from zwsnb.display import ipython

        ipython.after_cells(_after_cell)


def _after_cell(result: object) -> None:
    del result
    for gate in [*_open]:  # which closing changes
        gate.close_after_cell(native.get_ident())
