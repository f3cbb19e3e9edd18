"""Viewers without a screen: a process whose WebSockets take patches and acknowledge them at a given
pace, as pages do.

    python benchmarks/viewers.py URL '{"count": 100, "hz": 30, "seconds": 10, "view": {...}}'

prints one line when all are connected, and one with the account of each when the time is over.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from zwsnb.protocol.messages import VERSION
from zwsnb.protocol.patch import MAGIC

VIEW = {"type": "view", "width": 960, "mode": "follow", "window": 10, "paused": False}
_MASK = b"\0\0\0\0"  # a mask of zeros leaves the payload as it is, and is a mask all the same


class PageClient:
    """Takes whatever comes, and remembers the newest patch."""

    def __init__(self, url: str, view: dict[str, Any]) -> None:
        self._url = url
        self._view = view
        self.patches = self.bytes = 0
        self.times: list[float] = []
        self.connect()

    def connect(self) -> None:
        """Connect, once more where the relay has given this viewer up."""
        parts = urlsplit(self._url)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        self.newest = self.acknowledged = 0
        self._shake_hands(f"/ws?{parts.query}&v={VERSION}", parts.netloc)
        self.say(self._view)

    def _shake_hands(self, path: str, host: str) -> None:
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version: 13",
            "",
            "",
        ]
        self.socket.sendall("\r\n".join(lines).encode())
        while b"\r\n\r\n" not in self._buffer:
            self._buffer += self.socket.recv(4096)
        head, _, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        if b" 101 " not in head.splitlines()[0]:
            raise ConnectionError(head.decode())
        self._buffer = bytearray(rest)

    def say(self, message: dict[str, Any]) -> None:
        """Send one short text message."""
        payload = json.dumps(message).encode()
        size = (
            bytes([0x80 | len(payload)])
            if len(payload) < 126
            else b"\xfe" + len(payload).to_bytes(2, "big")
        )
        self.socket.sendall(b"\x81" + size + _MASK + payload)

    def acknowledge(self) -> None:
        """Say that the newest patch is painted."""
        if self.newest > self.acknowledged:
            self.acknowledged = self.newest
            self.say({"type": "ack", "patch": self.newest})

    def take(self) -> None:
        """Take what has come."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError("the relay has closed the connection")
        self.bytes += len(data)
        self._buffer += data
        while (frame := self._frame()) is not None:
            if frame[:4] == MAGIC:
                self.newest = int.from_bytes(frame[4:8], "little")
                self.patches += 1
                self.times.append(time.time())

    def _frame(self) -> bytes | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, begin = buffer[1], 2
        if size == 126:
            size, begin = int.from_bytes(buffer[2:4], "big"), 4
        elif size == 127:
            size, begin = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < begin + size:
            return None
        frame = bytes(buffer[begin : begin + size])
        del buffer[: begin + size]
        return frame

    def account(self) -> dict[str, Any]:
        """Return what came, and when."""
        return {"patches": self.patches, "bytes": self.bytes, "times": self.times}


def run(
    url: str,
    count: int,
    hz: float,
    seconds: float,
    view: dict[str, Any],
    *,
    reconnects: bool = False,
) -> None:
    """Run `count` viewers, their acknowledgements spread evenly over the time between two."""
    viewers = [PageClient(url, view) for _ in range(count)]
    selector = selectors.DefaultSelector()
    for viewer in viewers:
        selector.register(viewer.socket, selectors.EVENT_READ, viewer)
    print(json.dumps({"connected": count}), flush=True)
    step, due, turn = 1 / hz / count, time.perf_counter(), 0
    end = due + seconds
    while (now := time.perf_counter()) < end:
        try:
            while due <= now:
                viewer = viewers[turn]
                turn = (turn + 1) % count
                due += step
                viewer.acknowledge()
            for key, _ in selector.select(max(0.0, min(due - now, 0.005))):
                viewer = key.data
                viewer.take()
        except ConnectionError:
            if not reconnects:
                raise
            selector.unregister(viewer.socket)
            viewer.socket.close()
            viewer.connect()
            selector.register(viewer.socket, selectors.EVENT_READ, viewer)
    print(json.dumps([viewer.account() for viewer in viewers]), flush=True)


class Viewers:
    """That process, from outside."""

    def __init__(
        self,
        url: str,
        count: int,
        seconds: float,
        hz: float = 30,
        *,
        reconnects: bool = False,
        **view: Any,
    ) -> None:
        options = {
            "count": count,
            "hz": hz,
            "seconds": seconds,
            "view": VIEW | view,
            "reconnects": reconnects,
        }
        self._command = [sys.executable, str(Path(__file__)), url, json.dumps(options)]

    def __enter__(self) -> Self:
        self._child = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        self.pid = self._child.pid
        assert self._child.stdout is not None
        if not self._child.stdout.readline():
            raise RuntimeError("the viewers could not connect: the error is above")
        return self

    def accounts(self) -> list[dict[str, Any]]:
        """Wait for the end, and return the account of each viewer."""
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError("the viewers have failed: the error is above")
        found: list[dict[str, Any]] = json.loads(line)
        return found

    def stop(self, number: int) -> None:
        """Send the process a signal."""
        os.kill(self.pid, number)

    def __exit__(self, *_: object) -> None:
        self._child.terminate()
        self._child.wait()


def gaps(accounts: list[dict[str, Any]]) -> list[float]:
    """Return the seconds between patches, of all viewers."""
    return [after - before for account in accounts for before, after in pairwise(account["times"])]


if __name__ == "__main__":
    run(sys.argv[1], **json.loads(sys.argv[2]))
