"""`Marked`: what of a plot has marks, each at an x, with a text.  [no I/O]"""

from __future__ import annotations

from typing import Final

import numpy as np

from zwsnb.kinds.times import moved

MAX_MARKS: Final = 10_000
"""Marks that a plot keeps."""


class Marked:
    """A plot with ``marks``, whose x are counted as all are; ``marks_dropped`` came before them, so
    that each has a number that stays. ``version`` changes with them.
    """

    version: int
    marks: list[tuple[float, str]]
    marks_dropped: int

    def mark(self, x: float, text: str) -> None:
        """Put a mark on the plot, at an x that is counted as all are; of very many the oldest ones
        go.
        """
        self.marks.append((x, text))
        if len(self.marks) > MAX_MARKS:
            del self.marks[0]
            self.marks_dropped += 1
        self.version += 1

    def move_marks(self, by: int) -> None:
        """Add to each x: they are counted from elsewhere."""
        x = moved(np.array([x for x, _ in self.marks]), by)
        self.marks = list(zip(x.tolist(), [text for _, text in self.marks], strict=True))

    def forget_marks(self) -> None:
        """Take all marks away."""
        self.marks_dropped += len(self.marks)
        self.marks.clear()
