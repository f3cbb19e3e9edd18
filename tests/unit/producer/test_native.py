"""Threads of the system, whatever gevent has made of the standard library's."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading

import pytest

from zwsnb.producer import native

PATIENCE = 10.0


def test_without_gevents_patch_they_are_those_of_the_standard_library() -> None:
    assert not native.is_patched()
    assert native.SimpleQueue is queue.SimpleQueue
    assert native.get_ident() == threading.get_ident()
    assert isinstance(native.thread("name", print), threading.Thread)


@pytest.mark.parametrize("kind", ["threading", "system"])
def test_a_thread_runs_once_and_is_waited_for(kind: str) -> None:
    done: list[object] = []
    go = threading.Event()

    def run(*words: object) -> None:
        go.wait(PATIENCE)
        done.extend([*words, native.get_ident()])

    made: native.Thread = (
        native._SystemThread(run, (1, 2)) if kind == "system" else native.thread("n", run, 1, 2)
    )
    assert (made.ident, made.is_alive()) == (None, False)
    made.start()
    made.join(0.01)
    assert made.is_alive()
    go.set()
    made.join(PATIENCE)
    assert not made.is_alive()
    assert done == [1, 2, made.ident]
    assert made.ident != native.get_ident()


PATCHED = """
import sys
if sys.argv[1] == "first":
    from zwsnb.producer import native
from gevent import monkey
monkey.patch_all()
import threading, time
from zwsnb.producer import native
assert native.is_patched()
idents, got = [], native.SimpleQueue()
def run():
    idents.append(native.get_ident())
    native.sleep(0.01)
    got.put("done")
made = native.thread("name", run)
made.start()
# No greenlet could run meanwhile: nobody lets the hub have its turn.
assert got.get(timeout=10) == "done"
made.join(10)
assert not made.is_alive() and idents == [made.ident] != [native.get_ident()]
with native.RLock() as a, native.Lock() as b:
    pass
"""


@pytest.mark.parametrize("turn", ["first", "after"])
def test_under_gevents_patch_they_are_the_originals(turn: str) -> None:
    subprocess.run([sys.executable, "-c", PATCHED, turn], check=True, timeout=60)


def test_a_thread_that_an_interrupt_had_started_twice_runs_once() -> None:
    runs: list[int] = []
    go = native.SimpleQueue[None]()

    def run() -> None:
        runs.append(1)
        go.get(timeout=10)

    thread = native.system_thread(run)
    thread.start()
    thread.start()
    thread.join(0.1)
    assert thread.is_alive()
    go.put(None)
    thread.join(10)
    assert (runs, thread.is_alive()) == ([1], False)
