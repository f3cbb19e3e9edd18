"""How high the frame of a plot with several panels is, in a real notebook."""

from __future__ import annotations

import pytest
from support import lab

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

CELL = """
import zwsnb
p = zwsnb.Plot({name!r}, {height}panels=[["s%d" % i] for i in range({count})])
p.publish([1, 2], **{{f"s{{i}}": [1, 2] for i in range({count})}})
p
"""


def shown(notebook: lab.Notebook, name: str, count: int, height: str = "") -> lab.Plot:
    """Show a plot of so many panels below a cell of its own."""
    cell = notebook.append(CELL.format(name=name, count=count, height=height))
    notebook.run(cell)
    plot = notebook.plot(cell)
    plot.until(lambda s: "s1" in s["series"], "points")
    return plot


def height_of(plot: lab.Plot) -> int:
    """Return the pixels of its frame."""
    found: int = plot.frame.evaluate("() => innerHeight")
    return found


def test_a_frame_grows_until_its_panels_are_seen(loaded: lab.Notebook) -> None:
    plot = shown(loaded, "four panels", 4)
    more = plot.frame.locator(".more-panels")
    loaded.until(lambda: 500 < height_of(plot) < 640 and not more.is_visible(), "room for four")
    *_, last = plot.stats()["panels"]
    assert last["box"]["height"] >= 90


def test_up_to_a_bound_where_it_says_how_many_are_below(loaded: lab.Notebook) -> None:
    plot = shown(loaded, "sixteen panels", 16)
    loaded.until(lambda: height_of(plot) == 900, "the most")
    more = plot.frame.locator(".more-panels button")
    assert more.inner_text().endswith(" more")
    before = plot.stats()["panels"][0]["box"]["top"]
    more.click()
    plot.until(lambda s: s["panels"][0]["box"]["top"] < before, "panels further down")
    assert plot.stats()["marks"]["a"] is None


def test_a_height_that_is_said_is_kept(loaded: lab.Notebook) -> None:
    plot = shown(loaded, "low panels", 4, "height=200, ")
    plot.frame.locator(".more-panels button").wait_for()
    assert height_of(plot) == 200


BEGIN = """() => {
    window.begun = [];
    new MutationObserver(changes => {
        for (const { addedNodes } of changes)
            for (const node of addedNodes)
                if (node.matches?.("iframe.zwsnb")) window.begun.push(Number(node.height));
    }).observe(document.body, { childList: true, subtree: true });
}"""
"""Notes with how many pixels frames begin from now on."""


def test_below_a_cell_that_is_moved_it_begins_as_high_as_it_was(loaded: lab.Notebook) -> None:
    plot = shown(loaded, "moved panels", 4)
    loaded.until(lambda: height_of(plot) > 500, "room for four")
    loaded.page.evaluate(BEGIN)
    for way in ("up", "down"):
        loaded.page.evaluate(f"window.jupyterapp.commands.execute('notebook:move-cell-{way}')")
    begun = loaded.until(lambda: loaded.page.evaluate("window.begun"), "a frame made anew")
    assert min(begun) > 500
