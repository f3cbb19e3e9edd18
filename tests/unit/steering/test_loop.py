"""A loop that is stopped, paused and taken step by step on its plot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.steered_pages import Pages

from zwsnb import Plot
from zwsnb.steering import loop, registry


def names(pages: Pages) -> list[str]:
    return [name for name, control in pages.look().items() if control is not None]


@pytest.fixture
def at_rest(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """What happens while the loop waits, a look each."""
    happens: list[Callable[[], object]] = []
    monkeypatch.setattr("time.sleep", lambda _: happens.pop(0)())
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
    loop._after_cell(None)
    assert names(pages) == []


@pytest.mark.parametrize("call", [
    lambda p: p.loop(3),
    lambda p: p.loop([], -1),
    lambda p: p.loop([], text="\n"),
])  # fmt: skip
def test_a_mistake_is_said_at_the_call(pages: Pages, call: Callable[[Plot], object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        call(Plot("p"))
    assert names(pages) == []
