"""What a page is told of a plot besides series, options and points."""

from __future__ import annotations

import numpy as np

from zwsnb.clients.news import News, Numbered
from zwsnb.controls.control import switch
from zwsnb.history.plots import Plot
from zwsnb.protocol.messages import Bar, Declare, Listen


def test_of_what_is_kept_a_page_is_told_what_is_new_and_that_some_went() -> None:
    known = Numbered()
    assert known.news([], 0) is None
    assert known.news(["a", "b"], 0) == ["a", "b"]
    assert known.news(["a", "b"], 0) is None
    assert known.news(["b", "c"], 1) == ["c"]
    assert known.news([], 3) == []
    assert known.news([], 3) is None
    assert Numbered().news([], 3) == []


def test_marks_that_went_are_told() -> None:
    plot, news = Plot("p"), News()
    plot.mark(1, "a")
    assert list(news.of(plot)) == [
        {"type": "marks", "first": 0, "marks": [{"x": 1, "text": "a"}]},
    ]
    plot.clear()
    assert list(news.of(plot)) == [{"type": "marks", "first": 1, "marks": []}]


def test_a_page_is_told_what_programs_watch_and_of_alerts_by_their_numbers() -> None:
    plot, news = Plot("p"), News()
    level = {"name": "n", "kind": "cross", "series": "y", "above": 2, "number": 1, "again": 0}
    plot.watches.declare(Listen("p", "n", level), "me")
    assert list(news.of(plot)) == [{"type": "listens", "to": ["cross"]}]
    x, y = np.arange(3.0), np.array([3.0, 1.0, 4.0])
    list(plot.watches.look("y", "", x, y, 100.0, plot))
    [said] = news.of(plot)
    assert (said["type"], said["first"]) == ("alerts", 0)
    assert [(each["name"], each["x"], each["y"]) for each in said["alerts"]] == [
        ("n", 0.0, 3.0), ("n", 2.0, 4.0),
    ]  # fmt: skip
    list(plot.watches.look("y", "", x, y, 100.0, plot))
    assert [each["first"] for each in news.of(plot)] == [2]
    plot.watches.clear()
    assert list(news.of(plot)) == []


def test_what_comes_and_goes_while_a_page_is_told_of_something_else_is_told_too() -> None:
    plot, news = Plot("p"), News()
    plot.mark(1, "a")
    told = []
    for message in news.of(plot):
        told.append(message)
        plot.progress = (Bar("half", 0.5),)  # it begins while the page is told of the mark
    plot.progress = ()
    told += news.of(plot)
    shown = [each["bars"] for each in told if each["type"] == "progress"]
    assert shown[-1:] in ([], [[]])


def test_what_has_changed_is_told_once() -> None:
    plot, news = Plot("p"), News()
    assert list(news.of(plot)) == []
    plot.progress = (Bar("half", 0.5),)
    plot.controls.declare(Declare("p", "on", switch("on", value=True).declared()), "me")
    plot.mark(1, "a")
    assert list(news.of(plot)) == [
        {"type": "marks", "first": 0, "marks": [{"x": 1, "text": "a"}]},
        {"type": "progress", "bars": [{"text": "half", "part": 0.5}]},
        {"type": "controls", "controls": [{"name": "on", "kind": "switch", "value": True}]},
    ]
    assert list(news.of(plot)) == []
    plot.controls.declare(Declare("p", "on", None), "me")
    assert list(news.of(plot)) == [{"type": "controls", "controls": []}]


def test_a_page_is_told_what_the_trigger_does() -> None:
    plot, news = Plot("p"), News()
    assert list(news.of(plot)) == []
    plot.set_options({"window": 4, "trigger": {"level": 0.5}})
    assert list(news.of(plot)) == [{"type": "trigger", "state": "waiting"}]
    x, y = np.arange(3.0), np.array([0.0, 1.0, 1.0])
    plot.trigger.look([(plot, 0, 3)], x, y)
    assert list(news.of(plot)) == [{"type": "trigger", "state": "triggered"}]
    assert list(news.of(plot)) == []
    plot.set_options({"trigger": {}})
    assert list(news.of(plot)) == [{"type": "trigger", "state": ""}]
