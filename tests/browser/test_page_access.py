"""The page for everyone: names and roles, keys and focus, words, themes, touch; and nothing runs
that only is a name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page
from support.lab import Notebook, Plot, Server, Stats, until
from support.pages import opened, publish_as_json, relay, until_points, until_text, user, violations

import zwsnb
from zwsnb import api

pytestmark = [pytest.mark.browser]

LISTEN = "tcp://127.0.0.1:*"


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start(listen=[LISTEN])
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_against_an_empty_and_an_ended_plot(browser: Browser, scheme: Any) -> None:
    with relay() as (process, url), opened(browser, url, color_scheme=scheme) as page:
        page.wait_for_selector("#waiting:not([hidden])")
        assert violations(page) == []
        process.terminate()
        Plot(page).until_state("ended")
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
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
                const { id, className } = document.activeElement;
                return [id || className, getComputedStyle(document.activeElement).outlineStyle];
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
        page.wait_for_function(
            "(scheme) => document.documentElement.dataset.theme === scheme", arg=scheme
        )
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


# --- what is a name stays a name ---

RUNS = "window.pwned=(window.pwned??0)+1"
HOSTILE = [
    f"<script>{RUNS}</script>",
    f"</script><script>{RUNS}</script>",
    f"<img src=x onerror='{RUNS}'>",
    f'"><img src=x onerror="{RUNS}">',
    f"'><svg onload={RUNS}>",
    f"<svg><script>{RUNS}</script></svg>",
    f"<svg/onload={RUNS}//",
    f"<body onload={RUNS}>",
    f"<iframe src=javascript:{RUNS}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUNS}</script>'>",
    f"<a href=javascript:{RUNS}>click</a>",
    f"<details open ontoggle={RUNS}>",
    f"<video><source onerror={RUNS}>",
    f"<audio src=x onerror={RUNS}>",
    f"<input autofocus onfocus={RUNS}>",
    f"<select autofocus onfocus={RUNS}>",
    f"<textarea autofocus onfocus={RUNS}>",
    f"<marquee onstart={RUNS}>",
    f"<object data=javascript:{RUNS}>",
    f"<embed src=javascript:{RUNS}>",
    f"<form action=javascript:{RUNS}><button>",
    f"<math><mtext><img src onerror={RUNS}>",
    f"<template><script>{RUNS}</script></template>",
    f"<style>@import 'javascript:{RUNS}'</style>",
    f"<link rel=stylesheet href='data:text/css,*{{}}' onload={RUNS}>",
    f"<base href='javascript:{RUNS}//'>",
    f"<meta http-equiv=refresh content='0;javascript:{RUNS}'>",
    f"<p style='animation:x' onanimationstart={RUNS}>",
    f"<div onpointerover={RUNS}>over</div>",
    f"<noscript><p title='</noscript><img src onerror={RUNS}>'>",
    f"<!--><script>{RUNS}</script>-->",
    f"<![CDATA[<script>{RUNS}</script>]]>",
    f"]]><script>{RUNS}</script>",
    f"</text></svg><script>{RUNS}</script>",
    f"</style><script>{RUNS}</script>",
    f"</title><script>{RUNS}</script>",
    f"</textarea><script>{RUNS}</script>",
    f"javascript:{RUNS}",
    f"data:text/html,<script>{RUNS}</script>",
    f"';{RUNS};//",
    f'";{RUNS};//',
    f"`;{RUNS};`",
    f"${{{RUNS}}}",
    f"{{{{constructor.constructor('{RUNS}')()}}}}",
    f"&lt;script&gt;{RUNS}&lt;/script&gt;",
    f"&#60;script&#62;{RUNS}&#60;/script&#62;",
    f"\\u003cscript\\u003e{RUNS}\\u003c/script\\u003e",
    f"%3Cscript%3E{RUNS}%3C/script%3E",
    f"<scr<script>ipt>{RUNS}</scr</script>ipt>",
    f"\u202e<\u017fcript>{RUNS}</\u017fcript><K onerror={RUNS}>",
]


def watch(page: Page) -> None:
    """Have anything that runs leave a trace: a dialog, a number, a question to elsewhere."""
    page.on("dialog", lambda _: pytest.fail("a dialog"))
    page.add_init_script(
        "window.alert = window.prompt = window.confirm = () => { window.pwned = 1; }"
    )


def harmless(page: Page) -> None:
    assert page.evaluate("window.pwned") is None
    made = (
        "script:not([src]), img, iframe:not([title]), object, embed, video, audio, base, marquee, "
        "math, #legend svg, header svg"
    )
    assert page.evaluate("(made) => document.querySelectorAll(made).length", made) == 0


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with CSP", "without CSP"])
def test_names_labels_titles_and_marks_run_nothing(browser: Browser, bypass_csp: bool) -> None:
    assert len(set(HOSTILE)) == 50
    name = f"{HOSTILE[bypass_csp]}{HOSTILE[3]}"
    hostile = zwsnb.Plot(name)
    for i, text in enumerate(HOSTILE):
        hostile.publish([0, 1], {text: [i, i + 1]})
        hostile.mark(i / 50, text)
    with user(browser, bypass_csp=bypass_csp) as context:
        page = context.new_page()
        watch(page)
        page.goto(hostile.url)
        until_points(page, 100)
        assert set(Plot(page).stats()["series"]) == set(HOSTILE)
        for text in HOSTILE:
            hostile.style(
                title=text,
                x_label=text,
                y_label=text,
                y2_label=text,
                y_unit=text[:20],
                lines=[(1, text)],
                regions=[(0, 1, text)],
            )
            until_text(page, "#title", re.escape(text))
        page.mouse.move(450, 250)
        page.wait_for_function("() => window.zwsnb.stats().readout !== ''")
        page.click("#more")
        with page.expect_download() as download:
            page.click("#save-svg")
        root = ET.parse(download.value.path()).getroot()  # noqa: S314 - made here
        assert {element.tag.partition("}")[2] for element in root.iter()} <= {
            "svg",
            "rect",
            "g",
            "path",
            "text",
            "clipPath",
        }
        assert not [
            key for element in root.iter() for key in element.attrib if key.startswith("on")
        ]
        harmless(page)


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with CSP", "without CSP"])
def test_names_in_json_run_nothing(browser: Browser, bypass_csp: bool) -> None:
    (address,) = api.service().listening  # type: ignore[union-attr]
    plot = f"json {bypass_csp}"
    with user(browser, bypass_csp=bypass_csp) as context:
        page = context.new_page()
        watch(page)
        page.goto(api.service().url(plot))
        Plot(page).until_state("live")
        publish_as_json(
            address, [{"x": 1, "y": 2, "series": text, "plot": plot} for text in HOSTILE], page
        )
        Plot(page).until(lambda s: set(s["series"]) == set(HOSTILE), "every name")
        harmless(page)


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with CSP", "without CSP"])
def test_names_of_plots_run_nothing_on_the_page_of_all(browser: Browser, bypass_csp: bool) -> None:
    from zwsnb.service.service import Service

    service = Service.start()
    for text in HOSTILE:
        service.call(service.relay.set_options, text, {})
    try:
        with user(browser, bypass_csp=bypass_csp) as context:
            page = context.new_page()
            watch(page)
            # The frames are the pages of the test above.
            page.route(re.compile(r"/\?token="), lambda route: route.fulfill(body=""))
            page.goto(service.plots_url())
            names = "() => [...document.querySelectorAll('.handle')].map((one) => one.textContent)"
            until(
                lambda: page.evaluate(names) == HOSTILE,
                "every name",
                pause=lambda _: page.wait_for_timeout(50),
            )
            harmless(page)
    finally:
        service.stop()
