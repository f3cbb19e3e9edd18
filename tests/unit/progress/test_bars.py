"""Where the progress of loops goes."""

from __future__ import annotations

import io
import os
import sys
import threading

import pytest
from support.held_forks import ends_well
from support.logged import Logged

from zwsnb import Plot, track
from zwsnb.progress.bars import bars_of


class Terminal(io.StringIO):
    """Standard error that is one."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_has_a_line_that_is_written_over(
    logged: Logged, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    list(track(range(3), plot="terminal"))
    assert logged.commands()
    begin, end = terminal.getvalue().split("\x1b[K")[:2]
    assert begin == "\r0 % · 0 of 3"
    assert end.startswith("\r3 in 0.0 s")
    assert terminal.getvalue().endswith("\n")


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_nothing_is_written_elsewhere(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    list(track(range(3), plot="quiet"))
    assert logged.commands()
    assert stream is None or stream.getvalue() == ""


def test_loops_of_two_threads_do_not_end_each_other(logged: Logged) -> None:
    one, other = track(range(2), text="one", plot="t"), track(range(2), text="other", plot="t")
    next(one)
    thread = threading.Thread(target=next, args=[other])
    thread.start()
    thread.join()
    assert list(one) == [1]
    assert [its.is_ended for its, _ in bars_of("t")._loops] == [True, False]
    assert list(other) == [1]
    assert logged.commands()


def test_loops_that_have_ended_are_forgotten_whatever_still_runs(logged: Logged) -> None:
    for _ in range(100):
        before = track(range(2), plot="many")
        next(before)
        list(track(range(1), plot="many"))
        list(before)
    assert len(bars_of("many")._loops) <= 2
    assert logged.commands()


def test_loops_of_many_threads_lose_none_and_leave_none(logged: Logged) -> None:
    def loops() -> None:
        done.extend(sum(track(range(3), plot="pool")) for _ in range(50))

    done: list[int] = []
    threads = [threading.Thread(target=loops) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [3] * 150
    assert len(bars_of("pool")._loops) <= 3
    assert logged.commands()


def test_a_plot_that_is_closed_has_none(logged: Logged) -> None:
    list(track(range(2), plot="gone"))
    before = bars_of("gone")
    Plot("gone").close()
    assert bars_of("gone") is not before
    assert logged.commands()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_child_waits_for_no_loop_of_its_parents(logged: Logged) -> None:
    list(track(range(2), plot="forked"))
    assert ends_well(lambda: list(track(range(2), plot="forked")), bars_of("forked")._changing)
    assert logged.commands()
