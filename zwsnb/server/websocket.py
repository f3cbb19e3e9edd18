"""WebSockets that a peer cannot stall, over gevent-websocket's upgrade and the frames of
`websockets`.

Whatever a peer does, or leaves undone, has a bound in bytes and in seconds, and at the bound it is
the connection that goes. Everything that is written passes one lock, and what cannot be written
whole resets TCP, so that no frame ever stands inside another. All of it runs in the thread of its
hub and says what it has to say to the log, because what is printed would appear under a notebook's
cell.
"""

from __future__ import annotations

import codecs
import contextlib
import logging
import math
import socket
import struct
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore
from gevent.socket import wait_write
from websockets.frames import Frame, Opcode
from websockets.protocol import SEND_EOF, Protocol, Side, State

_CHUNK = 4096  # bytes of one read: what a peer can make the hub parse in one go
_MOST_CONTROL = 16384  # bytes of pongs that wait for a blocked write
_PING = Frame(Opcode.PING, b"").serialize(mask=False)
_CLOSE_BYTE, _PONG_BYTE = b"\x88", b"\x8a"  # FIN and the opcode
_WHOLE_TEXT, _MASKED = 0x81, 0x80  # FIN and the opcode; the bit beside the length
_READ = 1  # libev's EV_READ
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: on, for 0 s

# What the libraries say goes nowhere: they would log every request, and its token with it.
SILENT = logging.Logger("silent", logging.CRITICAL + 1)  # noqa: LOG001  # outside the tree, where nobody turns it on
LOG = logging.getLogger("zwsnb")
LOG.addHandler(logging.NullHandler())  # without a handler Python prints warnings to stderr


@dataclass(frozen=True, slots=True)
class Limits:
    """What one peer may cost. Times are seconds, sizes are bytes."""

    message: int = 65536  # the size of one incoming message, its fragments together
    head: int = 16384  # the size of a request's headers
    connections: int = 512  # at one time; further ones are answered 503
    header: float = 8.0  # from the connection to the end of the request's headers
    write: float = 30.0  # for the kernel to take one message
    ping: float = 20.0  # of silence before a ping
    pong: float = 24.0  # of silence after it, then the peer is given up: 44 in all
    close: float = 1.0  # for the peer to answer a close frame


class Closed(ConnectionError):
    """The connection is closed: nothing more can be sent. Its text says why."""


class _Inbox(Protocol):
    """The parser of `websockets`, which here also decodes text as it comes and joins fragments to
    messages.
    """

    def __init__(self, max_size: int) -> None:
        super().__init__(Side.SERVER, state=State.OPEN, max_size=max_size, logger=SILENT)
        self.messages: deque[str | bytes] = deque()
        self.is_between = True  # frames and messages: the next byte begins both
        self._parts: list[Any] = []
        self._decode: Callable[[bytes, bool], str | bytes] = _as_it_is

    def has_taken(self, data: bytes) -> bool:
        """Take `data` when that is a message which needs no parser; False when it does."""
        text = _whole_text(data) if self.is_between else None
        if text is not None:
            self.messages.append(text)
        return text is not None

    def receive_data(self, data: bytes | bytearray) -> None:
        """Parse what the peer has sent."""
        self.is_between = False
        super().receive_data(data)

    def recv_frame(self, frame: Frame) -> None:
        """Take a frame. What is raised here fails the connection with the code that belongs to it."""
        if frame.opcode is Opcode.CLOSE:
            self.current_size = (
                None  # a close frame may stand between two fragments (RFC 6455, 5.4)
            )
        super().recv_frame(frame)
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            self._join(frame)
        self.is_between = self.state is State.OPEN and not self._parts and not self.reader.buffer

    def _join(self, frame: Frame) -> None:
        if frame.opcode is not Opcode.CONT:
            text = frame.opcode is Opcode.TEXT
            self._decode = codecs.getincrementaldecoder("utf-8")().decode if text else _as_it_is
            self._parts = ["" if text else b""]  # both the joint and the first part
        part = self._decode(bytes(frame.data), frame.fin)
        if part:  # fragments without content are free to send, and must be free to receive
            self._parts.append(part)
        if frame.fin:
            self.messages.append(self._parts[0].join(self._parts))
            self._parts = []


def _as_it_is(data: bytes, _final: bool) -> bytes:  # noqa: FBT001  # the signature of a decoder
    return data


def _whole_text(data: bytes) -> str | None:
    """Return the text of `data` when that is one short text frame from a client, and nothing else;
    else None.

    A page says nothing else 60 times a second, and the parser would take as long as all that the
    relay does with it.
    """
    n = len(data) - 6
    if not 0 < n < 126 or data[0] != _WHOLE_TEXT or data[1] != _MASKED | n:
        return None
    mask = data[2:6] * (n // 4 + 1)
    text = int.from_bytes(data[6:], "big") ^ int.from_bytes(mask[:n], "big")
    try:
        return text.to_bytes(n, "big").decode()
    except UnicodeDecodeError:
        return None


class WebSocket:
    """One connection after its upgrade.

    One greenlet calls `receive` in a loop for as long as the connection is to live: this also
    answers pings, sends them, and sees the end. One greenlet, the same or another, calls `send`.
    Both belong to the hub's thread.
    """

    def __init__(self, sock: Any, early: bytes, limits: Limits) -> None:
        """`sock` never blocks (its timeout is 0); `early` came with the request."""
        self.closed = False  # nothing more can be sent
        self._sock = sock
        self._early = early
        self._limits = limits
        self._inbox = _Inbox(limits.message)
        self._lock = BoundedSemaphore(1)
        self._control = b""  # pongs and pings that wait until a message is written
        # The last frame, or b"" where none is owed. It goes when what came before it has been
        # received.
        self._farewell: bytes | None = None
        self._why = ""
        self._reaper: Any = None
        self._watch: Any = None
        self._readable: Any = None
        self._waits_since = math.inf  # a time while `receive` waits for the peer

    @property
    def close_code(self) -> int | None:
        """The close code that the peer sent, or else that it was sent, or else 1006; None before
        the end.
        """
        seen = self._inbox.close_rcvd or self._inbox.close_sent
        if seen is not None:
            return int(seen.code)
        return 1006 if self.closed else None

    @property
    def close_reason(self) -> str:
        """What the peer, or else we, gave as the reason; empty when nobody gave one."""
        seen = self._inbox.close_rcvd or self._inbox.close_sent
        return (seen.reason if seen is not None else "") or self._why

    def send(
        self, message: str | bytes | bytearray | memoryview, timeout: float | None = None
    ) -> None:
        """Send text (str) or binary (anything else, in one piece); return when the kernel has taken
        all of it.

        Raises Closed when the connection is closed, or the peer takes nothing for `timeout` seconds
        (`Limits.write` if None): then it is reset at once.
        """
        if self.closed:
            raise Closed(self.close_reason or f"closed with code {self.close_code}")
        if isinstance(message, str):
            frame = Frame(Opcode.TEXT, message.encode())
        else:
            frame = Frame(Opcode.BINARY, memoryview(message).cast("B"))
        self._write(frame.serialize(mask=False), self._limits.write if timeout is None else timeout)

    def receive(self) -> str | bytes | None:
        """Return the next message, or None when the connection has ended: then `close_code` says
        how.
        """
        messages = self._inbox.messages
        while not messages:
            if self._farewell is not None:
                self._part(self._farewell)
                return None
            self._take(self._await())
        return messages.popleft()

    def close(self, code: int = 1000, reason: str = "") -> None:
        """Send a close frame; `receive` ends when the peer has answered, at the latest after
        `Limits.close`.

        A reason is cut to the 123 bytes that a frame holds. A second close does nothing. Raises
        `websockets.exceptions.ProtocolError` for a code that may not be sent (RFC 6455, 7.4).
        """
        if self.closed:
            return
        if self._inbox.state is not State.OPEN:  # the peer has closed, and the reader answers
            self.closed = True
            return
        self._inbox.send_close(code, reason.encode()[:123].decode(errors="ignore"))
        self.closed = (
            True  # before the write, which may wait: nothing may queue up behind a close frame
        )
        self._reaper = gevent.spawn_later(
            self._limits.close, self._drop, "the peer did not answer the close frame"
        )
        with contextlib.suppress(Closed):
            self._write(b"".join(self._inbox.data_to_send()), self._limits.close)

    def finish(self, code: int = 1000) -> None:
        """Close, and see the peer's answer or the deadline; what still arrives is thrown away."""
        self.close(code)
        while self.receive() is not None:
            pass

    def _write(self, frames: bytes, seconds: float) -> None:
        """Write whole frames and then the control frames that have come up meanwhile, or reset the
        connection.
        """
        try:
            rest = memoryview(frames)
            if not self._lock.locked():
                rest = self._push(rest)  # nearly always all of it
            if rest or self._control:
                self._write_patiently(rest, seconds)
        except OSError as error:
            self._drop(str(error))
            raise Closed(str(error)) from error
        except BaseException:
            self._drop("a write was broken off")
            raise

    def _write_patiently(self, rest: memoryview, seconds: float) -> None:
        with (
            gevent.Timeout(seconds, TimeoutError(f"the peer took nothing for {seconds:g} s")),
            self._lock,
        ):
            while rest or self._control:
                if not rest:
                    rest, self._control = memoryview(self._control), b""
                if rest := self._push(rest):
                    wait_write(self._sock.fileno())

    def _push(self, frames: memoryview) -> memoryview:
        """Give the kernel what it takes at once; return the rest."""
        try:
            return frames[self._sock.send(frames) :] if frames else frames
        except BlockingIOError:
            return frames

    def _answer(self, control: bytes) -> None:
        """Send pongs or a ping, now or right behind the message that is being written."""
        if len(self._control) > _MOST_CONTROL:
            self._control = b""  # a pong answers every ping before it (RFC 6455, 5.5.3)
        self._control += control
        if not self._lock.locked():
            with contextlib.suppress(Closed):  # the reader sees the end
                self._write(b"", self._limits.write)

    def _await(self) -> bytes:
        """Return what comes next, or b"" when nothing will.

        It waits before it reads, though something may be there: the others have their turn
        meanwhile.
        """
        early, self._early = self._early, b""
        if early:
            return early
        if self._watch is None:
            self._watch = gevent.spawn(self._watch_silence)
        self._waits_since = time.monotonic()
        try:
            return self._read()
        except OSError as error:
            self._why = self._why or str(error)
            return b""
        finally:
            self._waits_since = math.inf

    def _read(self) -> bytes:
        while True:
            self._until_readable()
            with contextlib.suppress(BlockingIOError):  # the kernel may be mistaken
                data: bytes = self._sock.recv(_CHUNK)
                return data

    def _until_readable(self) -> None:
        # One watcher for all reads: a new one each time is three more calls of the kernel.
        if self._readable is None:
            self._readable = gevent.get_hub().loop.io(self._sock.fileno(), _READ)
        gevent.get_hub().wait(self._readable)

    def _watch_silence(self) -> None:
        """Give a silent peer one ping, and one chance.

        A greenlet of its own, since a time-out for each read costs as much as the read, and a page
        says something with every frame.
        """
        limits = self._limits
        while self._sock.fileno() >= 0:  # until the handler has given it back
            gevent.sleep(limits.ping - self._silence)
            if self._silence < limits.ping:
                continue
            if not self.closed:  # behind a close frame stands nothing
                self._answer(_PING)
            asked = time.monotonic()
            gevent.sleep(limits.pong)
            if self._waits_since < asked:
                self._drop(f"the peer was silent for {limits.ping + limits.pong:g} s")
                return

    @property
    def _silence(self) -> float:
        """Seconds for which `receive` has waited."""
        return max(0.0, time.monotonic() - self._waits_since)

    def _take(self, data: bytes) -> None:
        """Parse what came: messages queue up, pongs go at once, the last frame waits for its turn."""
        inbox = self._inbox
        if inbox.has_taken(data):
            return
        if data:
            inbox.receive_data(data)
        else:
            inbox.receive_eof()
        replies = inbox.data_to_send()
        if SEND_EOF in replies:
            self._farewell = b"".join(frame for frame in replies if frame[:1] == _CLOSE_BYTE)
        if pongs := b"".join(frame for frame in replies if frame[:1] == _PONG_BYTE):
            self._answer(pongs)
        inbox.events_received()  # they have been seen as they came

    def _part(self, farewell: bytes) -> None:
        """Send the last frame, if one is owed, and end the TCP connection in order."""
        self._farewell = b""
        self.closed = True
        if farewell:
            with contextlib.suppress(Closed):
                self._write(farewell, self._limits.close)
        for greenlet in (self._reaper, self._watch):
            if greenlet is not None:
                greenlet.kill(block=False)
        if self._readable is not None:
            self._readable.close()
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def _drop(self, why: str) -> None:
        """Reset the TCP connection, which wakes whoever waits for it. The handler gives the
        descriptor back.
        """
        self.closed = True
        self._why = self._why or why
        with contextlib.suppress(OSError):
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self._sock.shutdown(socket.SHUT_RDWR)
