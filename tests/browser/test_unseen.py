"""A plot that nothing shows appears below the cell that publishes to it, in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import lab
from support.lab import Plot

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

OpenNotebook = Callable[..., lab.Notebook]

LOOP = "for i in range(400):\n    publish(i, i % 7, plot='accel')\n    time.sleep(0.01)"


def test_it_moves_below_the_first_cell_and_again_when_that_runs_again(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(
        "from zwsnb import Plot, publish\nimport time", LOOP, "publish(9, 9, plot='accel')"
    )
    notebook.run(0)
    for run in (1, 2):
        notebook.start(1)
        plot = notebook.plot(1)
        plot.until(lambda s: s["points"] > 10, "a moving plot")
        assert not notebook.has_ended(1), "while the cell runs"
        notebook.wait(1)
        plot.until_points(400)
        assert len(plot.stats()["series"]) == run, "a run each"
        assert len(notebook.plots(1)) == 1
    notebook.run(2)
    plot.until_points(401)
    assert notebook.plots(2) == []


def test_the_last_line_of_a_cell_that_publishes_shows_its_plot_once(
    open_notebook: OpenNotebook,
) -> None:
    loop = LOOP.replace("publish(", "p.publish(").replace(", plot='accel'", "")
    notebook = open_notebook(
        f"from zwsnb import Plot\nimport time\np = Plot('p', height=200)\n{loop}\np"
    )
    notebook.start(0)
    notebook.plot(0).until(lambda s: s["points"] > 10, "a moving plot")
    notebook.wait(0)
    notebook.plot(0).until_points(400)
    assert len(notebook.plots(0)) == 1


def test_all_cells_at_once_leave_a_frame_a_plot(open_notebook: OpenNotebook) -> None:
    names = ["plot", *"abcd"]
    cells = [f"publish(range(9), range(9), plot={names[i % 5]!r})" for i in range(10)]
    notebook = open_notebook("%load_ext zwsnb", *cells)
    # The command ends with the last cell.
    notebook.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    for cell in (1, 2, 3, 4, 5):
        notebook.plot(cell)
    assert [len(notebook.plots(cell)) for cell in range(11)] == [0, *[1] * 5, *[0] * 5]


def height(notebook: lab.Notebook, cell: int) -> float:
    """Return that of the frame below a cell, in pixels."""
    found: float = notebook.plot(cell).frame.evaluate("innerHeight")
    return found


def test_without_points_it_is_small_and_then_stands_below_the_cell_that_publishes(
    open_notebook: OpenNotebook,
) -> None:
    loop = LOOP.replace(", plot='accel'", "")
    notebook = open_notebook("%load_ext zwsnb\nimport time", loop)
    notebook.run(0)
    assert notebook.plot(0).stats()["points"] == 0
    assert height(notebook, 0) < 100
    # As a reader does it: Shift+Enter goes on to the next cell.
    notebook.page.evaluate("void jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
    notebook.page.evaluate("void jupyterapp.commands.execute('notebook:run-cell-and-select-next')")
    plot = Plot(notebook.until(lambda: notebook.plots(1), "a plot below the loop")[0])
    plot.until(lambda s: s["points"] > 10, "a moving plot, on the screen")
    assert notebook.plots(0) == []
    assert height(notebook, 1) == 360


def test_points_of_others_and_of_its_own_cell_make_the_small_one_grow(
    open_notebook: OpenNotebook,
) -> None:
    others = "import threading\nthreading.Timer(1, lambda: publish([1, 2], [3, 4])).start()"
    notebook = open_notebook(
        "%load_ext zwsnb", others, "%unload_ext zwsnb\n%load_ext zwsnb\npublish(1, 2)"
    )
    notebook.run(0)
    notebook.plot(0)
    notebook.run(1)
    notebook.until(lambda: height(notebook, 0) == 360, "a large frame")
    notebook.plot(0).until_points(2)
    notebook.run(2)
    notebook.plot(2).until_points(1)
    assert height(notebook, 2) == 360
    assert [len(notebook.plots(cell)) for cell in range(3)] == [1, 0, 1]
