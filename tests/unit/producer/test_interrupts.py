"""An exception from outside, at every place where one can come in: no point is lost, none comes
twice, and every count is right.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import pytest
from support.fake_quantity import quantity
from support.interrupts import Interruption, interrupted
from support.pairs import gather
from support.sinks import FakeSink, points_of

from zwsnb.kinds.values import gaps_of
from zwsnb.producer import publisher as publisher_module, queue
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Batch, Clear, Close, Mark, SetOptions, size_of
from zwsnb.quick import taking

OLD: Final = [0.0, 1, 2, 3]
"""x of what is published first, to each of the series a and b."""


class Keeper(FakeSink):
    """A sink that keeps what it takes."""

    def __init__(self, publisher: Publisher) -> None:
        super().__init__(publisher)
        self.took: list[Batch] = []

    def take(self) -> None:
        self.took += self.publisher.take()

    def flush(self, timeout: float) -> bool:  # noqa: ARG002 - as the protocol has it
        self.take()
        return True


class Scene:
    """A publisher with some points, to which something is done that may be interrupted."""

    def __init__(self) -> None:
        self.publisher = Publisher()
        self.publisher.sink = self.sink = Keeper(self.publisher)
        self.publish = self.publisher.bind("plot")
        for x in OLD[:-1]:
            self.publish(x, {"a": x, "b": x})
        self.publish(OLD[-1:], {"a": OLD[-1:], "b": OLD[-1:]})

    @property
    def stats(self) -> dict[str, int]:
        return self.publisher.stats()

    def x_of(self, series: str) -> list[float]:
        """Return x of what was taken of a series."""
        return [x for p in points_of(self.sink.took) if p.series == series for x in p.x.tolist()]

    def commands(self) -> list[type]:
        """Return the kinds of the commands that were taken."""
        return [type(b.body) for b in self.sink.took if isinstance(b.body, Mark | Clear)]

    def end(self) -> None:
        """Take all that there is: the account and the numbers are right."""
        assert not self.publisher._queue.is_mine()
        for _ in range(2):
            self.sink.take()
        took, stats = self.sink.took, self.stats
        taken = sum(size_of(batch.body) for batch in took)
        assert (stats["taken"], stats["queued"]) == (taken, 0)
        assert stats["accepted"] == taken + stats["dropped"]
        assert [batch.number for batch in took] == list(range(len(took)))
        before = 0
        for batch in took:
            assert batch.points_before == before + batch.dropped
            before += size_of(batch.body)
        if not stats["dropped"]:
            assert stats["gaps"] == sum(gaps_of(points.y) for points in points_of(took))


Act = Callable[[Scene], Any]


def outcomes(act: Act) -> list[Scene]:
    """Do something to a new scene, interrupted at its first place, to another one at the second,
    ... and to the last one as a whole; return all of them as they are in the end.
    """
    scenes = [Scene()]
    for _ in interrupted(lambda: act(scenes[-1])):
        scenes.append(Scene())  # noqa: PERF401 - the last one is what is acted on
    for scene in scenes:
        scene.end()
    return scenes


@pytest.mark.parametrize(
    ("act", "new"),
    [
        (lambda s: s.publish(7, {"a": 7}), {"a": [7]}),
        (lambda s: s.publish(7, 7), {"y": [7]}),
        (lambda s: s.publish(np.float32(7), {"a": 7, "b": math.nan}), {"a": [7], "b": [7]}),
        (lambda s: s.publish([7, 8], a=[7, math.nan]), {"a": [7, 8]}),
        (
            lambda s: s.publish([7, 8], {"a": [7, 8], "y": [math.nan, 8]}),
            {"a": [7, 8], "y": [7, 8]},
        ),
        (lambda s: s.publish(7, a=quantity(7, "V"), b=quantity(7, "mV")), {"a": [7], "b": [7]}),
        (lambda s: s.publish([7, 8], quantity(np.ones(2), "V")), {"y": [7, 8]}),
        (lambda s: s.publish(pd.Series([1, None], index=[7, 8], name="b")), {"b": [7, 8]}),
    ],
    ids=[
        "a number",
        "a new series",
        "numbers and a gap",
        "an array",
        "arrays",
        "quantities",
        "an array with a unit",
        "a series of pandas",
    ],
)
def test_a_publish_is_all_there_or_not_at_all(act: Act, new: dict[str, list[float]]) -> None:
    is_there = []
    for scene in outcomes(act):
        found = {name: scene.x_of(name) for name in "aby"}
        before = {"a": OLD, "b": OLD, "y": []}
        after = {name: x + new.get(name, []) for name, x in before.items()}
        assert found in (before, after)
        is_there.append(found == after)
    assert is_there == sorted(is_there), "first it is not there, then it is"
    assert set(is_there) == {False, True}


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.publish(7, {"a": 7}),
        lambda s: s.publisher.publish(7, 7, "a", "plot", {}),  # what C leaves to Python
    ],
)
def test_what_a_handler_raises_is_no_mistake_of_the_call(act: Act) -> None:
    """A TypeError as a name that is a list: it is not tried once more with what has been taken."""
    for place in range(60):
        scene = Scene()
        Interruption(place, TypeError).comes_in(partial(act, scene))
        scene.end()
        assert scene.x_of("a") in (OLD, [*OLD, 7]), place


def test_a_unit_is_remembered_and_sent_or_neither() -> None:
    for scene in outcomes(lambda s: s.publish(7, a=quantity(7, "V"))):
        sent = [b.body.options for b in scene.sink.took if isinstance(b.body, SetOptions)]
        assert sent == [{"y_unit": "V"}] * bool(scene.publisher.units._units)
        assert bool(scene.publisher.units._shown) == bool(sent)


def test_a_full_list_is_sealed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (publisher_module, taking):
        monkeypatch.setattr(module, "SEAL", 64)
    more = np.arange(4.0, 60)

    def fill(scene: Scene) -> None:
        gather(scene.publisher._buffers["plot", "a", ""].items, np.repeat(more, 2).tolist())
        scene.publish(60, {"a": 60})

    for scene in outcomes(fill):
        assert scene.x_of("a") in ([*OLD, *more], [*OLD, *more, 60])


def test_what_is_dropped_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "SOFT_LIMIT", 16 * 10)
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", 16 * 30)
    monkeypatch.setattr(queue, "MAX_WAIT", 0.001)

    def overflow(scene: Scene) -> None:
        scene.publish(np.arange(4, 24), np.zeros(20), "a")
        scene.publish(np.arange(24, 44), np.zeros(20), "a")

    scenes = outcomes(overflow)
    for scene in scenes:
        assert scene.stats["accepted"] in (8, 28, 48)
        assert scene.x_of("a") == sorted(set(scene.x_of("a"))), "none twice"
    assert scenes[-1].stats["dropped"] > 0


def test_commands_come_once_or_not_at_all_and_in_their_order() -> None:
    def mark_and_clear(scene: Scene) -> None:
        scene.publisher.send_command(Mark("plot", 1.0, "here"))
        scene.publisher.send_command(Clear("plot"))

    scenes = outcomes(mark_and_clear)
    assert [len(scene.commands()) for scene in scenes] == sorted(
        len(scene.commands()) for scene in scenes
    )
    for scene in scenes:
        assert scene.commands() in ([], [Mark], [Mark, Clear])
        assert scene.x_of("a") == OLD
        # Numbers stay numbers until the plot is empty.
        assert scene.publisher.units.is_cleared("plot") == (Clear in scene.commands())
    assert scenes[-1].commands() == [Mark, Clear]


def test_a_plot_is_closed_or_open_and_not_both() -> None:
    def close_and_go_on(scene: Scene) -> None:
        scene.publisher.send_command(Close("plot"))
        scene.publish(1, 1)

    for scene in outcomes(close_and_go_on):
        assert not scene.publisher._open & scene.publisher._closed.keys()


@pytest.mark.parametrize(
    "act",
    [lambda s: s.sink.take(), lambda s: s.publisher.flush(), lambda s: s.publisher.checkpoint()],
    ids=["take", "flush", "checkpoint"],
)
def test_what_an_interrupted_take_has_begun_with_comes_with_the_next(act: Act) -> None:
    for scene in outcomes(act):
        assert (scene.x_of("a"), scene.x_of("b")) == (OLD, OLD)
