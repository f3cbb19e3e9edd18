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


def test_a_cell_that_failed_did_not_begin_the_count_anew(notebook: Notebook) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    notebook.cells.shell.user_ns["fail"] = fail
    assert notebook.run(cell="a") == [0, 1]
    failing = "try: steps.publish(fail, {}, None)\nexcept ValueError: seen += ['failed']"
    assert notebook.run(failing, cell="a") == ["failed"]
    assert notebook.run(cell="b") == [2, 3]


def test_what_another_thread_has_counted_stays() -> None:
    steps = Steps()

    def fail(step: object, values: object) -> None:
        assert [step, steps.next(), values] == [0, 1, {}]
        raise ValueError("no number")

    with pytest.raises(ValueError, match="no number"):
        steps.publish(fail, {}, None)
    assert steps.next() == 2


def test_a_child_that_is_forked_waits_for_no_lock() -> None:
    steps = Steps()
    with steps._changing:
        steps.after_fork()
        assert steps.next() == 0


def test_in_a_program_it_goes_on() -> None:
    steps = Steps()
    assert [steps.next(), steps.next(5), steps.next()] == [0, 5, 6]
    assert [steps.next(np.float32(7.5)), steps.next(), steps.next(np.array(20))] == [7.5, 8, 20]
    steps.next(math.nan)
    assert [steps.next(), steps.next(DAY), steps.next()] == [21, DAY, 22], "a time moves nothing"
