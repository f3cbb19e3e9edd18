"""Python's `logging`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from threading import Event

import pytest
from support.eventually import PATIENCE
from support.logged import Logged

from zwsnb.adapters.logs import PlotHandler
from zwsnb.producer import native, queue
from zwsnb.protocol.batch import Mark


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """A logger with a handler that draws."""
    made, handler = logging.getLogger("test of logs"), PlotHandler("p")
    made.setLevel(logging.DEBUG)
    made.addHandler(handler)
    yield made
    made.removeHandler(handler)


def test_numbers_of_messages_are_points(logged: Logged, logger: logging.Logger) -> None:
    logger.info("epoch done: loss=%.2f name=resnet time=12ms", 0.25)
    logger.debug("nothing to see")
    points = logged.points()
    assert {name: [y for _, y in its] for name, its in points.items()} == {
        "p/loss": [0.25],
        "p/time": [12.0],
    }
    assert points["p/loss"][0][0] > 1.7e9, "x is a time"


def test_thousands_are_read_as_python_writes_them(logged: Logged, logger: logging.Logger) -> None:
    logger.info(f"done: n={1234:,}, rate={1234567.5:,.1f}")  # noqa: G004 - as programs do
    assert {name: y for name, ((_, y),) in logged.points().items()} == {
        "p/n": 1234,
        "p/rate": 1234567.5,
    }


def test_names_without_end_leave_the_others_of_a_message(
    logged: Logged, logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.lines.cells.MOST_NAMES", 3)
    for i in range(9):
        logger.info("loss=%d id%d=5", i, i)
    assert [y for _, y in logged.points()["p/loss"]] == list(range(9))


def test_a_call_may_add_metrics(logged: Logged, logger: logging.Logger) -> None:
    logger.info("done", extra={"metrics": {"acc": 0.5}})
    logger.info("done", extra={"metrics": 3})
    assert [y for _, y in logged.points()["p/acc"]] == [0.5]


def test_a_warning_is_a_mark(logged: Logged, logger: logging.Logger) -> None:
    logger.warning("diverged at %d", 7)
    logger.error("a=1ms a=2GB")
    marks = [body for body in logged.commands() if isinstance(body, Mark)]
    assert [mark.text for mark in marks] == ["diverged at 7", "a=1ms a=2GB"]


def test_what_zwsnb_says_itself_is_left_alone(logged: Logged) -> None:
    record = logging.makeLogRecord({"name": "zwsnb.adapters", "msg": "a=1"})
    PlotHandler("p").handle(record)
    assert logged.take() == []


@pytest.fixture
def _full(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes, and who publishes more waits for that."""
    monkeypatch.setattr(queue, "SOFT_LIMIT", 0)
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", 0)
    logged.publisher.bind("other")([1, 2], [3, 4])
    logged.publisher.on_full = "block"


@pytest.mark.usefixtures("_full")
def test_who_takes_the_points_never_waits_for_that(logged: Logged, logger: logging.Logger) -> None:
    name = logger.name

    def take() -> None:
        with native.taking():
            logging.getLogger("zwsnb.service").warning("a=1")
            logging.getLogger(name).warning("a=1")
            taken.set()

    own = logging.getLogger("zwsnb.service")
    own.addHandler(logger.handlers[0])
    logs = native.thread("logs", logger.warning, "a=1")
    taken = Event()
    try:
        logs.start()  # it waits, and has the lock of the handler
        logs.join(0.2)
        assert logs.is_alive()
        native.thread("takes", take).start()
        assert taken.wait(PATIENCE)
    finally:
        own.removeHandler(logger.handlers[0])
        while logs.is_alive():
            logged.take()
            logs.join(0.01)
