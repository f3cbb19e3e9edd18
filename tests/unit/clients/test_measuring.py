"""Measuring for a page that changes its mind."""

from __future__ import annotations

from typing import Any

import gevent
import numpy as np
import pytest

from zwsnb.clients.measuring import Measuring
from zwsnb.clients.page_messages import Measure
from zwsnb.clients.page_socket import Closed
from zwsnb.history.plots import History, Plot


@pytest.fixture
def plot() -> Plot:
    return History().append("p", "y", np.arange(5.0), np.arange(5.0))


def test_the_answer_has_what_was_asked_for(plot: Plot) -> None:
    said: list[dict[str, Any]] = []
    Measuring(plot, said.append).start(Measure(7, 1.0, 3.0))
    gevent.wait(timeout=10)
    [answer] = said
    assert (answer["type"], answer["id"], answer["from"], answer["to"]) == ("measure", 7, 1.0, 3.0)
    assert [one["count"] for one in answer["series"]] == [3]


def test_a_newer_question_ends_an_older_one(plot: Plot) -> None:
    said: list[dict[str, Any]] = []
    measuring = Measuring(plot, said.append)
    for number in (1, 2, 3):
        measuring.start(Measure(number, 0.0, 9.0))
    gevent.wait(timeout=10)
    assert [answer["id"] for answer in said] == [3]
    measuring.start(Measure(4, 0.0, 9.0))
    measuring.stop()
    gevent.wait(timeout=10)
    assert len(said) == 1


def test_a_page_that_has_gone_needs_no_answer(plot: Plot) -> None:
    asked: list[object] = []

    def send(message: dict[str, Any]) -> None:
        asked.append(message)
        raise Closed("gone")

    measuring = Measuring(plot, send)
    measuring.start(Measure(1, 0.0, 9.0))
    greenlet = measuring._greenlet
    gevent.wait(timeout=10)
    assert asked
    assert greenlet is not None
    assert greenlet.successful()
