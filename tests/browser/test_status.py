"""The one line of state, with real causes: what happened, what it means, what to do. In a real
browser.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from support.eventually import PATIENCE
from support.killing import kill_hub
from support.lab import QUIET, Plot, find_browser, until
from support.pages import free_port, kill, opened, publish_as_json, relay, until_points, until_text

import zwsnb
from zwsnb.service.service import Service

pytestmark = [pytest.mark.browser]


@pytest.fixture
def service() -> Iterator[Service]:
    found = zwsnb.start(listen=["tcp://127.0.0.1:*"])
    assert isinstance(found, Service)
    yield found
    zwsnb.stop()


def title_of(page: Page, part: str) -> str:
    return page.get_attribute(f"#status .{part}", "title") or ""


def test_a_relay_that_is_stopped_has_ended_and_says_so(browser: Browser) -> None:
    with relay() as (process, url), opened(browser, url) as page:
        process.terminate()
        Plot(page).until_state("ended")
        until_text(page, "#status .state", "^ended: The relay was stopped")
        assert "the picture is the last one" in title_of(page, "state")
        assert page.is_hidden("#pause")


def test_loops_say_how_far_they_are_above_the_panels_of_their_groups(
    browser: Browser, service: Service
) -> None:
    plot = zwsnb.Plot("loop")
    with opened(browser, plot.url) as page:
        assert page.is_hidden("#bars")
        outer = zwsnb.track(range(4), text="epoch", plot=plot)
        for _ in range(2):
            next(outer)
            zwsnb.log({"train/loss": 1, "val/loss": 2}, plot=plot)
        until_text(page, "#bars .bar span", "^epoch · 0 % · 0 of 4")
        panels = Plot(page).until(lambda s: len(s["panels"]) == 2, "two panels")["panels"]
        assert panels
        list(outer)
        until_text(page, "#bars .bar span", r"^epoch · 4 in \d")
        assert page.get_attribute("#bars progress", "value") == "1"
        page.reload()
        until_text(page, "#bars .bar span", r"^epoch · 4 in \d")
        plot.clear()
        page.wait_for_selector("#bars", state="hidden")


def test_who_takes_the_port_of_a_relay_that_has_gone_is_not_told_the_token(
    browser: Browser,
) -> None:
    """Another user of the machine can: it waits for that. Nor is he who gives the port back. A page
    that is paused asks by itself how many points there are.
    """
    port = free_port()
    with relay(port) as (process, url), opened(browser, url) as page:
        page.keyboard.press(" ")
        until_text(page, "#status .state", "^paused")
        kill(process)
        heard: list[bytes] = []
        with socket.create_server(("127.0.0.1", port)) as other:
            other.settimeout(PATIENCE)
            while sum(b"GET /alive?ask=" in each for each in heard) < 4:
                peer, _ = other.accept()
                with peer:
                    heard.append(peer.recv(65536))
                    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
            until_text(page, "#reason", "Another program answers at the relay's address")
        assert url.partition("token=")[2].encode() not in b"".join(heard)


def test_a_plot_that_is_closed_has_ended(browser: Browser, service: Service) -> None:
    plot = zwsnb.Plot("gone")
    with opened(browser, plot.url) as page:
        plot.close()
        until_text(page, "#status .state", "^ended: The plot was closed")


def test_a_relay_that_is_killed_is_waited_for_and_found_again(browser: Browser) -> None:
    port = free_port()
    with relay(port) as (process, url), opened(browser, url) as page:
        kill(process)
        until_text(page, "#status .state", r"^reconnecting in \d s")
        until_text(page, "#reason", "The relay does not answer: .*start it again")
        assert "start it again" in title_of(page, "state")
        # It waits longer and longer, and here long enough for another relay to start meanwhile.
        until_text(page, "#status .state", r"^reconnecting in [3-9] s")
        assert page.is_visible("#retry")
        with relay(port):
            # Another token: it is another program now, whatever the port says.
            page.click("#retry")
            Plot(page).until_state("refused")
            until_text(
                page,
                "#status .state",
                "The page is not this server's.*take the address that %zwsnb shows now",
            )
            assert page.is_hidden("#retry")
            page.set_viewport_size({"width": 240, "height": 200})
            cut = """() => {
                const said = document.querySelector("#status .state");
                return said.scrollWidth > said.clientWidth || said.scrollHeight > said.clientHeight;
            }"""
            assert not page.evaluate(cut), "the sentence is not cut"


def test_a_relay_that_fails_is_said_at_once_and_found_again_when_it_is_restarted(
    browser: Browser, service: Service
) -> None:
    plot = zwsnb.Plot("kept")
    plot.publish([1, 2, 3], [4, 5, 6])
    with opened(browser, plot.url) as page:
        until_points(page, 3)
        kill_hub(service)
        # Three seconds are promised; a machine under load may take longer.
        until_text(page, "#status .state", r"^reconnecting")
        plot.publish([4, 5], [7, 8])
        zwsnb.restart()
        page.click("#retry")
        Plot(page).until_state("live")
        until_points(page, 5)


def test_a_page_that_its_user_leaves_has_no_viewer_and_comes_back_live(
    browser: Browser, service: Service
) -> None:
    """Chromium keeps it as it was, which playwright keeps it from."""
    zwsnb.publish([1, 2, 3], [3, 1, 2], plot="left")
    keeping = browser.browser_type.launch(
        executable_path=find_browser(),
        args=list(QUIET),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    with contextlib.closing(keeping):
        page = keeping.new_page()
        page.goto(service.url("left"))
        Plot(page).until_state("live")
        page.evaluate("window.isSame = true")
        page.goto("about:blank")
        until(lambda: service.stats()["viewers"] == 0, "no viewer")
        page.evaluate("setTimeout(() => history.back(), 50)")
        page.wait_for_url(re.compile("left"), wait_until="commit")
        assert page.evaluate("window.isSame"), "it was kept"
        Plot(page).until_state("live")
        until(lambda: service.stats()["viewers"] == 1, "a viewer")


def test_a_wrong_token_is_refused_with_the_way_in(browser: Browser) -> None:
    # The page itself is refused as well; one that is open already is not.
    with relay() as (_, url), opened(browser, url) as page:
        token = re.search("token=([^&]+)", url)
        assert token
        answer = page.request.get(url.replace(token[1], "x" * len(token[1])))
        assert answer.status == 403
        assert "take the address that %zwsnb shows now" in answer.text()


def test_a_page_of_another_version_says_reload(browser: Browser) -> None:
    with relay() as (_, url):
        context = browser.new_context()
        # An older page, as a browser's cache might have it: it greets with its own version.
        context.add_init_script(
            """const Real = WebSocket;
            window.WebSocket = class extends Real {
                constructor(address, keys) { super(address.replace(/v=\\d+/, "v=0"), keys); }
            };
            sessionStorage.setItem("zwsnb-reloaded", String(Date.now()));"""
        )
        page = context.new_page()
        page.goto(url)
        until_text(page, "#status .state", "another version than the relay: reload it")
        assert Plot(page).stats()["state"] == "refused"
        context.close()


@pytest.fixture
def streaming(service: Service) -> Iterator[str]:
    """The address of a plot that gets a hundred points a second."""
    plot, stop = zwsnb.Plot("stream", window=1), threading.Event()

    def stream() -> None:
        while not stop.wait(0.01):
            plot.publish(time.monotonic(), 1)

    thread = threading.Thread(target=stream)
    thread.start()
    yield plot.url
    stop.set()
    thread.join()


def test_figures_of_a_live_plot_and_what_they_mean(browser: Browser, streaming: str) -> None:
    with opened(browser, streaming) as page:
        until_text(page, "#status .rate", r"^\d+(\.\d)?/s")
        until_text(page, "#status .frames", r"^\d+ fps")
        until_text(page, "#status .latency", r"^\d+ ms")
        assert "over the last two seconds" in title_of(page, "rate")
        assert "pictures drawn per second" in title_of(page, "frames")
        assert "from publishing a point to painting it" in title_of(page, "latency")


def test_paused_says_how_many_are_waiting_and_looking_back_leads_back(
    browser: Browser, streaming: str
) -> None:
    with opened(browser, streaming) as page:
        until_points(page, 100)
        page.keyboard.press("Space")
        until_text(page, "#status .state", r"^paused, \d+ waiting")
        assert "nothing is lost" in title_of(page, "state")
        page.keyboard.press("Space")
        page.mouse.move(200, 200)
        page.mouse.wheel(0, -300)
        until_text(page, "#status .state", "^looking back")
        assert "Esc leads back" in title_of(page, "state")
        page.click("#live")
        until_text(page, "#status .state", "^live")


def test_what_is_lost_is_counted_and_explained(browser: Browser, service: Service) -> None:
    with opened(browser, service.url("losses")) as page:
        good = {"x": 1, "y": 2, "series": "y", "plot": "losses"}
        publish_as_json(
            service.listening[0],
            [{"x": "one", "y": 2, "series": "a", "plot": "losses"}, good],
            page,
            heard_of={"y"},
        )
        until_text(page, "#status .losses", r"\d+ refused")
        assert re.search(
            r"refused: messages that were no points.*not a number: \d+", title_of(page, "losses")
        )


def test_that_many_points_are_drawn_whole_is_said_and_explained(
    browser: Browser, service: Service
) -> None:
    plot = zwsnb.Plot("conflated")
    with opened(browser, plot.url) as page:
        plot.publish(range(100_000), range(100_000))
        until_text(page, "#status .columns", "all extremes drawn")
        assert "share columns of pixels with others" in title_of(page, "columns")
