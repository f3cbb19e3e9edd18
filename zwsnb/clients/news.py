"""What a page has been told of its plot besides series, options and points, and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.protocol.messages import Bar


class KnownMarks:
    """The marks of a plot that a page has been told of."""

    def __init__(self) -> None:
        # Counted from the plot's first mark: the oldest one that stood, and behind the last one.
        self._first = self._end = 0

    def news(self, plot: Plot) -> dict[str, Any] | None:
        """Return the message with those that have come, and the number of the oldest one that still
        stands; None where the page knows them.
        """
        first, end = plot.marks_dropped, plot.marks_dropped + len(plot.marks)
        if end == self._end and first <= self._first:
            return None
        new = plot.marks[max(0, self._end - first) :]
        self._first, self._end = first, end
        marks = [{"x": x, "text": text} for x, text in new]
        return {"type": "marks", "first": first, "marks": marks}


class News:
    """Marks, progress and controls."""

    def __init__(self) -> None:
        self._marks = KnownMarks()
        self._progress: tuple[Bar, ...] = ()
        self._controls = 0  # their version

    def of(self, plot: Plot) -> Iterator[dict[str, Any]]:
        """Yield a message for each that has changed."""
        if (marks := self._marks.news(plot)) is not None:
            yield marks
        if self._progress != plot.progress:
            self._progress = plot.progress
            yield {"type": "progress", "bars": [bar._asdict() for bar in self._progress]}
        if self._controls != plot.controls.version:
            self._controls = plot.controls.version
            yield {"type": "controls", "controls": plot.controls.described()}
