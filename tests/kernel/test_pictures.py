"""The notebook that is left by a program that runs it: the picture of the end is in its file, and
in what is exported of it.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import nbconvert
import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image
from support import lab

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

CELLS = (
    "%load_ext zwsnb",
    "from zwsnb import Plot\nimport numpy as np\nnoise = Plot('noise', title='noise')\nnoise",
    "publish(0, loss=1, acc=0)",
    "publish(1, loss=0.5, acc=0.5)",
    "for i in range(8): noise.publish(np.arange(50_000), i + np.random.rand(50_000), f's{i}')",
    "noise.freeze()\nnoise.clear()",
    "%zwsnb stop",
)
MOST_BYTES = 100_000  # of a plot, in the file


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook as it is after a run."""
    return left_of(CELLS, tmp_path_factory.mktemp("run"))


def left_of(cells: tuple[str, ...], home: Path) -> Any:
    notebook = nbformat.from_dict(lab.notebook_of(cells))  # type: ignore[no-untyped-call]
    with pytest.MonkeyPatch.context() as patch:
        for key, value in lab.environment(home).items():
            patch.setenv(key, value)
        NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(home)}}).execute()
    return notebook


def pictures(notebook: Any, cell: int) -> list[Any]:
    """Return the pictures below a cell."""
    return [o for o in notebook.cells[cell].outputs if "image/png" in o.get("data", {})]


def words(output: Any) -> str:
    text: str = output["data"]["text/plain"]
    return text.rpartition(": ")[2].replace("\u202f", " ").replace("\u2212", "-")


def test_the_picture_of_the_end_stands_right_behind_the_live_plot(left: Any) -> None:
    assert all(empty["data"] == {"text/plain": ""} for empty in left.cells[0].outputs)
    live, picture = left.cells[2].outputs
    assert "application/javascript" in live["data"]
    assert words(picture) == "x 0 to 1; loss 0.5 to 1; acc 0 to 0.5"
    size = picture["metadata"]["image/png"]
    image = Image.open(io.BytesIO(base64.b64decode(picture["data"]["image/png"])))
    assert image.size == (2 * size["width"], 2 * size["height"])
    assert "transient" not in picture


def test_a_plot_of_very_much_is_small_in_the_file(left: Any) -> None:
    (frozen,) = pictures(left, 5)
    assert words(frozen).startswith("x 0 to 50 000; s0 ")
    assert len(str(frozen)) < MOST_BYTES


def test_what_was_cleared_is_empty_in_the_end(left: Any) -> None:
    (picture,) = pictures(left, 1)
    assert words(picture) == "no points yet"


@pytest.mark.parametrize("sanitized", [False, True])
def test_an_exported_page_has_the_pictures_and_no_frame(sanitized: bool, left: Any) -> None:
    exporter = nbconvert.HTMLExporter(sanitize_html=sanitized)  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(left)
    for cell in (1, 2, 5):
        (picture,) = pictures(left, cell)
        assert "".join(picture["data"]["image/png"].split()) in "".join(page.split())
    assert "<iframe" not in page


def test_an_exported_text_has_the_pictures_beside_it(left: Any) -> None:
    exporter = nbconvert.MarkdownExporter()  # type: ignore[no-untyped-call]
    page, resources = exporter.from_notebook_node(left)
    assert sorted(resources["outputs"]) == ["output_1_1.png", "output_2_1.png", "output_5_0.png"]
    assert all(name in page for name in resources["outputs"])
    assert "<iframe" not in page


def test_without_a_renderer_the_file_holds_the_svg(tmp_path: Path) -> None:
    hidden = "import importlib.util\nimportlib.util.find_spec = lambda name, *_: None"
    notebook = left_of((hidden, "%load_ext zwsnb\npublish([1, 2], [3, 4])"), tmp_path)
    picture = notebook.cells[1].outputs[-1]
    assert "data:image/svg+xml;base64," in picture["data"]["text/html"]
    assert words(picture) == "x 1 to 2; y 3 to 4"
    exporter = nbconvert.HTMLExporter()  # type: ignore[no-untyped-call]
    assert "data:image/svg+xml;base64," in exporter.from_notebook_node(notebook)[0]
