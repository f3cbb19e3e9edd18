"""`zwsnb.log`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support.logged import Logged
from support.tensors import Tensor

from zwsnb import Plot, log
from zwsnb.protocol.batch import Close, SetOptions


def test_metrics_are_at_the_next_step(logged: Logged) -> None:
    log(loss=0.3, acc=0.5)
    log(loss=0.2)
    assert logged.points() == {"plot/loss": [(0, 0.3), (1, 0.2)], "plot/acc": [(0, 0.5)]}


def test_a_step_that_is_given_moves_the_count(logged: Logged) -> None:
    log({"loss": 1}, step=7)
    log({"loss": 2}, lr=0.5)
    log(loss=3, step=np.int64(20))
    log(loss=4)
    assert logged.points()["plot/loss"] == [(7, 1), (8, 2), (20, 3), (21, 4)]


def test_a_step_that_is_no_whole_number_moves_the_count_past_it(logged: Logged) -> None:
    log(loss=1, step=7.5)
    log(loss=2)
    assert logged.points()["plot/loss"] == [(7.5, 1), (8, 2)]


def test_each_plot_and_run_has_a_count_of_its_own(logged: Logged) -> None:
    log(loss=1)
    log(loss=2, plot="other")
    log(loss=3, run="lr=0.1")
    log(loss=4, run="lr=0.1")
    assert logged.points() == {"plot/loss": [(0, 1), (0, 3), (1, 4)], "other/loss": [(0, 2)]}


def test_a_plot_may_be_given_and_its_run_holds(logged: Logged) -> None:
    plot = Plot("p")
    with plot.run("a"):
        log(loss=1, plot=plot)
    log(loss=2, plot=plot)
    log(loss=3, plot=plot, run="b")
    assert logged.runs() == [("loss", "a"), ("loss", ""), ("loss", "b")]


def test_each_run_of_a_with_block_counts_by_itself(logged: Logged) -> None:
    plot = Plot("p")
    for name in "ab":
        with plot.run(name):
            for _ in range(2):
                log(loss=1, plot=plot)
    log(loss=1, plot=plot)
    assert logged.points()["p/loss"] == [(0, 1), (1, 1), (0, 1), (1, 1), (0, 1)]


@pytest.mark.parametrize("value", [np.float32(0.5), Tensor(0.5, has_gradient=True), np.array(0.5)])
def test_a_value_is_what_publish_takes(logged: Logged, value: object) -> None:
    log(loss=value)
    assert logged.points() == {"plot/loss": [(0, 0.5)]}


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (log, TypeError, "log needs metrics: log(loss=.3)"),
        (lambda: log({}), TypeError, "log needs metrics"),
        (lambda: log(name="resnet"), TypeError, "y of 'name' is a text"),
        (lambda: log({"a": 1, "b": "text"}), TypeError, "y of 'b' is a text"),
        (lambda: log(loss=[1, 2]), ValueError, "x is one value, y of 'loss' is a list"),
        (lambda: log(loss=1, plot=""), ValueError, "plot is empty"),
        (lambda: log(loss=1, run="\n"), ValueError, "run"),
    ],
)
def test_a_mistake_is_a_sentence_at_the_call(
    logged: Logged, call: Callable[[], None], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert words in str(caught.value)
    assert logged.take() == []


@pytest.mark.parametrize("step", [None, 7, 7.5])
def test_a_call_that_fails_takes_no_step(logged: Logged, step: float | None) -> None:
    log(loss=1)
    for values in ({"loss": "text"}, {"loss": [1, 2]}, {"a": 1, "b": "text"}):
        with pytest.raises((TypeError, ValueError)):
            log(values, step=step)
    log(loss=2)
    assert logged.points() == {"plot/loss": [(0, 1), (1, 2)]}


GROUPS = SetOptions("plot", {"panels": "groups"}, is_proposal=True)


@pytest.mark.parametrize("metrics", [{"train/loss": 1}, {"train": {"loss": 1}}])
def test_groups_are_proposed_once_as_panels(logged: Logged, metrics: dict[str, Any]) -> None:
    log(lr=1)
    assert logged.commands() == []
    log(metrics)
    log(metrics)
    batches = logged.take()
    assert [b.body for b in batches if isinstance(b.body, SetOptions)] == [GROUPS]


def test_a_plot_that_was_closed_begins_anew(logged: Logged) -> None:
    log({"a/b": 1}, plot="p")
    Plot("p").close()
    log({"a/b": 2}, plot="p")
    bodies = [b.body for b in logged.take()]
    kinds = [type(body) for body in bodies if isinstance(body, SetOptions | Close)]
    assert kinds == [SetOptions, Close, SetOptions]
    assert getattr(bodies[-1], "x", None) == [0]


def test_threads_lose_no_step(logged: Logged) -> None:
    threads = [threading.Thread(target=lambda: [log(loss=1) for _ in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(x for x, _ in logged.points()["plot/loss"]) == list(range(2000))
