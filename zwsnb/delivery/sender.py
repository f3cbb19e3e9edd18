"""The thread that delivers what a publisher gathers to a relay in another process."""

from __future__ import annotations

import contextlib
import logging
import math
import os
import sys
import time
from collections import deque
from queue import Empty
from typing import TYPE_CHECKING, Final

from zwsnb.delivery import goodbyes
from zwsnb.delivery.handover import Handover, may_be_terminated
from zwsnb.delivery.receipts import decode_receipt, encode_ask
from zwsnb.delivery.waiting import Flush, Silence
from zwsnb.delivery.window import Window
from zwsnb.limits.descriptors import FOR_A_SENDER, check_descriptors
from zwsnb.producer import native
from zwsnb.producer.batching import nbytes_of
from zwsnb.producer.native import SimpleQueue
from zwsnb.producer.sink import HEARTBEAT, TICK, Connection, Source
from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.util import Finalize

    from zwsnb.delivery.link import Link
    from zwsnb.protocol.batch import Batch

LONGEST_PAUSE: Final = 0.1
"""Seconds between two looks for a receipt, where none comes."""

GIVE_UP_AFTER: Final = 30.0
"""Seconds in which a relay takes nothing, after which nobody need wait for it any longer: a cell
may hold its interpreter for a while.
"""

PERSEVERANCE: Final = 10
"""How many times longer than it was told to a sender that ends goes on, as long as the relay takes
what it sends.
"""

_log = logging.getLogger("zwsnb.service")
# Without a handler Python prints errors to stderr, which a notebook shows below a cell.
_log.addHandler(logging.NullHandler())


class Sender:
    """Takes from `source` and sends to a relay, in a thread of its own.

    What the relay has not acknowledged is held, and sent again where the connection was cut or the
    relay has begun anew.
    """

    def __init__(self, source: Source, connection: Connection) -> None:
        # Here and not in the thread, where a fork could cut the import in two. What is registered
        # first ends last at exit, and the collector of what was sent without a copy must not end
        # before the sender.
        with native.no_fork():
            import zmq.utils.garbage  # noqa: F401

            import zwsnb.delivery.link  # noqa: F401

        self._pid = os.getpid()  # a forked child has this object, but not the thread
        self._source = source
        self._connection = connection
        self._connected: Connection | None = None  # to which the socket is
        self._window = Window()
        self._handover = Handover() if may_be_terminated() else None
        self._failure = ""
        # Not events, which an interrupt may leave locked.
        self._wake: SimpleQueue[None] = SimpleQueue()
        self._waiting: deque[Flush] = deque()
        self._is_flowing = False  # the last take has brought something
        self._pause = TICK
        self._silence = Silence()  # since the relay has last taken something
        self._last: Flush | None = None  # what is to come before it ends
        self._patience = math.inf  # seconds without a receipt after which it ends
        self._deadline = self._latest = math.inf
        self._thread = native.system_thread(self._run, self._is_over, -1)
        self._starting = native.RLock()  # a signal's handler that publishes comes here once more
        self._is_running = native.Lock()
        self._at_child_end = self._close_at_exit()

    # -- for any thread ----------------------------------------------------------------------------

    def wake(self) -> bool:
        """Send soon; True when the next point is to come here as well: everything has come already,
        as far as a child does that that may be terminated at any moment; or the thread could not be
        started, or has not begun yet, and may need that once more.
        """
        self._wake_thread()
        has_come = self._handover is not None and self._handover.wait(self.flush)
        return has_come or not self._thread.has_begun

    def _wake_thread(self) -> None:
        """Have the thread look what there is. The first time this starts it: an interrupt while the
        publisher makes its sender leaves no other one, which would send some of the points.
        """
        if self._wake.empty():
            self._wake.put(None)
        if self._thread.needs_start:
            # At its end Python 3.12 starts no thread: who waits does what that would do.
            with self._starting, contextlib.suppress(RuntimeError):
                if self._thread.needs_start:
                    self._thread.start()

    def connect(self, connection: Connection) -> None:
        """Go on to another relay, with what no other has acknowledged."""
        self._connection = connection
        self._wake_thread()

    @property
    def held(self) -> int:
        """Points that were taken, and of which no relay has said that it has them."""
        return self._window.points

    @property
    def refused(self) -> str:
        """Why the relay takes nothing, or empty."""
        return self._window.refused

    def flush(self, timeout: float) -> bool:
        """Deliver everything; True when the relay has said within `timeout` seconds that it has
        all.

        A process may end at once then: what is on its way in its sockets would go with it.
        """
        if self._failure:
            return False
        waiting = Flush(self._source.checkpoint())
        self._waiting.append(waiting)
        self._wake_thread()
        if self._thread.needs_start:
            end = time.monotonic() + timeout
            self._run(lambda: waiting.has_come or time.monotonic() > end)
        try:
            return waiting.done.get(timeout=0.001 if self._thread.needs_start else timeout)
        except Empty:
            return False
        finally:
            with contextlib.suppress(ValueError):  # it is done
                self._waiting.remove(waiting)

    def close(self, timeout: float) -> None:
        """Deliver what there is, and stop the thread: when the relay has all, or has said nothing
        for `timeout` seconds.
        """
        if self._pid != os.getpid():
            return
        now = time.monotonic()
        if self._last is None:
            # What other threads publish from now on does not keep it.
            self._last = Flush(self._source.checkpoint())
            self._waiting.append(self._last)
        self._latest = min(self._latest, now + PERSEVERANCE * timeout)
        self._patience = min(self._patience, timeout)
        self._deadline = min(self._deadline, now + timeout)
        self._wake.put(None)
        self._thread.join(PERSEVERANCE * timeout + 1)
        if self._thread.needs_start:
            self._run(self._is_over)  # here: at exit no thread can be started
        if self._last.has_come:
            self._leave()

    def loss(self) -> str:
        """Return in one sentence what has not arrived, and why; empty where that is nothing."""
        is_delivered = self._last is not None and self._last.has_come
        if is_delivered or self._pid != os.getpid():
            return ""
        left = self.held + self._source.stats()["queued"]
        points = "point has" if left == 1 else "points have"
        return f"{left:,} {points} not arrived: {self._why()}" if left else ""

    def _why(self) -> str:
        refusal = f"refuses this process: {self.refused}" if self.refused else "does not answer"
        return self._failure or f"the service at {self._connection.ingress} {refusal}"

    @property
    def trouble(self) -> str:
        """Why nobody takes, for so long that nobody may ever, or empty."""
        is_silent = self._window and self._silence.look(time.monotonic()) > GIVE_UP_AFTER
        return self._why() if self._failure or self.refused or is_silent else ""

    def give_back(self) -> list[Batch]:
        """Return what has not come, once it is closed: another is to deliver it."""
        self._leave()  # nothing of it is this one's to send, or to say that it has not come
        return self._window.give_back()

    # -- in its own thread -------------------------------------------------------------------------

    def _run(self, is_over: Callable[[], bool], wait: float = 0) -> None:
        # Who flushes may be at it, where no thread could be started just then.
        if not self._is_running.acquire(timeout=wait):
            return
        try:
            with native.taking():
                while not (self._has_delivered(is_over) or is_over()):
                    native.sleep(HEARTBEAT)
        except Exception as error:  # noqa: BLE001 - it would be printed under a cell; it belongs to the log
            self._failure = str(error.strerror if isinstance(error, OSError) else error)
            _log.exception("the sender to %s has failed", self._connection.ingress)
        finally:
            self._is_running.release()

    def _has_delivered(self, is_over: Callable[[], bool]) -> bool:
        """Deliver until that is over; False where memory has run out: there may be some again."""
        try:
            self._deliver(is_over)
        except MemoryError:
            with contextlib.suppress(MemoryError):  # there may be none to say so, either
                _log.warning("the sender to %s has no memory", self._connection.ingress)
            return False  # another connection brings what is held
        return True

    def _deliver(self, is_over: Callable[[], bool]) -> None:
        self._connected = None
        from zwsnb.delivery.link import Link

        link = Link()
        try:
            while True:
                self._wait(link)
                self._hear(link)
                self._take()
                self._speak(link)
                self._notify_flushed()
                if is_over():
                    return
        finally:
            link.close()

    def _is_over(self) -> bool:
        """True when it was told to end, and has done what it can."""
        if self._last is None:
            return False
        return self._last.has_come or bool(self.refused) or time.monotonic() > self._deadline

    def _wait(self, link: Link) -> None:
        """Wait for what comes next: points, while they flow; a receipt; somebody who wakes it."""
        if self._is_flowing:
            if self._deadline == math.inf and not self._source.has_more:
                native.sleep(TICK)
        elif self._window:
            link.wait(self._pause)
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        elif self._deadline == math.inf:
            self._sleep()

    def _sleep(self) -> None:
        """Wait until somebody wakes the sender, or for a heartbeat."""
        with contextlib.suppress(Empty):
            self._wake.get(timeout=HEARTBEAT)
            while True:
                self._wake.get_nowait()

    def _hear(self, link: Link) -> None:
        """Take the receipts that have come."""
        self._silence.look(now := time.monotonic())
        for frame in link.receive():
            before = self._window.held
            try:
                self._window.receive(decode_receipt(frame), now)
            except InvalidMessage as refusal:
                self._window.refused = refusal.kind
            if self._window.held != before:
                self._silence.end()
                self._pause = TICK
                self._deadline = min(self._latest, max(self._deadline, now + self._patience))

    def _take(self) -> None:
        """Take what has gathered, if there is room to hold it."""
        batches = self._source.take() if self._window.has_room else []
        self._is_flowing = bool(batches)
        now = time.monotonic()
        if batches and not self._window:
            self._silence.end()  # until then there was nothing to hear
        for batch in batches:
            self._window.add(batch, nbytes_of(batch.body), now)

    def _speak(self, link: Link) -> None:
        """Send what is due: a question or batches."""
        now, to = time.monotonic(), self._connection
        step = self._window.due(now)
        is_lost = link.is_cut or (step == "ask" and link.is_doubtful)
        if self._window and (is_lost or step == "connect" or self._connected != to):
            self._open(link, to)
            self._ask(link, self._window.connect(now))
        elif step == "ask":
            self._ask(link, self._window.begin(now))
        for batch in self._window.unsent():
            link.send_batch(batch, to.token)

    def _open(self, link: Link, to: Connection) -> None:
        """Connect anew; what prevents it now may not the next time."""
        self._connected = to
        try:
            check_descriptors(FOR_A_SENDER, "a sender")
            link.open(to.ingress, to.token)
        except OSError as error:
            self._failure = str(error.strerror or error)
            _log.error("%s cannot be connected: %s", to.ingress, self._failure)
        else:
            self._failure = ""

    def _ask(self, link: Link, number: int) -> None:
        link.send(
            [encode_ask(self._connection.token, self._source.producer, self._window.held, number)]
        )

    def _notify_flushed(self) -> None:
        is_hopeless = bool(self.refused or self._failure)
        for flush in list(self._waiting):
            if flush.number is None and self._source.is_past(flush.checkpoint):
                flush.number = self._window.end
            held = self._window.held.number
            if is_hopeless or (flush.number is not None and held >= flush.number):
                with contextlib.suppress(ValueError):  # nobody waits for it any more
                    self._waiting.remove(flush)
                flush.has_come = not is_hopeless
                flush.done.put(flush.has_come)

    # -- at the end of the process -----------------------------------------------------------------

    def _close_at_exit(self) -> Finalize | None:
        """Send the last points when the process ends; a child of multiprocessing ends without
        running atexit.
        """
        goodbyes.register(self._say_goodbye)
        if "multiprocessing.util" not in sys.modules:
            return None
        util = sys.modules["multiprocessing.util"]
        found: Finalize = util.Finalize(None, self._say_goodbye, exitpriority=10)
        return found

    def _leave(self) -> None:
        """Do nothing at the end of the process."""
        goodbyes.unregister(self._say_goodbye)
        if self._at_child_end is not None:
            self._at_child_end.cancel()

    def _say_goodbye(self) -> None:
        """Deliver what there is, and say how much that could not be done of."""
        goodbyes.unregister(self._say_goodbye)
        self.close(2.0)
        goodbyes.say(self.loss())
