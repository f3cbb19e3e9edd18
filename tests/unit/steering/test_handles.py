"""The controls of a plot as a program has them."""

from __future__ import annotations

import os
import queue
import threading
from functools import partial
from typing import Any

import numpy as np
import pytest
from support.eventually import PATIENCE
from support.held_forks import ends_well
from support.steered_pages import Pages

from zwsnb import Plot
from zwsnb.steering import registry


def value_in(control: Any) -> Any:
    return control.value


def test_a_page_changes_what_is_read(pages: Pages) -> None:
    p = Plot("p")
    lr = p.slider("lr", 1e-3, (1e-5, 1), log=True)
    noise, how = p.switch("noise"), p.choice("how", ["sgd", "adam"])
    assert (lr.value, noise.value, how.value) == (1e-3, False, "sgd")
    pages.steer("lr", 0.1)
    pages.steer("noise", value=True)
    pages.steer("how", "adam")
    assert (lr.value, noise.value, how.value) == (0.1, True, "adam")


def test_a_choice_of_numbers_gives_the_numbers(pages: Pages) -> None:
    batch = Plot("p").choice("batch", [32, 64, np.float64(0.5)], 64)
    assert (batch.value, value_in(pages.look()["p/batch"])) == (64, "64")
    pages.steer("batch", "32")
    assert (batch.value, type(batch.value)) == (32, int)
    batch.value = 0.5
    assert (batch.value, value_in(pages.look()["p/batch"])) == (0.5, "0.5")
    with pytest.raises(ValueError, match=r"is '7'; it is one of 32, 64, 0\.5"):
        batch.value = 7


def test_the_program_changes_what_pages_show(pages: Pages) -> None:
    lr = Plot("p").slider("lr", 0.5)
    lr.value = 0.25
    assert (lr.value, value_in(pages.look()["p/lr"])) == (0.25, 0.25)
    with pytest.raises(ValueError, match="is 2; it is from 0 to 1"):
        lr.value = 2
    assert lr.value == 0.25
    assert pages.said == 2


def test_what_the_program_says_does_not_hold_up_a_hand(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    lr = Plot("p").slider("lr", 0.5)
    assert pages.look()
    was_held_up = []

    def changed(*_: object) -> None:  # which waits for the service, where it has much to take
        hand = threading.Thread(target=pages.steer, args=("lr", 0.75), daemon=True)
        hand.start()
        hand.join(PATIENCE)
        was_held_up.append(hand.is_alive())

    monkeypatch.setattr(registry, "changed", changed)
    lr.value = 0.25
    assert was_held_up == [False]
    assert lr.value == 0.25, "the hand was moved before"


def test_a_switch_takes_a_truth_of_numpy_from_the_program(pages: Pages) -> None:
    on = Plot("p").switch("on", np.array([0, 1]).any())  # type: ignore[arg-type]  # as numpy has it
    assert (on.value, value_in(pages.look()["p/on"])) == (True, True)
    on.value = np.False_  # type: ignore[assignment]
    assert on.value is False
    assert value_in(pages.look()["p/on"]) is False
    with pytest.raises(TypeError, match="True or False"):
        on.value = np.int64(1)  # type: ignore[assignment]


def test_of_two_words_the_one_that_the_relay_had_last_counts(pages: Pages) -> None:
    lr = Plot("p").slider("lr", 0.5)
    declared = pages.look()["p/lr"]
    assert declared is not None
    lr.value = 0.25
    pages.steer("lr", 0.75, after=declared.number)
    assert lr.value == 0.25, "the page had not seen it, and will"
    pages.steer("lr", 0.75)
    assert lr.value == 0.75


def test_a_button_counts_and_tells_once_of_each_press(pages: Pages) -> None:
    stop = Plot("p").button("stop")
    assert (stop.clicks, stop.pressed()) == (0, False)
    pages.steer("stop", 2)
    assert (stop.clicks, stop.pressed(), stop.pressed()) == (2, True, False)


def test_functions_are_called_elsewhere_with_what_is_new(pages: Pages) -> None:
    called: queue.SimpleQueue[Any] = queue.SimpleQueue()
    lr, go = Plot("p").slider("lr", 0.5), Plot("p").button("go")
    lr.on_change(called.put)
    go.on_click(lambda: called.put("go"))
    pages.steer("lr", 0.75)
    pages.steer("go", 1)
    lr.value = 0.1
    assert [called.get(timeout=PATIENCE) for _ in range(2)] == [0.75, "go"]
    assert called.empty(), "what the program has said it knows"


def test_a_function_is_called_once_for_each_click(pages: Pages) -> None:
    called: queue.SimpleQueue[Any] = queue.SimpleQueue()
    go = Plot("p").button("go", lambda: called.put("go"))
    last = Plot("p").button("last")
    assert go.clicks == 0
    last.on_click(lambda: called.put("last"))
    pages.steer("go", 2)  # two of them in one message
    pages.steer("go", 3)
    pages.steer("go", 3)  # none
    assert [called.get(timeout=PATIENCE) for _ in range(3)] == ["go"] * 3
    pages.steer("last", 1)
    assert called.get(timeout=PATIENCE) == "last"


def test_the_newest_declaration_has_the_control(pages: Pages) -> None:
    p = Plot("p")
    old = p.slider("lr", 0.5)
    new = p.slider("lr", 0.1)
    pages.steer("lr", 0.2)
    old.value = 0.9
    old.remove()
    assert (old.value, new.value, value_in(pages.look()["p/lr"])) == (0.9, 0.2, 0.1)
    new.remove()
    assert pages.look()["p/lr"] is None
    new.value = 0.3
    assert pages.look()["p/lr"] is None


def test_a_control_says_what_it_is(pages: Pages) -> None:
    assert repr(Plot("p").slider("lr", 0.5)) == "<slider 'lr' of plot 'p': 0.5>"
    assert pages.look().keys() == {"p/lr"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_child_waits_for_no_hand(pages: Pages) -> None:
    lr = Plot("p").slider("lr", 0.5)
    assert ends_well(partial(setattr, lr, "value", 0.25), lr._changing)
    assert pages.look()
