"""What stands in the address bar, and what an address opens; and a relay that does not answer. In a
real browser.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from support import lab
from support.decoy import decoy
from support.lab import Plot
from support.pages import free_port, opened, relay, until_text, user

import zwsnb
from zwsnb import api

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def plot() -> Iterator[zwsnb.Plot]:
    zwsnb.start()
    made = zwsnb.Plot("a plot")
    made.publish([1, 2, 3], [4, 5, 6])
    yield made
    zwsnb.stop()


def test_the_token_leaves_the_address_bar_and_the_page_can_be_loaded_anew(
    browser: Browser, plot: zwsnb.Plot
) -> None:
    with opened(browser, plot.url) as page:
        address = plot.url.partition("?")[0] + "?plot=a+plot"
        assert page.url == address
        page.click("#pause")
        Plot(page).until_state("paused")
        page.reload()
        Plot(page).until_state("paused")  # which the tab remembers of this very address
        assert page.url == address


def test_in_another_tab_the_address_says_what_opens_the_page(
    browser: Browser, plot: zwsnb.Plot
) -> None:
    with opened(browser, plot.url) as page, page.context.expect_page() as other:
        # As a link does, whose tab gets nothing that this one keeps.
        page.evaluate("() => void window.open(location.href, '_blank', 'noopener')")
        Plot(other.value).until_state("refused")
        until_text(other.value, "#reason", "^The address lacks its token, .* %zwsnb, p.url or ")
    with opened(browser, api.service().plots_url()) as page, page.context.expect_page() as other:
        page.click("#grid a")
        Plot(other.value).until_state("live")
        assert "token" not in other.value.url


def test_an_address_for_once_opens_the_page_and_leaves_nothing_to_copy(
    browser: Browser, plot: zwsnb.Plot
) -> None:
    once = api.service().url_for_once(plot.name)
    with opened(browser, once) as page:
        assert page.url == plot.url.partition("?")[0] + "?plot=a+plot"
        page.reload()
        Plot(page).until_state("live")
        page.goto(once)
        assert "opens a page once and soon, and has done so" in page.inner_text("body")
        page.goto(plot.url)


@pytest.fixture(scope="module")
def neighbour(plot: zwsnb.Plot) -> Iterator[int]:
    """The port of another program, whose page shows the plot in a frame as `IFrame(p.url)` does."""
    html = f'<iframe id="plot" src="{plot.url}" width="600" height="300"></iframe>'
    port = free_port()
    with decoy(port, html.encode()):
        yield port


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_page_of_this_machine_may_show_it_in_a_frame(
    browser: Browser, neighbour: int, host: str
) -> None:
    with user(browser) as context:
        page = context.new_page()
        page.goto(f"http://{host}:{neighbour}/")
        page.wait_for_selector("#plot")
        frame = page.frames[1]
        Plot(frame).until_state("live")
        with page.expect_event("framenavigated"):
            frame.evaluate("() => location.reload()")
        Plot(frame).until_state("live")


def test_a_page_at_another_port_that_a_tab_comes_to_has_no_key_of_ours_for_its_frame(
    browser: Browser, plot: zwsnb.Plot
) -> None:
    html = f'<iframe src="{plot.url.partition("?")[0]}?plot=a+plot"></iframe>'
    port = free_port()
    with decoy(port, html.encode()), opened(browser, plot.url) as page:
        Plot(page).until_state("live")
        page.goto(f"http://127.0.0.1:{port}/")
        Plot(page.frames[1]).until_state("refused")
        until_text(page.frames[1], "#reason", "^The address lacks its token")


def test_a_page_of_another_may_not(browser: Browser, neighbour: int) -> None:
    with user(browser) as context:
        page = context.new_page()
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(f"http://{lab.HUB}:{neighbour}/")


def test_a_relay_that_does_not_answer_is_not_live_and_is_again_when_it_does(
    browser: Browser,
) -> None:
    with relay() as (process, url), opened(browser, url) as page:
        process.send_signal(signal.SIGSTOP)
        try:
            Plot(page).until_state("silent")
            until_text(page, "#status .state", r"^no answer for \d+ s$")
        finally:
            process.send_signal(signal.SIGCONT)
        Plot(page).until_state("live")
