"""A page that everybody can use: names and roles, keys and focus, what is announced, themes,
contrast, touch.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.lab import Notebook, Plot, Server, Stats
from support.pages import opened, relay, until_points, until_text, user, violations

import zwsnb
from zwsnb import api

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start()
    yield
    zwsnb.stop()


@pytest.fixture(scope="module")
def plot() -> zwsnb.Plot:
    made = zwsnb.Plot(
        "for everyone", title="For everyone", x_label="step", y_label="volts", lines=[(0.5, "goal")]
    )
    made.publish(
        range(500),
        sine=[math.sin(i / 50) for i in range(500)],
        cosine=[math.cos(i / 50) for i in range(500)],
    )
    made.mark(250, "half")
    return made


@pytest.fixture
def page(browser: Browser, plot: zwsnb.Plot) -> Iterator[Page]:
    with opened(browser, plot.url) as found:
        until_points(found, 1_000)
        yield found


# --- axe-core: no violation in any state ---


def nothing(page: Page) -> None:
    del page


def pause(page: Page) -> None:
    page.keyboard.press("Space")
    Plot(page).until_state("paused")


def look_back(page: Page) -> None:
    page.mouse.move(300, 200)
    page.mouse.wheel(0, -500)
    page.wait_for_selector("#live:not([hidden])")


def open_menu(page: Page) -> None:
    page.click("#more")
    page.wait_for_selector("#menu:popover-open")


def open_help(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")


def point(page: Page) -> None:
    page.mouse.move(400, 200)
    page.wait_for_function("() => window.zwsnb.stats().readout !== ''")


def measure(page: Page) -> None:
    for x in (300, 600):
        page.mouse.click(x, 200)
        page.wait_for_timeout(20)
    page.wait_for_function("() => window.zwsnb.stats().selection")


def hide_a_series(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^sine")).click()


DOINGS = [nothing, point, measure, look_back, pause, hide_a_series, open_menu, open_help]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_axe_has_nothing_against_it_in_any_state(
    browser: Browser, plot: zwsnb.Plot, scheme: Any
) -> None:
    with opened(browser, plot.url, color_scheme=scheme) as page:
        until_points(page, 1_000)
        found = {}
        for do in DOINGS:
            do(page)
            found[do.__name__] = violations(page)
        assert found == {do.__name__: [] for do in DOINGS}


NARROW = {"viewport": {"width": 240, "height": 200}}


@pytest.mark.parametrize(
    "more", [{"forced_colors": "active"}, {"contrast": "more"}, NARROW], ids=str
)
def test_axe_has_nothing_against_it_in_high_contrast_and_when_narrow(
    browser: Browser, plot: zwsnb.Plot, more: dict[str, Any]
) -> None:
    with opened(browser, plot.url, **more) as page:
        until_points(page, 1_000)
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_axe_has_nothing_against_an_empty_and_an_ended_plot(browser: Browser, scheme: Any) -> None:
    with relay() as (process, url), opened(browser, url, color_scheme=scheme) as page:
        page.wait_for_selector("#waiting:not([hidden])")
        assert violations(page) == []
        process.terminate()
        Plot(page).until_state("ended")
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_axe_has_nothing_against_the_page_of_all_plots(
    browser: Browser, plot: zwsnb.Plot, scheme: Any
) -> None:
    with user(browser, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(api.service().plots_url())
        page.wait_for_selector(".card")
        assert violations(page) == []


# --- keys and focus ---


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(page: Page) -> None:
    page.keyboard.press("f")  # now there is a button for everything
    page.wait_for_selector("#everything:not([hidden])")
    reached, unseen = [], []
    for _ in range(12):
        page.keyboard.press("Tab")
        what, outline = page.evaluate(
            """() => {
                const { activeElement: element, body } = document;
                const name = element === body ? "" : element.id || element.className;
                return [name, getComputedStyle(element).outlineStyle];
            }"""
        )
        reached.append(what)
        if what and outline == "none":
            unseen.append(what)
    assert {"series", "plot", "everything", "pause", "more"} <= set(reached)
    assert unseen == []


def test_the_keys_are_shown_and_the_focus_goes_back(page: Page) -> None:
    page.focus("#pause")
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Keys and words").is_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    assert "pause the picture" in (page.text_content("#help") or "")
    before = Plot(page).stats()["view"]
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.id === 'pause'")
    assert not page.is_visible("#help")
    assert Plot(page).stats()["view"] == before


def test_names_and_roles(page: Page) -> None:
    assert page.get_by_role("application", name="Live plot: For everyone").count() == 1
    assert page.get_by_role("list", name="Series").count() == 1
    assert page.get_by_role("button", name=re.compile("^sine"), pressed=True).count() == 1
    assert page.get_by_role("button", name="Pause", pressed=False).count() == 1
    page.click("#more")
    assert page.get_by_role("menu", name="Save, copy, open").count() == 1
    assert page.get_by_role("menuitem", name="Save PNG").count() == 1


# --- words ---


def test_the_newest_values_are_said_politely(browser: Browser) -> None:
    spoken = zwsnb.Plot("spoken")
    spoken.publish(1, loss=3.5)
    with opened(browser, spoken.url) as page:
        assert until_text(page, "#spoken", "loss").startswith("live: loss 3.50")
        assert page.get_attribute("#spoken", "aria-live") == "polite"
        assert page.get_attribute("#plot", "aria-describedby") == "spoken"
        spoken.publish(2, loss=4.5)
        until_points(page, 2)
        assert "3.50" in (page.text_content("#spoken") or ""), "not at once"
        until_text(page, "#spoken", "loss 4.50")


# --- themes, contrast, movement, touch ---


def ground_of(page: Any) -> str:
    found: str = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    return found


def test_light_and_dark_follow_the_system(page: Page) -> None:
    for scheme, ground in (("dark", "rgb(17, 17, 17)"), ("light", "rgb(255, 255, 255)")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_function("(scheme) => document.body.dataset.theme === scheme", arg=scheme)
        assert ground_of(page) == ground


@pytest.mark.kernel
@pytest.mark.slow
def test_light_and_dark_follow_jupyters_theme(server: Server, browser: Browser) -> None:
    # Without an emulated preference of the system: that would speak for the frames as well.
    with browser.new_context(
        color_scheme="null", viewport={"width": 1100, "height": 900}
    ) as context:
        server.write("themes", ["%load_ext zwsnb"])
        notebook: Notebook = server.open(context.new_page(), "themes")
        notebook.run(0)
        frame = notebook.plot(0).frame
        set_theme = (
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
        )
        for theme, ground in (("Dark", "rgb(17, 17, 17)"), ("Light", "rgb(255, 255, 255)")):
            notebook.page.evaluate(set_theme, f"JupyterLab {theme}")
            notebook.until(lambda: ground_of(frame) == ground, f"a plot that is {theme}")  # noqa: B023
        notebook.close()


def test_forced_colors_are_the_systems(browser: Browser, plot: zwsnb.Plot) -> None:
    with opened(browser, plot.url, forced_colors="active", color_scheme="dark") as page:
        until_points(page, 1_000)
        colors = page.evaluate(
            """() => {
                const probe = document.body.appendChild(document.createElement("p"));
                probe.style.color = "CanvasText";
                probe.style.backgroundColor = "Canvas";
                const { color, backgroundColor } = getComputedStyle(probe);
                const own = getComputedStyle(document.body);
                return [[color, backgroundColor], [own.color, own.backgroundColor]];
            }"""
        )
        assert colors[0] == colors[1]
        swatch = page.evaluate(
            """() => {
                const style = getComputedStyle(document.querySelector(".swatch"));
                return style.backgroundImage + style.backgroundColor;
            }"""
        )
        assert "rgb" in swatch


def test_less_movement_when_that_is_asked_for(browser: Browser, plot: zwsnb.Plot) -> None:
    with opened(browser, plot.url, reduced_motion="reduce") as page:
        moving = """() => {
            const { transitionDuration } = getComputedStyle(document.getElementById("plot"));
            return document.getAnimations().length + parseFloat(transitionDuration);
        }"""
        assert page.evaluate(moving) == 0


def touch(page: Page, *moves: list[tuple[float, float]]) -> None:
    """Put fingers down, move them, and lift them."""
    devtools = page.context.new_cdp_session(page)
    for kind, points in zip(["touchStart"] + ["touchMove"] * (len(moves) - 1), moves, strict=True):
        fingers = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_touch_pans_and_pinches(browser: Browser, plot: zwsnb.Plot) -> None:
    with opened(browser, plot.url, has_touch=True) as page:
        until_points(page, 1_000)

        def span(s: Stats) -> float:
            return float(s["view"]["to"] - s["view"]["from"])

        touch(page, [(400, 200), (500, 200)], [(350, 200), (550, 200)], [(300, 200), (600, 200)])
        near = Plot(page).until(lambda s: 100 < span(s) < 300, "a third")["view"]
        touch(page, [(400, 200)], [(450, 202)], [(500, 204)])
        Plot(page).until(lambda s: s["view"]["from"] < near["from"] - 5, "an earlier part")
