"""The thread that delivers what a publisher gathers to a relay in another process, by PUSH."""

from __future__ import annotations

import atexit
import contextlib
import logging
import math
import sys
import time
from collections import deque
from queue import Empty
from typing import TYPE_CHECKING

from zwsnb.producer import native
from zwsnb.producer.native import SimpleQueue
from zwsnb.producer.sink import HEARTBEAT, TICK, Connection, Source
from zwsnb.protocol.batch import Frame, encode_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    import zmq

_log = logging.getLogger("zwsnb.service")
# Without a handler Python prints errors to stderr, which a notebook shows below a cell.
_log.addHandler(logging.NullHandler())


class Sender:
    """Takes from `source` and sends to the PULL socket of a relay, in a thread of its own.

    arrived: asks the relay, for some seconds at most, how many batches of a producer have come; it
    may raise OSError or RuntimeError. Without it, what the socket has taken counts as handed over.
    """

    def __init__(
        self,
        source: Source,
        connection: Connection,
        arrived: Callable[[str, float], int] | None = None,
    ) -> None:
        # Here and not in the thread, where a fork could cut the import in two. What is registered
        # first ends last at exit, and the collector of what was sent without a copy must not end
        # before the sender.
        import zmq.utils.garbage  # noqa: F401

        self._source = source
        self._connection = connection
        self._arrived = arrived
        self._sent: tuple[str, int] | None = None  # producer and number of the newest batch
        self._confirmed: tuple[str, int] | None = None
        # Not events, which an interrupt may leave locked.
        self._wake: SimpleQueue[None] = SimpleQueue()
        self._waiting: deque[tuple[int, SimpleQueue[None]]] = deque()
        self._deadline = math.inf
        self._thread = native.thread("zwsnb-sender", self._run)
        self._starting = native.Lock()
        self._is_running = native.Lock()
        # Else a thread of pyzmq's has to say when they are free, and gevent makes a greenlet of it.
        self._always_copies = native.is_patched()
        _close_at_exit(self)

    def wake(self) -> None:
        """Send soon. The first time this starts the thread: an interrupt while the publisher makes
        its sender leaves no other one, which would send some of the points.
        """
        if self._wake.empty():
            self._wake.put(None)
        if self._thread.ident is None:
            with self._starting:
                if self._thread.ident is None:
                    self._thread.start()

    def flush(self, timeout: float) -> bool:
        """Deliver everything; True when it has come to the relay within `timeout` seconds.

        A process may end at once then: what is on its way in its sockets would go with it.
        """
        deadline = time.monotonic() + timeout
        done: SimpleQueue[None] = SimpleQueue()
        self._waiting.append((self._source.checkpoint(), done))
        self.wake()
        with contextlib.suppress(Empty):
            done.get(timeout=timeout)
            return self._confirm(deadline)
        return False

    def _confirm(self, deadline: float) -> bool:
        """Wait until all that was sent has come to the relay; False when that was not in time."""
        sent = self._sent
        if self._arrived is None or sent is None or sent == self._confirmed:
            return True
        producer, number = sent
        # An answer that cannot be had is none.
        with contextlib.suppress(OSError, RuntimeError):
            while (left := deadline - time.monotonic()) > 0:
                if self._arrived(producer, left) > number:
                    self._confirmed = sent
                    return True
                native.sleep(min(TICK, left))
        return False

    def close(self, timeout: float) -> None:
        """Send what there is, within `timeout` seconds, and stop the thread."""
        self._deadline = min(self._deadline, time.monotonic() + timeout)
        self._wake.put(None)
        if self._thread.ident is None:
            self._run()  # here: at exit no thread can be started
        else:
            self._thread.join(timeout + 1)

    def _run(self) -> None:
        # An interrupt while the thread starts may have it started once more.
        if self._is_running.acquire(blocking=False):
            self._deliver()

    def _deliver(self) -> None:
        import zmq

        # A context of its own: one that was made before a fork does not work after it.
        context = zmq.Context()
        socket = context.socket(zmq.PUSH)
        socket.setsockopt(zmq.SNDHWM, 32)
        try:
            socket.connect(self._connection.ingress)
            while self._deadline == math.inf:
                self._wait()
                self._send_all(socket)
            self._send_all(socket)
        except Exception:  # noqa: BLE001 - it would be printed under a cell; it belongs to the log
            _log.exception("the sender to %s has failed", self._connection.ingress)
        finally:
            socket.close(
                linger=max(
                    0, int(1000 * (min(self._deadline, time.monotonic() + 5) - time.monotonic()))
                )
            )
            context.term()

    def _wait(self) -> None:
        """Wait until somebody wakes the sender, or for a heartbeat."""
        with contextlib.suppress(Empty):
            self._wake.get(timeout=HEARTBEAT)
            while True:
                self._wake.get_nowait()

    def _send_all(self, socket: zmq.Socket[bytes]) -> None:
        while batches := self._source.take():
            for batch in batches:
                self._send(socket, encode_batch(batch, self._connection.token))
                self._sent = batch.producer, batch.number
            self._notify_flushed()
            if self._deadline == math.inf and not self._source.has_more:
                native.sleep(TICK)
        self._notify_flushed()

    def _notify_flushed(self) -> None:
        while self._waiting and self._source.is_past(self._waiting[0][0]):
            self._waiting.popleft()[1].put(None)

    def _send(self, socket: zmq.Socket[bytes], frames: list[Frame]) -> None:
        """Send one batch; wait while the relay does not read, but not beyond the deadline."""
        while not socket.poll(100, 2):  # zmq.POLLOUT
            if time.monotonic() > self._deadline:
                return
        # Large columns go without a copy; for small ones the book-keeping would cost more.
        socket.send_multipart(frames, copy=self._always_copies or len(frames[-1]) < 65_536)


def _close_at_exit(sender: Sender) -> None:
    """Send the last points when the process ends; a child of multiprocessing ends without running
    atexit.
    """
    atexit.register(sender.close, 2.0)
    if "multiprocessing.util" in sys.modules:
        sys.modules["multiprocessing.util"].Finalize(None, sender.close, (2.0,), exitpriority=10)
