"""JupyterLab and Notebook 7 with no proxy: a plot at the port itself on this machine, and its
widget, as a user asks for it and as it comes by itself to a browser elsewhere.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support import lab
from support.showing import LOOP, SHOW, count, follow, path_of, reload_and_come_late, until_saved
from support.widgets import HOST, Widget

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow, pytest.mark.long]

HEIGHT = 200
NUMBERS = itertools.count()

INTERFACES = pytest.mark.parametrize(
    "interface", [pytest.param(None, id="JupyterLab"), pytest.param("notebooks", id="Notebook 7")]
)

SEEN = f"""() => {{
    const {{ node }} = window.jupyterapp.shell.currentWidget.content.widgets[0];
    return ["iframe", "{HOST}", ".jp-OutputArea-child img"].map(selector =>
        [...node.querySelectorAll(selector)].filter(one => one.checkVisibility()).length);
}}"""
"""How many frames, widgets and pictures are seen below the first cell."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    with lab.serve(tmp_path_factory.mktemp("server"), *lab.WITHOUT_PROXY) as found:
        yield found


@pytest.fixture
def late(browser: Browser) -> Iterator[Page]:
    """A page of another browser."""
    with contextlib.closing(browser.new_context()) as somebody:
        yield somebody.new_page()


def far(server: lab.Server) -> lab.Server:
    """The server as a browser on another machine knows it."""
    return lab.Server(server.url.replace("127.0.0.1", lab.HUB), server.folder)


def open_new(server: lab.Server, page: Page, show: str, interface: str | None) -> lab.Notebook:
    """Open a notebook whose first cell shows a plot."""
    name = f"notebook-{next(NUMBERS)}"
    server.write(name, [show, LOOP])
    return server.open(page, name, interface)


@INTERFACES
def test_on_this_machine_it_is_live_throughout(
    interface: str | None, server: lab.Server, page: Page, late: Page
) -> None:
    notebook = open_new(server, page, SHOW, interface)
    assert follow(notebook, 1, server.folder).frame.url.startswith("http://127.0.0.1:")
    reload_and_come_late(notebook, server, late, interface)
    notebook.close()


def see_whole(notebook: lab.Notebook, points: int) -> Widget:
    """The widget of cell 0 with that many points, which stands there alone in its own height."""
    widget = Widget(notebook)
    widget.until_points(points)
    notebook.until(lambda: notebook.page.evaluate(SEEN) == [0, 1, 0], "the widget alone")
    assert widget.host.bounding_box()["height"] == HEIGHT  # type: ignore[index]
    return widget


def follow_widget(notebook: lab.Notebook, folder: Path) -> int:
    """See the widget move while the loop runs, and then with all its points."""
    notebook.run(0)
    widget = see_whole(notebook, 3)
    (folder / "seen").unlink(missing_ok=True)
    notebook.start(1)
    points = widget.until(lambda s: lab.points_of(s) > 3, "points of the loop")["points"]
    widget.until(lambda s: lab.points_of(s) > points, "more points")
    assert not notebook.has_ended(1), "it moves during the cell"
    (folder / "seen").touch()
    notebook.wait(1)
    see_whole(notebook, count(notebook))
    return count(notebook)


@INTERFACES
@pytest.mark.parametrize("asked", [".widget()", ""], ids=["asked for", "by itself"])
def test_the_widget_is_live_throughout(
    asked: str, interface: str | None, server: lab.Server, page: Page, late: Page
) -> None:
    elsewhere = far(server)
    notebook = open_new(elsewhere, page, SHOW + asked, interface)
    points = follow_widget(notebook, server.folder)
    path = path_of(notebook, server)
    if not asked:
        until_saved(notebook, path, f"x 1 to {points}; y 0 to 6")
    notebook.reload()
    see_whole(notebook, points)
    other = elsewhere.open(late, path.stem, interface)
    see_whole(other, points)
    notebook.do("p.publish(1e6, y=0)")
    see_whole(other, points + 1)
    see_whole(notebook, points + 1)
    notebook.close()
