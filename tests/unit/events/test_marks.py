"""Marks of a plot: how many are kept, from where they are counted."""

from __future__ import annotations

import pytest

from zwsnb.events import marks
from zwsnb.history.plots import Plot


def test_marks_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MAX_MARKS", 3)
    plot = Plot("p")
    for i in range(5):
        plot.mark(float(i), f"mark {i}")
    assert ([x for x, _ in plot.marks], plot.marks_dropped) == ([2, 3, 4], 2)
    plot.clear()
    assert (plot.marks, plot.marks_dropped) == ([], 5)


def test_marks_move_with_all_x() -> None:
    plot = Plot("p")
    plot.mark(5.0, "five")
    plot.move_marks(-2)
    assert plot.marks == [(3.0, "five")]
