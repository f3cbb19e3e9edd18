"""A page that asks anew before it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gevent
import pytest
from support.greenlets import run_all

from zwsnb.clients.asked.answering import Answering
from zwsnb.clients.page_socket import Closed

Steps = Iterator[dict[str, Any] | None]


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is a turn."""
    monkeypatch.setattr("zwsnb.turns.turns.TURN", 0.0)


class World:
    """What was said, and how many steps were taken for each question."""

    def __init__(self) -> None:
        self.said: list[int] = []
        self.steps: list[int] = []
        self.answering = Answering(lambda message: self.said.append(message["id"]), self.of, "page")

    def of(self, number: int) -> Steps:
        for _ in range(5):
            self.steps.append(number)
            yield None
        yield {"id": number}


def test_what_is_asked_a_hundred_times_at_once_is_answered_once() -> None:
    world = World()
    for number in range(100):
        world.answering.begin(number)
    run_all()
    assert (world.said, world.steps) == ([99], [99] * 5)


def test_a_newer_question_ends_one_that_has_begun() -> None:
    world = World()
    world.answering.begin(1)
    while not world.steps:
        gevent.sleep(0)
    world.answering.begin(2)
    run_all()
    assert world.said == [2]
    assert world.steps.count(1) < 5
    world.answering.begin(3)
    run_all()
    assert world.said == [2, 3]


def test_a_page_that_has_gone_costs_no_further_step() -> None:
    world = World()
    world.answering.stop()
    world.answering.begin(1)
    while not world.steps:
        gevent.sleep(0)
    world.answering.stop()
    run_all()
    assert not world.said
    assert len(world.steps) < 5


def test_an_answer_to_a_page_that_has_gone_is_no_error() -> None:
    def send(_: dict[str, Any]) -> None:
        raise Closed("gone")

    answering = Answering(send, World().of, "page")
    answering.begin(1)
    greenlet = answering._greenlet
    run_all()
    assert greenlet is not None
    assert greenlet.successful()
