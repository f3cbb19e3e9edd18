"""The answer to a page that measures a selection, which may take long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from zwsnb.clients.asked.answering import Answering
from zwsnb.derived.face import face_of
from zwsnb.history.queries import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from zwsnb.clients.page_messages import Measure
    from zwsnb.history.plots import Plot
    from zwsnb.history.queries import Measurement

    Selected: TypeAlias = Callable[[float, float, list[Measurement]], object]


class Measuring:
    """Measures for one page in a greenlet of its own; a newer question ends an older one.

    selected: is called with the ends and the figures of what a reader has just selected. party:
    whose turns it takes.
    """

    def __init__(
        self,
        plot: Plot,
        send_json: Callable[[dict[str, Any]], object],
        selected: Selected,
        party: object,
    ) -> None:
        self._plot, self._selected = plot, selected
        self._answering = Answering(send_json, self._measure, party)
        self._open: Measure | None = None  # the newest question, until it is answered
        self.stop = self._answering.stop

    def start(self, asked: Measure) -> None:
        """Answer this question soon, and no older one."""
        before = self._open
        if before and before.is_selected and (before.lo, before.hi) == (asked.lo, asked.hi):
            asked = asked._replace(is_selected=True)  # it is asked again: nobody was told
        self._open = asked
        self._answering.begin(asked)

    def _measure(self, asked: Measure) -> Iterator[dict[str, Any] | None]:
        shown = face_of(self._plot)
        statistics = yield from measured(shown, asked.lo, asked.hi)
        self._open = None
        if asked.is_selected and shown is self._plot:
            self._selected(asked.lo, asked.hi, statistics)
        head = {"type": "measure", "id": asked.number, "from": asked.lo, "to": asked.hi}
        yield {**head, "series": statistics}


def measured(plot: Plot, lo: float, hi: float) -> Generator[None, None, list[Measurement]]:
    """Return the statistics of each series; before, yield after each block of points."""
    statistics = []
    for series in list(plot.series.values()):
        for result in measure(series, lo, hi):
            yield
            if result is not None:
                statistics.append(result)
    return statistics
