"""Where long work may be interrupted."""

from __future__ import annotations

from contextvars import copy_context

from zwsnb.turns.pause import PAUSE, pause, pausing


def test_alone_it_goes_on_and_else_does_what_its_greenlet_has_set() -> None:
    pause()
    paused: list[int] = []

    def work() -> None:
        PAUSE.set(lambda: paused.append(1))
        pause()

    copy_context().run(work)
    pause()
    assert paused == [1]


def test_each_of_many_may_let_others_go_first() -> None:
    said: list[object] = []

    def work() -> None:
        PAUSE.set(lambda: said.append("pause"))
        said.extend(pausing("ab"))

    copy_context().run(work)
    assert said == ["pause", "a", "pause", "b"]
