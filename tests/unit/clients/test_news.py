"""What a page is told of a plot besides series, options and points."""

from __future__ import annotations

from zwsnb.clients.news import KnownMarks, News
from zwsnb.controls.control import switch
from zwsnb.history.plots import Plot
from zwsnb.protocol.messages import Bar, Declare


def test_a_page_is_told_of_the_marks_that_are_new_and_of_those_that_went() -> None:
    plot, known = Plot("p"), KnownMarks()
    assert known.news(plot) is None
    plot.mark(1, "a")
    plot.mark(2, "b")
    a, b, c = ({"x": x, "text": text} for x, text in ((1, "a"), (2, "b"), (3, "c")))
    assert known.news(plot) == {"type": "marks", "first": 0, "marks": [a, b]}
    assert known.news(plot) is None
    plot.mark(3, "c")
    assert known.news(plot) == {"type": "marks", "first": 0, "marks": [c]}
    plot.clear()
    assert known.news(plot) == {"type": "marks", "first": 3, "marks": []}
    assert known.news(plot) is None
    assert KnownMarks().news(plot) == {"type": "marks", "first": 3, "marks": []}


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
