"""What is done to its end, or taken back, wherever an interrupt comes."""

from __future__ import annotations

import importlib
import signal
import sys
import threading
from pathlib import Path

import pytest
from support.eventually import eventually
from support.interrupts import interrupted
from support.lost_thread import lose_thread

from zwsnb.lives import whole
from zwsnb.lives.whole import to_the_end
from zwsnb.producer import native


def test_it_returns_and_raises_what_the_function_does() -> None:
    assert to_the_end(native.get_ident) != native.get_ident()
    with pytest.raises(ZeroDivisionError):
        to_the_end(lambda: 1 / 0)


def test_what_it_calls_in_turn_is_a_part_of_it() -> None:
    outer, inner = to_the_end(lambda: (native.get_ident(), to_the_end(native.get_ident)))
    assert outer == inner != native.get_ident()


def test_a_decorated_function_is_done_to_its_end() -> None:
    @whole.whole
    def add(a: int, *, b: int) -> tuple[int, int]:
        """Add."""
        return a + b, native.get_ident()

    total, thread = add(1, b=2)
    assert (total, thread == native.get_ident()) == (3, False)
    assert (add.__name__, add.__doc__) == ("add", "Add.")


def test_an_interrupt_leaves_nothing_wherever_it_comes() -> None:
    made: list[int] = []
    places = 0

    def make() -> int:
        made.append(1)
        return len(made)

    for _ in interrupted(lambda: to_the_end(make, lambda _: made.pop())):
        places += 1
        assert made == []
    assert made == [1], "the last one was not interrupted"
    assert places > 10


def test_an_interrupt_has_to_wait_for_what_cannot_be_taken_back() -> None:
    done: list[int] = []
    for _ in interrupted(lambda: to_the_end(lambda: done.append(1))):
        assert len(done) in (0, 1)
        done.clear()
    assert done == [1]


def test_a_thread_that_asks_who_it_is_is_not_remembered() -> None:
    before = threading.active_count()
    to_the_end(threading.current_thread)
    eventually(lambda: threading.active_count() == before)


def test_at_the_end_of_the_interpreter_it_is_done_by_the_caller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class NoThread:
        def start(self) -> None:
            raise RuntimeError("can't create new thread at interpreter shutdown")

    monkeypatch.setattr(native, "system_thread", lambda *_: NoThread())
    assert to_the_end(native.get_ident) == native.get_ident()


def test_it_is_done_though_its_thread_ends_before_it_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[int] = []
    lose_thread(monkeypatch)
    to_the_end(lambda: done.append(native.get_ident()))
    assert len(done) == 1
    assert done != [native.get_ident()]


def test_beside_gevents_patch_it_is_done_by_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "is_patched", lambda: True)
    assert to_the_end(native.get_ident) == native.get_ident()


@pytest.mark.parametrize("is_held", [False, True])
def test_what_needs_the_import_that_it_has_interrupted_is_refused_and_done_after_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, is_held: bool
) -> None:
    """As in a handler that publishes for the first time while the program imports."""
    (tmp_path / "held_import.py").write_text("import signal; signal.raise_signal(signal.SIGUSR1)")
    monkeypatch.syspath_prepend(str(tmp_path))
    done: list[int] = []
    errors: list[str] = []

    def needs_it() -> None:
        if is_held:
            with native.no_fork():
                done.append(1)
        else:
            importlib.import_module("held_import")
            done.append(1)

    def handle(*_: object) -> None:
        for _each in range(2):  # the second one would wait for the first one
            with pytest.raises(RuntimeError, match="in the midst of an import") as raised:
                to_the_end(needs_it)
            errors.append(str(raised.value))

    before = signal.signal(signal.SIGUSR1, handle)
    try:
        within = native.no_fork() if is_held else monkeypatch.context()
        with within:
            importlib.import_module("held_import")
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert len(errors) == 2
    eventually(lambda: done == [1])
    del sys.modules["held_import"]


def test_what_was_refused_is_undone_before_the_next_is_done() -> None:
    """It would find the service that is about to be closed."""
    steps: list[str] = []

    def needs_it() -> None:
        with native.no_fork():
            steps.append("done")

    def undo(_: None) -> None:
        native.sleep(0.1)
        steps.append("undone")

    with native.no_fork(), pytest.raises(RuntimeError, match="in the midst of an import"):
        to_the_end(needs_it, undo)
    to_the_end(lambda: steps.append("next"))
    assert steps == ["done", "undone", "next"]
