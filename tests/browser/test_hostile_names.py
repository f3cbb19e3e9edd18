"""Names, labels, titles and marks are text: none of them runs as a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page
from support.lab import Plot, until
from support.pages import publish_as_json, until_points, until_text, user

import zwsnb
from zwsnb import api

pytestmark = [pytest.mark.browser]

LISTEN = "tcp://127.0.0.1:*"


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    zwsnb.start(listen=[LISTEN])
    yield
    zwsnb.stop()


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
    (address,) = api.service().stats()["listening"]
    plot = f"json {bypass_csp}"
    with user(browser, bypass_csp=bypass_csp) as context:
        page = context.new_page()
        watch(page)
        page.goto(api.service().url(plot))
        Plot(page).until_state("live")
        points = [{"x": 1, "y": 2, "series": text, "plot": plot} for text in HOSTILE]
        publish_as_json(address, points, page, heard_of=HOSTILE)
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
