"""What all views of a widget are sent while the kernel hears none of them, at a time that a test
sets.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.eventually import eventually

from zwsnb.comm.comm_socket import Ended
from zwsnb.protocol.stats import EVERYONE
from zwsnb.widget.broadcast import (
    DEAF_AFTER,
    GREET_EVERY,
    GREET_SELDOM,
    QUIET,
    WIDTH,
    Broadcast,
)

PATCH = b"patch"
HELLO = {"type": "hello", "options": {"window": None}, "origin": 0, "clock": 3}


@dataclass
class Page:
    """A connection that keeps what it is told."""

    tell: Callable[[Any], object]
    views: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = False

    def receive(self, text: str) -> None:
        self.views.append(json.loads(text))

    def close(self) -> None:
        self.closed = True

    def say(self, **said: Any) -> None:
        self.tell(json.dumps(said))


class Kernel:
    """One that runs a cell, and hears nothing."""

    def __init__(self) -> None:
        self.now = 100.0
        self.hears = math.inf
        self.is_heard = False
        self.fault: Exception | None = None
        self.pages: list[Page] = []
        self.sent: list[tuple[dict[str, Any], list[bytes | memoryview]]] = []
        self.broadcast = Broadcast(
            self.attach, self.send, lambda: self.is_heard, lambda: self.hears, lambda: self.now
        )
        # Its thread is the test.
        self.broadcast._run = lambda: None  # type: ignore[method-assign]
        self.broadcast.start()

    def attach(self, tell: Callable[[Any], object], /, *, everyone: bool = False) -> Page:
        assert everyone
        if self.fault:
            raise self.fault
        self.pages.append(Page(tell))
        return self.pages[-1]

    def send(
        self, content: Mapping[str, object], buffers: list[bytes | memoryview] | None = None
    ) -> None:
        self.sent.append((dict(content), buffers or []))

    def look_after(self, seconds: float) -> bool:
        self.now += seconds
        return self.broadcast.look()

    @property
    def texts(self) -> list[dict[str, Any]]:
        return [json.loads(content["text"]) for content, _ in self.sent if "text" in content]


@pytest.fixture
def kernel() -> Kernel:
    return Kernel()


@pytest.fixture
def page(kernel: Kernel) -> Page:
    """The connection of everyone, that has said hello."""
    assert kernel.look_after(DEAF_AFTER)
    (made,) = kernel.pages
    made.say(**HELLO)
    kernel.broadcast.look()
    return made


def test_nothing_is_played_before_a_view_would_have_been_heard(kernel: Kernel) -> None:
    assert kernel.look_after(DEAF_AFTER - 0.1)
    assert not kernel.pages


def test_what_the_connection_says_goes_to_everyone(kernel: Kernel, page: Page) -> None:
    page.tell(PATCH)
    assert kernel.sent == [
        ({"view": EVERYONE, "text": json.dumps(HELLO)}, []),
        ({"view": EVERYONE, "patch": True}, [PATCH]),
    ]


def test_it_looks_at_what_the_options_say(kernel: Kernel, page: Page) -> None:
    assert page.views == [{"type": "view", "width": WIDTH + 1, "mode": "all"}]
    page.say(type="options", options={"window": 10})
    kernel.broadcast.look()
    assert page.views[1:] == [{"type": "view", "width": WIDTH, "mode": "follow", "window": 10}]


@pytest.mark.parametrize("why", ["a view is heard", "no cell has run for a while", "it is closed"])
def test_it_ends_when(kernel: Kernel, page: Page, why: str) -> None:
    if why == "a view is heard":
        kernel.is_heard = True
    elif why == "it is closed":
        kernel.broadcast.close()
    else:
        kernel.hears = kernel.now
        assert kernel.look_after(QUIET), "another cell may follow"
        kernel.now += 0.1
    assert not kernel.broadcast.look()
    assert page.closed


def test_where_no_cell_runs_nothing_is_played(kernel: Kernel) -> None:
    kernel.hears = 0.0
    assert kernel.look_after(QUIET)
    assert not kernel.look_after(0.1)
    assert not kernel.pages


def test_it_begins_anew_for_the_next_views(kernel: Kernel, page: Page) -> None:
    kernel.is_heard = True
    assert not kernel.broadcast.look()
    kernel.is_heard = False
    kernel.broadcast.start()
    assert kernel.look_after(DEAF_AFTER)
    assert [page.closed, kernel.pages[1].closed] == [True, False]


def test_the_greeting_is_said_again_and_the_next_patch_is_a_fresh_one(
    kernel: Kernel, page: Page
) -> None:
    page.say(type="series", series=[])
    page.say(type="series", series=["a"])
    page.say(type="ping", number=1)
    page.say(type="pace", open=True)
    page.say(type="options", options={"window": 10}, origin=5)
    kernel.broadcast.look()
    kernel.sent.clear()
    assert kernel.look_after(GREET_EVERY)
    assert [(said["type"], said.get("series")) for said in kernel.texts] == [
        ("hello", None),
        ("series", ["a"]),
        ("pace", None),
    ]
    assert kernel.texts[0]["clock"] > HELLO["clock"], "the clock is that of now"
    hello = {**HELLO, "options": {"window": 10}, "origin": 5, "clock": kernel.texts[0]["clock"]}
    assert kernel.texts[0] == hello, "as it is now"
    # A relay sends a patch when anything of the view is another.
    assert page.views[-1]["width"] != page.views[-2]["width"]


def test_views_that_are_about_to_appear_are_greeted_soon(kernel: Kernel, page: Page) -> None:
    for _ in range(10):
        kernel.look_after(GREET_EVERY)
    kernel.sent.clear()
    kernel.broadcast.start()
    kernel.look_after(GREET_EVERY)
    assert [said["type"] for said in kernel.texts] == ["hello"]


def test_marks_are_said_again_as_they_stand_now(kernel: Kernel, page: Page) -> None:
    page.say(type="marks", first=0, marks=["a", "b"])
    page.say(type="marks", first=1, marks=["c"])
    kernel.sent.clear()
    kernel.look_after(GREET_EVERY)
    (marks,) = [said for said in kernel.texts if said["type"] == "marks"]
    assert marks == {"type": "marks", "first": 1, "marks": ["b", "c"]}


def test_it_is_said_more_and_more_seldom(kernel: Kernel, page: Page) -> None:
    greeted: list[float] = []
    before = 0.0
    for _ in range(600):
        kernel.look_after(0.1)
        if (count := sum(said["type"] == "hello" for said in kernel.texts)) > len(greeted) + 1:
            assert count == len(greeted) + 2
            greeted.append(kernel.now - before)
            before = kernel.now
    between = greeted[1:]
    assert between == pytest.approx([4, 8, *[GREET_SELDOM] * 4], abs=0.2)
    assert not page.closed


def test_before_there_is_a_greeting_none_is_said(kernel: Kernel) -> None:
    kernel.look_after(DEAF_AFTER)
    assert kernel.look_after(GREET_EVERY)
    assert (kernel.sent, kernel.pages[0].views) == ([], [])


def test_the_end_of_the_service_is_told_and_ends_it(kernel: Kernel, page: Page) -> None:
    page.tell(Ended(4000, "stopped"))
    assert kernel.sent[-1] == ({"view": EVERYONE, "closed": 4000, "reason": "stopped"}, [])
    assert not kernel.broadcast.look()


@pytest.mark.parametrize("fault", [RuntimeError("not running"), ValueError("its loop has ended")])
def test_where_no_service_runs_it_ends(kernel: Kernel, fault: Exception) -> None:
    kernel.fault = fault
    assert not kernel.look_after(DEAF_AFTER)


def test_its_thread_ends_with_it() -> None:
    heard: list[bool] = []
    kernel = Kernel()
    broadcast = Broadcast(kernel.attach, kernel.send, lambda: bool(heard), lambda: math.inf)
    broadcast.start()
    thread = broadcast._thread
    assert thread is not None
    broadcast.start()
    assert broadcast._thread is thread, "one is enough"
    heard.append(True)
    eventually(lambda: not thread.is_alive())


def test_one_that_is_asked_for_while_it_ends_goes_on(kernel: Kernel, page: Page) -> None:
    def close() -> None:
        kernel.is_heard = False
        kernel.broadcast.start()

    page.close = close  # type: ignore[method-assign]
    kernel.is_heard = True
    assert kernel.broadcast.look()
    kernel.look_after(DEAF_AFTER)
    assert len(kernel.pages) == 2


def test_a_forked_child_begins_with_nothing(
    kernel: Kernel, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getpid", lambda: 1)
    kernel.broadcast.start()
    kernel.look_after(DEAF_AFTER)
    assert (len(kernel.pages), page.closed) == (2, False)
