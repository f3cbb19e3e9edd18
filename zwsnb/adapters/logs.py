"""Python's `logging`: numbers of its messages as points, warnings as marks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from zwsnb.adapters.reporter import Reporter
from zwsnb.lines.cells import Units
from zwsnb.lines.pairs import read_pairs
from zwsnb.plot.plot import Plot
from zwsnb.producer import native


class PlotHandler(logging.Handler):
    """Logs the numbers of messages such as ``epoch done: loss=0.3 time=12ms``, and those that a
    call adds by ``extra={"metrics": {"loss": .3}}``; x is the time. Warnings and errors are marks.

    plot: a plot, or its name, of its own, for its x are times (default: "log"). run: the name of
    the run. level: of the messages that it takes. marks: the level from which they are marks.
    """

    def __init__(
        self,
        plot: str | Plot = "log",
        run: str = "",
        *,
        level: int = logging.NOTSET,
        marks: int = logging.WARNING,
    ) -> None:
        super().__init__(level)
        self.reporter = Reporter(plot, run)
        self._marks = marks
        self._units = Units()

    def handle(self, record: logging.LogRecord) -> bool:
        """Take a message, but none of zwsnb's own: what is left out is said by one. Nor any of the
        threads that deliver points, which another one may wait for that has this handler's lock.
        """
        if record.name.partition(".")[0] == "zwsnb" or native.is_taker():
            return False
        return bool(super().handle(record))

    def emit(self, record: logging.LogRecord) -> None:
        """Take a message."""
        self.reporter.guard(lambda: self._take(record))

    def _take(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        when = datetime.fromtimestamp(record.created, UTC)
        if numbers := {**self._numbers_in(text), **self._added_to(record)}:
            self.reporter.log(numbers, when)
        if record.levelno >= self._marks:
            self.reporter.mark(when, text)

    def _numbers_in(self, text: str) -> dict[str, Any]:
        try:
            found = read_pairs(text, self._units)
        except ValueError:
            return {}
        members = {} if found is None else found.members
        return {name: value for name, value in members.items() if isinstance(value, float)}

    def _added_to(self, record: logging.LogRecord) -> Mapping[str, Any]:
        added = getattr(record, "metrics", None)
        return added if isinstance(added, Mapping) else {}
