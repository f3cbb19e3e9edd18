"""`p.image` and `p.histogram`: what they send."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from support.logged import Logged

from zwsnb import Plot, api
from zwsnb.history.plots import History
from zwsnb.images.histogram import Bins
from zwsnb.protocol.batch import Body, Clear, Points, SetOptions
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.options import DEFAULTS


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Logged:
    return Logged(monkeypatch)


def sent(logged: Logged) -> list[Body]:
    return [batch.body for batch in logged.take()]


def the_rows(logged: Logged) -> Rows:
    (rows,) = [body for body in sent(logged) if isinstance(body, Rows)]
    return rows


def test_rows_come_one_by_one(logged: Logged) -> None:
    plot = Plot("p")
    plot.image(1, [1, 2, 3], y=(0, 100))
    plot.image(2, np.array([4, 5, 6]), y=(0, 100))
    rows = the_rows(logged)
    assert (rows.plot, rows.series, rows.y, rows.is_whole) == ("p", "image", (0, 100), False)
    assert (rows.x.tolist(), rows.cells.tolist()) == ([1, 2], [[1, 2, 3], [4, 5, 6]])
    assert logged.publisher.stats()["accepted"] == 2


def test_several_rows_come_at_once(logged: Logged) -> None:
    Plot("p").image([0, 1], [[1, 2], [3, 4]], series="s", y=[5, 4])
    rows = the_rows(logged)
    assert (rows.series, rows.y) == ("s", (4, 5))
    assert rows.cells.tolist() == [[2, 1], [4, 3]]


def test_a_matrix_is_whole_and_stands_as_it_is_written_from_the_bottom(logged: Logged) -> None:
    Plot("p").image([[1, 2, 3], [4, 5, 6]], x=(10, 30))
    rows = the_rows(logged)
    assert rows.is_whole
    assert (rows.x.tolist(), rows.y) == ([10, 20, 30], (0, 1))
    assert rows.cells.tolist() == [[1, 4], [2, 5], [3, 6]]


def test_a_matrix_may_be_turned(logged: Logged) -> None:
    Plot("p").image([[1, 2], [3, 4]], x=(1, 0), y=(1, 0))
    rows = the_rows(logged)
    assert (rows.x.tolist(), rows.y) == ([0, 1], (0, 1))
    assert rows.cells.tolist() == [[4, 2], [3, 1]]


@pytest.mark.parametrize(
    ("first", "then"),
    [(3, 4), (3, 3), ([0, 1], [1]), (datetime(2026, 1, 1, tzinfo=UTC), datetime.now(UTC))],
)
def test_rows_go_on_as_long_as_each_other(logged: Logged, first: Any, then: Any) -> None:
    plot = Plot("p")
    plot.image(first, np.zeros((2, 3)) if isinstance(first, list) else np.zeros(3))
    sent(logged)
    with pytest.raises(
        ValueError, match=r"has 2 values, those of 'image' .* 3: p\.clear\('image'\)"
    ):
        plot.image(then, np.zeros((1, 2)) if isinstance(then, list) else np.zeros(2))
    assert not sent(logged)
    plot.clear("image")
    plot.image([then] if not isinstance(then, list) else then, np.zeros((1, 2)))


@pytest.mark.parametrize("between", ["pass", "plot.image(np.zeros((2, 2)))", "plot.close()"])
def test_rows_of_the_next_image_are_as_long_as_they_are(logged: Logged, between: str) -> None:
    plot = Plot("p")
    plot.image(3, np.zeros(3))
    exec(between, {"plot": plot, "np": np})  # noqa: S102 - ours
    plot.image(1 if between == "pass" else 4, np.zeros(2))
    plot.image(4, np.zeros(9), series="other")
    assert [r.cells.shape[1] for r in sent(logged) if isinstance(r, Rows)][-1] == 9


def test_a_matrix_may_stand_as_it_is_printed(logged: Logged) -> None:
    Plot("p").image([[1, 2, 3], [4, 5, 6]], origin="upper")
    rows = the_rows(logged)
    assert (rows.is_down, rows.y) == (True, (0, 1))
    assert rows.cells.tolist() == [[4, 1], [5, 2], [6, 3]]


def test_x_may_be_a_time(logged: Logged) -> None:
    Plot("p").image(datetime(2026, 1, 1, 12, tzinfo=UTC), [1.0])
    rows = the_rows(logged)
    assert rows.is_time
    assert rows.x[0] + rows.origin == datetime(2026, 1, 1, 12, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("args", "more", "error", "words"),
    [
        (([1, 2],), {}, ValueError, "2-dimensional"),
        ((1, [[1, 2], [3, 4]]), {}, ValueError, "x is one value, there are 2 rows"),
        (([1, 2, 3], [[1, 2], [3, 4]]), {}, ValueError, "x has 3 values, the image has 2"),
        ((1, [1, 2]), {"x": (0, 1)}, TypeError, "x is given twice"),
        ((1, [1, 2]), {"series": ""}, ValueError, "series"),
        ((float("nan"), [1, 2]), {}, ValueError, "finite"),
        ((1, np.zeros(5000)), {}, ValueError, "4,096"),
        (
            (1, [1, 1e300]),
            {},
            ValueError,
            r"the row holds 1e\+300; an image has values up to 3.4e38",
        ),
        (([[1]],), {"origin": "top"}, ValueError, 'origin is .top.; it is "lower" or "upper"'),
        ((1, [1]), {"origin": "upper"}, TypeError, "origin is of a matrix"),
        ((1, "abc"), {}, (TypeError, ValueError), "row"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_sent(
    logged: Logged, args: Any, more: Any, error: Any, words: str
) -> None:
    plot = Plot("p")
    with pytest.raises(error, match=words):
        plot.image(*args, **more)
    assert not [body for body in sent(logged) if isinstance(body, Rows)]


def test_what_is_missing_has_no_colour(logged: Logged) -> None:
    plot = Plot("p")
    plot.image(1, [1, None, 3])
    assert np.isnan(the_rows(logged).cells).tolist() == [[False, True, False]]
    with pytest.raises(TypeError, match="has objects in it, where numbers belong"):
        plot.image(2, [1, "2", None])


def test_what_x_is_stays(logged: Logged) -> None:
    plot = Plot("p")
    plot.publish(1, 2)
    with pytest.raises(TypeError, match="x is a time, but was a number"):
        plot.image(datetime.now(UTC), [1.0])


def test_a_histogram_has_bars_and_rows_of_those_before(logged: Logged) -> None:
    plot = Plot("p")
    plot.histogram([0.1, 0.2, 0.9], bins=2, range=(0, 1))
    proposal, clear, bars, rows = [b for b in sent(logged) if not isinstance(b, SetOptions)
                                   or b.is_proposal]  # fmt: skip
    assert isinstance(proposal, SetOptions)
    below = {"series": ["count over time"], "y_label": "call", "z_label": "count", "log": "none"}
    assert proposal.options["panels"] == [["count"], below]
    assert isinstance(clear, Clear)
    assert isinstance(bars, Points)
    assert (bars.x.tolist(), bars.y.tolist()) == ([0.25, 0.75], [2, 1])
    assert isinstance(rows, Rows)
    assert (rows.cells.tolist(), rows.y, rows.is_whole) == ([[2], [1]], (0, 0), True)

    assert proposal.options["time"] is False
    plot.histogram([0.7, None], bins=2, range=(0, 1))
    *_, bars, rows = sent(logged)
    assert isinstance(bars, Points)
    assert isinstance(rows, Rows)
    assert bars.y.tolist() == [0, 1]
    assert (rows.cells.tolist(), rows.y) == ([[2, 0], [1, 1]], (0, 1))


@pytest.mark.parametrize(
    ("between", "calls"), [("pass", 2), ("plot.clear()", 1), ("plot.histogram([1], bins=3)", 1)]
)
def test_a_histogram_goes_on_or_begins_anew(logged: Logged, between: str, calls: int) -> None:
    plot = Plot("p")
    plot.histogram([1, 2, 3], bins=10)
    exec(between, {"plot": plot})  # noqa: S102 - ours
    logged.take()
    plot.histogram([1, 2, 3], bins=10)
    assert the_rows(logged).cells.shape[1] == calls


@pytest.mark.parametrize("nothing", [[], [np.nan, np.inf]])
def test_nothing_is_sent_before_a_value_is_finite(logged: Logged, nothing: list[float]) -> None:
    plot = Plot("p")
    sent(logged)
    plot.histogram(nothing)
    assert not sent(logged)
    plot.histogram([1.0, 2.0])
    proposal, _, bars, rows = sent(logged)
    assert isinstance(proposal, SetOptions)
    assert isinstance(bars, Points)
    assert bars.y.sum() == 2
    assert isinstance(rows, Rows)
    assert rows.cells.sum(axis=0).tolist() == [0, 2]


def test_an_interrupt_leaves_the_histograms_before(
    logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot = Plot("p")
    plot.histogram([1.0, 2.0], bins=5)
    with monkeypatch.context() as context:
        context.setattr(Bins, "counts_of", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            plot.histogram([100.0], bins=5)
    sent(logged)
    plot.histogram([1.5], bins=5)
    assert the_rows(logged).cells.sum(axis=0).tolist() == [2, 1]


@pytest.mark.parametrize(
    ("series", "is_withdrawn"),
    [(None, True), ("count", True), ("count over time", True), ("other", False)],
)
def test_a_histogram_that_is_cleared_takes_its_panels_along(
    logged: Logged, series: str | None, is_withdrawn: bool
) -> None:
    held, plot = History().get_or_create("p"), Plot("p")
    plot.histogram([1.0, 2.0], bins=5)
    plot.clear(series)
    for body in sent(logged):
        if isinstance(body, SetOptions) and body.is_proposal:
            held.propose(body.options)
    assert (held.options == {**DEFAULTS, "series": held.options["series"]}) is is_withdrawn
    assert any(held.options["series"].values()) is not is_withdrawn
    plot.histogram([1.0, 2.0], bins=5)
    assert any(isinstance(body, SetOptions) for body in sent(logged)) is is_withdrawn


def test_what_is_no_series_says_how_an_image_is_forgotten(
    logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "stats", lambda: {"plots": {}})
    with pytest.raises(KeyError, match=r"no series 'image'.*p\.clear\('image'\) forgets an image"):
        Plot("p").remove("image")


def test_what_cannot_be_counted_is_said(logged: Logged) -> None:
    plot = Plot("p")
    with pytest.raises(TypeError, match="values"):
        plot.histogram(["a"])
    with pytest.raises(ValueError, match="bins"):
        plot.histogram([1], bins=0)
    for limits in ((-1.7e308, 1.7e308), (0, 5e-324)):
        with pytest.raises(ValueError, match="as wide as its bins"):
            plot.histogram([1], range=limits)
    assert not logged.publisher.stats()["accepted"]


def test_a_histogram_beside_panels_that_are_said_has_one_for_those_before(logged: Logged) -> None:
    held, plot = History().get_or_create("p"), Plot("p", panels=[["loss"], ["count"]])
    plot.histogram([1.0, 2.0], bins=5)
    for body in sent(logged):
        if isinstance(body, SetOptions):
            (held.propose if body.is_proposal else held.set_options)(body.options)
    *said, below = held.options["panels"]
    assert said == [["loss"], ["count"]]
    assert below["series"] == ["count over time"]
    assert held.options["z_label"] is None
