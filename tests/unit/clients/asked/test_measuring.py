"""Measuring for a page that changes its mind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.greenlets import run_all

from zwsnb.clients.asked.measuring import Measuring
from zwsnb.clients.page_messages import Measure
from zwsnb.clients.page_socket import Closed
from zwsnb.history.plots import History, Plot
from zwsnb.history.queries import Measurement


def unasked(lo: float, hi: float, _: list[Measurement]) -> None:
    raise AssertionError((lo, hi))


@pytest.fixture
def plot() -> Plot:
    return History().append("p", "y", np.arange(5.0), np.arange(5.0))


def test_the_answer_has_what_was_asked_for(plot: Plot) -> None:
    said: list[dict[str, Any]] = []
    Measuring(plot, said.append, unasked, "page").start(Measure(7, 1.0, 3.0))
    run_all()
    [answer] = said
    assert (answer["type"], answer["id"], answer["from"], answer["to"]) == ("measure", 7, 1.0, 3.0)
    assert [one["count"] for one in answer["series"]] == [3]


def test_a_newer_question_ends_an_older_one(plot: Plot) -> None:
    said: list[dict[str, Any]] = []
    measuring = Measuring(plot, said.append, unasked, "page")
    for number in (1, 2, 3):
        measuring.start(Measure(number, 0.0, 9.0))
    run_all()
    assert [answer["id"] for answer in said] == [3]
    measuring.start(Measure(4, 0.0, 9.0))
    measuring.stop()
    run_all()
    assert len(said) == 1


def test_a_page_that_has_gone_needs_no_answer(plot: Plot) -> None:
    asked: list[object] = []

    def send(message: dict[str, Any]) -> None:
        asked.append(message)
        raise Closed("gone")

    measuring = Measuring(plot, send, unasked, "page")
    measuring.start(Measure(1, 0.0, 9.0))
    greenlet = measuring._answering._greenlet
    run_all()
    assert asked
    assert greenlet is not None
    assert greenlet.successful()


def test_what_was_selected_is_told_with_its_figures_once(plot: Plot) -> None:
    said: list[dict[str, Any]] = []
    told: list[tuple[float, float, int]] = []
    measuring = Measuring(
        plot, said.append, lambda lo, hi, s: told.append((lo, hi, s[0]["count"])), "page"
    )
    measuring.start(Measure(1, 1.0, 3.0, is_selected=True))
    measuring.start(Measure(2, 1.0, 3.0))  # asked again before it was answered
    run_all()
    assert ([each["id"] for each in said], told) == ([2], [(1.0, 3.0, 3)])
    measuring.start(Measure(3, 1.0, 3.0))
    run_all()
    measuring.start(Measure(4, 0.0, 3.0, is_selected=True))
    measuring.start(Measure(5, 0.0, 4.0))  # another range: that selection is gone
    run_all()
    assert len(told) == 1


def test_of_a_spectrum_amplitudes_are_measured_and_nobody_is_told() -> None:
    x = np.arange(256.0)
    plot = History().append("p", "y", x, np.sin(x))
    plot.set_options({"style": "spectrum"})
    said: list[dict[str, Any]] = []
    Measuring(plot, said.append, unasked, "page").start(Measure(1, 0.0, 0.5, is_selected=True))
    run_all()
    assert [one["count"] for one in said[0]["series"]] == [129]
