"""marimo, as an application and as an editor. It runs no application/javascript, so a plot is shown
in a plain frame at the port itself, or as its widget, which comes by marimo's own connection.
"""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from support import lab
from support.pages import free_port
from support.programs import find, needs, serving
from support.showing import LOOP, SHOW, plot_of, see_move

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow, needs("marimo")]

CELLS = (SHOW.replace("import zwsnb", "import zwsnb\nzwsnb.start()"), LOOP, "p.widget()")


def application(cells: tuple[str, ...]) -> str:
    """Return a notebook of marimo's, as its file has it."""
    functions = [
        f"@app.cell\ndef _({'p' if i else ''}):\n{textwrap.indent(cell.strip(), '    ')}\n"
        f"    return{'' if i else ' (p,)'}\n"
        for i, cell in enumerate(cells)
    ]
    return "\n".join(["import marimo\n\napp = marimo.App()\n", *functions])


@pytest.fixture
def open_marimo(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """A function that opens the notebook by one of marimo's commands, in a further environment."""
    with contextlib.ExitStack() as stack:

        def open_marimo(command: str, *cells: str, **environ: str) -> Page:
            text = application(cells or CELLS)
            (tmp_path / "notebook.py").write_text(text, encoding="utf-8")
            port = free_port()
            words = ["notebook.py", "--headless", "--no-token", "--port", str(port)]
            url, log = f"http://127.0.0.1:{port}/", tmp_path / "said.log"
            env = lab.environment(tmp_path / "home") | environ
            stack.enter_context(serving([find("marimo"), command, *words], url, log, env))
            page: Page = stack.enter_context(contextlib.closing(browser.new_page()))
            page.goto(url)
            return page

        yield open_marimo


def until_widget(page: Page, points: Callable[[], int]) -> None:
    """Wait until the widget has as many points; who looks there sees it."""
    widget = page.locator(".zwsnb-widget")
    widget.scroll_into_view_if_needed()
    lab.until(
        lambda: widget.evaluate("host => host.zwsnb.stats().points") == points(),
        "the points in the widget",
        pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
    )


@pytest.mark.parametrize("command", ["run", pytest.param("edit", marks=pytest.mark.long)])
def test_the_plot_moves_during_the_cell_and_is_all_there_after_it(
    command: str, open_marimo: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_marimo(command)
    if command == "edit":
        # An empty notebook stands there until this one is loaded.
        page.locator(".cm-content", has_text="zwsnb").first.wait_for()
        page.get_by_test_id("run-button").last.click()
    plot = plot_of(page)
    see_move(plot)
    (tmp_path / "seen").touch()
    stats = plot.stats()
    assert stats["state"] == "live"
    # The plots of an application are those of all its readers.
    assert stats["edits"] is (command == "edit")
    # None of the first points is lost.
    assert stats["series"]["y"]["points"] == stats["series"]["y"]["lastX"]
    # The cell of the widget runs behind that of the loop.
    # The loop goes on for a moment when its plot has been seen.
    until_widget(page, lambda: plot.stats()["points"])
    widget = page.locator(".zwsnb-widget")
    assert widget.evaluate("host => host.zwsnb.stats().edits") is (command == "edit")


def test_behind_a_proxy_with_the_port_in_a_path_the_plot_is_the_widget(
    open_marimo: Callable[..., Page], tmp_path: Path
) -> None:
    # A frame there would be a page of marimo's own origin, whoever had the port.
    (tmp_path / "seen").touch()
    proxy = "https://lab.test/proxy/{port}/"
    page = open_marimo("run", *CELLS[:2], ZWSNB_PROXY_URL=proxy)
    page.locator(".zwsnb-widget").wait_for()
    until_widget(page, lambda: 3)
    assert [frame.url for frame in page.frames if "ticket" in frame.url] == []
    assert page.locator("iframe.zwsnb").count() == 0


@pytest.mark.long
def test_after_a_reload_an_application_shows_the_frame_and_the_widget(
    open_marimo: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "seen").touch()
    page = open_marimo("run")
    plot_of(page).until_points(3)
    page.reload()
    # Another session of the same process: a new run of the same plot.
    plot = plot_of(page)
    plot.until_points(3, "y (1)")
    plot.until_points(3)
    until_widget(page, lambda: 6)


@pytest.mark.long
def test_after_a_reload_the_editor_shows_the_widget(
    open_marimo: Callable[..., Page], tmp_path: Path
) -> None:
    (tmp_path / "seen").touch()
    page = open_marimo("edit")
    page.locator(".cm-content", has_text="zwsnb").first.wait_for()
    page.get_by_test_id("run-button").last.click()
    plot_of(page).until_points(3)
    page.locator(".zwsnb-widget").wait_for()
    page.reload()
    until_widget(page, lambda: 3)
