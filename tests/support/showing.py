"""What every host is asked: is the plot live during the cell and after it, on reload, and to whom
comes late?
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from support import lab

SHOW: Final = (
    "import zwsnb\np = zwsnb.Plot('loss', height=200)\np.publish([1, 2, 3], y=[3, 1, 2])\np"
)

LOOP: Final = """
import pathlib, time
i = 4
while not pathlib.Path('seen').exists():
    p.publish(i, y=i % 7)
    i += 1
    time.sleep(0.01)
"""
"""A cell that publishes for as long as its plot has not been seen to move."""


def requests_of(page: Page) -> list[str]:
    """The addresses that a page asks from now on, and those of its WebSockets."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    return asked


def plot_of(page: Page) -> lab.Plot:
    """Return the one plot of a page, as soon as it is there."""

    def look() -> list[lab.Plot]:
        return [lab.Plot(frame) for frame in page.frames if "ticket=" in frame.url]

    (plot,) = lab.until(look, "a plot", pause=lambda s: page.wait_for_timeout(1000 * s))
    return plot


def see_move(plot: lab.Plot) -> int:
    """Wait until a plot has moved twice, and return how many points it shows then."""
    points = lab.points_of(plot.until_state("live"))
    return more_than(more_than(points, plot), plot)


def more_than(points: int, plot: lab.Plot) -> int:
    """Wait until a plot shows more points, and return how many."""
    return lab.points_of(plot.until(lambda s: lab.points_of(s) > points, "more points"))


def follow(notebook: lab.Notebook, loop: int, folder: Path) -> lab.Plot:
    """See the plot of cell 0 move while the cell `loop` runs, and then stand still with all its
    points.
    """
    notebook.run(0)
    plot = notebook.plot(0)
    plot.until_points(3)
    (folder / "seen").unlink(missing_ok=True)
    notebook.start(loop)
    see_move(plot)
    assert not notebook.has_ended(loop), "it moves during the cell"
    (folder / "seen").touch()
    notebook.wait(loop)
    plot.until_points(count(notebook))
    return plot


def reload_and_come_late(
    notebook: lab.Notebook, server: lab.Server, late: Page, interface: str | None = None
) -> None:
    """See the plot of cell 0 on reload, and in the page of another browser that opens the saved
    notebook; in both it moves. Behind it is its picture, in the file.
    """
    points, path = count(notebook), path_of(notebook, server)
    # What the kernel says while the tab is loaded anew does not reach it.
    until_saved(notebook, path, f"x 1 to {points}; y 0 to 6")
    notebook.reload()
    notebook.plot(0).until_points(points)
    other = server.open(late, path.stem, interface)
    other.plot(0).until_points(points)
    notebook.do("p.publish(1e6, y=0)")
    other.plot(0).until_points(points + 1)
    notebook.plot(0).until_points(points + 1)


def path_of(notebook: lab.Notebook, server: lab.Server) -> Path:
    """Return the file of an open notebook."""
    path: str = notebook._ask("panel.context.path")
    return server.folder / path


def until_saved(notebook: lab.Notebook, path: Path, words: str) -> None:
    """Save a notebook until its file has a picture below cell 0 that says these words."""

    def look() -> bool:
        notebook.save()
        outputs = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["outputs"]
        data = outputs[-1].get("data", {})
        png = base64.b64decode(data.get("image/png", ""))
        said = lab.text_of(outputs[-1]).rpartition(": ")[2]
        return png[1:4] == b"PNG" and said == words

    notebook.until(look, f"a saved picture that says {words!r}")


def count(notebook: lab.Notebook) -> int:
    """Return how many points the plot has after the loop."""
    return int(notebook.do("print(i - 1)"))
