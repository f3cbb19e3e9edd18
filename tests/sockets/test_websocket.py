"""The WebSocket from outside: raw sockets in the test's thread against servers in a hub's own
thread.
"""

from __future__ import annotations

import contextlib
import logging
import random
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from support import autobahn
from support.autobahn import FAILED, assert_conforms
from support.malformed_frames import malformed
from support.raw_websocket import (
    BIG,
    BINARY,
    CLOSE,
    CONT,
    PATIENCE,
    PING,
    PONG,
    TEXT,
    Peer,
    Servers,
    begin_to_read,
    closing,
    code_of,
    connect,
    descriptors,
    frame,
    pair,
    part,
    until,
)

from zwsnb.clients.page_socket import Closed
from zwsnb.server.websocket import Limits, WebSocket

STATUS = Path("/proc/self/status")


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    running = Servers()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def silence(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing is ever printed: it would appear in a notebook's cell."""
    yield
    assert capfd.readouterr() == ("", "")


# -- conformance -----------------------------------------------------------------------------------

CASES = [pytest.param(*case[1:], id=name) for name, case in autobahn.cases().items()]


@pytest.mark.parametrize(("pieces", "expected"), CASES)
def test_conformance(servers: Servers, pieces: list[bytes], expected: list[Any]) -> None:
    with connect(servers.port("roomy")) as peer:
        assert_conforms(peer, pieces, expected)


def test_a_mask_is_taken_off(servers: Servers) -> None:
    with connect(servers.port("usual")) as peer:
        masked = bytes(byte ^ b"\x01\x02\x03\x04"[i % 4] for i, byte in enumerate(b"Hello"))
        peer.send(b"\x81\x85\x01\x02\x03\x04" + masked)
        assert peer.frame() == (TEXT, b"Hello")


def test_an_application_may_set_a_deadline_around_receive(servers: Servers) -> None:
    with connect(servers.port("usual"), "/timed/out") as peer:
        until(lambda: servers.notes["out"])
        peer.ask(b"nothing is lost")
    assert servers.notes["out"] == [True]


# -- limits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [65537, 2**31, 2**63 - 1, 2**63, 2**64 - 1])
@pytest.mark.parametrize("opcode", [TEXT, BINARY, PING])
def test_a_frame_that_claims_too_much_costs_the_connection_and_no_memory(
    servers: Servers, opcode: int, size: int
) -> None:
    with connect(servers.port("usual")) as peer:
        peer.ask(b"warm")
        before, start = address_space(), time.perf_counter()
        peer.send(bytes([0x80 | opcode, 0xFF]) + struct.pack("!Q", size) + bytes(4))
        assert [code_of(answer) for answer in peer.frames()] == [("close", 1009)]
        assert time.perf_counter() - start < 0.1
        assert address_space() - before < 2 << 20


def address_space() -> int:
    """The bytes of this process's address space, or 0 where the system does not tell."""
    if not STATUS.exists():
        return 0
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmSize"))
    return int(line.split()[1]) * 1024


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([frame(TEXT, b"x" * 65536)], (TEXT, b"x" * 65536)),
        ([frame(TEXT, b"x" * 65537)], ("close", 1009)),
        ([part(TEXT, b"x" * 40000), frame(CONT, b"x" * 25536)], (TEXT, b"x" * 65536)),
        ([part(TEXT, b"x" * 40000), frame(CONT, b"x" * 25537)], ("close", 1009)),
        ([part(TEXT, b"")] + [part(CONT, b"")] * 1000 + [frame(CONT, b"x")], (TEXT, b"x")),
        ([frame(TEXT, b"x", mask=False)], FAILED),
        ([frame(PING, mask=False)], FAILED),
    ],
)
def test_messages_have_a_size_and_frames_a_mask(
    servers: Servers, pieces: list[bytes], expected: Any
) -> None:
    with connect(servers.port("usual")) as peer:
        peer.send(*pieces)
        answer = peer.frame()
        assert answer is not None
        assert code_of(answer) == expected


def test_a_peer_that_does_not_answer_a_ping_is_dropped(servers: Servers) -> None:
    start = time.monotonic()
    with connect(servers.port("hasty"), "/drain/half-open") as peer:
        assert peer.frames() == [(PING, b"")]
        assert 0.25 < time.monotonic() - start < 1
    until(lambda: servers.notes["half-open"])
    assert servers.notes["half-open"] == [(1006, "the peer was silent for 0.3 s")]


def test_the_deadline_of_a_write_is_none_for_a_read(servers: Servers) -> None:
    with connect(servers.port("curt")) as peer:
        assert peer.frame() == (PING, b"")  # after 0.2 s, when a write has 0.05
        peer.ask(b"still here")


def test_a_peer_that_answers_pings_stays(servers: Servers) -> None:
    with connect(servers.port("hasty")) as peer:
        for _ in range(4):  # 0.6 s, twice what a silent one is given
            assert peer.frame() == (PING, b"")
            peer.send(frame(PONG))
        peer.ask(b"still here")


def test_a_peer_that_reads_nothing_is_dropped_and_delays_nobody(servers: Servers) -> None:
    with (
        connect(servers.port("hasty"), "/stall/reader", buffer=4096) as peer,
        connect(servers.port("hasty")) as viewer,
    ):
        start = time.monotonic()
        while not servers.notes["reader"]:
            viewer.ask(b"%f" % time.monotonic())
            assert time.monotonic() - start < PATIENCE
        until(lambda: len(servers.by_kind["hasty"].sockets) == 1)
        with pytest.raises(ConnectionResetError):  # and nothing is kept for it in the kernel
            peer._file.read()
    assert servers.notes["reader"] == [("the peer took next to nothing for 0.3 s", True)]


def test_a_peer_that_reads_slowly_is_not_dropped(servers: Servers) -> None:
    with connect(servers.port("curt"), "/big/slow", buffer=65536) as peer:
        answers = peer.sipped(BIG + 10, seconds=1.0)  # a write has 0.05
    assert answers == b"\x82\x7f" + struct.pack("!Q", BIG) + b"a" * BIG


def test_a_ping_behind_a_long_message_has_its_time_when_it_is_sent(servers: Servers) -> None:
    with connect(servers.port("hasty"), "/big/pinged", buffer=65536) as peer:
        # A silent one has 0.3 s, and this is one for a second.
        assert len(peer.sipped(BIG + 10, seconds=1.0)) == BIG + 10
        assert peer.frame() == (PING, b"")


# -- one writer ------------------------------------------------------------------------------------


def test_a_pong_waits_for_the_message_that_is_being_written(servers: Servers) -> None:
    with connect(servers.port("usual"), "/big/pong", buffer=65536) as peer:
        begin_to_read(peer)
        peer.send(frame(PING, b"now"), frame(TEXT, b"mark"))
        until(
            lambda: servers.notes["pong"] == ["mark"]
        )  # so the ping was read, and the message is not yet written
        assert letters(peer, 4) == [
            (BINARY, b"a", BIG),
            (PONG, b"now"),
            (BINARY, b"b", BIG),
            (BINARY, b"c", BIG),
        ]


def test_a_flood_of_pings_takes_little_memory_and_the_newest_is_answered(servers: Servers) -> None:
    with connect(servers.port("usual"), "/big/flood", buffer=65536) as peer:
        begin_to_read(peer)
        (ws,) = servers.by_kind["usual"].sockets
        peer.send(b"".join(frame(PING, b"%0125d" % i) for i in range(2000)), frame(TEXT, b"mark"))
        until(lambda: servers.notes["flood"] == ["mark"])
        assert len(ws._control) < 24_000
        answers = letters(peer, 4)
        while answers[-1][0] == PONG or answers[-1][1] != b"c":
            answers += letters(peer, 1)
    assert [answer for answer in answers if answer[0] == BINARY] == [
        (BINARY, letter, BIG) for letter in (b"a", b"b", b"c")
    ]
    assert [answer for answer in answers if answer[0] == PONG][-1] == (PONG, b"%0125d" % 1999)


def letters(peer: Peer, count: int) -> list[tuple[Any, ...]]:
    """The next frames, long ones as their one letter and their size."""
    answers: list[tuple[Any, ...]] = []
    for _ in range(count):
        answer = peer.frame()
        assert answer is not None
        opcode, payload = answer
        if opcode == BINARY:
            assert payload == payload[:1] * len(payload)
            answers.append((opcode, payload[:1], len(payload)))
        else:
            answers.append(answer)
    return answers


def test_a_close_behind_a_blocked_write_resets_and_cuts_no_frame_open(servers: Servers) -> None:
    with connect(servers.port("hasty"), "/big/cut", buffer=4096) as peer:
        begin_to_read(peer)
        (ws,) = servers.by_kind["hasty"].sockets
        servers.loop.run_callback_threadsafe(gevent.spawn, ws.close, 4000, "over")
        until(lambda: not servers.by_kind["hasty"].sockets)
        received = b"".join(pieces(peer))
        assert received.startswith(b"\x82\x7f" + struct.pack("!Q", BIG) + b"a")
        assert set(received[10:]) == set(b"a")


def pieces(peer: Peer) -> Iterator[bytes]:
    """What came before the connection was reset: behind it, each read gives one packet."""
    with contextlib.suppress(ConnectionError):
        while piece := peer._file.read1(BIG):
            yield piece


def test_nothing_is_written_behind_a_close_frame(servers: Servers) -> None:
    with connect(servers.port("usual"), "/big/last", buffer=65536) as peer:
        begin_to_read(peer)
        (ws,) = servers.by_kind["usual"].sockets
        servers.loop.run_callback_threadsafe(gevent.spawn, ws.close, 4000, "over")
        until(lambda: ws.closed)
        assert letters(peer, 2) == [(BINARY, b"a", BIG), (CLOSE, struct.pack("!H", 4000) + b"over")]
        peer.send(closing(4000))
        assert peer.frames() == []
    until(lambda: not servers.by_kind["usual"].sockets)
    assert servers.notes["last"] == []


def test_a_reader_that_always_finds_something_lets_the_others_run() -> None:
    pongs = frame(PONG) * 10_000  # which nobody answers
    turns = 0

    def other() -> None:
        nonlocal turns
        while not reader.dead:
            turns += 1
            gevent.sleep(
                1e-6
            )  # a timer: it is the loop that has to come round, not only its callbacks

    with pair() as (ours, theirs):
        theirs.sendall(pongs)
        theirs.shutdown(socket.SHUT_WR)
        reader = gevent.spawn(WebSocket(ours, b"", Limits()).receive)
        others = gevent.spawn(other)
        gevent.joinall((reader, others), timeout=10)
        assert reader.dead
    assert turns > 10


def test_what_comes_with_the_request_is_read_first() -> None:
    with pair() as (ours, theirs):
        ws = WebSocket(ours, frame(TEXT, b"early") + b"\x81", Limits())
        theirs.sendall(frame(TEXT, b"late")[1:])
        assert [ws.receive(), ws.receive()] == ["early", "late"]


def test_a_wakeup_for_nothing_is_not_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pair() as (ours, theirs):
        ws = WebSocket(ours, b"", Limits())
        calls = 0

        def wait() -> None:
            nonlocal calls
            calls += 1
            if calls == 3:
                theirs.sendall(frame(TEXT, b"x"))

        monkeypatch.setattr(ws, "_wait_readable", wait)
        assert (ws.receive(), calls) == ("x", 3)


def test_nobody_watches_a_connection_whose_handler_has_gone() -> None:
    with pair() as (ours, _theirs):
        ws = WebSocket(ours, b"", Limits(ping=0.05, pong=0.05))
        reader = gevent.spawn(ws.receive)
        gevent.sleep(0.01)
        reader.kill()
        ours.close()
        assert ws._keepalive is not None
        assert gevent.wait([ws._keepalive], timeout=PATIENCE) == [ws._keepalive]


@pytest.mark.parametrize(
    "message", [bytearray(b"\1\2"), memoryview(b"\1\2"), memoryview(b"\1\0\2\0").cast("H")]
)
def test_whatever_holds_bytes_can_be_sent(message: bytearray | memoryview) -> None:
    with pair() as (ours, theirs):
        WebSocket(ours, b"", Limits()).send(message)
        whole = bytes(message)
        assert theirs.recv(99) == bytes([0x82, len(whole)]) + whole


# -- the end ---------------------------------------------------------------------------------------


def test_the_server_closes_with_a_code_and_a_reason(servers: Servers) -> None:
    with connect(servers.port("usual"), "/leave/told") as peer:
        peer.send(frame(TEXT, b"x"))
        opcode, payload = peer.frame() or (None, b"")
        assert (opcode, payload[:2]) == (CLOSE, struct.pack("!H", 4000))
        assert payload[2:].decode().startswith("the service stops·")
        assert len(payload) <= 125
        peer.send(closing(4000, b"bye"))
        assert peer.frames() == []
    until(lambda: len(servers.notes["told"]) == 3)
    assert servers.notes["told"] == ["x", None, (True, 4000, "bye")]


def test_a_peer_that_does_not_answer_a_close_is_dropped(servers: Servers) -> None:
    start = time.monotonic()
    with connect(servers.port("curt"), "/leave/deaf") as peer:
        peer.send(frame(TEXT, b"x"))
        assert code_of(peer.frame() or (0, b"")) == ("close", 4000)
        assert peer.frames() == []
        assert time.monotonic() - start < 1
    until(lambda: len(servers.notes["deaf"]) == 3)
    assert servers.notes["deaf"][2][:2] == (True, 4000)


@pytest.mark.parametrize(
    ("last", "seen"),
    [
        (closing(1001, b"away"), (1001, "away")),
        (frame(CLOSE), (1005, "")),
        (frame(3), (1002, "invalid opcode")),
        (b"", (1006, "")),
        (b"\x81", (1006, "")),
    ],
)
def test_the_application_sees_how_it_ended(
    servers: Servers, last: bytes, seen: tuple[int, str]
) -> None:
    key = last.hex() or "nothing"
    with connect(servers.port("usual"), f"/drain/{key}") as peer:
        peer.send(last)
        peer.sock.shutdown(socket.SHUT_WR)
        peer.frames()
    until(lambda: servers.notes[key])
    assert servers.notes[key] == [seen]


def test_what_comes_before_a_close_is_received_before_it_is_answered() -> None:
    with pair() as (ours, theirs):
        ws = WebSocket(ours, b"", Limits())
        theirs.sendall(frame(TEXT, b"last words") + closing(1001))
        assert ws.receive() == "last words"
        ws.send("heard")
        ws.close(4000)  # too late: the peer has closed, and gets its own code back
        assert (ws.receive(), ws.receive(), ws.close_code) == (None, None, 1001)
        assert theirs.recv(99) == b"\x81\x05heard" + b"\x88\x02" + struct.pack("!H", 1001)


def test_the_peer_sees_the_end_at_once_however_long_the_application_takes(servers: Servers) -> None:
    with connect(servers.port("usual"), "/linger/on") as peer:
        peer.send(frame(3))
        assert [code_of(answer) for answer in peer.frames()] == [FAILED]
        until(lambda: servers.notes["on"])
        servers.notes["on"].append("seen")
    assert servers.notes["on"] == [None, "seen"]


def test_what_comes_after_the_application_is_thrown_away(servers: Servers) -> None:
    with connect(servers.port("usual"), "/go") as peer:
        assert peer.frame() == (CLOSE, struct.pack("!H", 1000))
        peer.send(frame(TEXT, b"x"), frame(PING, b"y"), closing(1000))
        assert peer.frames() == [(PONG, b"y")]


def test_a_write_that_is_killed_resets_the_connection(servers: Servers) -> None:
    with connect(servers.port("usual"), "/killed/mid", buffer=65536) as peer:
        begin_to_read(peer)
        peer.send(frame(TEXT, b"now"))
        until(lambda: len(servers.notes["mid"]) == 3)
        with contextlib.suppress(ConnectionError):
            assert len(peer._file.read()) < BIG
    assert servers.notes["mid"] == ["now", None, (1006, "a write was broken off")]


def test_a_reset_ends_the_application_s_loop(servers: Servers) -> None:
    with connect(servers.port("usual"), "/drain/reset") as peer:
        peer.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    until(lambda: servers.notes["reset"])
    assert servers.notes["reset"][0][0] == 1006


def test_a_failing_application_closes_with_1011_and_one_line_in_the_log(
    servers: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    servers.by_kind["usual"].error_log._next = 0  # type: ignore[attr-defined]  # ours, and not pywsgi's
    with caplog.at_level(logging.DEBUG), connect(servers.port("usual"), "/fail") as peer:
        assert code_of(peer.frame() or (0, b"")) == ("close", 1011)
        peer.send(closing(1011))
        assert peer.frames() == []
        until(lambda: caplog.records)
    (record,) = caplog.records
    assert record.name == "zwsnb.service"
    assert "RuntimeError: a fault in the application at " in record.message


def test_a_connection_that_is_dropped_has_sent_what_was_written_and_waits_for_nobody() -> None:
    with pair() as (ours, theirs):
        ws = WebSocket(ours, b"", Limits())
        reader = gevent.spawn(ws.finish, 4000)
        gevent.sleep(0.01)
        ws.drop()
        gevent.joinall([reader], timeout=0.5)
        assert reader.dead
        assert theirs.recv(99) == b"\x88\x02" + struct.pack("!H", 4000)
        assert theirs.recv(99) == b""
        with pytest.raises(Closed):
            ws.send("late")


# -- floods ----------------------------------------------------------------------------------------


def test_malformed_frames_leave_nothing_behind_and_a_neighbour_misses_nothing(
    servers: Servers, caplog: pytest.LogCaptureFixture
) -> None:
    rng = random.Random(20)
    start = time.monotonic()
    with caplog.at_level(logging.DEBUG), connect(servers.port("usual")) as neighbour:
        neighbour.ask(b"warm")
        until(lambda: len(servers.by_kind["usual"].sockets) == 1)
        before = descriptors()
        for number in range(1000):
            with connect(servers.port("usual")) as peer:
                peer.send(malformed(rng))
                with contextlib.suppress(OSError):
                    peer.sock.shutdown(socket.SHUT_WR)
                peer.frames()
            if number % 10 == 0:
                neighbour.ask(b"%d" % number)
        until(lambda: len(servers.by_kind["usual"].sockets) == 1)
        until(lambda: descriptors() == before)
    assert len(caplog.records) <= 1 + time.monotonic() - start
