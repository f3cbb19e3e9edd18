"""How much is said of plots: their options, marks, controls and the like, in all of them.  [no I/O]

What one plot may have of each is bounded, and so is the number of plots, but a thousand plots with
all they may have take gigabytes. `memory` is for points; this has a bound of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zwsnb.protocol.messages import Declare, InvalidMessage, Listen, Progress
from zwsnb.relay.refusals import MOST_SAID, TOO_MUCH_SAID

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.history.plots import Plot
    from zwsnb.protocol.batch import Command

SLACK: Final = 4096
"""Characters that are said of a plot before it is looked at again, or as many as it had: to look at
each time would cost more than what it says.
"""

SHORT: Final = 32
"""Characters of a mark beside its text."""


@dataclass(slots=True)
class _Size:
    exact: int = 0  # when it was looked at last
    since: int = 0  # what was said from then on, of which much may have replaced what was there


class Said:
    """Of all plots of a service. look: how much a plot has."""

    def __init__(self, look: Callable[[Plot], int] | None = None) -> None:
        self._look = look or size_of
        self._sizes: dict[str, _Size] = {}
        self.total = 0

    def admit(self, plot: Plot, command: Command) -> None:
        """Count what is going to be said of a plot.

        Raises:
            InvalidMessage: it would be too much in all.
        """
        more = len(str(command))
        size = self._sizes.setdefault(plot.name, _Size())
        is_much = self.total + more > MOST_SAID
        if size.since > (SLACK if is_much else max(SLACK, size.exact)):
            self._set(size, self._look(plot), 0)
        if self.total + more > MOST_SAID:
            raise InvalidMessage(TOO_MUCH_SAID, f"{self.total:,} characters, and {more:,} more")
        self._set(size, size.exact, size.since + more)

    def look(self, plot: Plot) -> None:
        """See how much a plot has: some of it is gone."""
        if (size := self._sizes.get(plot.name)) is not None:
            self._set(size, self._look(plot), 0)

    def forget(self, name: str) -> None:
        """Count nothing of a plot that is closed."""
        if (size := self._sizes.pop(name, None)) is not None:
            self.total -= size.exact + size.since

    def _set(self, size: _Size, exact: int, since: int) -> None:
        self.total += exact + since - size.exact - size.since
        size.exact, size.since = exact, since


def takes_away(command: Command) -> bool:
    """Return whether a command says that something is no more: a control, a watch, all bars."""
    match command:
        case Declare():
            return command.control is None
        case Listen():
            return command.watch is None
        case Progress():
            return not command.bars
        case _:
            return False


def size_of(plot: Plot) -> int:
    """Return how many characters a plot has of what was said of it."""
    marks = sum(len(text) + SHORT for _, text in plot.marks)
    rest = (plot.options, plot.progress, plot.controls.held, plot.watches.held)
    return marks + sum(len(str(each)) for each in rest)
