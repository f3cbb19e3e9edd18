"""Voila, by itself and in a Jupyter server, from this machine and from another one. A page of Voila
comes when all cells have ended, with a kernel of its own; what moves then is published by a thread.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page
from support import lab
from support.pages import free_port
from support.programs import find, needs, serving
from support.showing import LOOP, SHOW, plot_of, requests_of, see_move
from support.widgets import HOST, Widget

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow, needs("voila")]

THREAD = f"import threading\nthreading.Thread(target=exec, args=({LOOP!r}, globals())).start()"
CELLS = (SHOW, THREAD)
HEIGHT = 200
EXTENSION = "--ServerApp.jpserver_extensions=voila.server_extension=True"

SEEN = f"""() => ["iframe", "{HOST}", "img", ".zwsnb-lost"].map(selector =>
    [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).length)"""
"""How many frames, widgets, pictures and lines are seen."""


@contextlib.contextmanager
def voila(folder: Path, cells: Sequence[str]) -> Iterator[str]:
    """Run Voila by itself for as long as the context lasts; its address."""
    notebook = folder / "notebook.ipynb"
    notebook.write_text(json.dumps(lab.notebook_of(cells)), encoding="utf-8")
    port = free_port()
    words = [find("voila"), str(notebook), "--no-browser", f"--port={port}"]
    url, env = f"http://127.0.0.1:{port}/", lab.environment(folder / "home")
    with serving(words, f"{url}voila/files/none", folder / "said.log", env):
        yield url


def far(url: str) -> str:
    """The address as a browser on another machine knows it."""
    return url.replace("127.0.0.1", lab.HUB)


def see_widget_move(page: Page, shown: int = 1) -> None:
    """See the widget move, whole and without the picture behind it.

    shown: lines above it.
    """
    widget = Widget(lab.Notebook(page))
    points = widget.until(lambda s: lab.points_of(s) > 3, "points of the thread")["points"]
    widget.until(lambda s: lab.points_of(s) > points, "more points")
    assert widget.host.bounding_box()["height"] == HEIGHT  # type: ignore[index]
    assert page.evaluate(SEEN) == [0, 1, 0, shown]


def has_no_outputs(path: Path) -> bool:
    """Say whether the file is as it was: Voila saves nothing."""
    return not any(cell["outputs"] for cell in json.loads(path.read_text("utf-8"))["cells"])


def test_the_plot_is_shown_and_moves(page: Page, tmp_path: Path) -> None:
    with voila(tmp_path, CELLS) as url:
        page.goto(url)
        plot = plot_of(page)
        assert plot.frame.url.startswith("http://127.0.0.1:")
        see_move(plot)
        assert page.evaluate(SEEN) == [1, 0, 0, 0], "neither its widget nor its picture"


@pytest.mark.long
def test_under_another_name_the_widget_comes_and_the_line_says_why(
    page: Page, tmp_path: Path
) -> None:
    with voila(tmp_path, CELLS) as url:
        asked = requests_of(page)
        page.goto(far(url))
        see_widget_move(page)
        line = page.locator(".zwsnb-lost").inner_text()
        assert line.startswith("By the notebook"), line
        assert "/alive. Voila has a way where it runs in a Jupyter server" in line
        assert 'pip install "zwsnb[jupyter]"' in line
        assert not [one for one in asked if "127.0.0.1" in one or "localhost" in one]
        # Another kernel, as every reader has it.
        page.reload()
        see_widget_move(page)
    assert has_no_outputs(tmp_path / "notebook.ipynb")


@pytest.mark.long
def test_a_widget_that_is_asked_for_is_live(page: Page, tmp_path: Path) -> None:
    with voila(tmp_path, (f"{SHOW}.widget()", THREAD)) as url:
        page.goto(url)
        see_widget_move(page, shown=0)
        page.reload()
        see_widget_move(page, shown=0)


@pytest.mark.long
def test_in_a_jupyter_server_it_comes_through_that(page: Page, tmp_path: Path) -> None:
    pytest.importorskip("jupyter_server_proxy")
    words = ("--ServerApp.base_url=/user/ann/", "--ServerApp.allow_remote_access=True")
    with lab.serve(tmp_path, *words, EXTENSION) as server:
        path = server.write("notebook", CELLS)
        asked = requests_of(page)
        url = far(server.url)
        page.goto(f"{url}voila/render/notebook.ipynb?token={lab.TOKEN}")
        plot = plot_of(page)
        assert plot.frame.url.startswith(f"{url}proxy/")
        see_move(plot)
        assert not [one for one in asked if "127.0.0.1" in one or "localhost" in one]
        page.reload()
        see_move(plot_of(page))
    assert has_no_outputs(path)


@pytest.mark.long
def test_in_a_jupyter_server_without_a_proxy_the_widget_comes(page: Page, tmp_path: Path) -> None:
    with lab.serve(tmp_path, *lab.WITHOUT_PROXY, EXTENSION) as server:
        server.write("notebook", CELLS)
        page.goto(f"{far(server.url)}voila/render/notebook.ipynb?token={lab.TOKEN}")
        see_widget_move(page)
        assert " answers 404. Voila has a way" in page.locator(".zwsnb-lost").inner_text()
