"""Functions that are called when something happens on a plot."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest
from support.eventually import PATIENCE, eventually
from support.steered_pages import Pages

from zwsnb import Plot
from zwsnb.events.happened import Happened
from zwsnb.steering import registry
from zwsnb.steering.events import Alert

AT = {"series": "loss", "run": "", "x": 1.0, "y": 3.0, "skipped": 0}


def test_it_is_called_in_a_thread_of_its_own(pages: Pages) -> None:
    called: list[tuple[Alert, int]] = []
    Plot("p").on_cross("loss", lambda a: called.append((a, threading.get_ident())), above=2)
    pages.happen("loss above 2", AT)
    eventually(lambda: len(called) == 1)
    assert called[0][0] == Alert("p", "loss above 2", "loss", "", 1.0, 3.0, 0)
    assert called[0][1] != threading.get_ident()


def test_one_that_is_given_again_takes_the_place_of_the_one_before(pages: Pages) -> None:
    p, called, done = Plot("p"), list[str](), threading.Event()
    first = p.on_cross("loss", lambda _: called.append("first"), above=2)
    second = p.on_cross("loss", lambda _: called.append("second"), above=2)
    pages.happen("loss above 2", AT, after=first)
    pages.happen("loss above 2", AT, after=second)
    p.on_cross("loss", lambda _: done.set(), above=3)
    pages.happen("loss above 3", AT)
    assert done.wait(PATIENCE)
    assert called == ["second"]
    assert (first.is_listening, second.is_listening) == (False, True)
    first.stop()
    assert second.is_listening


def test_one_that_was_stopped_is_called_no_more(pages: Pages) -> None:
    p = Plot("p")
    listener = p.on_cross("loss", above=2)
    assert p.listeners() == [listener]
    assert repr(listener) == "<listener 'loss above 2' of plot 'p'>"
    listener.stop()
    listener.stop()
    assert (p.listeners(), pages.watched()) == ([], {"loss above 2": None})
    assert repr(listener) == "<listener 'loss above 2' of plot 'p', stopped>"
    registry._take(Happened("p", "loss above 2", "cross", 1, None, AT))


def test_it_stands_for_its_function(pages: Pages) -> None:
    p, called = Plot("p"), list[Any]()

    @p.on_cross("loss", above=2)
    def diverged(alert: Alert) -> None:
        called.append(alert)

    pages.happen("loss above 2", AT)
    eventually(lambda: len(called) == 1)
    diverged(called[0])  # type: ignore[operator]  # the handle
    assert len(called) == 2
    with pytest.raises(TypeError, match="has no function, and 3 is none"):
        p.on_cross("loss", above=4)(3)  # type: ignore[arg-type]


def test_what_it_raises_is_logged_once_with_its_traceback(
    pages: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    called: list[Alert] = []

    def fail(alert: Alert) -> None:
        called.append(alert)
        raise ValueError("no")

    Plot("p").on_cross("loss", fail, above=2)
    with caplog.at_level(logging.ERROR, "zwsnb.steering"):
        for _ in range(2):
            pages.happen("loss above 2", AT)
        eventually(lambda: len(called) == 2)
        eventually(lambda: len(caplog.records) == 1)
    [record] = caplog.records
    assert record.getMessage() == "a callback of 'loss above 2' has failed: no"
    assert record.exc_info


def test_a_closed_plot_is_listened_to_no_more(pages: Pages) -> None:
    p = Plot("p")
    listener, other = p.on_cross("loss", above=2), Plot("other").on_cross("loss", above=2)
    registry._forget("p")
    assert (listener.is_listening, other.is_listening) == (False, True)
    assert set(pages.watched()) == {"loss above 2"}


def test_one_whose_place_another_program_has_taken_listens_no_more(pages: Pages) -> None:
    listener = Plot("p").on_cross("loss", above=2)
    pages.watched()
    number = listener._watch.number
    for gone in (number - 1, number):
        assert listener.is_listening
        registry._take(Happened("p", listener.name, "end", -1, None, {"number": gone}))
    assert not listener.is_listening
    listener.stop()
    assert pages.watched()[listener.name] is not None, "it is the other's now"


def test_a_plot_is_watched_for_so_many_things(pages: Pages) -> None:
    del pages
    p = Plot("p")
    for level in range(50):
        p.on_cross("loss", above=level)
    with pytest.raises(ValueError, match="plot 'p' is watched for 50 things, and not for"):
        p.on_cross("loss", above=50)
    p.on_cross("loss", above=49)
