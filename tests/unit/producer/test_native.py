"""Threads of the system, whatever gevent has made of the standard library's."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading

import pytest
from support.lost_thread import lose_thread
from support.scripts import run

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


def test_a_thread_that_ends_before_its_first_line_needs_a_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs: list[int] = []
    lose_thread(monkeypatch)
    thread = native.system_thread(runs.append, 1)
    looks = [thread.needs_start]
    thread.start()
    looks.append(thread.needs_start)  # it may begin yet
    thread.join(PATIENCE)
    looks.append(thread.needs_start)
    assert (runs, looks) == ([], [True, False, True])
    thread.start()
    thread.join(PATIENCE)
    assert (runs, thread.needs_start) == ([1], False)


# -- forks -----------------------------------------------------------------------------------------

INTERRUPTED = """
import ctypes, os, signal
from functools import partial
# Called last before the fork, and of C: the handler is to run when Python goes on.
os.register_at_fork(before=partial(getattr(ctypes.CDLL(None), "raise"), signal.SIGINT))
import threading
from zwsnb.producer import native
for _ in range(3):
    try:
        if not os.fork():
            os._exit(0)
    except KeyboardInterrupt:
        pass
    os.wait()
done = []
def use():
    with native.no_fork():
        done.append(1)
thread = threading.Thread(target=use, daemon=True)
thread.start()
thread.join(10)
print(done)
"""

IN_VAIN = """
import os, threading, warnings
from zwsnb.producer import native
native._FORKS_WITHIN = 0.05
# From 3.12 on Python warns of every fork of a process with threads.
warnings.simplefilter("ignore", DeprecationWarning)
begun, done = threading.Event(), threading.Event()
def use(then=lambda: None):
    with native.no_fork():
        then()
thread = threading.Thread(target=use, args=(lambda: (begun.set(), done.wait(10)),))
thread.start()
begun.wait(10)
if not (child := os.fork()):
    thread = threading.Thread(target=use)
    thread.start()
    thread.join(10)
    os._exit(thread.is_alive())
ended = os.waitpid(child, 0)[1]
done.set()
thread.join(10)
use()
print(ended)
"""


IN_AN_IMPORT = """
import os
from zwsnb.producer import native
with native.no_fork(), native.no_fork():
    if not (child := os.fork()):
        with native.no_fork():
            pass
if not child:
    with native.no_fork():
        os._exit(len(native._imports) - 1)
print(os.waitpid(child, 0)[1], native._imports)
"""

NESTED = """
import os, threading, time, warnings
from zwsnb.producer import native
warnings.simplefilter("ignore", DeprecationWarning)
begun = threading.Event()
def use():
    with native.no_fork():
        begun.set()
        time.sleep(0.1)
        with native.no_fork():
            time.sleep(0.1)
        done.append(time.monotonic())
done = []
thread = threading.Thread(target=use)
thread.start()
begun.wait(10)
if not os.fork():
    os._exit(0)
forked = time.monotonic()
print(len(done), os.wait()[1])
thread.join()
print(forked - done[0] < 5)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
@pytest.mark.parametrize(
    ("script", "says"),
    [(INTERRUPTED, "[1]"), (IN_VAIN, "0"), (IN_AN_IMPORT, "0 []"), (NESTED, "1 0\nTrue")],
    ids=["interrupted", "in vain", "in an import", "nested"],
)
def test_a_fork_waits_for_imports_of_other_threads_and_holds_none(script: str, says: str) -> None:
    assert run(script, head="").stdout == f"{says}\n"
