"""The answer to a page that measures a selection, which may take long."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import gevent

from zwsnb.clients.page_socket import Closed
from zwsnb.history.queries import measure
from zwsnb.relay.hub import yield_to_hub

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.clients.page_messages import Measure
    from zwsnb.history.plots import Plot


class Measuring:
    """Measures for one page in a greenlet of its own; a newer question ends an older one."""

    def __init__(self, plot: Plot, send_json: Callable[[dict[str, Any]], object]) -> None:
        self._plot, self._send_json = plot, send_json
        self._greenlet: gevent.Greenlet[..., None] | None = None  # of the newest question

    def start(self, asked: Measure) -> None:
        """Answer this question soon, and no older one."""
        self.stop()
        self._greenlet = gevent.spawn(self._measure, asked)

    def stop(self) -> None:
        """Answer no more."""
        if self._greenlet is not None:
            self._greenlet.kill(block=False)

    def _measure(self, asked: Measure) -> None:
        statistics = []
        for series in list(self._plot.series.values()):
            for result in measure(series, asked.lo, asked.hi):
                yield_to_hub()
                if result is not None:
                    statistics.append(result)
        head = {"type": "measure", "id": asked.number, "from": asked.lo, "to": asked.hi}
        with contextlib.suppress(Closed):
            self._send_json({**head, "series": statistics})
