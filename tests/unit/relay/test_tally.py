"""What went wrong belongs to its plot, until that is cleared; the service has all of it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import numpy as np
import pytest
from support.sinks import FakeSink, IdleSink

from zwsnb.delivery.reception import WRONG_TOKEN
from zwsnb.history.plots import History, Plot
from zwsnb.producer import queue
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Batch, Body, Clear, Close, Points, SetOptions, encode_batch
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay.refusals import TOO_MANY
from zwsnb.relay.relay import Relay


@pytest.fixture
def publisher() -> Publisher:
    return Publisher()


@pytest.fixture
def relay(publisher: Publisher) -> Iterator[Relay]:
    made = Relay(History(), "token", publisher)
    yield made
    made.stop()


def points(plot: str, *y: float) -> Points:
    return Points(plot, "y", np.arange(float(len(y))), np.array(y))


def plots_of(relay: Relay, *names: str) -> list[Plot]:
    """Make plots with a point each."""
    for name in names:
        relay.dispatch(points(name, 1.0))
    return [relay.history.plots[name] for name in names]


def refused(relay: Relay, *refusals: tuple[str, str]) -> None:
    for kind, plot in refusals:
        relay.refuse(InvalidMessage(kind, "why", plot))


def test_a_refusal_belongs_to_the_plot_that_it_names(relay: Relay) -> None:
    a, b = plots_of(relay, "a", "b")
    refused(relay, ("twice", "a"), ("twice", "a"), ("not finite", "b"), ("twice", "none such"))
    assert relay.counts(a) == {"refused": {"twice": 2}}
    assert relay.counts(b) == {"refused": {"not finite": 1}}
    assert relay.counts() == {"refused": {"twice": 3, "not finite": 1}}


def test_one_that_names_none_belongs_to_the_only_plot_or_to_none(relay: Relay) -> None:
    (a,) = plots_of(relay, "a")
    refused(relay, ("not JSON", ""))
    (b,) = plots_of(relay, "b")
    refused(relay, ("not JSON", ""), (WRONG_TOKEN, ""))
    assert relay.counts(a) == {"refused": {"not JSON": 1}}
    assert relay.counts(b) == {}
    assert relay.counts() == {"refused": {"not JSON": 2, WRONG_TOKEN: 1}}
    assert (relay.notices(a), len(relay.notices())) == ([], 1)


def test_a_notice_is_for_the_plot_that_it_is_about(relay: Relay) -> None:
    a, b = plots_of(relay, "a", "b")
    refused(relay, (TOO_MANY, "a"))
    assert [len(relay.notices(of)) for of in (a, b, None)] == [1, 0, 1]


@pytest.mark.parametrize(
    "forget", [Clear("a"), Close("a")], ids=lambda command: type(command).__name__
)
def test_nothing_of_the_old_stays_with_the_plot(relay: Relay, forget: Clear | Close) -> None:
    relay.dispatch(points("a", math.nan, 1.0))
    hole = Batch("p", 1, 5, 2, points("a", 1.0))
    relay.accounts.of(hole.producer).record(hole)
    relay._take_batch(hole)
    refused(relay, ("twice", "a"))
    before = {"missing": 3, "dropped": 2, "gaps": 1, "refused": {"twice": 1}}
    assert relay.counts(relay.history.plots["a"]) == before
    relay.dispatch(forget)
    (plot,) = plots_of(relay, "a")
    assert relay.counts(plot) == {}
    assert relay.counts() == {"missing": 3, "dropped": 2, "refused": {"twice": 1}}
    refused(relay, ("twice", "a"))
    assert relay.counts(plot) == {"refused": {"twice": 1}}


def test_names_of_closed_plots_take_no_memory_without_end(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.relay.tally.MOST_CLOSED", 3)

    def lose(number: int, plot: str) -> None:
        batch = Batch("p", number, 5 * number, 0, points(plot, 1.0))
        relay.accounts.of("p").record(batch)
        relay._take_batch(batch)

    lose(0, "a")
    lose(1, "a")
    relay.dispatch(Clear("a"))
    for i in range(10):
        lose(i + 2, f"closed {i}")
        relay.dispatch(Close(f"closed {i}"))
    assert len(relay._tally._before) == 4
    lose(12, "closed 9")
    assert relay.counts(relay.history.plots["closed 9"]) == {"missing": 4}
    assert relay.counts(relay.history.plots["a"]) == {"missing": 44}


def test_to_clear_one_series_keeps_the_counts(relay: Relay) -> None:
    (plot,) = plots_of(relay, "a")
    refused(relay, ("twice", "a"))
    relay.dispatch(Clear("a", "y"))
    assert relay.counts(plot) == {"refused": {"twice": 1}}


def test_late_points_and_runs_count_from_zero_after_a_clear() -> None:
    plot = Plot("p")
    plot.catalog.dropped = 4
    plot.append("y", np.arange(3.0), np.zeros(3))
    plot.series["y"].too_late = 2
    assert plot.counts() == {"late": 2, "runs": 4}
    plot.clear()
    assert plot.counts() == {}
    assert plot.catalog.too_late == 2, "the service has them"


def test_losses_belong_to_the_plots_of_their_producer(relay: Relay) -> None:
    (other,) = plots_of(relay, "other")
    for batch in (Batch("p", 0, 0, 0, points("a", 1.0)), Batch("p", 1, 9, 3, points("b", 1.0))):
        relay.accounts.of(batch.producer).record(batch)
        relay._take_batch(batch)
    lost = {"missing": 5, "dropped": 3}
    plots = relay.history.plots
    assert relay.counts(plots["a"]) == relay.counts(plots["b"]) == relay.counts() == lost
    assert relay.counts(other) == {}


def test_what_this_process_drops_belongs_to_its_plot(
    relay: Relay, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "SOFT_LIMIT", 1000)
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", 1000)
    monkeypatch.setattr(queue, "MAX_WAIT", 0)

    publisher.sink = IdleSink()
    for plot in ("a", "a", "b"):
        publisher.bind(plot)(np.arange(60), np.arange(60))
    relay.take_all()
    plots_of(relay, "a")
    a, b = relay.history.plots["a"], relay.history.plots["b"]
    assert relay.counts(a) == relay.counts() == {"dropped": 120}
    assert relay.counts(b) == {}


@pytest.mark.parametrize(
    ("message", "plot"),
    [
        ({"x": None, "y": 1, "plot": "a"}, "a"),
        ({"x": None, "y": 1}, "plot"),
        ({"x": None, "y": 1, "plot": ""}, "plot"),
        ({"x": None, "y": 1, "plot": 3}, ""),
        ([1, 2], ""),
    ],
)
def test_a_point_that_is_none_names_its_plot(relay: Relay, message: object, plot: str) -> None:
    with pytest.raises(InvalidMessage) as caught:
        relay.take_point([json.dumps(message).encode()])
    assert caught.value.plot == plot


def refusal_of(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, body: Body, **header: object
) -> InvalidMessage:
    """The refusal of a message of a producer that is new."""
    found: list[InvalidMessage] = []
    frames = [bytes(frame) for frame in encode_batch(Batch("p", 0, 0, 0, body), "token")]
    frames[0] = json.dumps(json.loads(frames[0]) | header).encode()
    relay.accounts.by_producer.clear()
    with monkeypatch.context() as patched:
        patched.setattr(relay._tally, "refuse", found.append)
        relay._receive(frames)
    (refusal,) = found
    return refusal


def test_a_batch_that_is_none_names_its_plot(relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    def plot(body: Body, **header: object) -> str:
        return refusal_of(relay, monkeypatch, body, **header).plot

    one = points("a", 1.0)
    assert plot(one, points=-1) == "a"
    assert plot(points("a", math.inf)) == "a"
    assert plot(one, plot=3) == ""
    assert plot(one, token="another") == "", "it belongs to another service"
    assert plot(SetOptions("a", {"window": -1})) == "a"


def test_a_plot_that_is_one_too_many_is_named(
    relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zwsnb.history.catalog.MAX_SERIES", 1)
    plots_of(relay, "a")
    with pytest.raises(InvalidMessage) as caught:
        relay.dispatch(Points("a", "z", np.zeros(1), np.zeros(1)))
    assert (caught.value.kind, caught.value.plot) == (TOO_MANY, "a")


def batch_of(number: int, before: int, body: Body) -> list[bytes]:
    return [*map(bytes, encode_batch(Batch("f" * 32, number, before, 0, body), "token"))]


def test_points_that_are_refused_are_not_delivered(
    relay: Relay, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were counted as such, whatever was too many."""
    monkeypatch.setattr("zwsnb.history.catalog.MAX_SERIES", 1)
    relay.dispatch(points("a", 1.0))
    other = Points("a", "other", np.arange(5.0), np.zeros(5))
    relay._receive(batch_of(0, 0, points("a", 1.0, 2.0)))
    relay._receive(batch_of(1, 2, other))
    assert relay.stats()["remote"] == {
        "producers": 1,
        "accepted": 7,
        "delivered": 2,
        "dropped": 0,
        "missing": 0,
        "refused": 5,
    }
    publisher.sink = FakeSink(publisher)
    publisher.bind("a")(range(3), range(3), series="other")
    publisher.bind("a")(range(4), range(4))
    relay.take_own()
    own = relay.stats()["own"]
    assert own is not None
    assert (own["accepted"], own["taken"], own["refused"]) == (7, 7, 3)
    for message in (b'{"plot": "a", "x": 1, "y": 2}', b'{"plot": "a", "x": 1, "b": 2, "c": 3}'):
        relay.take_point([message])
    relay._append_gathered()
    assert (relay.plain_points, relay.stats()["plain"]) == (3, 1)
    assert relay.counts()["refused"] == {TOO_MANY: 4}
    assert relay.history.plots["a"].count == 1 + 2 + 4 + 1


def test_of_points_that_are_refused_in_part_the_others_are_delivered(relay: Relay) -> None:
    relay.dispatch(SetOptions("a", {"time": "s"}))
    some = Points("a", "y", np.array([1.0, 1e300, 2.0]), np.zeros(3))
    relay._receive(batch_of(0, 0, some))
    remote = relay.stats()["remote"]
    assert (remote["accepted"], remote["delivered"], remote["refused"]) == (3, 2, 1)
    assert relay.history.plots["a"].count == 2
