"""WebSockets that a client cannot stall, over gevent-websocket's upgrade and the frames of
`websockets`.

Whatever a client does, or leaves undone, has a bound in bytes and in seconds, and at the bound it
is the connection that goes. Everything that is written passes one lock, and what cannot be written
whole resets TCP, so that no frame ever stands inside another. All of it runs in the thread of its
hub, and reports to the log, because what is printed would appear under a notebook's cell.
"""

from __future__ import annotations

import contextlib
import math
import socket
import struct
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import gevent
from gevent.lock import BoundedSemaphore
from websockets.frames import Opcode
from websockets.protocol import SEND_EOF, State

from zwsnb.clients.page_socket import Closed
from zwsnb.relay.hub import yield_to_hub
from zwsnb.server.doors.frames import CLOSE_BYTE, PING, PONG_BYTE, frame_of
from zwsnb.server.doors.patience import Patience
from zwsnb.server.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gevent._types import _IoWatcher

_CHUNK: Final = 4096
"""Bytes of one read: what a client can make the hub parse in one go."""

_AT_ONCE: Final = 8
"""Messages of one client that are received before others have their turn: a page sends two or three
a frame, and one that sends hundreds shall not have them handled in one go.
"""

_MAX_CONTROL: Final = 16384
"""Bytes of pongs that wait for a blocked write."""

_EV_READ: Final = 1
"""The event of libev by which a socket has become readable."""

_RESET: Final = struct.pack("ii", 1, 0)
"""SO_LINGER: on, for 0 s. What is closed so is reset, and nothing is kept for it in the kernel."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may cost. Times are seconds, sizes are bytes."""

    message: int = 65536  # the size of one incoming message, its fragments together
    head: int = 16384  # the size of a request's headers
    connections: int = 512  # at one time, of who has a key; further ones are answered 503
    strangers: int = 32  # of who has not brought one yet; the oldest goes for a new one
    header: float = 8.0  # from the connection to the end of the request's headers
    write: float = 30.0  # for the kernel to take one message, or a `PIECE` of it
    ping: float = 20.0  # of silence before a ping
    pong: float = 24.0  # of silence after it, then the client is given up: 44 in all
    close: float = 1.0  # for the client to answer a close frame


class WebSocket:
    """One connection after its upgrade.

    One greenlet calls `receive` in a loop for as long as the connection is to live: this also
    answers pings, sends them, and sees the end. One greenlet, the same or another, calls `send`.
    Both belong to the hub's thread.
    """

    def __init__(self, sock: socket.socket, early: bytes, limits: Limits) -> None:
        """`sock` never blocks (its timeout is 0); `early` came with the request."""
        self.closed = False  # nothing more can be sent
        self.sent = 0  # bytes that the kernel has taken
        self._sock = sock
        self._early = early  # bytes that are received first
        self._limits = limits
        self._inbox = Inbox(limits.message)
        self._write_lock = BoundedSemaphore(1)
        self._control = b""  # pongs and pings that wait until a message is written
        # The last frame, or b"" where none is owed; None before the end. It is sent when what came
        # before it has been received.
        self._last_frame: bytes | None = None
        self._reason = ""  # why the connection was aborted
        self._close_deadline: gevent.Greenlet[..., None] | None = None  # aborts, unanswered
        self._keepalive: gevent.Greenlet[..., None] | None = None
        self._readable: _IoWatcher | None = None
        self._at_once = 0  # messages that were received since the others had their turn
        self._waiting_since = math.inf  # a time while `receive` waits for the client

    @property
    def close_code(self) -> int | None:
        """The close code that the client sent, or else that it was sent, or else 1006; None before
        the end.
        """
        close = self._inbox.close_rcvd or self._inbox.close_sent
        if close is not None:
            return int(close.code)
        return 1006 if self.closed else None

    @property
    def close_reason(self) -> str:
        """The reason that the client, or else the server, gave; empty when neither gave one."""
        close = self._inbox.close_rcvd or self._inbox.close_sent
        return (close.reason if close is not None else "") or self._reason

    def send(
        self,
        message: str | bytes | bytearray | memoryview,
        binary: bool | None = None,  # noqa: FBT001 - as gevent-websocket has it
        *,
        timeout: float | None = None,
    ) -> None:
        """Send text (str) or binary (anything else, in one piece), or what `binary` says; return
        when the kernel has taken all of it.

        Raises:
            Closed: the connection is closed, or the client takes nothing for `timeout` seconds
                (`Limits.write` if None): then the connection is reset at once.
        """
        if self.closed:
            raise Closed(self.close_reason or f"closed with code {self.close_code}")
        is_binary = not isinstance(message, str) if binary is None else binary
        frames = frame_of(Opcode.BINARY if is_binary else Opcode.TEXT, message)
        self._send_frames(*frames, seconds=self._limits.write if timeout is None else timeout)

    def send_texts(self, messages: Sequence[str]) -> None:
        """Send texts, each a message, in one piece; return and raise as `send`."""
        if self.closed:
            raise Closed(self.close_reason or f"closed with code {self.close_code}")
        frames = [piece for text in messages for piece in frame_of(Opcode.TEXT, text)]
        self._send_frames(b"".join(frames), seconds=self._limits.write)

    def receive(self) -> str | bytes | None:
        """Return the next message, or None when the connection has ended: then `close_code` says
        how.
        """
        messages = self._inbox.messages
        if messages:
            self._at_once += 1
            if self._at_once >= _AT_ONCE:
                yield_to_hub()
                self._at_once = 0
        while not messages:
            if self._last_frame is not None:
                self._close_socket(self._last_frame)
                return None
            self._at_once = 0
            self._handle_data(self._recv_data())
        return messages.popleft()

    def close(self, code: int = 1000, reason: str | bytes = "") -> None:
        """Send a close frame; `receive` ends when the client has answered, at the latest after
        `Limits.close`.

        A reason is cut to the 123 bytes that a frame holds. A second close does nothing.

        Raises:
            websockets.exceptions.ProtocolError: the code may not be sent (RFC 6455, 7.4).
        """
        if self.closed:
            return
        if self._inbox.state is not State.OPEN:  # the client has closed, and `receive` answers
            self.closed = True
            return
        said = reason.encode() if isinstance(reason, str) else reason
        self._inbox.send_close(code, said[:123].decode(errors="ignore"))
        # Before the write, which may wait: nothing may queue up behind a close frame.
        self.closed = True
        self._close_deadline = gevent.spawn_later(
            self._limits.close, self._abort, "the peer did not answer the close frame"
        )
        with contextlib.suppress(Closed):
            self._send_frames(b"".join(self._inbox.data_to_send()), seconds=self._limits.close)

    def finish(self, code: int = 1000) -> None:
        """Close, and wait for the client's answer or the deadline; what still comes is dropped."""
        self.close(code)
        while self.receive() is not None:
            pass

    def drop(self) -> None:
        """End the TCP connection at once. What has been written is sent still; who waits for the
        client, here and in `receive`, does so no more.
        """
        self.closed = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    # -- sending -----------------------------------------------------------------------------------

    def _send_frames(self, *frames: bytes | memoryview, seconds: float) -> None:
        """Send whole frames, in pieces, and then the control frames that have come up meanwhile, or
        reset the connection.
        """
        rest = deque(memoryview(piece) for piece in frames)
        try:
            if not self._write_lock.locked():
                self._send_now(rest)  # nearly always all of it
            if rest or self._control:
                self._send_rest(rest, seconds)
        except OSError as error:
            self._abort(str(error))
            raise Closed(str(error)) from error
        except BaseException:
            self._abort("a write was broken off")
            raise

    def _send_rest(self, rest: deque[memoryview], seconds: float) -> None:
        """Send what the kernel did not take at once; so long the peer may take no piece of it."""
        patience = Patience(seconds, lambda: self.sent)
        with patience.holding(self._write_lock):
            while rest or self._control:
                if not rest:
                    rest.append(memoryview(self._control))
                    self._control = b""
                self._send_now(rest)
                if rest:
                    patience.wait_write(self._sock.fileno())

    def _send_now(self, frames: deque[memoryview]) -> None:
        """Give the kernel what it takes at once, and leave the rest."""
        with contextlib.suppress(BlockingIOError):
            while frames:
                taken = self._sock.send(frames[0]) if frames[0] else 0
                self.sent += taken
                if rest := frames[0][taken:]:
                    frames[0] = rest
                    return
                frames.popleft()

    def _send_control(self, frames: bytes) -> None:
        """Send pongs or a ping, now or right behind the message that is being written."""
        if len(self._control) > _MAX_CONTROL:
            self._control = b""  # a pong answers every ping before it (RFC 6455, 5.5.3)
        self._control += frames
        if not self._write_lock.locked():
            with contextlib.suppress(Closed):  # `receive` sees the end
                self._send_frames(b"", seconds=self._limits.write)

    # -- receiving ---------------------------------------------------------------------------------

    def _recv_data(self) -> bytes:
        """Return what comes next, or b"" when nothing will.

        It waits before it reads, though something may be there: the other greenlets have their turn
        meanwhile.
        """
        early, self._early = self._early, b""
        if early:
            return early
        if self._keepalive is None:
            self._keepalive = gevent.spawn(self._keep_alive)
        self._waiting_since = time.monotonic()
        try:
            return self._recv()
        except OSError as error:
            self._reason = self._reason or str(error)
            return b""
        finally:
            self._waiting_since = math.inf

    def _recv(self) -> bytes:
        while True:
            self._wait_readable()
            with contextlib.suppress(BlockingIOError):  # the kernel may be mistaken
                return self._sock.recv(_CHUNK)

    def _wait_readable(self) -> None:
        # One watcher for all reads: a new one each time is three more calls of the kernel.
        if self._readable is None:
            self._readable = gevent.get_hub().loop.io(self._sock.fileno(), _EV_READ)
        gevent.get_hub().wait(self._readable)

    def _handle_data(self, data: bytes) -> None:
        """Parse what came: messages queue up, pongs are sent at once, the last frame waits."""
        inbox = self._inbox
        if inbox.try_take(data):
            return
        if data:
            inbox.receive_data(data)
        else:
            inbox.receive_eof()
        replies = inbox.data_to_send()
        if SEND_EOF in replies:
            self._last_frame = b"".join(frame for frame in replies if frame[:1] == CLOSE_BYTE)
        if pongs := b"".join(frame for frame in replies if frame[:1] == PONG_BYTE):
            self._send_control(pongs)
        inbox.events_received()  # which keeps them; `recv_frame` has handled each as it came

    # -- the end -----------------------------------------------------------------------------------

    def _keep_alive(self) -> None:
        """Send a silent client one ping, and abort the connection if it stays silent.

        A greenlet of its own, since a timeout for each read costs as much as the read, and a page
        sends something with every frame.
        """
        limits = self._limits
        while self._sock.fileno() >= 0:  # until the handler has given it back
            gevent.sleep(limits.ping - self._silence)
            if self._silence < limits.ping:
                continue
            if not self.closed:  # nothing may stand behind a close frame
                self._send_control(PING)
                with self._write_lock:  # it is sent, behind what a slow peer has to read before
                    pass
            pinged = time.monotonic()
            gevent.sleep(limits.pong)
            if self._waiting_since < pinged:
                self._abort(f"the peer was silent for {limits.ping + limits.pong:g} s")
                return

    @property
    def _silence(self) -> float:
        """Seconds for which `receive` has waited."""
        return max(0.0, time.monotonic() - self._waiting_since)

    def _close_socket(self, last_frame: bytes) -> None:
        """Send the last frame, if one is owed, and end the TCP connection in order."""
        self._last_frame = b""
        self.closed = True
        if last_frame:
            with contextlib.suppress(Closed):
                self._send_frames(last_frame, seconds=self._limits.close)
        for greenlet in (self._close_deadline, self._keepalive):
            if greenlet is not None:
                greenlet.kill(block=False)
        if self._readable is not None:
            self._readable.close()
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _abort(self, reason: str) -> None:
        """Reset the TCP connection, which wakes whoever waits for it. The handler gives the
        descriptor back.
        """
        self.closed = True
        self._reason = self._reason or reason
        with contextlib.suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self._sock.shutdown(socket.SHUT_RDWR)
