"""Makes docs/plot.png, the picture in the README: the real page in a real JupyterLab, while a cell
runs.

``python tools/screenshot.py --notebooks FOLDER`` makes a picture of each notebook as well, run from
top to bottom, to be looked at.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support import lab
from support.pages import bounds

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURE: Final = ROOT / "docs/plot.png"
WIDTH: Final = 1088
HEIGHT: Final = 3200
ABOVE, BELOW = 12, 4
SECONDS: Final = "25"
"""How long firehose.ipynb pours and machine.ipynb watches at most, instead of minutes."""


def open_notebook(server: lab.Server, browser: Browser, name: str) -> lab.Notebook:
    """Open a notebook of the project in JupyterLab, with nothing around it that is not about it."""
    shutil.copy(ROOT / f"notebooks/{name}.ipynb", server.folder)
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, color_scheme="light"
    )
    notebook = server.open(context.new_page(), name)
    commands = "window.jupyterapp.commands"
    notebook.page.evaluate(f"() => {commands}.execute('application:toggle-left-area')")
    notebook.page.evaluate(f"() => {commands}.execute('application:toggle-mode')")
    return notebook


def cells_of(notebook: lab.Notebook) -> dict[str, int]:
    """Return the index of each cell of code by its id."""
    found: dict[str, int] = notebook.page.evaluate(
        """() => Object.fromEntries(window.jupyterapp.shell.currentWidget.content.widgets
            .map((cell, i) => [cell.model.id, i, cell.model.type])
            .filter(([id, i, type]) => type === "code"))"""
    )
    return found


def photograph(page: Page, path: Path, first: int | None = None, last: int | None = None) -> None:
    """Save a picture of the cells from `first` to `last`, of all without them."""
    page.mouse.move(0, 0)
    box = page.evaluate(
        """([first, last]) => {
            const notebook = window.jupyterapp.shell.currentWidget.content;
            const cells = notebook.widgets.slice(first ?? 0, last === null ? undefined : last + 1);
            const top = cells.at(0).node.getBoundingClientRect();
            const { bottom } = cells.at(-1).node.getBoundingClientRect();
            return { x: top.left, y: top.top, width: top.width, height: bottom - top.top };
        }""",
        [first, last],
    )
    clip = {
        "x": max(0, box["x"]),
        "y": box["y"] - ABOVE,
        "width": min(WIDTH, box["width"]),
        "height": box["height"] + ABOVE + BELOW,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, clip=clip)  # type: ignore[arg-type]  # these are a FloatRect's keys
    print(path)


# --- each notebook, up to the moment that shows it best ---


def hello(notebook: lab.Notebook, cells: dict[str, int], path: Path) -> None:
    """The first loop, half-way."""
    notebook.run(cells["load"])
    notebook.start(cells["loop"])
    plot = notebook.plot(cells["loop"])
    plot.until(lambda s: lab.points_of(s, "sin") > 640, "lines that are half drawn")
    photograph(notebook.page, path, cells["load"], cells["loop"])
    notebook.wait(cells["loop"], 60)
    notebook.run(cells["another-plot"], 60)


def at_the_end(notebook: lab.Notebook, cells: dict[str, int], path: Path) -> None:
    """Run from top to bottom."""
    run_all(notebook, cells)
    photograph(notebook.page, path)


def machine(notebook: lab.Notebook, cells: dict[str, int], path: Path) -> None:
    """After the work, while it rests."""
    run_all(notebook, {ident: i for ident, i in cells.items() if ident not in {"rest", "stop"}})
    notebook.start(cells["rest"])
    plot = notebook.plot(cells["traffic"])
    seen = lab.points_of(plot.until_state("live"), "received")
    plot.until(lambda s: lab.points_of(s, "received") > seen + 15, "a moment of rest")
    photograph(notebook.page, path)
    notebook.wait(cells["rest"])
    notebook.run(cells["stop"])


def firehose(notebook: lab.Notebook, cells: dict[str, int], path: Path) -> None:
    """The end; and the needle, near by."""
    run_all(notebook, cells)
    photograph(notebook.page, path)
    cell = cells["haystack"]
    plot = notebook.plot(cell)
    needle = int(notebook.do("print(needle)"))
    zoom_to(notebook.page, plot, needle)
    photograph(notebook.page, path.with_stem(f"{path.stem}-needle"), cell, cell)


def run_all(notebook: lab.Notebook, cells: dict[str, int]) -> None:
    """Run cells one after the other; fail where one fails."""
    for ident, cell in cells.items():
        said = notebook.run(cell, within=300)
        if any(output["output_type"] == "error" for output in notebook.outputs(cell)):
            raise RuntimeError(f"cell {ident!r} has failed: {said}")


def zoom_to(page: Page, plot: lab.Plot, x: float) -> None:
    """Turn the wheel over a point until few others are beside it, as a reader would."""
    while (view := plot.stats()["view"])["to"] - view["from"] > 40:
        inside = plot.stats()["panels"][0]["box"]
        around = bounds(plot.frame.locator("#plot"))
        span = view["to"] - view["from"]
        at_x = around["x"] + inside["left"] + (x - view["from"]) / span * inside["width"]
        at_y = around["y"] + inside["top"] + inside["height"] / 2
        # The plot listens to the wheel of a pointer that has moved, in a notebook with Ctrl.
        page.mouse.move(at_x + 1, at_y)
        page.mouse.move(at_x, at_y)
        page.keyboard.down("Control")
        page.mouse.wheel(0, -300)
        page.keyboard.up("Control")
        plot.until(lambda s: s["view"]["to"] - s["view"]["from"] < 0.9 * span, "a closer look")  # noqa: B023


SHOWS: Final[dict[str, Callable[[lab.Notebook, dict[str, int], Path], None]]] = {
    "hello": hello,
    "training": at_the_end,
    "machine": machine,
    "firehose": firehose,
    "steer": at_the_end,
    "market": at_the_end,
    "spectrogram": at_the_end,
}


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--notebooks",
        type=Path,
        metavar="FOLDER",
        help="put a picture of each notebook here as well",
    )
    parser.add_argument(
        "--only", nargs="+", choices=SHOWS, metavar="NAME", help="of these notebooks only"
    )
    arguments = parser.parse_args()
    chosen = [] if arguments.only else [("hello", PICTURE)]
    if arguments.notebooks is not None:
        chosen += [(name, arguments.notebooks / f"{name}.png") for name in arguments.only or SHOWS]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        lab.serve(Path(home), ZWSNB_SECONDS=SECONDS) as server,
        sync_playwright() as playwright,
        lab.launch(playwright) as browser,
    ):
        for name, path in chosen:
            notebook = open_notebook(server, browser, name)
            SHOWS[name](notebook, cells_of(notebook), path)
            notebook.close()


if __name__ == "__main__":
    main()
