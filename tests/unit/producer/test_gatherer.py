"""What has gathered, as a sink takes it: in the order of publishing, and nothing is left."""

from __future__ import annotations

from zwsnb.producer.buffers import Buffer
from zwsnb.producer.gatherer import Gatherer
from zwsnb.protocol.batch import Points


def gatherer(**series: list[float]) -> Gatherer:
    """One in which these numbers, x and y in turn, have gathered, by series."""
    made = Gatherer()
    for name, numbers in series.items():
        buffer = made._buffers["plot", name, ""] = Buffer("plot", name)
        buffer.items += numbers
    return made


def test_a_take_brings_all_series_and_closes_those_that_had_nothing() -> None:
    made = gatherer(a=[1, 2, 3, 4], b=[5, 6])
    points = [batch.body for batch in made.take()]
    assert all(isinstance(each, Points) for each in points)
    assert [(p.series, p.x.tolist()) for p in points if isinstance(p, Points)] == [
        ("a", [1, 3]),
        ("b", [5]),
    ]
    assert made.take() == []
    assert not any(buffer.is_awake for buffer in made._buffers.values())


def test_a_checkpoint_is_past_when_all_before_it_was_taken() -> None:
    made = gatherer(a=[1, 2])
    checkpoint = made.checkpoint()
    assert not made.is_past(checkpoint)
    made.take()
    assert made.is_past(checkpoint)


def test_the_account_has_what_waits_in_buffers() -> None:
    made = gatherer(a=[1, 2, 3, 4])
    assert made.stats() == {"accepted": 2, "taken": 0, "dropped": 0, "queued": 2, "gaps": 0}
    made.take()
    assert made.stats()["taken"] == 2
    assert made.dropped() == made.dropped("plot") == 0
