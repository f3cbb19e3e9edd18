"""Python's own threads, locks, queues and processes, where gevent's `monkey.patch_all()` has put
others in their place.

The hub of a service and a sender need threads of the system: greenlets of the program's own hub
would run only while the program waits. Whoever waits for them waits as a thread does. A process
that is not patched has what the standard library has.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import math
import os
import sys
import threading
import weakref
from queue import Empty
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from _thread import allocate_lock, get_ident, start_new_thread
    from collections.abc import Callable, Iterator
    from os import posix_spawn, waitpid
    from queue import SimpleQueue
    from threading import RLock
    from time import sleep
else:

    def _original(module: str, name: str) -> Any:
        """Return what a module had under a name before it was patched, if it was."""
        monkey = sys.modules.get("gevent.monkey")
        if monkey is not None:
            return monkey.get_original(module, name)
        return getattr(importlib.import_module(module), name)

    allocate_lock = _original("_thread", "allocate_lock")
    get_ident = _original("_thread", "get_ident")
    start_new_thread = _original("_thread", "start_new_thread")
    RLock = _original("_thread", "RLock")
    SimpleQueue = _original("queue", "SimpleQueue")
    sleep = _original("time", "sleep")
    waitpid = _original("os", "waitpid")
    posix_spawn = _original("os", "posix_spawn") if hasattr(os, "posix_spawn") else None

Lock = allocate_lock

__all__ = [
    "Lock",
    "RLock",
    "SimpleQueue",
    "Thread",
    "call_after_fork",
    "get_ident",
    "is_mine",
    "is_patched",
    "is_taker",
    "lent",
    "no_fork",
    "posix_spawn",
    "sleep",
    "start_new_thread",
    "system_thread",
    "taking",
    "thread",
    "waitpid",
]


def is_mine(lock: RLock) -> bool:
    """True when this thread holds the lock: what it does now was called in the midst of that, as a
    handler of a signal is, or what the collector of garbage calls.
    """
    # As `threading.Condition` asks it; there is no other way.
    return bool(lock._is_owned())  # type: ignore[attr-defined]  # noqa: SLF001


@contextlib.contextmanager
def lent(lock: RLock) -> Iterator[None]:
    """Let others have a lock for which this thread would keep them waiting, while it waits for
    them: what they change, it does not know when it goes on in the midst of what it held it for.
    """
    held = lock._release_save() if is_mine(lock) else None  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield
    finally:
        if held is not None:
            lock._acquire_restore(held)  # type: ignore[attr-defined]  # noqa: SLF001


class Thread(Protocol):
    """As much of `threading.Thread` as is used here."""

    @property
    def ident(self) -> int | None:
        """What `get_ident` returns in it; None before it was started."""

    def start(self) -> None:
        """Start it, once."""

    def join(self, timeout: float) -> None:
        """Wait for its end, for `timeout` seconds at most."""

    def is_alive(self) -> bool:
        """Return whether it has been started and has not ended."""


class Forked(Protocol):
    """What a fork concerns."""

    def after_fork(self) -> None:
        """Begin anew in a child."""


_forked: weakref.WeakSet[Forked] = weakref.WeakSet()


def call_after_fork(one: Forked) -> None:
    """Have `one` begin anew in each child of this process, as long as it lives."""
    _forked.add(one)


_takers: set[int] = set()


@contextlib.contextmanager
def taking() -> Iterator[None]:
    """Have this thread be one that takes what is published: if it waited for room, for ever."""
    ident = get_ident()
    _takers.add(ident)
    try:
        yield
    finally:
        _takers.discard(ident)


def is_taker() -> bool:
    """Return whether this thread takes what is published."""
    return get_ident() in _takers


def _after_fork() -> None:
    _takers.clear()  # another thread may have such a number here
    for each in list(_forked):
        each.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


_importing = RLock()
_imports: list[None] = []  # one, while the thread that holds that is in the midst of imports
_to_import: set[int] = set()  # the threads that wait for that
_forking: dict[str, int] = {}  # by which thread, while one forks

_FORKS_WITHIN = 10.0
"""Seconds that a fork waits at most: an import may wait for the very thread that forks."""

_LOOK = 0.001
"""Seconds between two looks whether an import has ended, or a fork."""


@contextlib.contextmanager
def no_fork() -> Iterator[None]:
    """Keep forks of other threads waiting while something is imported: a child of one in the midst
    of that would wait for its end for ever, when it imports the same. Or while a process is begun,
    of whose pipes it would hold an end.
    """
    _to_import.add(get_ident())
    with _importing:
        _to_import.discard(get_ident())
        if _imports:  # it came here before, and a fork waits already
            yield
            return
        try:
            _begin_to_import()
            _come_before_logging()
            yield
        finally:
            _imports.clear()


def waits_to_import(thread: int | None) -> bool:
    """Return whether a thread waits for this one, which is in the midst of `no_fork`."""
    return thread in _to_import and is_mine(_importing)


def _begin_to_import() -> None:
    """Have forks wait; those that have begun come first, unless they wait for a lock held here."""
    end = monotonic() + _FORKS_WITHIN
    _imports.append(None)
    while _forking.get("by", get_ident()) != get_ident() and monotonic() < end:
        _imports.clear()
        sleep(_LOOK)
        _imports.append(None)


@functools.cache
def _come_before_logging() -> None:
    """Hold a fork before `logging` does, which takes a lock that imports need: of those that are
    registered the last is called first.
    """
    import logging  # noqa: F401

    _hold_forks()


def _hold_forks() -> None:
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_begin_to_fork)


def _begin_to_fork() -> None:
    """Have imports wait; one of another thread that has begun comes first."""
    end = monotonic() + _FORKS_WITHIN
    while _forking.setdefault("by", get_ident()) != get_ident() or (
        _imports and not is_mine(_importing)
    ):
        if monotonic() > end:
            break
        sleep(_LOOK)


def _begin_anew() -> None:
    global _importing  # noqa: PLW0603 - forks are of the whole process
    _importing = RLock()  # who holds that one may be no thread of this process
    _imports.clear()
    _to_import.clear()
    _forking.clear()


_hold_forks()
if hasattr(os, "register_at_fork"):
    # Once, for then another thread's fork begins; and of C: the handler of a signal that came
    # meanwhile runs in the first function of Python, which ends before its first line if it raises.
    os.register_at_fork(after_in_parent=_forking.clear, after_in_child=_begin_anew)


def is_patched() -> bool:
    """Return whether gevent has put greenlets in the place of threads."""
    monkey = sys.modules.get("gevent.monkey")
    return monkey is not None and bool(monkey.is_module_patched("threading"))


def thread(name: str, target: Callable[..., None], *args: object) -> Thread:
    """Return a daemon thread of the system that will call `target`."""
    if is_patched():
        return system_thread(target, *args)
    return threading.Thread(target=_run_named, args=(target, *args), name=name, daemon=True)


def _run_named(target: Callable[..., None], *args: object) -> None:
    try:
        target(*args)
    finally:
        if is_patched():  # meanwhile: it would not find itself, and print so under a cell
            active = getattr(threading, "_active", {})
            active[threading.get_ident()] = active.pop(get_ident(), None)


def system_thread(target: Callable[..., None], *args: object) -> _SystemThread:
    """Return a daemon thread of the system that will call `target`, and that starts, or does not,
    wherever an interrupt comes: to start one of `threading` waits for an event, which an interrupt
    may leave locked, and then the thread hangs before its first line.
    """
    return _SystemThread(target, args)


BEGINS_WITHIN = 1.0
"""Seconds after which a thread that was started, and has not begun, may be started once more."""


class _SystemThread:
    """A thread that `threading` does not know."""

    def __init__(self, target: Callable[..., None], args: tuple[object, ...]) -> None:
        self.ident: int | None = None
        self._target, self._args = target, args
        self._has_ended = False
        self._has_begun = Lock()
        self._begins_by = -math.inf
        # Not a lock, which an interrupt in `join` may leave locked.
        self._end: SimpleQueue[None] = SimpleQueue()

    def start(self) -> None:
        """Start it; what it does is done once, however often it is started."""
        self.ident = start_new_thread(self._run, ())
        self._begins_by = monotonic() + BEGINS_WITHIN

    @property
    def has_begun(self) -> bool:
        """True from its first line on."""
        return self._has_begun.locked()

    @property
    def needs_start(self) -> bool:
        """True until it was started, and where it was and does not come to its first line: without
        memory for that it has ended, of which Python tells nobody.
        """
        return monotonic() > self._begins_by and not self.has_begun

    def _run(self) -> None:
        if not self._has_begun.acquire(blocking=False):
            return  # it was started again, after an interrupt in `start` or since it was late
        try:
            self._target(*self._args)
        finally:
            # Up to Python 3.12 it remembers for ever a thread that has asked who it is.
            getattr(threading, "_active", {}).pop(get_ident(), None)
            self._has_ended = True
            self._end.put(None)

    def join(self, timeout: float) -> None:
        """Wait for its end, for `timeout` seconds at most; not where it needs a start."""
        end = monotonic() + timeout
        while not (self._has_ended or self.needs_start) and (left := end - monotonic()) > 0:
            with contextlib.suppress(Empty):
                self._end.get(timeout=min(left, BEGINS_WITHIN))
                self._end.put(None)

    def is_alive(self) -> bool:
        return self.ident is not None and not self._has_ended
