"""Functions of a user are called in a thread of their own."""

from __future__ import annotations

import logging
import threading
from functools import partial

import pytest
from support.eventually import PATIENCE, eventually

from zwsnb.steering.callbacks import Callbacks


def test_they_are_called_in_turn_in_one_thread() -> None:
    callbacks, called, done = Callbacks(), list[int](), threading.Event()
    threads = set()

    def call(number: int) -> None:
        called.append(number)
        threads.add(threading.get_ident())

    for number in range(5):
        callbacks.call("lr", partial(call, number))
    callbacks.call("lr", done.set)
    assert done.wait(PATIENCE)
    assert called == [0, 1, 2, 3, 4]
    assert len(threads - {threading.get_ident()}) == 1


def test_an_error_ends_nothing_and_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    callbacks, done = Callbacks(), threading.Event()
    with caplog.at_level(logging.ERROR, "zwsnb.steering"):
        for _ in range(3):
            callbacks.call("lr", lambda: 1 / 0)
        callbacks.call("go", lambda: dict[str, int]()["none"])
        callbacks.call("lr", done.set)
        assert done.wait(PATIENCE)
        eventually(lambda: len(caplog.records) == 2)
    assert [record.getMessage() for record in caplog.records] == [
        "a callback of 'lr' has failed: division by zero",
        "a callback of 'go' has failed: 'none'",
    ]
    assert all(record.exc_info for record in caplog.records)
