"""Whose the wheel is over a plot in a notebook: the notebook's, until the plot was clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator
from support import lab
from support.lab import Notebook, Plot
from support.tabs import Tabs
from support.widgets import Widget

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

Open = Callable[..., Notebook]

SHOW = "import zwsnb\np = zwsnb.Plot('loss', height=240)\np.publish([1, 2, 3], [3, 1, 2])\n"
BELOW = "from IPython.display import HTML\nHTML('<div style=\"height: 4000px\">below</div>')"
"""What makes the notebook higher than its window."""


@pytest.fixture(scope="module")
def low(browser: Browser) -> Iterator[BrowserContext]:
    """A window in which a notebook has to scroll."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    yield context
    context.close()


@pytest.fixture(scope="module")
def low_tabs(server: lab.Server, low: BrowserContext, names: Iterator[str]) -> Tabs:
    return Tabs(server, low, names)


@pytest.fixture
def open_low(low_tabs: Tabs) -> Iterator[Open]:
    yield low_tabs.open
    low_tabs.leave()


def top_of(notebook: Notebook) -> float:
    """Where the first cell is on the screen; it moves as the notebook scrolls."""
    box = notebook.page.locator(".jp-Cell").first.bounding_box()
    assert box
    return box["y"]


def check_whose_the_wheel_is(notebook: Notebook, plot: Plot | Widget, area: Locator) -> None:
    page = notebook.page
    hint = area.locator("xpath=..").locator("#wheel-hint")
    area.hover()
    before = top_of(notebook)
    page.mouse.wheel(0, 40)
    notebook.until(lambda: top_of(notebook) < before, "a notebook that has scrolled")
    assert "shown" in (hint.get_attribute("class") or "")
    assert plot.stats()["view"]["mode"] == "all", "not the plot's"

    area.hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    plot.until(lambda s: s["view"]["mode"] == "range", "closer, with Ctrl")

    page.mouse.dblclick(*_middle(area))
    plot.until(lambda s: s["view"]["mode"] == "all", "everything, after a click")
    assert plot.stats()["marks"]["a"] is None, "the click that takes the wheel does no more"
    scrolled = top_of(notebook)
    page.mouse.wheel(0, -100)
    plot.until(lambda s: s["view"]["mode"] == "range", "closer, after a click")
    assert top_of(notebook) == scrolled

    seen = _span(plot)
    page.locator(".jp-InputArea-editor").first.click()
    area.hover()
    scrolled = top_of(notebook)
    page.mouse.wheel(0, 40)
    notebook.until(lambda: top_of(notebook) < scrolled, "a notebook that scrolls again")
    assert _span(plot) == seen


def _span(plot: Plot | Widget) -> tuple[float, float]:
    view = plot.stats()["view"]
    return view["from"], view["to"]


def _middle(area: Locator) -> tuple[float, float]:
    box = area.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_frame_leaves_it_to_the_notebook_until_it_is_clicked(open_low: Open) -> None:
    notebook = open_low(f"{SHOW}p", BELOW)
    notebook.run(1)
    notebook.run(0)
    plot = notebook.plot(0)
    plot.until_points(3)
    check_whose_the_wheel_is(notebook, plot, plot.frame.locator("#plot"))


def test_so_does_a_widget(open_low: Open) -> None:
    notebook = open_low(f"{SHOW}p.widget()", BELOW)
    notebook.run(1)
    notebook.run(0)
    widget = Widget(notebook)
    widget.until_points(3)
    check_whose_the_wheel_is(notebook, widget, widget.host.locator("#plot"))
