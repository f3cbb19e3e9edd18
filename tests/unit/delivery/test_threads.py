"""Whoever makes a context is told before there are no threads left."""

from __future__ import annotations

import _thread
import errno
from pathlib import Path
from typing import Any

import pytest
from support.eventually import eventually

from zwsnb.delivery.threads import check_threads
from zwsnb.producer import native


def refuse(monkeypatch: pytest.MonkeyPatch, why: str, after: int = 0) -> None:
    start = native.start_new_thread
    started: list[object] = []

    def try_to_start(*args: Any) -> int:
        if len(started) >= after:
            raise RuntimeError(why)
        started.append(args)
        return start(*args)

    monkeypatch.setattr(native, "start_new_thread", try_to_start)


def test_those_that_are_tried_have_ended_and_leave_their_places() -> None:
    before, tasks = _thread._count(), Path("/proc/self/task")
    there = {task.name for task in tasks.glob("*")}
    check_threads()
    assert {task.name for task in tasks.glob("*")} <= there
    eventually(lambda: _thread._count() <= before)


@pytest.mark.parametrize("after", [0, 1])
def test_too_few_are_told_with_the_repair(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    refuse(monkeypatch, "can't start new thread", after)
    with pytest.raises(OSError, match="ulimit -u") as caught:
        check_threads()
    assert caught.value.errno == errno.EAGAIN


def test_that_the_interpreter_ends_is_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "can't create new thread at interpreter shutdown")
    check_threads()
