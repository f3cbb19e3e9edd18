"""What a reader does on a page that concerns others."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from zwsnb.clients.hands import Hands
from zwsnb.clients.page_messages import ALL, Click, Remove, Rename, Rights, SetTrigger, Steer
from zwsnb.history.plots import History, Plot
from zwsnb.history.queries import Measurement
from zwsnb.protocol import batch
from zwsnb.protocol.messages import InvalidMessage


class World:
    """A plot with a series "y", and a relay that only notes what it is asked for."""

    def __init__(self, rights: Rights = ALL) -> None:
        self.plot: Plot = History().append("p", "y", np.arange(5.0), np.arange(5.0) ** 2)
        self.done: list[Any] = []
        self.fails = False
        steering = SimpleNamespace(steer=self._steer, happened=self._happened)
        relay: Any = SimpleNamespace(dispatch=self._dispatch, steering=steering)
        self.hands = Hands(self.plot, relay, rights)

    def _dispatch(self, body: batch.Body) -> None:
        if self.fails:
            raise InvalidMessage("no such series", "it has gone")
        self.done.append(body)

    def _steer(self, plot: Plot, name: str, value: object, *, is_released: bool) -> None:
        self.done.append((plot.name, name, value, is_released))

    def _happened(self, plot: Plot, kind: str, members: dict[str, Any]) -> None:
        assert plot is self.plot
        self.done.append((kind, members))


def test_it_is_done_as_a_program_would_ask_for_it() -> None:
    world = World()
    world.hands.do(Rename(0, "z"))
    world.hands.do(Remove(0))
    world.hands.do(Steer("lr", 0.5, is_released=False))
    world.hands.do(SetTrigger({"level": 2}))
    assert world.done == [
        batch.Rename("p", "y", "z"), batch.Remove("p", "y"), ("p", "lr", 0.5, False),
        batch.SetOptions("p", {"trigger": {"level": 2}}),
    ]  # fmt: skip


@pytest.mark.parametrize("deed", [
    Rename(0, "z"),
    Remove(0),
    Steer("lr", 0.5, is_released=True),
    Click(1, 2),
    SetTrigger({"mode": "single"}),
])  # fmt: skip
def test_a_page_that_may_only_look_does_nothing(deed: Any) -> None:
    world = World(Rights(edits=False))
    with pytest.raises(InvalidMessage, match="this page may only look"):
        world.hands.do(deed)
    assert world.done == []


@pytest.mark.parametrize("deed", [Rename(7, "z"), Remove(7), Click(1, 2, 7, (1, 2))])
def test_a_series_that_has_gone_is_said(deed: Any) -> None:
    with pytest.raises(InvalidMessage, match="there is no series 7"):
        World().hands.do(deed)


def test_what_the_relay_refuses_is_the_page_s_fault() -> None:
    world = World()
    world.fails = True
    with pytest.raises(InvalidMessage, match=r"bad page message: .*it has gone"):
        world.hands.do(Remove(0))


def test_a_click_has_the_exact_point_of_the_series_that_is_near() -> None:
    world = World()
    world.hands.do(Click(2.2, 3.5, 0, (2.01, 3.9)))
    world.hands.do(Click(2.2, 30.5))
    near = {"x": 2.2, "y": 3.5, "series": "y", "point": (2.0, 4.0)}
    free = {"x": 2.2, "y": 30.5, "series": None, "point": None}
    assert world.done == [("click", near), ("click", free)]


def test_of_a_curve_it_is_the_point_that_is_drawn() -> None:
    world = World()
    world.plot.set_options({"xy": True})
    world.hands.do(Click(2.2, 3.5, 0, (2.0, 4.0)))
    assert world.done[0][1]["point"] == (2.0, 4.0)


def measured(ident: int, count: int, gaps: int) -> Measurement:
    return Measurement(
        id=ident, count=count, gaps=gaps, mean=None, min=None, max=None, sd=None, complete=True
    )


def test_a_selection_has_the_figures_of_each_series_with_points_there() -> None:
    world = World()
    world.plot.append("none", np.array([9.0]), np.array([9.0]))
    world.plot.append("gaps", np.array([1.0]), np.array([math.nan]))
    found = [measured(0, 3, 0), measured(1, 0, 0), measured(2, 0, 1), measured(99, 1, 0)]
    world.hands.selected(1.0, 3.0, found)
    [(kind, members)] = world.done
    assert (kind, members["from"], members["to"]) == ("select", 1.0, 3.0)
    assert list(members["series"]) == ["y", "gaps"]
    assert members["series"]["y"]["count"] == 3
    assert "id" not in members["series"]["y"]


def test_nobody_is_told_of_a_click_on_a_spectrum_which_has_other_x() -> None:
    world = World()
    world.plot.set_options({"style": "spectrum"})
    world.hands.do(Click(2.2, 3.5, 0, (2.01, 3.9)))
    assert world.done == []
    world.hands.do(Remove(0))
    assert world.done == [batch.Remove("p", "y")]
