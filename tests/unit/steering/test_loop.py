"""A loop that is stopped, paused and taken step by step on its plot."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from support import this_thread
from support.steered_pages import Pages

from zwsnb import Plot
from zwsnb.steering import loop, registry

DONE, FAILED = SimpleNamespace(success=True), SimpleNamespace(success=False)


def names(pages: Pages) -> list[str]:
    return [name for name, control in pages.look().items() if control is not None]


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What happens while the loop waits, a look each."""
    happens: list[Callable[[], object]] = []
    this_thread.replace(monkeypatch, time, "sleep", lambda _: happens.pop(0)())
    return happens


def test_its_buttons_are_there_while_it_runs(pages: Pages) -> None:
    seen = [names(pages) for _ in Plot("p").loop("ab", text="epoch")]
    assert seen == [["p/Stop epoch", "p/Pause epoch", "p/Step epoch"]] * 2
    assert names(pages) == []


def test_one_that_is_stopped_has_lost_no_item(pages: Pages) -> None:
    items = iter(range(10))
    done = []
    for item in Plot("p").loop(items):
        done.append(item)
        if item == 3:
            pages.look()
            pages.steer("Stop loop", 1)
    assert (done, next(items), names(pages)) == ([0, 1, 2, 3], 4, [])


def test_one_that_is_paused_waits_until_it_may_go_on(
    pages: Pages, at_rest: list[Callable[[], object]]
) -> None:
    at_rest += [lambda: None, lambda: pages.steer("Pause loop", value=False)]
    done = []
    for item in Plot("p").loop("abc"):
        done.append((item, len(at_rest)))
        if item == "a":
            pages.steer("Pause loop", value=True)
    assert done == [("a", 2), ("b", 0), ("c", 0)]


def test_a_step_is_one_item_and_pauses_what_runs(
    pages: Pages, at_rest: list[Callable[[], object]]
) -> None:
    done: list[str] = []
    seen: list[list[str]] = []

    def at_rest_see(act: Callable[[], object]) -> None:
        seen.append(done.copy())
        act()

    at_rest += [
        lambda: at_rest_see(lambda: pages.steer("Step loop", 2)),
        lambda: at_rest_see(lambda: pages.steer("Stop loop", 1)),
    ]
    for item in Plot("p").loop("abcdef"):
        done.append(item)
        if item == "a":
            pages.steer("Step loop", 1)
    assert seen == [["a", "b"], ["a", "b", "c"]]
    assert done == ["a", "b", "c"]


def test_an_interrupt_ends_the_wait(pages: Pages, at_rest: list[Callable[[], object]]) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    at_rest.append(interrupt)
    running = Plot("p").loop("ab")
    next(running)
    pages.steer("Pause loop", value=True)
    with pytest.raises(KeyboardInterrupt):
        next(running)
    assert names(pages) == []


def test_one_whose_plot_is_closed_does_not_wait_for_ever(
    pages: Pages, at_rest: list[Callable[[], object]]
) -> None:
    at_rest.append(lambda: registry._forget("p"))
    for _ in Plot("p").loop("ab"):
        if not at_rest:
            break
        pages.steer("Pause loop", value=True)
    assert at_rest == []


def test_a_cell_that_fails_leaves_no_buttons(pages: Pages) -> None:
    running = Plot("p").loop("ab")
    next(running)
    assert len(names(pages)) == 3
    loop._after_cell(FAILED)
    assert names(pages) == []


@pytest.mark.parametrize("result", [DONE, None])
def test_a_loop_that_goes_on_in_later_cells_keeps_its_buttons(pages: Pages, result: object) -> None:
    running = Plot("p").loop("abc")
    next(running)
    loop._after_cell(result)
    assert len(names(pages)) == 3
    pages.steer("Stop loop", 1)
    assert (list(running), names(pages)) == ([], [])


def test_an_inner_loop_is_paused_in_its_next_round_too(
    pages: Pages, at_rest: list[Callable[[], object]]
) -> None:
    done: list[str] = []
    seen: list[str] = []
    clicks = itertools.count(1)

    def step() -> None:
        seen.append(" ".join(done))
        pages.steer("Step batch", next(clicks))

    at_rest += [step] * 5  # two of them on to the end of a round
    for epoch in Plot("p").loop("12", text="epoch"):
        for batch in Plot("p").loop("ab", text="batch"):
            done.append(epoch + batch)
            if done == ["1a"]:
                pages.steer("Pause batch", value=True)
    assert seen == ["1a", "1a 1b", "1a 1b", "1a 1b 2a", "1a 1b 2a 2b"]
    assert (done[-1], at_rest) == ("2b", [])


def test_that_it_was_paused_is_forgotten_with_its_cell_and_its_plot(pages: Pages) -> None:
    for forget, what in ((loop._after_cell, DONE), (loop._forget, "p")):
        running = Plot("p").loop("ab")
        next(running)
        pages.steer("Pause loop", value=True)
        running.close()  # type: ignore[attr-defined]  # it is a generator
        assert loop._paused == {("p", "loop")}
        forget(what)  # type: ignore[arg-type]  # each its own
        assert list(Plot("p").loop("ab")) == ["a", "b"]


def test_one_for_whose_buttons_there_is_no_room_leaves_none(pages: Pages) -> None:
    p = Plot("p")
    for number in range(48):
        p.switch(str(number))
    with pytest.raises(ValueError, match=r"none for 'Step loop': take one away by its remove\(\)"):
        next(p.loop("ab"))
    assert (len(names(pages)), loop._open) == (48, [])


@pytest.mark.parametrize("call", [
    lambda p: p.loop(3),
    lambda p: p.loop([], -1),
    lambda p: p.loop([], text="\n"),
])  # fmt: skip
def test_a_mistake_is_said_at_the_call(pages: Pages, call: Callable[[Plot], object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        call(Plot("p"))
    assert names(pages) == []
