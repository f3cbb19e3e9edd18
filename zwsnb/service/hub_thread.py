"""A thread with a gevent hub of its own, and how other threads call into it.

Nothing is ever monkey-patched. All that uses gevent is made, used and closed in the thread, so it
is made there by a function, and handed over as one object when it is ready. From outside one does
two things: `call` a function in the thread, and `stop` it.
"""

from __future__ import annotations

import contextlib
import os
from queue import Empty
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Generic,
    NamedTuple,
    Protocol,
    TypeAlias,
    TypeVar,
    cast,
)

import gevent
from gevent.event import AsyncResult

from zwsnb.producer import native
from zwsnb.producer.native import SimpleQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from gevent._types import _Loop

    from zwsnb.server.error_log import ErrorLog

STOPPED: Final = "this zwsnb service has stopped: zwsnb.start() starts another"
"""What its callers are told."""

READY_WITHIN: Final = 10.0
"""Seconds that the thread may take to start."""


class Resident(Protocol):
    """What lives in the thread."""

    def close(self, reason: str) -> None:
        """Close everything; the thread ends."""


T = TypeVar("T")
Outcome: TypeAlias = "SimpleQueue[tuple[T, None] | tuple[None, BaseException]]"
"""What a function has returned or raised, for another thread. Not a future, which an interrupt may
leave locked: then the hub would wait for ever.
"""

R = TypeVar("R", bound=Resident)


class _Started(NamedTuple, Generic[R]):
    """What the thread hands over when it is ready."""

    resident: R
    loop: _Loop
    stop: AsyncResult[str]


class HubThread(Generic[R]):
    """A daemon thread with a gevent hub, and in it the `resident` that `make` returns.

    It is running when the constructor returns. Exceptions that no greenlet handles go to `errors`:
    the hub would print them, and what is printed appears under a notebook's cell.

    Raises:
        BaseException: what `make` raised; the thread has ended.
    """

    def __init__(self, make: Callable[[], R], errors: ErrorLog) -> None:
        ready: Outcome[_Started[R]] = SimpleQueue()
        self._pid = os.getpid()  # a forked child has this object, but not the thread
        self._thread = native.thread("zwsnb-hub", _run, make, errors, ready)
        self._thread.start()
        self.resident, self._loop, self._stop = _result(ready, READY_WITHIN, "has not started")

    @property
    def is_running(self) -> bool:
        """True until `stop`; False in a forked child."""
        return self._pid == os.getpid() and self._thread.is_alive()

    def call(self, function: Callable[..., T], *args: Any, timeout: float = 30.0) -> T:
        """Call `function` in the thread and return what it returns, or raise what it raises.

        Raises:
            RuntimeError: the thread does not run any more.
            TimeoutError: it did not answer within `timeout` seconds.
        """
        if not self.is_running:
            raise RuntimeError(STOPPED)
        if native.get_ident() == self._thread.ident:
            return function(*args)
        return self._outcome(_answer, function, args, timeout)

    def wait_for(self, function: Callable[..., T], *args: Any, timeout: float = 10.0) -> T:
        """As `call`, of a function that waits, in a greenlet of its own; for other threads only."""
        if not self.is_running:
            raise RuntimeError(STOPPED)
        return self._outcome(_answer_later, function, args, timeout)

    def _outcome(
        self,
        answer: Callable[..., object],
        function: Callable[..., T],
        args: tuple[Any, ...],
        timeout: float,
    ) -> T:
        outcome: Outcome[T] = SimpleQueue()
        self._loop.run_callback_threadsafe(answer, outcome, function, args)
        return _result(outcome, timeout, "did not answer")

    def post(self, function: Callable[..., object], *args: Any) -> None:
        """Have `function` called in the thread soon, if it still runs; its result is lost."""
        if self.is_running:
            with contextlib.suppress(ValueError):  # its loop has just ended
                self._loop.run_callback_threadsafe(function, *args)

    def stop(self, reason: str, timeout: float) -> None:
        """Have the resident close, and wait for the end of the thread for `timeout` seconds."""
        self._loop.run_callback_threadsafe(self._stop.set, reason)
        self._thread.join(timeout)


def _result(outcome: Outcome[T], timeout: float, what: str) -> T:
    try:
        result, error = outcome.get(timeout=timeout)
    except Empty:
        raise TimeoutError(f"the service {what} within {timeout:g} s") from None
    if error is not None:
        raise error
    return cast("T", result)


def _run(make: Callable[[], R], errors: ErrorLog, ready: Outcome[_Started[R]]) -> None:
    hub = gevent.get_hub()
    hub.print_exception = errors.exception  # type: ignore[method-assign]  # gevent's own way
    idle = hub.loop.async_()  # a loop that waits for nothing would end
    idle.start(lambda: None)
    try:
        error = _live(make, hub.loop, ready)
    finally:
        idle.stop()  # a watcher that is active is never freed
        idle.close()
        hub.destroy(destroy_loop=True)
    if error is not None:
        ready.put((None, error))


def _live(
    make: Callable[[], R], loop: _Loop, ready: Outcome[_Started[R]]
) -> BaseException | None:
    """Make the resident, and let it live until it is stopped; return what `make` raised.

    A function of its own: the hub keeps the frame in which it is destroyed for ever, and what is in
    that frame.
    """
    stop: AsyncResult[str] = AsyncResult()
    try:
        resident = make()
    except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits for it
        return error
    ready.put((_Started(resident, loop, stop), None))
    resident.close(stop.get() or "")
    return None


def _answer(outcome: Outcome[T], function: Callable[..., T], args: tuple[Any, ...]) -> None:
    try:
        outcome.put((function(*args), None))
    except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits for it
        outcome.put((None, error))


def _answer_later(outcome: Outcome[T], function: Callable[..., T], args: tuple[Any, ...]) -> None:
    gevent.spawn(_answer, outcome, function, args)
