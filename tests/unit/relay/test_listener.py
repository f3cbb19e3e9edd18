"""What the relay calls, and when: each change of a plot once, and not what was before."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from zwsnb.history.plots import History, Plot
from zwsnb.protocol.batch import Clear, Close, Command, Mark, Points, SetOptions
from zwsnb.relay.listener import RelayListener
from zwsnb.relay.relay import Relay
from zwsnb.relay.schedule import SLOW_TICK


class Calls:
    """A listener that keeps its calls."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def points_arrived(self, plot: Plot, published: float) -> None:
        self.calls.append(("changed" if math.isnan(published) else "arrived", plot.name))

    def plot_closed(self, plot: Plot) -> None:
        self.calls.append(("closed", plot.name))

    def take_interval(self) -> float:
        return SLOW_TICK


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def relay(calls: Calls) -> Iterator[Relay]:
    listener: RelayListener = calls
    made = Relay(History(), "token", listener=listener)
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("command", "call"),
    [
        (SetOptions("p", {"title": "t"}), ("changed", "p")),
        (Mark("p", 1.0, "a"), ("changed", "p")),
        (Clear("p"), ("changed", "p")),
        (Close("p"), ("closed", "p")),
    ],
)
def test_each_change_is_reported_once(
    relay: Relay, calls: Calls, command: Command, call: tuple[str, str]
) -> None:
    relay.dispatch(Points("p", "y", np.zeros(1), np.zeros(1), published=3.0))
    relay.dispatch(command)
    assert calls.calls == [("arrived", "p"), call]
