"""Functions of a user are called in a thread of their own."""

from __future__ import annotations

import logging
import sys
import threading
from contextvars import ContextVar
from functools import partial

import pytest
from support.eventually import PATIENCE, eventually

from zwsnb.steering.callbacks import Callbacks, Turn


def test_they_are_called_in_turn_in_one_thread() -> None:
    callbacks, called, done = Callbacks(), list[int](), threading.Event()
    threads = set()

    def call(number: int) -> None:
        called.append(number)
        threads.add(threading.get_ident())

    turn = Turn("lr", 6)
    for number in range(5):
        callbacks.call(turn, partial(call, number))
    callbacks.call(turn, done.set)
    assert done.wait(PATIENCE)
    assert called == [0, 1, 2, 3, 4]
    assert len(threads - {threading.get_ident()}) == 1


def test_an_error_ends_nothing_and_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    callbacks, done = Callbacks(), threading.Event()
    with caplog.at_level(logging.ERROR, "zwsnb.steering"):
        turn = Turn("lr", 4)
        for _ in range(3):
            callbacks.call(turn, lambda: 1 / 0)
        callbacks.call(Turn("go"), lambda: dict[str, int]()["none"])
        callbacks.call(turn, done.set)
        assert done.wait(PATIENCE)
        eventually(lambda: len(caplog.records) == 2)
    assert [record.getMessage() for record in caplog.records] == [
        "a callback of 'lr' has failed: division by zero",
        "a callback of 'go' has failed: 'none'",
    ]
    assert all(record.exc_info for record in caplog.records)


def test_an_error_is_printed_where_logging_is_not_set_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(logging.root, "handlers", [])
        callbacks, done = Callbacks(), threading.Event()
        callbacks.call(Turn("lr"), lambda: 1 / 0)
        callbacks.call(Turn("go"), done.set)
        assert done.wait(PATIENCE)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "a callback of 'lr' has failed: division by zero"
    assert lines[-1] == "ZeroDivisionError: division by zero"


def test_a_function_that_is_given_anew_says_its_error_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    callbacks, done = Callbacks(), threading.Event()
    with caplog.at_level(logging.ERROR, "zwsnb.steering"):
        for _ in range(2):  # a cell that is run again
            callbacks.call(Turn("lr"), lambda: 1 / 0)
        callbacks.call(Turn("go"), done.set)
        assert done.wait(PATIENCE)
    assert len(caplog.records) == 2


def test_a_function_is_called_in_the_context_in_which_it_was_given() -> None:
    cell, seen, done = ContextVar[int]("cell"), list[int](), threading.Event()
    cell.set(1)  # where what is printed stands in a notebook
    turn = Turn("lr")
    cell.set(2)
    callbacks = Callbacks()
    callbacks.call(turn, lambda: seen.append(cell.get()))
    callbacks.call(Turn("go"), done.set)
    assert done.wait(PATIENCE)
    assert seen == [1]


def test_a_function_that_ends_its_thread_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    callbacks, done = Callbacks(), threading.Event()
    with caplog.at_level(logging.ERROR, "zwsnb.steering"):
        callbacks.call(Turn("stop"), sys.exit)
        callbacks.call(Turn("go"), done.set)
        assert done.wait(PATIENCE)
    said = [record.getMessage() for record in caplog.records]
    assert said == ["a callback of 'stop' has failed: SystemExit"]


class Mute(Exception):
    """An error whose words are one."""

    def __str__(self) -> str:
        raise AttributeError("words")


def fail() -> None:
    raise Mute


def test_an_error_without_words_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    callbacks, done = Callbacks(), threading.Event()
    with caplog.at_level(logging.ERROR, "zwsnb.steering"):
        callbacks.call(Turn("lr"), fail)
        callbacks.call(Turn("go"), done.set)
        assert done.wait(PATIENCE)
    said = [record.getMessage() for record in caplog.records]
    assert said == ["a callback of 'lr' has failed: Mute"]


def test_a_log_that_fails_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    callbacks, done = Callbacks(), threading.Event()
    log = logging.getLogger("zwsnb.steering")
    log.addFilter(lambda _: bool(1 / 0))
    try:
        callbacks.call(Turn("lr"), lambda: 1 / 0)
        callbacks.call(Turn("go"), done.set)
        assert done.wait(PATIENCE)
    finally:
        log.filters.clear()
    assert caplog.records == []


def test_a_slow_function_has_one_turn_and_is_told_the_newest() -> None:
    callbacks, called = Callbacks(), list[str]()
    busy, done = threading.Event(), threading.Event()
    callbacks.call(Turn("other"), partial(busy.wait, PATIENCE))
    drag, clicks = Turn("lr"), Turn("go", 3)
    for number in range(1000):
        callbacks.call(drag, partial(called.append, f"lr {number}"))
        callbacks.call(clicks, partial(called.append, f"go {number}"))
    assert callbacks._waiting.qsize() <= 3
    callbacks.call(clicks, done.set)
    busy.set()
    assert done.wait(PATIENCE)
    assert called == ["lr 999", "go 998", "go 999"]
