"""The picture behind a live plot in a real JupyterLab: hidden while the plot is live, kept up
without touching it, and what is seen when the kernel is gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext
from support import lab
from support.png_files import image_of, pixels_like

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
            const fits = Math.min(img.naturalWidth / 2, img.parentElement.clientWidth) - width < 20;
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


def kept(path: Path, cell: int) -> dict[str, Any]:
    """Return the picture below a cell in a notebook's file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Any] = content["cells"][cell]["outputs"][-1]
    return found


def seen_of(output: dict[str, Any]) -> list[list[Any]]:
    """Return how `LOOK` sees a picture."""
    image = image_of(output)
    return [[image.width, True, round(10 * image.width / image.height)]]


def path_of(server: lab.Server, notebook: lab.Notebook) -> Path:
    notebook.save()
    path: str = notebook._ask("panel.context.path")
    return server.folder / path


@pytest.mark.parametrize("interface", [None, pytest.param("notebooks", marks=pytest.mark.long)])
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
    assert len(notebook.outputs(0)) == 3


RED, BLUE = "#d01010", "#1010d0"


def test_the_picture_is_the_plot_as_its_reader_sees_it(
    open_notebook: OpenNotebook, server: lab.Server
) -> None:
    series = {"a": {"color": RED}, "b": {"color": BLUE}}
    notebook = open_notebook(LOAD, f"p = Plot('read', series={series})\np")
    notebook.run(0)
    notebook.run(1)
    plot = notebook.plot(1)
    plot.until_state("live")
    broad = plot.frame.evaluate("innerWidth")

    def next_picture(x: int) -> Image.Image:
        """The picture in the file, after another cell."""
        notebook.do(f"p.publish([{x}, {x + 1}], a=[0, 1], b=[1, 0])")
        until_words(notebook, 1, f"x 0 to {x + 1}; a 0 to 1; b 0 to 1")
        output = kept(path_of(server, notebook), 1)
        image = image_of(output)
        size = output["metadata"]["image/png"]
        assert (image.width, image.height) == (2 * size["width"], 2 * size["height"])
        assert size["width"] == broad
        return image

    both = next_picture(0)
    assert pixels_like(both, RED) > 1000
    assert pixels_like(both, BLUE) > 1000
    plot.frame.click("#legend .name >> text=b")
    plot.until(lambda stats: stats["panels"][0]["series"] == ["a"], "one series")
    one = next_picture(2)
    assert pixels_like(one, RED) > 1000
    assert pixels_like(one, BLUE) == 0


def test_what_is_left_is_seen_when_the_notebook_is_opened_again(
    open_notebook: OpenNotebook, server: lab.Server, context: BrowserContext
) -> None:
    notebook = open_notebook(LOAD, "p = Plot('left', title='what is left')\np", "p.publish(1, 2)")
    for cell in range(3):
        notebook.run(cell)
    notebook.plot(1).until_points(1)
    until_words(notebook, 1, "x 0.5 to 1.5; y 2")
    path = path_of(server, notebook)
    pictures = seen_of(kept(path, 1))
    notebook._ask("panel.sessionContext.shutdown()")
    notebook.plot(1).until_state("ended")
    again = server.open(context.new_page(), path.stem, "lab/workspaces/again/tree")
    seen = {"frames": 0, "lost": 1, "pictures": pictures}
    again.until(lambda: look(again, 1) == seen, f"{seen}")
    again.close()


def test_a_notebook_that_is_not_trusted_has_its_picture_and_runs_nothing(
    open_notebook: OpenNotebook, server: lab.Server, context: BrowserContext
) -> None:
    notebook = open_notebook(f"{LOAD}\npublish([1, 2], [3, 4])")
    notebook.run(0)
    until_words(notebook, 0, "x 1 to 2; y 3 to 4")
    path = path_of(server, notebook)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["cells"][0]["source"] += "\n# from somebody else"
    name = "from-somebody-else"
    (server.folder / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    other = server.open(context.new_page(), name, "lab/workspaces/untrusted/tree")
    seen = {"frames": 0, "lost": 0, "pictures": seen_of(kept(path, 0))}
    other.until(lambda: look(other, 0) == seen, f"{seen}")
    other.close()
