"""The way back: what a page does with a control goes to the program that has declared it.  [no I/O]

It goes past the kernel's queue: the relay changes the control, tells all pages, and calls whoever
listens for that program, which runs in this process or holds a connection. The relay's order is the
one that counts. A program may have said another value in the meantime, which is on its way: it is
told which of its declarations the page had seen, so that both end with the same value.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from zwsnb.controls.control import Steered, in_words
from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    from zwsnb.controls.held import Held
    from zwsnb.history.plots import Plot
    from zwsnb.relay.listener import RelayListener

Hear: TypeAlias = Callable[[Steered], object]
"""Called in the hub's own thread; it must not block."""


class Steering:
    """Who hears of the controls of which program; use it in the hub's own thread."""

    def __init__(self, listener: RelayListener) -> None:
        self._listener = listener
        self._hearing: dict[str, Hear] = {}  # by producer

    def hear(self, producer: str, tell: Hear) -> None:
        """Call `tell` for what pages do with the controls of a program, and nobody else."""
        self._hearing[producer] = tell

    def leave(self, producer: str, tell: Hear) -> None:
        """Call it no more: the program has gone."""
        if self._hearing.get(producer) == tell:
            del self._hearing[producer]

    def steer(self, plot: Plot, name: str, value: object, *, is_released: bool) -> None:
        """Give a control the value that a page has sent; a button is pressed once more.

        is_released: the hand has left it. Then a mark says its value, if no mark did.

        Raises:
            InvalidMessage: there is no such control, it cannot have that value, or its program does
                not listen any more.
        """
        try:
            held = plot.controls.find(name)
            tell = self._hearing_of(held)
            plot.controls.change(name, value)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidMessage("bad control", str(error.args[0])) from error
        if is_released:
            _record(plot, held)
        plot.version += 1
        control = held.control
        told = Steered(plot.name, name, control.value, control.number)
        tell(told)
        self._listener.points_arrived(plot, math.nan)

    def _hearing_of(self, held: Held) -> Hear:
        if held.producer not in self._hearing:
            raise KeyError(f"the program of {held.control.name!r} does not listen")
        return self._hearing[held.producer]


def _record(plot: Plot, held: Held) -> None:
    """Put a mark where the plot is now; there is none where it has no points."""
    if held.marked == held.control.value:
        return
    held.marked = held.control.value
    current = [s.last[0] for s in plot.series.values() if s.count and s.number == 0]
    if current:
        plot.mark(max(current), in_words(held.control))
