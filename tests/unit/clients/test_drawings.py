"""Asking a page for its own drawing, with a page that has no connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gevent
import numpy as np
import pytest
from support.tiny_png import PNG

from zwsnb.clients import drawings
from zwsnb.clients.drawings import SILENT_FOR, Drawings
from zwsnb.clients.page_messages import BAD, Drawn
from zwsnb.clients.page_socket import Closed
from zwsnb.display.picture import Drawing
from zwsnb.history.plots import History
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport

DRAWING = Drawing(PNG, 900.0, 359.0)


class Page:
    """A page that looks and has painted everything, and what asks it; `answer` is called with the
    number of each question.
    """

    def __init__(self) -> None:
        self.view = Subscription(
            History().append("p", "y", np.array([1.0, 2.0]), np.array([3.0, 4.0]))
        )
        self.now = 100.0
        self.may = True
        self.asked: list[int] = []
        self.answer: Callable[[int], object] = self.draw
        self.drawings = Drawings(self.view, self.hear, lambda: self.may, lambda: self.now)
        self.view.set_viewport(Viewport(500))
        self.paint()

    def paint(self) -> None:
        self.view.next_patch()
        self.view.ack(self.view.number)

    def hear(self, message: dict[str, Any]) -> None:
        assert message["type"] == "picture"
        self.asked.append(message["id"])
        self.answer(message["id"])

    def draw(self, number: int) -> None:
        self.drawings.answered(Drawn(number, DRAWING))

    def ignore(self, number: int) -> None:
        pass


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(drawings, "DRAWN_WITHIN", 0.05)
    return Page()


def test_a_page_that_looks_is_asked_and_each_question_has_its_number(page: Page) -> None:
    assert page.drawings.is_ready
    assert [page.drawings.ask(), page.drawings.ask()] == [DRAWING, DRAWING]
    assert page.asked == [1, 2]


def test_one_that_does_not_look_or_may_not_or_hears_nothing_is_not_asked(page: Page) -> None:
    page.may = False
    assert not page.drawings.is_ready
    page.may = True
    page.view.set_viewport(Viewport(500), paused=True)
    assert not page.drawings.is_ready
    assert page.drawings.ask() is None
    assert not Drawings(Subscription(page.view.plot), page.hear, lambda: True).is_ready
    assert page.asked == []


def test_it_is_asked_when_it_has_painted(page: Page) -> None:
    page.view.start_afresh()
    asking = gevent.spawn(page.drawings.ask)
    gevent.sleep(0)
    page.view.next_patch()
    gevent.sleep(0)
    assert page.asked == []
    page.view.ack(page.view.number)
    assert asking.get(timeout=10) == DRAWING


def test_one_that_never_has_is_asked_all_the_same(page: Page) -> None:
    page.view.start_afresh()
    asking = gevent.spawn(page.drawings.ask)
    gevent.sleep(0)
    assert page.asked == []
    page.now += drawings.PAINTED_WITHIN
    assert asking.get(timeout=10) == DRAWING


def test_one_that_goes_out_of_sight_meanwhile_is_not(page: Page) -> None:
    page.view.start_afresh()
    asking = gevent.spawn(page.drawings.ask)
    gevent.sleep(0)
    page.view.set_viewport(Viewport(500), paused=True)
    page.now += drawings.PAINTED_WITHIN
    assert asking.get(timeout=10) is None
    assert page.asked == []


@pytest.mark.parametrize("what", ["silence", "nothing", "gone"])
def test_one_that_has_not_drawn_is_left_alone_for_a_while(page: Page, what: str) -> None:
    def go(_: int) -> None:
        raise Closed("gone")

    page.answer = {
        "silence": page.ignore,
        "nothing": lambda number: page.drawings.answered(Drawn(number, None)),
        "gone": go,
    }[what]
    assert page.drawings.ask() is None
    assert not page.drawings.is_ready
    assert page.drawings.ask() is None
    assert page.asked == [1]
    page.now += SILENT_FOR
    page.answer = page.draw
    assert page.drawings.ask() == DRAWING


def test_an_answer_that_nobody_asked_for_is_refused(page: Page) -> None:
    for _ in range(2):
        with pytest.raises(InvalidMessage) as caught:
            page.drawings.answered(Drawn(1, DRAWING))
        assert caught.value.kind == BAD
    assert page.drawings.ask() == DRAWING
    with pytest.raises(InvalidMessage):
        page.drawings.answered(Drawn(1, DRAWING))


def test_a_late_answer_is_no_fault_and_no_answer_to_the_next_question(page: Page) -> None:
    page.answer = page.ignore
    assert page.drawings.ask() is None
    page.now += SILENT_FOR
    other = Drawing(PNG, 1.0, 1.0)

    def answer_both(number: int) -> None:
        page.drawings.answered(Drawn(number - 1, other))
        page.drawings.answered(Drawn(number, DRAWING))

    page.answer = answer_both
    assert page.drawings.ask() == DRAWING


def test_a_page_whose_answer_came_late_is_asked_again(page: Page) -> None:
    page.answer = page.ignore
    assert page.drawings.ask() is None
    assert not page.drawings.is_ready
    page.drawings.answered(Drawn(1, None))
    assert not page.drawings.is_ready, "it cannot draw"
    page.answer = page.ignore
    page.now += SILENT_FOR
    assert page.drawings.ask() is None
    page.drawings.answered(Drawn(2, DRAWING))
    assert page.drawings.is_ready


def test_two_who_ask_are_answered_one_after_the_other(page: Page) -> None:
    page.answer = page.ignore
    first, second = gevent.spawn(page.drawings.ask), gevent.spawn(page.drawings.ask)
    gevent.sleep(0)
    assert page.asked == [1]
    page.answer = page.draw
    page.draw(1)
    assert first.get(timeout=10) == DRAWING
    assert second.get(timeout=10) == DRAWING
    assert page.asked == [1, 2]


def test_nobody_waits_for_a_page_that_has_gone(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "DRAWN_WITHIN", 1000)
    page.answer = page.ignore
    asking = gevent.spawn(page.drawings.ask)
    gevent.sleep(0)
    page.drawings.stop()
    assert asking.get(timeout=10) is None


def test_when_it_has_said_where_it_looks_is_known(page: Page) -> None:
    assert page.drawings.looked < page.now
    page.drawings.note_look()
    assert page.drawings.looked == page.now
