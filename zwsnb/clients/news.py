"""What a page has been told of its plot besides series, options and points, and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from zwsnb.view.sweeps import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zwsnb.events.held import Watches
    from zwsnb.history.plots import Plot
    from zwsnb.protocol.messages import Bar
    from zwsnb.triggers.trigger import State

T = TypeVar("T")


class Numbered:
    """Things that a plot keeps the newest of, each with a number that stays: what a page has been
    told of them.
    """

    def __init__(self) -> None:
        # Counted from the plot's first: the oldest one that stood, and behind the last one.
        self._first = self._end = 0

    def news(self, kept: Sequence[T], dropped: int) -> Sequence[T] | None:
        """Return those that have come; None where the page knows what there is. dropped: those
        before the ones that are kept.
        """
        first, end = dropped, dropped + len(kept)
        if end == self._end and first <= self._first:
            return None
        new = kept[max(0, self._end - first) :]
        self._first, self._end = first, end
        return new


class News:
    """Marks, progress, controls, what the trigger does, what programs watch, and alerts."""

    def __init__(self) -> None:
        self._marks, self._alerts = Numbered(), Numbered()
        self._progress: tuple[Bar, ...] = ()
        self._controls = 0  # their version
        self._watches = 0
        self._trigger: State = ""
        self._state: tuple[object, ...] = ()  # of all of them, when they were told last

    def of(self, plot: Plot) -> Iterable[dict[str, Any]]:
        """Return a message for each that has changed."""
        watches, dropped = plot.watches, plot.marks_dropped
        state = (
            *(dropped, dropped + len(plot.marks), plot.progress, plot.controls.version),
            *(watches.version, watches.dropped + len(watches.alerts), state_of(plot)),
        )
        if state == self._state:
            return ()
        # All of them now: who sends them may wait between two, and something may come and go.
        messages = list(self._telling(plot))
        self._state = state
        return messages

    def _telling(self, plot: Plot) -> Iterator[dict[str, Any]]:
        if (new := self._marks.news(plot.marks, plot.marks_dropped)) is not None:
            marks = [{"x": x, "text": text} for x, text in new]
            yield {"type": "marks", "first": plot.marks_dropped, "marks": marks}
        if self._progress != plot.progress:
            self._progress = plot.progress
            yield {"type": "progress", "bars": [bar._asdict() for bar in self._progress]}
        if self._controls != plot.controls.version:
            self._controls = plot.controls.version
            yield {"type": "controls", "controls": plot.controls.described()}
        if self._trigger != (state := state_of(plot)):
            self._trigger = state
            yield {"type": "trigger", "state": state}
        yield from self._of_watches(plot.watches)

    def _of_watches(self, watches: Watches) -> Iterator[dict[str, Any]]:
        if self._watches != watches.version:
            self._watches = watches.version
            yield {"type": "listens", "to": watches.kinds}
        if alerts := self._alerts.news(watches.alerts, watches.dropped):
            first = watches.dropped + len(watches.alerts) - len(alerts)
            yield {"type": "alerts", "first": first, "alerts": [each._asdict() for each in alerts]}
