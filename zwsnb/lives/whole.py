"""What is done to its end or not at all, wherever an interrupt comes.

Ctrl-C, and what another thread raises in this one, may come between any two steps, and would leave
a hub that nobody knows, or a port that nobody frees. So the steps are made by a thread of their
own, which nobody interrupts.
"""

from __future__ import annotations

import contextlib
import os
from functools import partial, wraps
from queue import Empty
from typing import TYPE_CHECKING, Final, Generic, ParamSpec, TypeVar

from zwsnb.lives import imports
from zwsnb.producer import native

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

UNDONE_WITHIN: Final = 5.0
"""Seconds that an interrupted caller waits until all is as it was."""

_LOOK_EVERY: Final = 0.01
"""Seconds after which who waits looks whether that can end: a handler that is called many times a
second would interrupt itself, again and again.
"""

IN_AN_IMPORT: Final = (
    "zwsnb cannot do this in the midst of an import of what it needs as well, which a handler of a"
    " signal, say, has interrupted: call zwsnb.start() before, or this after it"
)

_doers: Final[set[int]] = set()
"""The threads that are at it: what they call in turn is a part of that."""

_undoers: Final[list[native.Thread]] = []
"""Those that nobody could wait for: what is done next would find what they are about to undo."""


def to_the_end(act: Callable[[], T], undo: Callable[[T], object] = lambda _: None) -> T:
    """Call `act` in a thread of its own, and return what it returns, or raise what it raises.

    Where the caller is interrupted, `undo` is called with what was returned, in such a thread too,
    before the interrupt goes on.

    Raises:
        RuntimeError: the thread waits for an import that the caller is in the midst of.
    """
    # Beside gevent's patch a process may be started by the thread of the program's hub only.
    if native.get_ident() in _doers or native.is_patched():
        return act()
    if _is_awaited():  # one more thread would wait as well
        raise RuntimeError(IN_AN_IMPORT)
    for undoer in _undoers.copy():
        undoer.join(UNDONE_WITHIN)
        with contextlib.suppress(ValueError):  # another has waited, too
            _undoers.remove(undoer)
    deed = _Deed(act, undo)
    try:
        if deed.begin():
            return deed.result()
    except BaseException:
        deed.take_back()
        raise
    return act()


def whole(function: Callable[P, T]) -> Callable[P, T]:
    """Return a decorated function, which is called `to_the_end`."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return to_the_end(partial(function, *args, **kwargs))

    return call


def _is_awaited() -> bool:
    """Return whether a thread that is at it waits for an import that this one is in the midst of:
    of those that are, each may wait for another one.
    """
    doers = list(_doers)
    return bool(doers) and (imports.holds_a_lock() or any(map(imports.wait_for_this, doers)))


class _Deed(Generic[T]):
    """A call that a thread makes."""

    def __init__(self, act: Callable[[], T], undo: Callable[[T], object]) -> None:
        self._act, self._undo = act, undo
        self._begun = native.Lock()  # held by who has come first: who does it, or takes it back
        self._outcome: native.SimpleQueue[BaseException | None] = native.SimpleQueue()
        self._done: native.SimpleQueue[None] = native.SimpleQueue()
        self._returned: list[T] = []
        self._undone_within = UNDONE_WITHIN

    def begin(self) -> bool:
        """Start the thread; False at the end of the interpreter, which starts none."""
        self._thread = native.system_thread(self._run)
        try:
            self._thread.start()
        except RuntimeError:
            return False
        return True

    def result(self) -> T:
        """Wait for what it returns, or raise what it raises."""
        while True:
            with contextlib.suppress(Empty):
                error = self._outcome.get(timeout=_LOOK_EVERY)
                break
            if self._thread.needs_start and not self.begin():
                self._run()  # whoever comes first does it
            if _is_awaited():
                self._undone_within = 0.0  # nor is that done before the import goes on
                raise RuntimeError(IN_AN_IMPORT)
        if error is not None:
            raise error
        return self._returned[0]

    def take_back(self) -> None:
        """Have all as it was, when it has come to its end; nothing where that has raised."""
        undoer = native.system_thread(self._run_back)
        if not self._undone_within:
            _undoers.append(undoer)
        undoer.start()
        undoer.join(self._undone_within)

    def _run(self) -> None:
        if not self._begun.acquire(blocking=False):
            return
        ident = native.get_ident()
        error: BaseException | None = None
        try:
            _doers.add(ident)
            self._returned.append(self._act())
        except BaseException as raised:  # noqa: BLE001 - it is raised in the thread that waits
            error = raised
        finally:
            _doers.discard(ident)
        self._outcome.put(error)
        self._done.put(None)

    def _run_back(self) -> None:
        if self._begun.acquire(blocking=False):
            return  # it has not begun, and never will
        self._done.get()
        ident = native.get_ident()
        _doers.add(ident)
        try:
            for returned in self._returned:
                self._undo(returned)
        finally:
            _doers.discard(ident)


if hasattr(os, "register_at_fork"):
    for threads in (_doers, _undoers):
        os.register_at_fork(after_in_child=threads.clear)  # they are the parent's
