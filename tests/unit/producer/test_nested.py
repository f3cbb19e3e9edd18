"""A call in the midst of a call, by the same thread, at every place where one can come in: by the
handler of a signal, a finalizer, a callback of the garbage collector, a profiler. None waits for
itself, no point is lost, and none comes twice.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pytest
from support.fake_quantity import quantity
from support.sinks import FakeSink, by_series

from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection, Sink, Source
from zwsnb.protocol.batch import Batch, Clear, Mark, SetOptions

if TYPE_CHECKING:
    from types import FrameType

WITHIN: Final = 20.0
"""Seconds after which a call is taken to wait for itself."""


def _clear(publisher: Publisher) -> None:
    publisher.send_command(Clear("other"))
    publisher.bind("other")(1, 1)


OUTER: Final[dict[str, Callable[[Publisher], object]]] = {
    "a number": lambda p: p.bind("plot")(1, 7),
    "a new plot": lambda p: p.bind("new")(1, 7),
    "an array": lambda p: p.bind("plot")([1, 2], [7, 8], "array"),
    "a quantity": lambda p: p.bind("unit")([1], quantity(np.ones(1), "V")),
    "a command": lambda p: p.send_command(Mark("plot", 1.0, "outer")),
    "a clear": _clear,
    "a take": lambda p: p.sink and p.sink.flush(0),
    "a checkpoint": lambda p: p.checkpoint(),
    "an account": lambda p: p.stats(),
}
"""What is called first."""


class Keeper(FakeSink):
    """A sink that keeps what it takes."""

    def __init__(self, publisher: Publisher) -> None:
        super().__init__(publisher)
        self.took: list[Batch] = []

    def flush(self, timeout: float) -> bool:
        del timeout
        self.took += self.publisher.take()
        return True

    def take_all(self) -> None:
        while batches := self.publisher.take():
            self.took += batches


class Nested:
    """Calls a function at each line of zwsnb's that another one runs, and not from there again."""

    def __init__(self, call: Callable[[int], object]) -> None:
        self._call = call
        self._is_in = False
        self.count = 0

    def around(self, outer: Callable[[], object]) -> None:
        sys.settrace(self._trace)
        try:
            outer()
        finally:
            sys.settrace(None)

    def _trace(self, frame: FrameType, event: str, _: object) -> Any:
        if "/zwsnb/" not in frame.f_code.co_filename or self._is_in:
            return None if event == "call" else self._trace
        self._is_in = True
        try:
            self._call(self.count)
            self.count += 1
        finally:
            self._is_in = False
        return self._trace


def within(call: Callable[[], object]) -> None:
    """Call it in a thread: one that waits for itself fails the test, and does not hold it up."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001 - raised below
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(WITHIN)
    assert not thread.is_alive(), "it waits for itself"
    for error in raised:
        raise error


def made() -> tuple[Publisher, Keeper]:
    publisher = Publisher()
    publisher.sink = sink = Keeper(publisher)
    publish = publisher.bind("plot")
    for x in range(3):
        publish(x, x, "before")
    publisher.bind("other")(0, 0)
    return publisher, sink


@pytest.mark.parametrize("outer", OUTER)
@pytest.mark.parametrize("kind", ["numbers", "arrays", "several", "further names"])
def test_a_publish_in_the_midst_of_a_call_comes_once(outer: str, kind: str) -> None:
    publisher, sink = made()
    publish = publisher.bind("nested")
    calls: dict[str, Callable[[int], object]] = {
        "numbers": lambda i: publish(i, i),
        "arrays": lambda i: publish([2 * i, 2 * i + 1], [1.0, 2.0]),
        "several": lambda i: publish(i, a=i, b=i),
        "further names": lambda i: publish(0, i, series=f"s{i}"),
    }
    nested = Nested(calls[kind])
    within(lambda: nested.around(lambda: OUTER[outer](publisher)))
    sink.take_all()
    points = by_series(sink.took)
    n = nested.count
    assert n > 5
    expected = {
        "numbers": {"nested/y": list(range(n))},
        "arrays": {"nested/y": list(range(2 * n))},
        "several": {"nested/a": list(range(n)), "nested/b": list(range(n))},
        "further names": {f"nested/s{i}": [0] for i in range(n)},
    }
    found = {name: sorted(x for x, _ in points[name]) for name in points if "nested/" in name}
    assert found == expected[kind]
    assert [x for x, _ in points["plot/before"]] == [0, 1, 2]
    account = publisher.stats()
    assert account["queued"] == account["dropped"] == 0
    assert account["accepted"] == account["taken"] == sum(map(len, points.values()))
    assert [batch.number for batch in sink.took] == list(range(len(sink.took)))


@pytest.mark.parametrize("outer", OUTER)
def test_a_command_and_a_question_in_the_midst_of_a_call_return(outer: str) -> None:
    publisher, sink = made()

    def call(i: int) -> None:
        publisher.send_command(Mark("plot", float(i), "nested"))
        publisher.send_command(SetOptions("options", {"title": str(i)}))
        publisher.checkpoint()
        account = publisher.stats()
        assert account["accepted"] == sum(account[k] for k in ("taken", "dropped", "queued"))

    nested = Nested(call)
    within(lambda: nested.around(lambda: OUTER[outer](publisher)))
    sink.take_all()
    marks = [b.body.x for b in sink.took if isinstance(b.body, Mark) and b.body.text == "nested"]
    assert sorted(marks) == list(range(nested.count))
    assert [x for x, _ in by_series(sink.took)["plot/before"]] == [0, 1, 2]


def test_a_flush_in_the_midst_of_a_call_says_that_not_all_has_come() -> None:
    publisher, _ = made()
    with publisher._queue.lock:
        assert not publisher.flush(0.0)
    assert publisher.flush(0.0)


def test_a_publish_while_its_thread_makes_the_sink_waits_for_it() -> None:
    publisher = Publisher()
    publish = publisher.bind("plot")
    sinks: list[Sink] = []

    def make(source: Source, connection: Connection) -> Sink:
        del source, connection
        publish(1, 1)
        publish([2], [2], "array")
        sinks.append(Keeper(publisher))
        return sinks[-1]

    publisher._make_sender, publisher.connection = make, Connection("ipc://x", "token")
    within(lambda: publish(3, 3))
    assert sinks == [publisher.sink]
    assert by_series(publisher.take()) == {"plot/y": [(1, 1), (3, 3)], "plot/array": [(2, 2)]}
