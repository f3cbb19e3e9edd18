"""A loop with buttons on its plot: to stop it, to pause it, and to go one step."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, TypeVar

from zwsnb import api
from zwsnb.controls.control import button, switch
from zwsnb.producer import native
from zwsnb.progress.loops import shown
from zwsnb.steering.handles import Button, Handle, Switch

if TYPE_CHECKING:
    from zwsnb.controls.control import Control

T = TypeVar("T")
_Control = TypeVar("_Control", bound=Handle[Any])

LOOK_EVERY: Final = 0.02
"""Seconds between two looks of a loop that is paused; an interrupt ends its wait at once."""


class Gate:
    """What a loop asks before each step. name: of the loop, behind the words of its buttons."""

    def __init__(self, plot: str, name: str) -> None:
        self.key = plot, name
        self._thread = native.get_ident()
        self._made: list[Handle[Any]] = []
        was_paused = self.key in _paused
        # Since it was asked last; all that a loop looks at before a step.
        self.is_touched = was_paused
        _open.append(self)
        try:
            self._stop = self._put(_Button(self, plot, button(f"Stop {name}")))
            self._pause = self._put(_Switch(self, plot, switch(f"Pause {name}", was_paused)))
            self._step = self._put(_Button(self, plot, button(f"Step {name}")))
        except BaseException:
            self._remove()
            raise

    def _put(self, control: _Control) -> _Control:
        self._made.append(control)
        return control

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
        """Take the buttons away; the next loop of that name begins as this one was left."""
        if self in _open:
            # In a plot that was closed nobody sees that it is paused.
            is_paused = self._pause.value and self._pause.is_shown
            (_paused.add if is_paused else _paused.discard)(self.key)
            self._remove()

    def _remove(self) -> None:
        _open.remove(self)
        for control in self._made:
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

_paused: Final[set[tuple[str, str]]] = set()
"""Plot and name of the loops of this cell that were paused when they ended: somebody who takes the
steps of an inner loop one by one goes on so in its next round.
"""


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
    # A loop may go on in the cells to come, as a task does, or an iterator: unless an error has
    # ended its cell, whose traceback keeps it.
    if getattr(result, "success", True) is False:
        for gate in [*_open]:  # which closing changes
            gate.close_after_cell(native.get_ident())
    _paused.intersection_update([gate.key for gate in _open])


def _forget(plot: str) -> None:
    _paused.difference_update([key for key in list(_paused) if key[0] == plot])


api.after_close.append(_forget)
api.before_stop.append(_paused.clear)
