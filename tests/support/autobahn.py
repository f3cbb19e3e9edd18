"""Cases of the Autobahn test suite, groups 1 to 7 and 10: what a client sends, what comes back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from support.raw_websocket import (
    BINARY,
    CLOSE,
    CONT,
    PING,
    PONG,
    TEXT,
    Peer,
    closing,
    code_of,
    frame,
    octets,
    part,
)

Case = tuple[str, list[bytes], list[Any]]
FAILED, GARBLED, NORMAL = ("close", 1002), ("close", 1007), ("close", 1000)


def framing() -> Iterator[Case]:
    for group, opcode, letter in ((1, TEXT, b"*"), (2, BINARY, b"\xfe")):
        for number, size in enumerate([0, 125, 126, 127, 128, 65535, 65536], 1):
            yield f"1.{group}.{number}", [frame(opcode, letter * size)], [(opcode, letter * size)]
        yield f"1.{group}.8", octets(frame(opcode, letter * 65536), 997), [(opcode, letter * 65536)]


def pings() -> Iterator[Case]:
    hello, odd, full = b"Hello, world!", b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff", b"\xfe" * 125
    ten = [b"payload-%d" % i for i in range(10)]
    yield "2.1", [frame(PING)], [(PONG, b"")]
    yield "2.2", [frame(PING, hello)], [(PONG, hello)]
    yield "2.3", [frame(PING, odd)], [(PONG, odd)]
    yield "2.4", [frame(PING, full)], [(PONG, full)]
    yield "2.5", [frame(PING, full + b"\xfe")], [FAILED]
    yield "2.6", octets(frame(PING, full)), [(PONG, full)]
    yield "2.7", [frame(PONG)], []
    yield "2.8", [frame(PONG, b"unsolicited")], []
    yield "2.9", [frame(PONG, b"unsolicited"), frame(PING, b"ping")], [(PONG, b"ping")]
    yield "2.10", [frame(PING, payload) for payload in ten], [(PONG, payload) for payload in ten]
    yield (
        "2.11",
        octets(b"".join(frame(PING, p) for p in ten)),
        [(PONG, payload) for payload in ten],
    )


def reserved_bits() -> Iterator[Case]:
    hello, ping = (TEXT, b"Hello, world!"), frame(PING)
    good, bad = frame(*hello), [frame(*hello, rsv=rsv) for rsv in range(8)]
    yield "3.1", [bad[1]], [FAILED]
    yield "3.2", [good + bad[2] + ping], [hello, FAILED]
    yield "3.3", [good, bad[3], ping], [hello, FAILED]
    yield "3.4", octets(good + bad[4] + ping), [hello, FAILED]
    yield "3.5", [frame(BINARY, b"\x00\xff", rsv=5)], [FAILED]
    yield "3.6", [frame(PING, b"Hello", rsv=6)], [FAILED]
    yield "3.7", [frame(CLOSE, rsv=7)], [FAILED]


def opcodes() -> Iterator[Case]:
    hello, ping = (TEXT, b"Hello, world!"), frame(PING)
    for group, first in ((1, 3), (2, 11)):
        bad = [frame(first + i, b"reserved" if i % 2 else b"") for i in range(5)]
        yield f"4.{group}.1", [bad[0]], [FAILED]
        yield f"4.{group}.2", [bad[1]], [FAILED]
        yield f"4.{group}.3", [frame(*hello) + bad[2] + ping], [hello, FAILED]
        yield f"4.{group}.4", [frame(*hello), bad[3], ping], [hello, FAILED]
        yield f"4.{group}.5", octets(frame(*hello) + bad[4] + ping), [hello, FAILED]


def three_ways(first: int, group: int, pieces: list[bytes], expected: list[Any]) -> Iterator[Case]:
    """The same bytes in one piece, frame by frame, byte by byte."""
    ways = [b"".join(pieces)], pieces, octets(b"".join(pieces))
    for number, way in enumerate(ways, first):
        yield f"{group}.{number}", way, expected


def fragmentation() -> Iterator[Case]:
    whole, (one, two) = (
        (TEXT, b"fragment1fragment2"),
        (part(TEXT, b"fragment1"), frame(CONT, b"fragment2")),
    )
    ping, pong = frame(PING, b"ping"), (PONG, b"ping")
    stray = [frame(CONT, b"stray"), frame(TEXT, b"text")]
    loose = [part(CONT, b"stray"), frame(TEXT, b"text")]
    yield "5.1", [part(PING, b"fragment1"), two], [FAILED]
    yield "5.2", [part(PONG, b"fragment1"), two], [FAILED]
    yield from three_ways(3, 5, [one, two], [whole])
    yield from three_ways(6, 5, [one, ping, two], [pong, whole])
    yield from three_ways(9, 5, stray, [FAILED])
    yield from three_ways(12, 5, loose, [FAILED])
    yield "5.15", [one + two + b"".join(loose)], [whole, FAILED]
    yield "5.16", [loose[0], one, two] * 2, [FAILED]
    yield "5.17", [stray[0], one, two] * 2, [FAILED]
    yield "5.18", [one, frame(TEXT, b"fragment2")], [FAILED]
    five = [part(TEXT, b"1"), part(CONT, b"2"), frame(PING, b"a"), part(CONT, b"3")]
    five += [part(CONT, b"4"), frame(PING, b"b"), frame(CONT, b"5")]
    yield "5.19", [b"".join(five)], [(PONG, b"a"), (PONG, b"b"), (TEXT, b"12345")]
    yield "5.20", five, [(PONG, b"a"), (PONG, b"b"), (TEXT, b"12345")]


# Whole messages by section, in hex.


VALID = {
    "6.1": " ",
    "6.2": "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121",
    "6.5": "68c3a96c6c6f cebae1bdb9cf83cebcceb5",
    "6.6": "ceba cebae1bdb9 cebae1bdb9cf83 cebae1bdb9cf83cebc cebae1bdb9cf83cebcceb5",
    "6.7": "00 c280 e0a080 f0908080",
    "6.9": "7f dfbf efbfbf f48fbfbf",
    "6.11": "ed9fbf ee8080 efbfbd f48fbfbf",
    "6.22": "efbfbe efbfbf f09fbfbe f09fbfbf f0afbfbe f0bfbfbf "
    "f18fbfbe f29fbfbf f3bfbfbe f3bfbfbf f48fbfbe f48fbfbf",
    "6.23": "efbfb0 efbfb9 efbfba efbfbb efbfbc efbfbd",
}


INVALID = {
    "6.3": "cebae1bdb9cf83cebcceb5eda080656469746564",
    "6.6": "ce cebae1 cebae1bd cebae1bdb9cf cebae1bdb9cf83ce cebae1bdb9cf83cebcce",
    "6.8": "f888808080 fc8480808080",
    "6.10": "f7bfbfbf fbbfbfbfbf fdbfbfbfbfbf",
    "6.11": "f4908080",
    "6.12": "80 bf 80bf 80bf80 "
    "80bf80bf 80bf80bf80 80bf80bf80bf 808182838485868788898a8b8c8d8e8f909192939495969798",
    "6.13": "c020c120c220df20 e020e120ef20 f020f120f720 f820f920fb20 fc20fd20",
    "6.14": "c0 e080 f08080 f8808080 fc80808080 df efbf f7bfbf fbbfbfbf fdbfbfbfbf",
    "6.15": "c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf",
    "6.16": "fe ff fefeffff",
    "6.17": "c0af e080af f08080af f8808080af fc80808080af",
    "6.18": "c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf",
    "6.19": "c080 e08080 f0808080 f880808080 fc8080808080",
    "6.20": "eda080 edadbf edae80 edafbf edb080 edbe80 edbfbf",
    "6.21": "eda080edb080 eda080edbfbf edadbfedb080 edadbfedbfbf "
    "edae80edb080 edae80edbfbf edafbfedb080 edafbfedbfbf",
}


def fragments(payload: bytes, *cuts: int) -> list[bytes]:
    """A text message in fragments, cut at the given places."""
    bounds = [0, *cuts, len(payload)]
    parts = [payload[a:b] for a, b in itertools.pairwise(bounds)]
    codes = [TEXT] + [CONT] * (len(parts) - 1)
    return [
        frame(code, p, fin=i == len(parts))
        for i, (code, p) in enumerate(zip(codes, parts, strict=True), 1)
    ]


def utf8() -> Iterator[Case]:
    for table, good in ((VALID, True), (INVALID, False)):
        for section, row in table.items():
            for number, word in enumerate(row.split(" "), 1):
                text = bytes.fromhex(word)
                yield (
                    f"{section}.{number}{'' if good else 'x'}",
                    [frame(TEXT, text)],
                    [(TEXT, text) if good else GARBLED],
                )
    hello = bytes.fromhex(VALID["6.2"])
    kosme = bytes.fromhex("cebae1bdb9cf83cebcceb5")
    yield "6.1.2", fragments(b"", 0, 0), [(TEXT, b"")]
    yield "6.1.3", fragments(b"middle frame payload", 0, 20), [(TEXT, b"middle frame payload")]
    yield "6.2.2", fragments(hello, 10), [(TEXT, hello)]
    yield "6.2.3", fragments(hello, *range(1, len(hello))), [(TEXT, hello)]
    yield "6.2.4", fragments(kosme, *range(1, len(kosme))), [(TEXT, kosme)]
    bad = bytes.fromhex(INVALID["6.3"])
    yield "6.3.2", fragments(bad, *range(1, len(bad))), [GARBLED]
    # Fail fast: the last fragment, which would make the message whole, is not sent.
    yield "6.4.1", fragments(kosme + b"\xf4\x90\x80\x80edited", 11, 15)[:2], [GARBLED]
    yield "6.4.2", fragments(kosme + b"\xf4\x90\x80\x80edited", 12, 13)[:2], [GARBLED]
    yield "6.4.3", [frame(TEXT, kosme + b"\xf4\x90\x80\x80edited")], [GARBLED]
    yield "6.4.4", octets(frame(TEXT, kosme + b"\xf4\x90\x80\x80edited")), [GARBLED]


def closes() -> Iterator[Case]:
    hello, bye, ping = (TEXT, b"Hello, world!"), closing(1000), frame(PING)
    much = (TEXT, b"BAsd7&jh23" * 26214)
    yield "7.1.1", [frame(*hello) + bye], [hello, NORMAL]
    yield "7.1.2", [bye, bye], [NORMAL]
    yield "7.1.3", [bye, ping], [NORMAL]
    yield "7.1.4", [bye, frame(*hello)], [NORMAL]
    yield "7.1.5", [part(TEXT, b"fragment1") + bye + frame(CONT, b"fragment2")], [NORMAL]
    yield "7.1.6", [frame(*much) + bye + ping], [much, NORMAL]
    yield "7.3.1", [frame(CLOSE)], [("close", None)]
    yield "7.3.2", [frame(CLOSE, b"a")], [FAILED]
    yield "7.3.3", [bye], [NORMAL]
    yield "7.3.4", [closing(1000, b"Hello, world!")], [NORMAL]
    yield "7.3.5", [closing(1000, b"*" * 123)], [NORMAL]
    yield "7.3.6", [closing(1000, b"*" * 124)], [FAILED]
    yield "7.5.1", [closing(1000, b"\xce\xba\xed\xa0\x80edited")], [GARBLED]
    good = 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999
    for number, code in enumerate(good, 1):
        yield f"7.7.{number}", [closing(code)], [("close", code)]
    for number, code in enumerate((0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999), 1):
        yield f"7.9.{number}", [closing(code)], [FAILED]
    for number, code in enumerate((5000, 65535), 1):
        yield f"7.13.{number}", [closing(code)], [FAILED]


def automatic_fragmentation() -> Iterator[Case]:
    whole = b"*" * 65536
    yield "10.1.1", fragments(whole, *range(1300, 65536, 1300)), [(TEXT, whole)]


GROUPS = (
    framing,
    pings,
    reserved_bits,
    opcodes,
    fragmentation,
    utf8,
    closes,
    automatic_fragmentation,
)


def cases() -> dict[str, Case]:
    """Return all cases by their number."""
    return {case[0]: case for group in GROUPS for case in group()}


def assert_conforms(peer: Peer, pieces: list[bytes], expected: list[Any]) -> None:
    """Send the pieces of a case to an echo application, and compare what comes; where that does not
    end the connection, the peer does.
    """
    ends = bool(expected) and expected[-1][0] == "close"
    peer.send(*pieces)
    if not ends:
        peer.send(closing(1000))
    assert [code_of(answer) for answer in peer.frames()] == (
        expected if ends else [*expected, NORMAL]
    )
