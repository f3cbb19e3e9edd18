"""The answer to a page that measures a selection, which may take long."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, TypeAlias

import gevent

from zwsnb.clients.page_socket import Closed
from zwsnb.derived.face import face_of
from zwsnb.history.queries import measure
from zwsnb.relay.hub import yield_to_hub

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.clients.page_messages import Measure
    from zwsnb.history.plots import Plot
    from zwsnb.history.queries import Measurement

    Selected: TypeAlias = Callable[[float, float, list[Measurement]], object]


class Measuring:
    """Measures for one page in a greenlet of its own; a newer question ends an older one.

    selected: is called with the ends and the figures of what a reader has just selected.
    """

    def __init__(
        self, plot: Plot, send_json: Callable[[dict[str, Any]], object], selected: Selected
    ) -> None:
        self._plot, self._send_json, self._selected = plot, send_json, selected
        self._greenlet: gevent.Greenlet[..., None] | None = None  # of the newest question
        self._open: Measure | None = None  # that question, until it is answered

    def start(self, asked: Measure) -> None:
        """Answer this question soon, and no older one."""
        self.stop()
        before = self._open
        if before and before.is_selected and (before.lo, before.hi) == (asked.lo, asked.hi):
            asked = asked._replace(is_selected=True)  # it is asked again: nobody was told
        self._open = asked
        self._greenlet = gevent.spawn(self._measure, asked)

    def stop(self) -> None:
        """Answer no more."""
        if self._greenlet is not None:
            self._greenlet.kill(block=False)

    def _measure(self, asked: Measure) -> None:
        statistics: list[Measurement] = []
        shown = face_of(self._plot)
        for series in list(shown.series.values()):
            for result in measure(series, asked.lo, asked.hi):
                yield_to_hub()
                if result is not None:
                    statistics.append(result)
        self._open = None
        if asked.is_selected and shown is self._plot:
            self._selected(asked.lo, asked.hi, statistics)
        head = {"type": "measure", "id": asked.number, "from": asked.lo, "to": asked.hi}
        with contextlib.suppress(Closed):
            self._send_json({**head, "series": statistics})
