"""What went wrong, in words, and whether what was held is whole."""

from __future__ import annotations

import errno
import signal

import numpy as np
import pytest
from support.interrupts import Interrupt, Interruption

from zwsnb.history.plots import History
from zwsnb.lives import failures
from zwsnb.lives.failures import was_at_rest


def raised(place: int) -> BaseException | None:
    """What comes at a place of an append, where it comes in."""
    history, points = History(), np.arange(10.0)
    caught: list[BaseException] = []

    def act() -> None:
        try:
            history.append("plot", "y", points, points)
        except Interrupt as error:
            caught.append(error)
            raise

    Interruption(place).comes_in(act)
    return caught[0] if caught else None


def test_an_exception_within_a_change_leaves_a_half_of_it() -> None:
    error = raised(5)
    assert error is not None
    assert not was_at_rest(error)


def test_an_exception_elsewhere_leaves_all_whole() -> None:
    # What a shell starts in the background ignores it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt) as caught:
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert was_at_rest(caught.value)


@pytest.mark.parametrize(("whole", "words"), [(True, "is kept"), (False, "is lost")])
def test_the_end_of_a_thread_is_told_with_what_helps(whole: bool, words: str) -> None:
    sentence = failures.thread_ended(SystemExit(), is_whole=whole)
    assert f"what its plots hold {words}" in sentence
    assert "(SystemExit)" in sentence
    assert "zwsnb.restart()" in sentence


@pytest.mark.parametrize(("whole", "words"), [(True, "is kept"), (False, "is lost")])
def test_one_that_cannot_be_started_anew_is_told_with_what_helps(whole: bool, words: str) -> None:
    sentence = failures.not_again(OSError("a.b is in use"), is_whole=whole)
    assert "(a.b is in use): what its plots hold " + words in sentence
    assert sentence.endswith("zwsnb.restart(), tries it again")


def test_a_missing_file_is_told_with_its_cause_and_its_cost() -> None:
    sentence = failures.unfound(OSError(errno.ENOSPC, "No space left on device"))
    assert sentence.startswith("zwsnb has no connection file, for No space left on device.")
    assert "Other processes do not find" in sentence
    assert "PermissionError" in failures.unfound(PermissionError())


def test_another_port_is_told_with_its_cost_and_the_repair() -> None:
    sentence = failures.moved(8000)
    assert "8000 is taken: pages that are open do not find it" in sentence
    assert "show the plot again" in sentence


def test_all_that_has_moved_is_said() -> None:
    stays = ["tcp://127.0.0.1:1", "ipc:///1.sock"]
    assert list(failures.all_moved(80, 80, stays, stays)) == []
    assert list(failures.all_moved(80, 81, ["ipc:///80.sock"], ["ipc:///81.sock"])) == [
        failures.moved(80)
    ]
    [sentence] = failures.all_moved(80, 80, stays, ["tcp://127.0.0.1:2", "ipc:///1.sock"])
    assert "come in at tcp://127.0.0.1:2 since" in sentence
    assert "for tcp://127.0.0.1:1 is taken" in sentence
