"""The views of a widget: which connection has what they say, and what they are told."""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from support.eventually import eventually

from zwsnb.comm.comm_socket import Ended
from zwsnb.protocol.messages import MAX_PAGE_TEXT, TOO_BIG
from zwsnb.service.addresses.answers import Answer
from zwsnb.widget.views import GONE_AFTER, LONGEST_NAME, MOST_VIEWS, RETRY, Views


@dataclass
class FakeAttachment:
    """A connection that keeps what it is given."""

    tell: Callable[[Any], object]
    received: list[str] = field(default_factory=list)
    closed: bool = False

    def receive(self, text: str) -> None:
        self.received.append(text)

    def close(self) -> None:
        self.closed = True


class Kernel:
    """What views need of it, at a time that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0
        self.hears = 0.0
        self.opened: list[FakeAttachment] = []
        self.sent: list[tuple[dict[str, object], list[bytes | memoryview]]] = []
        self.fault: Exception | None = None
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.pieces: Iterator[bytes] = iter([b"a"])
        self.views = Views(self.attach, self.get, self.send, lambda: self.hears, lambda: self.now)

    def attach(self, tell: Callable[[Any], object], /, *, everyone: bool = False) -> FakeAttachment:
        assert not everyone
        if self.fault:
            raise self.fault
        self.opened.append(FakeAttachment(tell))
        return self.opened[-1]

    def get(self, route: str, query: Mapping[str, str]) -> Answer:
        self.asked.append((route, dict(query)))
        return Answer(200, {}, self.pieces)

    def send(
        self, content: Mapping[str, object], buffers: list[bytes | memoryview] | None = None
    ) -> None:
        self.sent.append((dict(content), buffers or []))

    def open(self, name: str) -> FakeAttachment:
        self.views.on_message({"view": name, "open": 2})
        return self.opened[-1]


@pytest.fixture
def kernel() -> Kernel:
    return Kernel()


def test_each_view_has_a_connection_of_its_own(kernel: Kernel) -> None:
    one, other = kernel.open("a"), kernel.open("b")
    kernel.views.on_message({"view": "a", "text": "to one"})
    kernel.views.on_message({"view": "b", "text": "to other"})
    assert (one.received, other.received) == (["to one"], ["to other"])
    one.tell("words")
    other.tell(memoryview(b"patch"))
    assert kernel.sent == [
        ({"view": "a", "text": "words", "number": 1}, []),
        ({"view": "b", "patch": True}, [b"patch"]),
    ]


def test_a_view_that_closes_hears_no_more(kernel: Kernel) -> None:
    one = kernel.open("a")
    kernel.views.on_message({"view": "a", "close": True})
    one.tell("too late")
    assert (one.closed, len(kernel.views), kernel.sent) == (True, 0, [])


def test_a_view_that_opens_again_has_another_connection(kernel: Kernel) -> None:
    old = kernel.open("a")
    new = kernel.open("a")
    old.tell("of the old one")
    old.tell(Ended(1000, ""))
    new.tell("of the new one")
    assert (old.closed, len(kernel.views)) == (True, 1)
    assert kernel.sent == [({"view": "a", "text": "of the new one", "number": 1}, [])]


def test_the_end_of_a_connection_is_told(kernel: Kernel) -> None:
    kernel.open("a").tell(Ended(4000, "The service was stopped."))
    assert kernel.sent == [
        ({"view": "a", "closed": 4000, "reason": "The service was stopped."}, [])
    ]
    assert len(kernel.views) == 0


def test_a_service_that_is_not_there_is_told_and_the_view_tries_again(kernel: Kernel) -> None:
    kernel.fault = RuntimeError("zwsnb is not running")
    kernel.views.on_message({"view": "a", "open": 2})
    assert kernel.sent == [({"view": "a", "closed": RETRY, "reason": "zwsnb is not running"}, [])]
    kernel.fault = None
    kernel.open("a").tell("hello")
    assert kernel.sent[-1] == ({"view": "a", "text": "hello", "number": 1}, [])


def test_texts_are_numbered_by_connection_so_that_one_that_is_lost_is_missed(
    kernel: Kernel,
) -> None:
    one, other = kernel.open("a"), kernel.open("b")
    for view in (one, one, other, one):
        view.tell("words")
    kernel.open("a").tell("words")
    numbers = [(content["view"], content["number"]) for content, _ in kernel.sent]
    assert numbers == [("a", 1), ("a", 2), ("b", 1), ("a", 3), ("a", 1)]


def test_a_view_that_the_kernel_does_not_know_is_to_open_again(kernel: Kernel) -> None:
    kernel.views.on_message({"view": "a", "text": "ack"})
    assert kernel.sent[0][0]["closed"] == RETRY


@pytest.mark.parametrize(
    "content",
    [None, 3, "text", {}, {"view": 1, "open": 2}, {"view": "a"}, {"view": "a", "text": 3}],
)
def test_what_is_no_message_of_a_view_is_left_alone(kernel: Kernel, content: object) -> None:
    kernel.views.on_message(content)
    assert (kernel.opened, kernel.sent) == ([], [])


def test_a_view_whose_tab_has_gone_goes_too(kernel: Kernel) -> None:
    view = kernel.open("a")
    kernel.now = GONE_AFTER - 1
    view.tell("ping")
    assert len(kernel.views) == 1
    kernel.views.on_message({"view": "a", "text": "pong"})
    kernel.now += GONE_AFTER - 1
    view.tell("ping")
    assert len(kernel.views) == 1
    kernel.now += 2
    view.tell("ping")
    assert (len(kernel.views), view.closed) == (0, True)


def test_a_view_goes_in_mid_cell_too_where_the_kernel_hears_another(kernel: Kernel) -> None:
    silent, other = kernel.open("a"), kernel.open("b")
    kernel.hears = math.inf
    for _ in range(20):
        kernel.now += 10
        kernel.views.on_message({"view": "b", "text": "pong"})
        silent.tell("ping")
        other.tell("ping")
    assert (silent.closed, other.closed) == (True, False)
    assert [c["view"] for c, _ in kernel.sent if c.get("closed") == RETRY] == ["a"]


def test_a_view_is_not_gone_while_a_cell_keeps_the_kernel_from_hearing(kernel: Kernel) -> None:
    view = kernel.open("a")
    kernel.hears, kernel.now = math.inf, 10 * GONE_AFTER
    view.tell("ping")
    kernel.hears = kernel.now
    kernel.now += GONE_AFTER - 1
    view.tell("ping")
    assert len(kernel.views) == 1
    kernel.now += 2
    view.tell("ping")
    assert len(kernel.views) == 0


def test_of_too_many_views_the_one_that_was_heard_of_longest_ago_goes(kernel: Kernel) -> None:
    for i in range(MOST_VIEWS):
        kernel.now = i
        kernel.open(f"{i}")
    kernel.views.on_message({"view": "0", "text": "here"})
    kernel.open("one more")
    assert (len(kernel.views), kernel.opened[0].closed, kernel.opened[1].closed) == (
        MOST_VIEWS,
        False,
        True,
    )


def test_closing_the_widget_closes_all(kernel: Kernel) -> None:
    kernel.open("a")
    kernel.open("b")
    kernel.views.close()
    assert [each.closed for each in kernel.opened] == [True, True]


def test_what_a_view_gets_is_told_to_it_alone(kernel: Kernel) -> None:
    kernel.views.on_message({"view": "a", "get": 4, "route": "csv", "query": {"from": "1"}})
    eventually(lambda: len(kernel.sent) == 2)
    assert kernel.sent == [
        ({"view": "a", "got": 4, "piece": i, "status": 200, "headers": {}, "done": i == 1}, [its])
        for i, its in enumerate([b"a", b""])
    ]
    assert kernel.asked == [("/csv", {"from": "1"})]


@pytest.mark.parametrize("how", ["it says so", "nothing is heard of it", "there are too many"])
def test_what_a_view_gets_ends_when_it_leaves_it(kernel: Kernel, how: str) -> None:
    kernel.pieces = itertools.repeat(b"a")
    view = kernel.open("a")
    kernel.views.on_message({"view": "a", "get": 4, "route": "csv", "query": {}})
    eventually(lambda: len(kernel.sent) > 2)
    kernel.open("a")  # which has lost its connection, and gets what it has asked for
    view = kernel.opened[-1]
    sent = len(kernel.sent)
    eventually(lambda: len(kernel.sent) > sent)
    if how == "it says so":
        kernel.views.on_message({"view": "a", "leave": 4})
    elif how == "nothing is heard of it":
        kernel.now = GONE_AFTER + 1
        view.tell("ping")
    else:
        for i in range(MOST_VIEWS):
            kernel.open(f"another {i}")
    eventually(lambda: "zwsnb-get" not in [each.name for each in threading.enumerate()])


def test_who_sends_too_much_at_once_is_told_to_begin_anew(kernel: Kernel) -> None:
    one, other = kernel.open("a"), kernel.open("b")
    for view in "ab":
        kernel.views.on_message({"view": view, "text": "x" * MAX_PAGE_TEXT})
    assert [len(one.received), len(other.received)] == [1, 1]
    kernel.views.on_message({"view": "a", "text": "x" * (MAX_PAGE_TEXT + 1)})
    assert (one.closed, len(one.received), len(kernel.views)) == (True, 1, 1)
    assert [(it["view"], it["closed"]) for it, _ in kernel.sent] == [("a", TOO_BIG)]
    kernel.open("a")
    assert (other.closed, len(kernel.views)) == (False, 2)


@pytest.mark.parametrize("said", [{"open": 2}, {"text": "x"}, {"get": 1, "route": "csv"}])
def test_a_name_that_no_page_gives_itself_is_kept_by_nobody(
    kernel: Kernel, said: dict[str, object]
) -> None:
    kernel.views.on_message({"view": "x" * (LONGEST_NAME + 1), "query": {}, **said})
    assert (kernel.opened, kernel.sent, kernel.asked) == ([], [], [])
