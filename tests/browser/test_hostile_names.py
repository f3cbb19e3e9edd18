"""Names, labels, titles and marks are text: none of them runs as a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser
from support.hostile_names import HOSTILE, Traces
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
        traces = Traces(page)
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
        assert traces.found() == []


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with CSP", "without CSP"])
def test_names_in_json_run_nothing(browser: Browser, bypass_csp: bool) -> None:
    (address,) = api.service().stats()["listening"]
    plot = f"json {bypass_csp}"
    with user(browser, bypass_csp=bypass_csp) as context:
        page = context.new_page()
        traces = Traces(page)
        page.goto(api.service().url(plot))
        Plot(page).until_state("live")
        points = [{"x": 1, "y": 2, "series": text, "plot": plot} for text in HOSTILE]
        publish_as_json(address, points, page, heard_of=HOSTILE)
        assert traces.found() == []


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with CSP", "without CSP"])
def test_names_of_plots_run_nothing_on_the_page_of_all(browser: Browser, bypass_csp: bool) -> None:
    from zwsnb.service.service import Service

    service = Service.start()
    for text in HOSTILE:
        service.call(service.relay.set_options, text, {})
    try:
        with user(browser, bypass_csp=bypass_csp) as context:
            page = context.new_page()
            traces = Traces(page)
            # The frames are the pages of the test above.
            page.route(re.compile(r"/\?token="), lambda route: route.fulfill(body=""))
            page.goto(service.plots_url())
            names = "() => [...document.querySelectorAll('.handle')].map((one) => one.textContent)"
            until(
                lambda: page.evaluate(names) == HOSTILE,
                "every name",
                pause=lambda _: page.wait_for_timeout(50),
            )
            assert traces.found() == []
    finally:
        service.stop()
