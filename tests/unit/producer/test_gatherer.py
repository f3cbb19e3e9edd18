"""What has gathered, as a sink takes it: in the order of publishing, and nothing is left."""

from __future__ import annotations

import pytest
from support.pairs import gather

from zwsnb.producer import gatherer as gatherer_module
from zwsnb.producer.buffers import Buffer
from zwsnb.producer.gatherer import Gatherer
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Close, Points, SetOptions


def gatherer(**series: list[float]) -> Gatherer:
    """One in which these numbers, x and y in turn, have gathered, by series."""
    made = Gatherer()
    for name, numbers in series.items():
        buffer = made._buffers["plot", name, ""] = Buffer("plot", name)
        gather(buffer.items, numbers)
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


# -- how many plots there may be -------------------------------------------------------------------


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch, publisher: Publisher) -> Publisher:
    """A publisher that knows as many plots as it may, three."""
    monkeypatch.setattr(gatherer_module, "MAX_PLOTS", 3)
    for i in range(3):
        publisher.bind(f"p{i}")(i, i)
    return publisher


def test_names_without_end_are_an_error_in_the_call(three: Publisher) -> None:
    for call in (
        lambda: three.bind("p0")(1, 1, plot="other"),
        lambda: three.bind("other"),
        lambda: three.send_command(SetOptions("other", {})),
    ):
        with pytest.raises(ValueError, match=r"3 plots already: .*close\(\) those that are done"):
            call()
    three.bind("p2")(1, 1)
    assert three.stats()["accepted"] == 4


def test_a_closed_plot_gives_its_place_to_another_one(three: Publisher) -> None:
    publish = three.bind("p1")
    three.send_command(Close("p1"))
    publish(7, 7)  # it is there again
    three.send_command(Close("p1"))
    three.send_command(Close("p0"))
    assert not three.units.is_cleared("p2")
    three.bind("other")(1, 1)
    assert [three.units.is_cleared(f"p{i}") for i in range(3)] == [True, False, False]
    with pytest.raises(ValueError, match="3 plots already"):
        [three.bind(f"p{i}") for i in (1, 0)]


def test_a_loop_that_makes_and_closes_plots_knows_few_of_them(three: Publisher) -> None:
    three.send_command(Close("p0"))
    for i in range(100):
        publish = three.bind(f"made {i}")
        publish(i, i)
        three.send_command(Close(f"made {i}"))
    assert len(three.units._times) <= 3
    assert three.stats()["accepted"] == 103
