"""When the count of steps begins anew."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np
import pytest
from support.logged import Cells

from zwsnb.metrics.steps import Steps

DAY = datetime(2026, 7, 1, tzinfo=UTC)
LOOP = "seen += [steps.next() for _ in range(2)]"


class Notebook:
    """Cells that count."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.seen: list[object] = []
        self.cells = Cells(patch, steps=Steps(), seen=self.seen)

    def run(self, code: str = LOOP, cell: str = "") -> list[object]:
        self.seen.clear()
        self.cells.run(code, cell)
        return [*self.seen]


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Notebook:
    return Notebook(monkeypatch)


def test_a_cell_that_runs_again_begins_at_0(notebook: Notebook) -> None:
    assert notebook.run(cell="a") == [0, 1]
    assert notebook.run(cell="a") == [0, 1]
    assert notebook.run(LOOP + "  # edited", cell="a") == [0, 1]


def test_another_cell_goes_on_and_so_does_that_again(notebook: Notebook) -> None:
    assert notebook.run(cell="a") == [0, 1]
    assert notebook.run(cell="b") == [2, 3]
    assert notebook.run(cell="b") == [4, 5]
    assert notebook.run(cell="a") == [0, 1], "the one in which the count began"


def test_where_cells_have_no_names_their_text_is_one(notebook: Notebook) -> None:
    assert notebook.run() == [0, 1]
    assert notebook.run(LOOP + "  # another") == [2, 3]
    assert notebook.run() == [0, 1]


def test_in_a_program_it_goes_on() -> None:
    steps = Steps()
    assert [steps.next(), steps.next(5), steps.next()] == [0, 5, 6]
    assert [steps.next(np.float32(7.5)), steps.next(), steps.next(np.array(20))] == [7.5, 8, 20]
    steps.next(math.nan)
    assert [steps.next(), steps.next(DAY), steps.next()] == [21, DAY, 22], "a time moves nothing"
