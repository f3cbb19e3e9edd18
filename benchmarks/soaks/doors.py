"""R10 and R11: who is slow at the door, and who is let in."""

from __future__ import annotations

import contextlib
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from figures import Figure
from subject import Subject
from viewers import VIEW, PageClient

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))

from support.access_matrix import PORT, PROXY, TOKEN, Cell, cells
from support.raw_websocket import KEY

from zwsnb.protocol.messages import VERSION
from zwsnb.server.access import ALIVE
from zwsnb.server.doors.keys import Keys

# -- R10 -------------------------------------------------------------------------------------------

SLOW: Final = 200
HEAD: Final = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: " + b"x" * 4000
PATIENCE: Final = 60.0
"""Seconds that a peer is waited for which is not dropped."""


@dataclass
class Slow(threading.Thread):
    """Clients that send a header byte by byte: the seconds after which each was dropped."""

    port: int
    count: int
    dropped: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        """Connect all, and send a byte of each four times a second until all are dropped."""
        begin = time.monotonic()
        with selectors.DefaultSelector() as selector:
            for _ in range(self.count):
                sock = socket.create_connection(("127.0.0.1", self.port))
                selector.register(sock, selectors.EVENT_READ)
            at = 0
            while selector.get_map() and time.monotonic() < begin + PATIENCE:
                for key in list(selector.get_map().values()):
                    with contextlib.suppress(OSError):
                        key.fileobj.send(HEAD[at : at + 1])  # type: ignore[union-attr]  # a socket
                at += 1
                pause = time.monotonic() + 0.25
                while (left := pause - time.monotonic()) > 0 and selector.get_map():
                    for key, _ in selector.select(left):
                        if _has_ended(key.fileobj):  # type: ignore[arg-type]  # a socket
                            self.dropped.append(time.monotonic() - begin)
                            selector.unregister(key.fileobj).fileobj.close()  # type: ignore[union-attr]
            for key in list(selector.get_map().values()):
                self.dropped.append(PATIENCE)
                key.fileobj.close()  # type: ignore[union-attr]


def _has_ended(sock: socket.socket) -> bool:
    try:
        return sock.recv(4096) == b""
    except OSError:
        return True


class Silent(threading.Thread):
    """A viewer whose machine has gone: nothing comes of it, not even an end."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self._client = PageClient(url, VIEW)
        self._begin = time.monotonic()
        self.dropped = PATIENCE

    def run(self) -> None:
        """Note when the server gives it up."""
        sock = self._client.socket
        sock.settimeout(PATIENCE)
        with contextlib.suppress(OSError):
            while sock.recv(1 << 16):
                pass
        with sock:
            self.dropped = time.monotonic() - self._begin


def r10(*, minutes: float, quick: bool) -> list[Figure]:
    """R10: a half-open peer, and clients that send a header byte by byte."""
    del minutes
    with Subject() as subject:
        silent = Silent(subject.url)
        silent.start()
        slow = Slow(urlsplit(subject.url).port or 0, SLOW)
        slow.start()
        waits = _new_viewers(subject.url, slow.is_alive)
        slow.join()
        silent.join(0 if quick else PATIENCE)
    figures = [
        Figure("R10", f"{SLOW} clients that send a header byte by byte: the last is dropped after",
               max(slow.dropped), "s", goal=10),
        Figure("R10", "a new viewer is connected meanwhile after, at most", max(waits), "s", goal=1,
               note=f"of {len(waits)}"),
    ]  # fmt: skip
    if not quick:
        what = "a half-open peer is dropped after"
        figures.insert(0, Figure("R10", what, silent.dropped, "s", goal=45))
    return figures


def _new_viewers(url: str, goes_on: Callable[[], bool]) -> list[float]:
    """Connect viewers, one after the other; return the seconds until each has heard something."""
    waits = []
    while goes_on():
        begin = time.monotonic()
        viewer = PageClient(url, VIEW)
        with viewer.socket:
            viewer.take()
        waits.append(time.monotonic() - begin)
        time.sleep(0.2)
    return waits


# -- R11 -------------------------------------------------------------------------------------------

PAGES: Final = ("/", "/ws", "/stats")


def r11(*, minutes: float, quick: bool) -> list[Figure]:
    """R11: who is let in, through real sockets: each Host, Origin and token at page, socket and
    stats.
    """
    del minutes
    wrong, asked, let_in = [], 0, 0
    with Subject(hosts=["lab.example"], origins=["https://lab.example"]) as subject:
        port = urlsplit(subject.url).port or 0
        token = parse_qs(urlsplit(subject.url).query)["token"][0]
        _find_proxy(port, token)
        for number, cell in enumerate(cells()):
            if quick and number % 7:
                continue
            for path in PAGES:
                asked += 1
                answer = _ask(port, path, _here(cell, port, token))
                let_in += cell.verdict == "."
                if not _is_right(answer, path, is_let_in=cell.verdict == "."):
                    wrong.append(f"{path} {cell}: {answer[:60]!r}")
    note = f"{let_in} of them let in" + (f"; the first: {wrong[0]}" if wrong else "")
    what = (
        f"of {asked} requests, each a Host, an Origin and a token: answered otherwise than listed"
    )
    return [Figure("R11", what, len(wrong), "", goal=0, note=note)]


def _here(cell: Cell, port: int, token: str) -> Cell:
    """Return a cell of the table as it is at this port, with this token."""
    host, origin = (
        said and said.replace(f":{PORT}", f":{port}") for said in (cell.host, cell.origin)
    )
    return cell._replace(
        host=host, origin=origin, token=token if cell.token == TOKEN else cell.token
    )


def _find_proxy(port: int, token: str) -> None:
    """Have an output of ours be shown through the notebook's server of the table."""
    cell = Cell(PROXY, f"http://{PROXY}", None, ".")
    assert _ask(port, ALIVE, cell, ask=Keys(token).ask).startswith(b"HTTP/1.1 101")


def _ask(port: int, path: str, cell: Cell, **query: str) -> bytes:
    """Return all that is answered, to a WebSocket's request the first frame with it."""
    if cell.token is not None:
        query["token"] = cell.token
    said = {"Host": cell.host, "Origin": cell.origin}
    if path in {"/ws", ALIVE}:
        query["v"] = str(VERSION)
        said |= {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": KEY}
        said["Sec-WebSocket-Version"] = "13"
    lines = [f"{name}: {value}" for name, value in said.items() if value is not None]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
        head = [f"GET {path}?{urlencode(query)} HTTP/1.1", *lines, "", ""]
        sock.sendall("\r\n".join(head).encode())
        found = b""
        while more := sock.recv(1 << 16):
            found += more
            if found.startswith(b"HTTP/1.1 101") and not found.endswith(b"\r\n\r\n"):
                break
    return found


def _is_right(answer: bytes, path: str, *, is_let_in: bool) -> bool:
    """Return whether it is let in, or is told 403, and nothing behind that answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    if is_let_in:
        return head.startswith(b"HTTP/1.1 101" if path == "/ws" else b"HTTP/1.1 200") and bool(body)
    size = next(
        (
            int(line[16:])
            for line in head.splitlines()
            if line.lower().startswith(b"content-length:")
        ),
        -1,
    )
    return head.startswith(b"HTTP/1.1 403") and len(body) == size
