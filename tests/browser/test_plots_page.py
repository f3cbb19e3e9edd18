"""The page of all plots of a service: which are there, how they are arranged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from support.lab import Plot, until
from support.pages import free_port, relay, until_text, user, violations

from zwsnb.service.service import Service

pytestmark = [pytest.mark.browser]

Three = tuple[Service, BrowserContext]


def plots_of(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.zwsnb.stats().plots")
    return found


def until_plots(page: Page, names: list[str]) -> None:
    def shown() -> list[str]:
        titles: list[str] = page.eval_on_selector_all(
            ".card .handle", "all => all.map((one) => one.textContent)"
        )
        return titles

    until(
        lambda: shown() == names,
        f"{names}, and not {shown()}",
        pause=lambda _: page.wait_for_timeout(50),
    )
    assert plots_of(page) == names


@pytest.fixture
def three(browser: Browser) -> Iterator[Three]:
    """A service of its own with plots a, b and c, and a user."""
    made = Service.start()
    for name in "abc":
        made.call(made.relay.set_options, name, {})
    with user(browser, viewport={"width": 1000, "height": 700}) as context:
        yield made, context
    made.stop()


def test_all_plots_new_ones_appear_and_closed_ones_go(three: Three) -> None:
    service, context = three
    page = context.new_page()
    page.goto(service.plots_url())
    until_plots(page, ["a", "b", "c"])
    service.call(service.relay.set_options, "<i>new</i>", {})
    until_plots(page, ["a", "b", "c", "<i>new</i>"])
    service.call(service.relay.history.plots.pop, "b")
    until_plots(page, ["a", "c", "<i>new</i>"])
    frame = next(frame for frame in page.frames if "plot=a" in frame.url)
    Plot(frame).until_state("live")


def test_a_page_of_all_plots_that_is_printed_has_no_key_in_its_links_which_lead_on(
    three: Three,
) -> None:
    service, context = three
    page = context.new_page()
    page.goto(service.plots_url())
    until_plots(page, ["a", "b", "c"])
    printed = page.pdf()
    assert b"/?plot=a" in printed
    assert service.token.encode() not in printed
    for opens in ("click", "Enter"):
        link = page.get_by_role("link", name="Open b in its own tab")
        with context.expect_page() as found:
            link.click() if opens == "click" else link.press(opens)
        Plot(found.value).until_state("live")


def test_a_page_of_all_plots_that_is_copied_has_no_key_in_its_frames(three: Three) -> None:
    service, context = three
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(service.plots_url())
    until_plots(page, ["a", "b", "c"])
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+C")
    copied: str = page.evaluate(
        "async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()"
    )
    assert "All plots" in copied
    assert service.token not in copied


def test_all_plots_are_rearranged_by_keyboard_and_remembered(three: Three) -> None:
    service, context = three
    page = context.new_page()
    page.goto(service.plots_url())
    until_plots(page, ["a", "b", "c"])
    for frame in page.frames[1:]:
        Plot(frame).until_state("live")
    frames = {frame.url: frame.evaluate("performance.timeOrigin") for frame in page.frames[1:]}
    page.get_by_role("button", name="a", exact=True).focus()
    page.keyboard.press("ArrowRight")
    until_plots(page, ["b", "a", "c"])
    page.keyboard.press("End")
    until_plots(page, ["b", "c", "a"])
    assert page.text_content("#spoken") == "a: place 3 of 3"
    assert page.evaluate("document.activeElement.textContent") == "a"
    assert {
        frame.url: frame.evaluate("performance.timeOrigin") for frame in page.frames[1:]
    } == frames, "no frame is loaded anew"
    page.reload()
    until_plots(page, ["b", "c", "a"])


def test_all_plots_are_rearranged_by_dragging(three: Three) -> None:
    service, context = three
    page = context.new_page()
    page.goto(service.plots_url())
    until_plots(page, ["a", "b", "c"])
    begin, end = (page.locator(".card .handle").nth(i).bounding_box() for i in (0, 1))
    assert begin
    assert end
    page.mouse.move(begin["x"] + 20, begin["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 60, steps=5)
    page.mouse.up()
    until_plots(page, ["b", "a", "c"])


def test_all_plots_in_one_to_four_columns(three: Three) -> None:
    service, context = three
    page = context.new_page()
    page.goto(service.plots_url())
    until_plots(page, ["a", "b", "c"])
    for columns in (1, 3, 4):
        page.click(f"#columns button:nth-child({columns})")
        tops = page.eval_on_selector_all(
            ".card", "all => all.map((one) => one.getBoundingClientRect().top)"
        )
        assert sum(top == tops[0] for top in tops) == min(3, columns)
    page.reload()
    until_plots(page, ["a", "b", "c"])
    assert page.get_attribute("#columns button:nth-child(4)", "aria-pressed") == "true"


def test_all_plots_without_a_plot_say_how_to_begin(browser: Browser) -> None:
    with relay() as (_, url), user(browser) as context:
        page = context.new_page()
        page.goto(url.replace("/?", "/plots?"))
        page.wait_for_function("() => window.zwsnb?.stats().state === 'live'")
        if plots_of(page) == []:
            assert page.is_visible("#empty")
            assert violations(page) == []


def test_all_plots_say_that_the_service_has_ended_and_that_another_refuses(
    browser: Browser,
) -> None:
    port = free_port()
    with user(browser) as context:
        page = context.new_page()
        with relay(port) as (_, url):
            page.goto(url.replace("/?", "/plots?"))
            page.wait_for_function("() => window.zwsnb?.stats().state === 'live'")
        until_text(page, "#state", "does not answer")
        with relay(port):
            until_text(page, "#state", "The page is not this server's")
        assert violations(page) == []
