"""What the views of a widget get: piece by piece, a few at a time, and refused beyond that."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping

import pytest
from support.eventually import eventually

from zwsnb.service.addresses.answers import Answer
from zwsnb.widget.gets import AT_ONCE, LONGEST, MOST_WAITING, Gets

NAME = "zwsnb-get"


class Kernel:
    """What is asked of it, and sent. `go`: until then each answer waits before its first piece."""

    def __init__(self, pieces: Callable[[], Iterator[bytes]] = lambda: iter([b"a", b"b"])) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.sent: list[tuple[dict[str, object], list[bytes | memoryview]]] = []
        self.go = threading.Event()
        self.go.set()
        self._pieces = pieces
        self.gets = Gets(self.get, self.send)

    def get(self, route: str, query: Mapping[str, str]) -> Answer:
        self.asked.append((route, dict(query)))
        self.go.wait()
        return Answer(200, {"X": "1"}, self._pieces())

    def send(
        self, content: Mapping[str, object], buffers: list[bytes | memoryview] | None = None
    ) -> None:
        self.sent.append((dict(content), buffers or []))

    def ask(self, number: int = 1, query: object = None, route: str = "csv") -> None:
        self.gets.ask("a", number, route, {} if query is None else query)

    def done(self, status: int = 200) -> list[object]:
        """The numbers of what has ended so, in their order."""
        return [it["got"] for it, _ in self.sent if it["done"] and it["status"] == status]


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    kernel = Kernel()
    yield kernel
    kernel.go.set()


def threads() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name == NAME]


def test_it_comes_in_pieces(kernel: Kernel) -> None:
    kernel.ask(4, {"from": "1"})
    eventually(lambda: len(kernel.sent) == 3)
    head = {"view": "a", "got": 4, "status": 200, "headers": {"X": "1"}}
    assert kernel.sent == [
        ({**head, "piece": 0, "done": False}, [b"a"]),
        ({**head, "piece": 1, "done": False}, [b"b"]),
        ({**head, "piece": 2, "done": True}, [b""]),
    ]
    assert kernel.asked == [("/csv", {"from": "1"})]


def test_a_few_are_made_at_a_time_the_others_wait_and_the_rest_are_refused(kernel: Kernel) -> None:
    kernel.go.clear()
    most = AT_ONCE + MOST_WAITING
    for i in range(AT_ONCE):
        kernel.ask(i)
    eventually(lambda: len(kernel.asked) == AT_ONCE)
    for i in range(AT_ONCE, most + 100):
        kernel.ask(i)
    assert len(threads()) == AT_ONCE
    assert kernel.done(503) == list(range(most, most + 100))
    assert b"wait" in kernel.sent[0][1][0]
    kernel.go.set()
    eventually(lambda: len(kernel.done()) == most)
    assert sorted(map(str, kernel.done())) == sorted(map(str, range(most)))
    eventually(lambda: not threads(), "the end of the threads")
    kernel.ask(most)
    eventually(lambda: most in kernel.done())


@pytest.mark.parametrize(
    ("route", "query"),
    [
        ("stats", {}),
        ("csv", 3),
        ("../ws", {}),
        ("csv", {"series": "x" * (LONGEST + 1)}),
        ("csv", {"series": "x" * LONGEST, "to": "1"}),
    ],
)
def test_a_view_gets_nothing_else(kernel: Kernel, route: str, query: object) -> None:
    kernel.ask(1, query, route)
    assert (kernel.done(404), kernel.asked) == ([1], [])


def test_what_else_a_query_has_is_not_passed_on(kernel: Kernel) -> None:
    kernel.ask(1, {"series": "x" * LONGEST, "path": "/stats", "from": 3, "token": "x" * LONGEST})
    eventually(kernel.done)
    assert kernel.asked == [("/csv", {"series": "x" * LONGEST})]


@pytest.mark.parametrize("fault", [OSError("nobody"), ValueError("nobody")])
def test_a_service_that_does_not_answer_is_said_and_the_next_is_asked(fault: Exception) -> None:
    def refuse() -> Iterator[bytes]:
        raise fault

    kernel = Kernel(refuse)
    for i in range(AT_ONCE + 3):
        kernel.ask(i)
    eventually(lambda: len(kernel.done(502)) == AT_ONCE + 3)
    assert kernel.sent[0][1] == [b"nobody"]


def test_an_answer_that_breaks_off_says_that_it_has_failed() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"a"
        raise OSError("stopped")

    kernel = Kernel(pieces)
    kernel.ask()
    eventually(lambda: len(kernel.sent) == 2)
    assert (kernel.sent[1][0]["failed"], kernel.sent[1][0]["done"]) == ("stopped", True)
    assert kernel.sent[1][0]["piece"] == 1, "a failure that is lost leaves a hole, too"


def pieces_without_end() -> Iterator[bytes]:
    while True:
        yield b"a"


@pytest.mark.parametrize("number", [1, None])
def test_what_a_view_has_left_is_got_no_further_and_others_have_its_place(
    number: int | None,
) -> None:
    kernel = Kernel(pieces_without_end)
    for _ in range(AT_ONCE):
        kernel.ask(1)
    eventually(lambda: len(kernel.sent) > AT_ONCE)
    for i in range(MOST_WAITING):
        kernel.ask(1 if i else 2)
    kernel.gets.ask("b", 1, "csv", {})
    kernel.gets.leave("b", 2)
    assert kernel.done(503) == [1], "as nobody has left anything"
    kernel.gets.leave("a", number)
    kernel.gets.ask("b", 3, "csv", {})
    eventually(lambda: ["b", 3] in [[it["view"], it["got"]] for it, _ in kernel.sent])
    if number:
        eventually(lambda: 2 in [it["got"] for it, _ in kernel.sent if it["view"] == "a"])
    kernel.gets.leave("a")
    kernel.gets.leave("b")
    eventually(lambda: not threads(), "the end of the threads")
    assert kernel.done() == []


def test_of_a_closed_widget_nothing_is_got_any_more(kernel: Kernel) -> None:
    kernel.go.clear()
    for i in range(AT_ONCE + 1):
        kernel.ask(i)
    eventually(lambda: len(kernel.asked) == AT_ONCE)
    kernel.gets.close()
    kernel.go.set()
    eventually(lambda: not threads(), "the end of the threads")
    kernel.ask(99)
    assert (kernel.done(), kernel.done(503), len(kernel.asked)) == ([], [99], AT_ONCE)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks there")
def test_a_forked_child_has_threads_of_its_own(kernel: Kernel) -> None:
    kernel.go.clear()
    for i in range(AT_ONCE):
        kernel.ask(i)
    eventually(lambda: len(kernel.asked) == AT_ONCE)
    child = os.fork()
    if not child:
        try:
            kernel.go = threading.Event()
            kernel.go.set()
            kernel.ask(99)
            eventually(lambda: 99 in kernel.done())
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
