"""What a loop has logged, without a service."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from support.sinks import FakeSink, by_series
from zwsnb import api
from zwsnb.metrics import log, steps
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Batch, Body, Points


class Logged:
    """A publisher in place of that of the process."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.publisher = Publisher()
        self.publisher.sink = FakeSink(self.publisher)
        patch.setattr(api, "publisher", self.publisher)
        patch.setattr(api, "ensure", lambda: None)
        patch.setattr(log, "_publish", {})
        log._grouped.clear()
        steps._steps.clear()

    def take(self) -> list[Batch]:
        """Return what has come since the last time."""
        batches = self.publisher.take()
        while self.publisher.has_more:
            batches += self.publisher.take()
        return batches

    def points(self) -> dict[str, list[tuple[float, float | None]]]:
        """Return the points that have come, by "plot/series"."""
        return by_series(self.take())

    def runs(self) -> list[tuple[str, str]]:
        """Return the series and the run of each piece."""
        return [(b.body.series, b.body.run) for b in self.take() if isinstance(b.body, Points)]

    def commands(self) -> list[Body]:
        """Return the words about plots that have come."""
        return [b.body for b in self.take() if not isinstance(b.body, Points)]


class Cells:
    """A shell of IPython that runs code as the cells of a notebook, which tells it their names."""

    def __init__(self, patch: pytest.MonkeyPatch, **names: Any) -> None:
        self._cell = ""
        make: Any = InteractiveShell  # which has no types
        self.shell = make()
        self.shell.user_ns.update(names)
        self.shell.get_parent = lambda: {"metadata": {"cellId": self._cell}}
        patch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: self.shell))

    def run(self, code: str, cell: str = "") -> None:
        """Run a cell."""
        self._cell = cell
        self.shell.run_cell(code, store_history=True).raise_error()
