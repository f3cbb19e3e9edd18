"""The picture behind a live plot in a real JupyterLab: hidden while the plot is live, kept up
without touching it, and what is seen when the kernel is gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from support import lab

pytestmark = [
    pytest.mark.browser,
    pytest.mark.kernel,
    pytest.mark.slow,
    pytest.mark.usefixtures("context"),
]

OpenNotebook = Callable[..., lab.Notebook]

LOAD = "%load_ext zwsnb\nfrom zwsnb import Plot"

LOOK = """cell => {
    const { node } = window.jupyterapp.shell.currentWidget.content.widgets[cell];
    const isSeen = one => one.checkVisibility();
    return {
        frames: [...node.querySelectorAll("iframe")].filter(isSeen).length,
        lost: [...node.querySelectorAll(".zwsnb-lost")].filter(isSeen).length,
        pictures: [...node.querySelectorAll(".jp-OutputArea-child img")].filter(isSeen).map(img => {
            const { width, height } = img.getBoundingClientRect();
            // At its own size, or as broad as the cell.
            const fits = Math.min(800, img.parentElement.clientWidth) - width < 20;
            return [img.naturalWidth, fits, Math.round(10 * width / height)];
        }),
    };
}"""
"""What is seen below a cell."""


def look(notebook: lab.Notebook, cell: int) -> dict[str, Any]:
    found: dict[str, Any] = notebook.page.evaluate(LOOK, cell)
    return found


def words(notebook: lab.Notebook, cell: int, output: int = -1) -> str:
    """Return the words of a picture in the notebook's model."""
    found = notebook.outputs(cell)[output]
    return lab.text_of(found).rpartition(": ")[2] if "image/png" in found["data"] else ""


def until_words(notebook: lab.Notebook, cell: int, said: str) -> None:
    notebook.until(lambda: words(notebook, cell) == said, f"a picture that says {said!r}")


def path_of(server: lab.Server, notebook: lab.Notebook) -> Path:
    notebook.save()
    path: str = notebook._ask("panel.context.path")
    return server.folder / path


@pytest.mark.parametrize("interface", [None, "notebooks"])
def test_the_picture_is_hidden_and_kept_up_and_the_live_frame_is_never_touched(
    open_notebook: OpenNotebook, interface: str | None
) -> None:
    notebook = open_notebook(f"{LOAD}\npublish(0, 0)", interface=interface)
    notebook.run(0)
    plot = notebook.plot(0)
    plot.until_points(1)
    plot.frame.evaluate("window.isTheSame = true")
    (frame,) = notebook.page.query_selector_all("iframe.zwsnb")
    frame.evaluate("element => { element.isTheSame = true; }")
    for i in range(1, 4):
        notebook.do(f"publish({i}, {i})")
        until_words(notebook, 0, f"x 0 to {i}; y 0 to {i}")
        assert look(notebook, 0) == {"frames": 1, "lost": 0, "pictures": []}
    plot.until_points(4)
    assert plot.frame.evaluate("window.isTheSame")
    assert frame.evaluate("element => element.isTheSame && element.isConnected")
    assert len(notebook.outputs(0)) == 2


def test_what_is_left_is_seen_when_the_notebook_is_opened_again(
    open_notebook: OpenNotebook, server: lab.Server, context: BrowserContext
) -> None:
    notebook = open_notebook(LOAD, "p = Plot('left', title='what is left')\np", "p.publish(1, 2)")
    for cell in range(3):
        notebook.run(cell)
    notebook.plot(1).until_points(1)
    until_words(notebook, 1, "x 0.5 to 1.5; y 2")
    path = path_of(server, notebook)
    notebook._ask("panel.sessionContext.shutdown()")
    notebook.plot(1).until_state("ended")
    again = server.open(context.new_page(), path.stem, "lab/workspaces/again/tree")
    seen = {"frames": 0, "lost": 1, "pictures": [[1600, True, 25]]}
    again.until(lambda: look(again, 1) == seen, f"{seen}")
    again.close()


def test_a_notebook_that_is_not_trusted_has_its_picture_and_runs_nothing(
    open_notebook: OpenNotebook, server: lab.Server, context: BrowserContext
) -> None:
    notebook = open_notebook(f"{LOAD}\npublish([1, 2], [3, 4])")
    notebook.run(0)
    until_words(notebook, 0, "x 1 to 2; y 3 to 4")
    text = path_of(server, notebook).read_text(encoding="utf-8")
    content = json.loads(text)
    content["cells"][0]["source"] += "\n# from somebody else"
    name = "from-somebody-else"
    (server.folder / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    other = server.open(context.new_page(), name, "lab/workspaces/untrusted/tree")
    seen = {"frames": 0, "lost": 0, "pictures": [[1600, True, 25]]}
    other.until(lambda: look(other, 0) == seen, f"{seen}")
    other.close()
