"""A thread with a gevent hub of its own, and how other threads call into it.

Nothing is ever monkey-patched. All that uses gevent is made, used and closed in the thread, so it
is made there by a function, and handed over as one object when it is ready. From outside one does
two things: `call` a function in the thread, and `stop` it.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from functools import partial
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
import gevent.hub
from gevent.event import AsyncResult

from zwsnb.producer import native
from zwsnb.producer.native import SimpleQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from gevent._types import _Loop

    from zwsnb.server.error_log import ErrorLog

STOPPED: Final = "this zwsnb service has stopped: zwsnb.start() starts another"
"""What its callers are told."""

ENDED: Final = "zwsnb's relay has ended before it answered: ask again"
"""What those are told who wait for an answer."""

ENDS_WITHIN: Final = 10.0
"""Seconds that a program which ends waits for the thread, to which its daemon threads may leave
little time: the end of an interpreter cuts the greenlets of one that lives, which may be a crash.
"""

_LOOK_EVERY: Final = 0.25
"""Seconds after which who waits for an answer looks whether the thread has ended."""

READY_WITHIN: Final = 10.0
"""Seconds that the thread may take to start."""


def _leave_the_main_hub() -> None:
    """Have the hub of the main thread be the program's: gevent takes the thread that imports it for
    the main one, here that which starts the service, and the program could start no processes.
    """
    if not native.is_patched():
        vars(gevent.hub)["MAIN_THREAD_IDENT"] = threading.main_thread().ident


_leave_the_main_hub()


class Resident(Protocol):
    """What lives in the thread."""

    def close(self, reason: str) -> None:
        """Close everything; the thread ends."""

    def abandon(self) -> None:
        """Close what can be closed, for another to go on: the thread ends, and was not stopped."""


Failed: TypeAlias = "Callable[[BaseException], object]"
"""Called in the thread that ends without having been stopped, with what was raised in it."""


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
    stop: AsyncResult[str | None]


class HubThread(Generic[R]):
    """A daemon thread with a gevent hub, and in it the `resident` that `make` returns.

    It is running when the constructor returns. Exceptions that no greenlet handles go to `errors`:
    the hub would print them, and what is printed appears under a notebook's cell. `failed` is
    called where the thread ends without having been stopped.

    Raises:
        BaseException: what `make` raised; the thread has ended.
    """

    def __init__(
        self, make: Callable[[], R], errors: ErrorLog, failed: Failed = lambda _: None
    ) -> None:
        ready: Outcome[_Started[R]] = SimpleQueue()
        self._pid = os.getpid()  # a forked child has this object, but not the thread
        self._end = _End()
        self._thread = native.thread("zwsnb-hub", _Life(make, errors, failed, ready, self._end).run)
        self._thread.start()
        self.resident, self._loop, self._stop = _result(
            ready, READY_WITHIN, "has not started", self._end
        )

    @property
    def is_running(self) -> bool:
        """True until its end; False in a forked child."""
        return self._pid == os.getpid() and not self._end.has_come

    def call(self, function: Callable[..., T], *args: Any, timeout: float = 30.0) -> T:
        """Call `function` in the thread and return what it returns, or raise what it raises.

        Raises:
            RuntimeError: the thread does not run any more, or has ended before it answered.
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
        try:
            self._loop.run_callback_threadsafe(answer, outcome, function, args)
        except ValueError:  # its loop has just ended
            raise RuntimeError(ENDED) from None
        return _result(outcome, timeout, "did not answer", self._end)

    def post(self, function: Callable[..., object], *args: Any) -> None:
        """Have `function` called in the thread soon, if it still runs; its result is lost."""
        if self.is_running:
            with contextlib.suppress(ValueError):  # its loop has just ended
                self._loop.run_callback_threadsafe(function, *args)

    def stop(self, reason: str | None, timeout: float) -> None:
        """Have the resident close, or be abandoned where there is no reason, and wait for the end
        of the thread for `timeout` seconds.
        """
        with contextlib.suppress(ValueError):  # its loop has ended by itself
            self._loop.run_callback_threadsafe(self._stop.set, reason)
        self._end.wait(timeout)


def _result(outcome: Outcome[T], timeout: float, what: str, end: _End) -> T:
    """Return what has been returned, or raise what was raised, when it comes."""
    deadline = time.monotonic() + timeout
    while True:
        has_ended = end.has_come  # what comes before the end is there when it has come
        left = 0.0 if has_ended else max(0.0, deadline - time.monotonic())
        with contextlib.suppress(Empty):
            result, error = outcome.get(timeout=min(left, _LOOK_EVERY))
            break
        if has_ended:
            raise RuntimeError(ENDED)
        if not left:
            raise TimeoutError(f"the service {what} within {timeout:g} s")
    if error is not None:
        raise error
    return cast("T", result)


class _End:
    """That of the thread, for others. Not the thread's own `is_alive` and `join`: an interrupt in
    these may have it taken for one that has ended.
    """

    def __init__(self) -> None:
        self.has_come = False
        self._news: SimpleQueue[None] = SimpleQueue()

    def come(self) -> None:
        """Say that it has."""
        self.has_come = True
        self._news.put(None)

    def wait(self, timeout: float) -> None:
        """Return when it has, or after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while not self.has_come and (left := deadline - time.monotonic()) > 0:
            # Of several who wait one hears it; an interrupt may take it away.
            with contextlib.suppress(Empty):
                self._news.get(timeout=min(left, 0.05))


class _Life(Generic[R]):
    """What the thread does from its begin to its end."""

    def __init__(
        self,
        make: Callable[[], R],
        errors: ErrorLog,
        failed: Failed,
        ready: Outcome[_Started[R]],
        end: _End,
    ) -> None:
        self._make, self._errors, self._failed, self._ready = make, errors, failed, ready
        self._last: Callable[[], object] = lambda: None  # to be done when the hub has gone
        self._end = end

    def run(self) -> None:
        """Make the hub and its resident, and let them live until they are stopped."""
        end = self._end
        try:
            with native.taking():
                self._run()
        finally:
            end.come()

    def _run(self) -> None:
        try:
            hub = gevent.get_hub()
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits
            self._ready.put((None, error))
            return
        hub.print_exception = self._errors.exception  # type: ignore[method-assign]  # gevent's own way
        idle = hub.loop.async_()  # a loop that waits for nothing would end
        idle.start(lambda: None)
        try:
            self._live(hub.loop)
        finally:
            idle.stop()  # a watcher that is active is never freed
            idle.close()
            hub.destroy(destroy_loop=True)
        self._last()
        # The hub keeps this frame for ever, and would keep whatever can be reached from here.
        vars(self).clear()

    def _live(self, loop: _Loop) -> None:
        stop: AsyncResult[str | None] = AsyncResult()
        try:
            resident = self._make()
        except BaseException as error:  # noqa: BLE001 - likewise
            self._last = partial(self._ready.put, (None, error))
            return
        self._ready.put((_Started(resident, loop, stop), None))
        try:
            reason = stop.get()
        except BaseException as error:  # noqa: BLE001 - what another thread raises here, say
            self._last = partial(self._fail, error)
            reason = None
        try:
            _end(resident, reason)
        except BaseException as error:  # noqa: BLE001 - it would be printed below a cell
            self._log(error)

    def _fail(self, error: BaseException) -> None:
        self._log(error)
        self._failed(error)

    def _log(self, error: BaseException) -> None:
        self._errors.exception(None, type(error), error, error.__traceback__)


def _end(resident: Resident, reason: str | None) -> None:
    if reason is None:
        resident.abandon()
    else:
        resident.close(reason)


def _answer(outcome: Outcome[T], function: Callable[..., T], args: tuple[Any, ...]) -> None:
    try:
        outcome.put((function(*args), None))
    except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits for it
        outcome.put((None, error))


def _answer_later(outcome: Outcome[T], function: Callable[..., T], args: tuple[Any, ...]) -> None:
    gevent.spawn(_answer, outcome, function, args)
