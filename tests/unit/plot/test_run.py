"""A named run is where its handle publishes, in its block and after."""

from __future__ import annotations

from typing import Any, cast

import pytest

from zwsnb.plot.run import Run, RunInfo, run_infos
from zwsnb.producer.signature import Publish


class Handle:
    """A plot's handle, which only notes where its points go."""

    def __init__(self) -> None:
        self.name, self.current_run = "p", ""
        self.points: list[tuple[str, tuple[float, ...]]] = []
        self.publish = self.bound("")

    def bound(self, run: str) -> Publish:
        return cast("Publish", lambda *point: self.points.append((run, point)))

    def run(self, name: str) -> Run:
        return Run(self, name, self.bound(name))


def test_a_block_publishes_to_its_run() -> None:
    handle = Handle()
    handle.publish(0, 0)
    with handle.run("a") as run:
        handle.publish(1, 1)
        with handle.run("b"):
            handle.publish(2, 2)
        with run:
            handle.publish(3, 3)
        handle.publish(4, 4)
    handle.publish(5, 5)
    run.publish(6, 6)
    assert [(name, x) for name, (x, _) in handle.points] == [
        ("", 0), ("a", 1), ("b", 2), ("a", 3), ("a", 4), ("", 5), ("a", 6),
    ]  # fmt: skip


def test_a_block_that_fails_ends_its_run() -> None:
    handle = Handle()
    with pytest.raises(KeyError), handle.run("a"):
        raise KeyError
    handle.publish(1, 1)
    assert handle.points == [("", (1, 1))]


def test_a_run_says_what_it_is() -> None:
    assert repr(Handle().run("a")) == "<run 'a' of plot 'p'>"


def test_runs_are_listed_as_the_statistics_have_them() -> None:
    its: dict[str, Any] = {
        "of": "loss", "run": "", "number": 1, "cell": 7, "points": 3, "xy": False,
    }  # fmt: skip
    assert run_infos({"loss (1)": its}) == [RunInfo("loss (1)", "loss", "", 1, 7, 3)]
