"""A plot that nothing shows appears below the cell that publishes to it, in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import lab

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
    for cell in (0, 2, 3, 4, 5):
        notebook.plot(cell)
    assert [len(notebook.plots(cell)) for cell in range(11)] == [1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0]
