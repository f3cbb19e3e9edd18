"""R7 and R8: bytes that are no messages, at every way in."""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import os
import random
import select
import socket
import statistics
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import accounts
import psutil
import zmq
from feed import start_feed, stop_feed
from figures import Figure
from opening import hold
from subject import Subject
from viewers import VIEW, PageClient, Viewers

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "tests"))

from support import zmtp_peer
from support.fuzzing.page import GOOD_MESSAGES, read_message
from support.fuzzing.wire import GOOD_BATCHES, GOOD_POINTS, PRODUCER, read_point, read_producer
from support.malformed_frames import malformed
from support.raw_websocket import TEXT, frame
from support.vectors import mutated, point_message, table

from zwsnb.delivery.doors import unlock
from zwsnb.protocol.batch import body_in, header_in
from zwsnb.protocol.messages import InvalidMessage

WAYS: Final = {"ingress": "tcp://127.0.0.1:*", "listen": ["tcp://127.0.0.1:*"]}

# -- in the measured process -----------------------------------------------------------------------

_lines: list[str] = []
_printed: list[Any] = []


def listen() -> dict[str, Any]:
    """Hear from now on what is printed and logged; return the ways in."""
    import zwsnb

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            _lines.append(record.getMessage())

    logging.getLogger("zwsnb").addHandler(Lines())
    _printed.append(tempfile.TemporaryFile())  # noqa: SIM115 - for as long as this process lives
    sys.stderr.flush()
    os.dup2(_printed[0].fileno(), sys.stderr.fileno())
    stats = zwsnb.stats()
    return {"listen": stats["listening"][0], "ingress": stats["ingress"]}


def heard() -> dict[str, Any]:
    """Return what was printed and logged, and the state of the service."""
    import zwsnb

    sys.stderr.flush()
    return {
        "lines": len(_lines),
        "printed": os.fstat(_printed[0].fileno()).st_size,
        "stats": zwsnb.stats(),
    }


# -- R7 --------------------------------------------------------------------------------------------

FRAMES: Final = 100_000
"""Of WebSockets, and as many messages of ZeroMQ."""

AT_ONCE: Final = 10
"""Frames of a connection that is ended by the first of them."""

POOL: Final = 1000
"""Of each kind; they are sent again and again."""

CONNECTIONS: Final = 2000
"""With bytes that are no ZeroMQ."""


@dataclass
class Attack:
    """What is sent to a service, by kind."""

    url: str
    ways: dict[str, Any]
    token: str
    dice: random.Random

    def websocket_frames(self, count: int) -> None:
        """Send frames that break the protocol, some for each connection."""
        for _ in range(count // AT_ONCE):
            with self._page() as page, contextlib.suppress(OSError):
                page.socket.settimeout(10)
                page.socket.sendall(b"".join(malformed(self.dice) for _ in range(AT_ONCE)))
                page.socket.shutdown(socket.SHUT_WR)
                while page.socket.recv(1 << 16):
                    pass

    def page_messages(self, count: int) -> None:
        """Send frames that are none of a page's messages."""
        good = [json.dumps(each).encode() for each in GOOD_MESSAGES]
        pool = [frame(TEXT, each) for each in _refused(good, read_message, self.dice, is_text=True)]
        with self._page() as page:
            for _ in range(count // 100):
                page.socket.sendall(b"".join(self.dice.choices(pool, k=100)))
                while select.select([page.socket], [], [], 0)[0]:
                    page.take()
                page.acknowledge()

    @contextlib.contextmanager
    def _page(self) -> Iterator[PageClient]:
        page = PageClient(f"{self.url}&plot=attacked", VIEW)
        with page.socket:
            yield page

    def batches(self, count: int) -> None:
        """Send messages that are no batches, as a publisher that has the token."""
        bodies = _refused_batches(self.dice)
        numbers = dict.fromkeys((f"attacker {i}" for i in range(1000)), 0)
        with _socket(zmq.DEALER) as sock:
            unlock(sock, self.ways["ingress"], self.token)
            sock.connect(self.ways["ingress"])
            for producer in itertools.islice(itertools.cycle(numbers), count):
                header, *columns = self.dice.choice(bodies)
                said = json.loads(header)
                said |= {"token": self.token, "producer": producer, "batch": numbers[producer]}
                numbers[producer] += 1
                first = json.dumps(said).encode()
                if self.dice.random() < 0.3:
                    first, numbers[producer] = mutated(first, self.dice), numbers[producer] - 1
                    first = first if _is_no_header(first) else b"{"
                sock.send_multipart([first, *columns])
                while sock.poll(0):
                    sock.recv_multipart()

    def points(self, count: int) -> None:
        """Send messages that are no points, as a plain program."""
        pool = _refused(GOOD_POINTS, read_point, self.dice)
        pool += [point_message(each.values[0]) for each in table("points", good=False)] * 20
        with _socket(zmq.PUB) as sock:
            sock.connect(self.ways["listen"])
            time.sleep(1)  # for the subscription
            for _ in range(count):
                sock.send_multipart(self.dice.choices(pool, k=self.dice.choice((1, 1, 2))))

    def noise(self, connections: int) -> None:
        """Send bytes that are no ZeroMQ, to all ports."""
        pool = _refused([PRODUCER, zmtp_peer.HELLO], read_producer, self.dice)
        ports = itertools.cycle([self.ways["ingress"], self.ways["listen"], self.url])
        for way in map(urlsplit, itertools.islice(ports, connections)):
            with socket.create_connection((way.hostname or "", way.port or 0)) as sock:
                sock.settimeout(0.02)
                with contextlib.suppress(OSError):
                    sock.sendall(self.dice.choice(pool))
                    sock.shutdown(socket.SHUT_WR)
                    while sock.recv(4096):
                        pass

    def all(self, scale: float) -> None:
        """Send all of it, so much of it."""
        self.websocket_frames(round(FRAMES / 2 * scale))
        self.page_messages(round(FRAMES / 2 * scale))
        self.batches(round(FRAMES / 2 * scale))
        self.points(round((FRAMES / 2 - CONNECTIONS) * scale))
        self.noise(round(CONNECTIONS * scale))


@contextlib.contextmanager
def _socket(kind: int) -> Iterator[zmq.Socket[bytes]]:
    with zmq.Context() as context, context.socket(kind) as sock:
        sock.sndhwm, sock.linger = 0, 10_000
        yield sock


def _refused(
    good: Sequence[bytes],
    read: Callable[[bytes], object],
    dice: random.Random,
    *,
    is_text: bool = False,
) -> list[bytes]:
    """Return messages that are nearly good, and refused all the same."""
    found: list[bytes] = []
    while len(found) < POOL:
        data = mutated(dice.choice(good), dice)
        data = data.decode(errors="replace").encode() if is_text else data
        try:
            read(data)
        except InvalidMessage:
            found.append(data)
    return found


def _refused_batches(dice: random.Random) -> list[list[bytes]]:
    """Return batches that are refused for what is behind their headers, or is missing there."""
    found: list[list[bytes]] = []
    while len(found) < POOL:
        header, *columns = dice.choice(GOOD_BATCHES)
        frames = [header, *(mutated(each, dice) for each in columns)][: dice.randint(1, 3)]
        said = json.loads(frames[0])
        said[dice.choice(("kind", "plot", "series", "options", "bins"))] = dice.choice(
            (None, [], {}, 10**400, "\0", "n" * 300)
        )
        frames[0] = json.dumps(said).encode()
        try:
            body_in(header_in(frames), frames)
        except InvalidMessage:
            found.append(frames)
    return found


def _is_no_header(first: bytes) -> bool:
    try:
        header_in([first])
    except InvalidMessage:
        return True
    return False


def r7(*, minutes: float, quick: bool) -> list[Figure]:
    """R7: malformed frames and messages at every way in, and a good viewer beside them."""
    del minutes
    scale = 0.02 if quick else 1.0
    with Subject(memory="32 MB", **WAYS) as subject:
        relay = psutil.Process(subject.relay)
        attack = _attack_on(subject)
        subject.ask(hold, points=3_000_000)  # all that the history may have
        subject.ask(start_feed, rate=1000, window=10)
        with Viewers(subject.url, 1, 600):
            attack.all(min(scale, 0.3))  # what is made once has been made then
            time.sleep(2)
            begin, before = time.monotonic(), subject.ask(heard)
            memory, files = relay.memory_info().rss, relay.num_fds()
            attack.all(scale)
            time.sleep(2)
            grown, more = relay.memory_info().rss - memory, relay.num_fds() - files
            seconds, after = time.monotonic() - begin, subject.ask(heard)
        published = subject.ask(stop_feed)
        end = subject.ask(heard)
    for found in (before, after, end):
        accounts.check(found["stats"])
    return [
        Figure(
            "R7", f"errors of zwsnb's own at {2 * FRAMES * scale:,.0f} malformed messages",
            after["stats"]["counts"].get("errors", 0), "", goal=0,
            note=f"in {seconds:.0f} s; refused {_refusals(before, after):,}",
        ),
        Figure("R7", "bytes printed in the process of the cells", end["printed"], "B", goal=0),
        Figure(
            "R7", "lines in the log", (after["lines"] - before["lines"]) / seconds, "/s", goal=1
        ),
        Figure("R7", "memory gained", abs(grown) / 1e6, "MB", goal=10),
        Figure("R7", "descriptors more than before", max(0, more), "", goal=0),
        Figure(
            "R7", "points that a good viewer missed meanwhile", _missed(before, after), "", goal=0,
            note=f"of {published:,}",
        ),
    ]  # fmt: skip


def _attack_on(subject: Subject) -> Attack:
    token = parse_qs(urlsplit(subject.url).query)["token"][0]
    return Attack(subject.url, subject.ask(listen), token, random.Random(7))


def _refusals(before: dict[str, Any], after: dict[str, Any]) -> int:
    totals = [
        sum(found["stats"]["counts"].get("refused", {}).values()) for found in (before, after)
    ]
    return int(totals[1] - totals[0])


def _missed(before: dict[str, Any], after: dict[str, Any]) -> int:
    """Return the points that were dropped on their way to the good viewer."""
    was, now = (found["stats"]["plots"]["plot"]["viewers"] for found in (before, after))
    if len(was) != 1 or len(now) != 1:
        raise RuntimeError("the good viewer has lost its connection")
    dropped: int = now[0]["dropped"] - was[0]["dropped"]
    return dropped


# -- R8 --------------------------------------------------------------------------------------------

CLAIM: Final = struct.pack("!Q", 2**63 - 1)
CURVE: Final = zmtp_peer.HELLO[:12] + b"CURVE".ljust(20, b"\0") + bytes(32)


def r8(*, minutes: float, quick: bool) -> list[Figure]:
    """R8: a frame that claims 2^63-1 bytes, at every way in."""
    del minutes
    times = 3 if quick else 15
    with Subject(**WAYS) as subject:
        relay = psutil.Process(subject.relay)
        attack = _attack_on(subject)
        ways = {
            "the page's port": (_upgraded(attack), b"\x82\xff" + CLAIM + bytes(4)),
            "--listen": (_connected(attack.ways["listen"]), zmtp_peer.HELLO + b"\x02" + CLAIM),
            "the publishers' way in": (_connected(attack.ways["ingress"]), CURVE + b"\x06" + CLAIM),
        }
        figures = []
        for name, (connect, data) in ways.items():
            _seconds_until_gone(connect(), data)  # what is made once has been made then
            before = relay.memory_info().vms
            gone = [_seconds_until_gone(connect(), data) for _ in range(times)]
            grown = relay.memory_info().vms - before
            figures += [
                Figure(
                    "R8", f"a frame of 2^63-1 bytes at {name}: gone after",
                    1000 * statistics.median(gone), "ms", goal=100,
                    note=f"the median of {times}, at most {1000 * max(gone):.0f}",
                ),
                Figure("R8", "address space gained", max(0, grown) / 1e6, "MB", goal=2),
            ]  # fmt: skip
        accounts.check(subject.ask(heard)["stats"])
    return figures


def _upgraded(attack: Attack) -> Callable[[], socket.socket]:
    return lambda: PageClient(attack.url, VIEW).socket


def _connected(address: str) -> Callable[[], socket.socket]:
    way = urlsplit(address)
    return lambda: socket.create_connection((way.hostname or "", way.port or 0))


def _seconds_until_gone(sock: socket.socket, data: bytes) -> float:
    """Send data, and wait until the other side has ended the connection."""
    with sock:
        sock.settimeout(10)
        begin = time.monotonic()
        with contextlib.suppress(ConnectionError):
            sock.sendall(data)
            while sock.recv(1 << 16):
                pass
        return time.monotonic() - begin
