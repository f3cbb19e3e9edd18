"""A line between two programs that does what lines do: it delays, cuts, slices, resets, stops, and
is narrow. What it does follows from a number, so that a fault comes again.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

PORTION: Final = 65_536
"""Bytes that are carried at once, where nothing else is said."""

Fault: TypeAlias = Literal["delay", "narrow", "slice", "stop", "cut", "reset"]
FAULTS: Final[tuple[Fault, ...]] = ("delay", "narrow", "slice", "stop", "cut", "reset")


@dataclass(frozen=True)
class State:
    """How the line carries: seconds of delay, bytes a second, bytes at once, and whether at all."""

    delay: float = 0.0
    rate: float = float("inf")
    portion: int = PORTION
    is_stopped: bool = False


WHOLE: Final = State()


class Line:
    """A TCP proxy to `port` of this machine, in a thread of its own; its own port is ``port``."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._state = WHOLE
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def close(self) -> None:
        """End it, and every connection by it."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        assert not self._thread.is_alive()

    # -- for other threads -------------------------------------------------------------------------

    def heal(self) -> None:
        """Carry everything, at once."""
        self._call(self._set, WHOLE)

    def break_(self, fault: Fault, chance: random.Random) -> None:
        """Begin to fail in this way; how much is up to `chance`."""
        states: dict[str, State] = {
            "delay": State(delay=chance.uniform(0.01, 0.3)),
            "narrow": State(rate=chance.uniform(5e4, 1e6)),
            "slice": State(portion=chance.randint(1, 64)),
            "stop": State(is_stopped=True),
        }
        if fault in states:
            self._call(self._set, states[fault])
        else:
            self._call(self._drop, fault == "reset")

    def _call(self, function: Callable[..., None], *args: Any) -> None:
        done = threading.Event()

        def call() -> None:
            function(*args)
            done.set()

        self._loop.call_soon_threadsafe(call)
        assert done.wait(10)

    # -- in its own thread -------------------------------------------------------------------------

    async def _serve(self) -> None:
        self._loop, self._end, self._changed = (
            asyncio.get_running_loop(),
            asyncio.Event(),
            asyncio.Event(),
        )
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        async with server:
            await self._end.wait()
            self._drop(is_reset=True)

    def _set(self, state: State) -> None:
        self._state = state
        self._changed.set()
        self._changed = asyncio.Event()

    def _drop(self, is_reset: bool) -> None:
        """End every connection: by a FIN, or by a RST, which takes what was on its way."""
        for writer in [each for pair in self._pairs for each in pair]:
            if is_reset and not writer.transport.is_closing():
                its = writer.get_extra_info("socket")
                its.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            else:
                writer.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.close()
            return
        pair = (writer, back)
        self._pairs.add(pair)
        try:
            await asyncio.gather(self._carry(reader, back), self._carry(there, writer))
        finally:
            self._pairs.discard(pair)
            for each in pair:
                each.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while taken := await reader.read(PORTION):
                await self._give(taken, writer)
        writer.close()

    async def _give(self, taken: bytes, writer: asyncio.StreamWriter) -> None:
        if delay := self._state.delay:
            await asyncio.sleep(delay)
        while taken:
            while self._state.is_stopped:
                await self._changed.wait()
            state = self._state
            portion, taken = taken[: state.portion], taken[state.portion :]
            writer.write(portion)
            await writer.drain()
            if state.portion < PORTION:
                await asyncio.sleep(0)
            await asyncio.sleep(len(portion) / state.rate)


@contextlib.contextmanager
def line(port: int) -> Iterator[Line]:
    """A line to a port of this machine."""
    made = Line(port)
    try:
        yield made
    finally:
        made.close()
