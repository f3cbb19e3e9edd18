"""Write tests/shared/vectors.json: the examples of docs/protocol.md in bytes, which the tests of
both languages read.

`PYTHONPATH=tests python -m support.make_vectors` after a change of the protocol. The layouts are
written here once more, from the document and not from the code, so that the code is tested against
the document.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any

from support.paths import SHARED
from zwsnb.protocol.messages import VERSION
from zwsnb.protocol.patch import MAGIC

PATH = SHARED / "vectors.json"

ABOUT = (
    "The examples of docs/protocol.md. NaN is null. patches: one after the other, to one "
    "page; `hex` is the message, the other keys say what it holds, `page` what the page draws "
    "after it: [series, vertices] each. batches: `frames` are the header (a text) and two columns "
    "(hex), beside what they hold, or `refused`, the kind they are counted as. points: a `message` "
    "(a text, or hex), beside what it holds, or `refused`. images: image patches, one after the "
    "other, as patches; `columns` and `page` are x and colours. rows: batches of rows of an image. "
    "Made by tests/support/make_vectors.py."
)

POINTS, COLUMNS, XY, MARKED = 0, 1, 2, 4
NAN = None


def floats(*values: float | None) -> bytes:
    """Pack f64, little-endian; None is NaN."""
    return struct.pack(f"<{len(values)}d", *(float("nan") if v is None else v for v in values))


def entry(
    series: int, kind: int, drop: int, keep: int, vertices: list[Any], **more: Any
) -> dict[str, Any]:
    """An entry of a patch: what it says, in the names of `zwsnb.protocol.patch.Entry`."""
    head = {"series": series, "kind": kind, "drop": drop, "keep": keep, "vertices": vertices}
    return head | {"points": 0, "last": [0.0, 0.0], "x_range": [0.0, 0.0]} | more


def patch(
    name: str, number: int, entries: list[Any], page: list[Any], **more: Any
) -> dict[str, Any]:
    """A patch: its bytes, and what they say, in the names of `zwsnb.protocol.patch.Patch`."""
    head = {
        "number": number,
        "fresh": False,
        "published": NAN,
        "x_range": [NAN, NAN],
        "points": 0,
        "conflated": 0,
        "rest": 0.0,
    }
    said = head | more | {"entries": entries}
    return {"name": name, "hex": patch_bytes(said).hex(), **said, "page": page}


def patch_bytes(said: dict[str, Any]) -> bytes:
    """Lay a patch out as docs/protocol.md, section 3, says."""
    entries = said["entries"]
    begin = (64 + 64 * len(entries)) // 8
    message = MAGIC + struct.pack("<3I", said["number"], len(entries), 1 if said["fresh"] else 0)
    message += floats(
        said["published"], *said["x_range"], said["points"], said["conflated"], said["rest"]
    )
    for e in entries:
        n = len(e["vertices"])
        message += struct.pack("<6I", e["series"], e["kind"], e["drop"], e["keep"], n, begin)
        message += floats(e["points"], *e["last"], *e["x_range"])
        begin += 2 * n + (2 * n + 7 if "marks" in e else 0)
    for e in entries:
        message += b"".join(floats(*vertex) for vertex in e["vertices"])
        if its := e.get("marks"):
            message += b"".join(floats(*mark) for mark in its["values"])
            message += floats(*its["colors"], *its["sizes"], its["in_sight"], *its["cell"])
    return message


def patches() -> list[dict[str, Any]]:
    """The life of one page: each patch comes after the one before."""
    a, b, c, d = [0.0, 1.0], [1.0, -2.5], [2.0, NAN], [3.0, 1e300]
    loss = {"points": 3, "last": c, "x_range": [0.0, 2.0]}
    return [
        patch("an empty plot", 1, [], [], fresh=True),
        patch(
            "fresh, a gap at the end",
            2,
            [entry(0, POINTS, 0, 0, [a, b, c], **loss)],
            [[0, [a, b, c]]],
            fresh=True,
            published=1700000000.25,
            x_range=[0.0, 2.0],
            points=3,
        ),
        patch(
            "append only",
            3,
            [entry(0, POINTS, 0, 3, [d], points=4, last=d, x_range=[0.0, 3.0])],
            [[0, [a, b, c, d]]],
            published=1700000000.5,
            x_range=[0.0, 3.0],
            points=4,
            rest=0.0125,
        ),
        patch(
            "drop, keep, and a second series that comes as columns",
            4,
            [
                entry(0, POINTS, 1, 2, [], points=4, last=d, x_range=[0.0, 3.0]),
                entry(7, COLUMNS, 0, 0, [a, b], points=2000, last=b, x_range=[0.0, 1.0]),
            ],
            [[0, [b, c]], [7, [a, b]]],
            x_range=[0.0, 3.0],
            points=2004,
            conflated=1998,
        ),
        patch(
            "an unchanged series has no entry",
            5,
            [
                entry(
                    7,
                    COLUMNS,
                    1,
                    1,
                    [[2.0, 0.5], [4.0, -0.5]],
                    points=2**40,
                    last=[4.0, -0.5],
                    x_range=[0.0, 4.0],
                )
            ],
            [[0, [b, c]], [7, [b, [2.0, 0.5], [4.0, -0.5]]]],
            x_range=[0.0, 4.0],
            points=2**40 + 4,
            conflated=2**40,
        ),
        patch(
            "all of a series is replaced: its x went backwards",
            6,
            [entry(0, XY, 2, 0, [d, a], points=6, last=a, x_range=[-1.0, 3.0])],
            [[0, [d, a]], [7, [b, [2.0, 0.5], [4.0, -0.5]]]],
            x_range=[-1.0, 4.0],
            points=2**40 + 6,
            conflated=2**40,
        ),
        patch(
            "a scatter: behind its vertices a color and a size for each",
            7,
            [
                entry(
                    0,
                    MARKED,
                    2,
                    0,
                    [a, b],
                    points=8,
                    last=b,
                    x_range=[-1.0, 3.0],
                    marks={
                        "values": [[0.5, NAN], [2.0, 4.0]],
                        "colors": [0.5, 2.0],
                        "sizes": [1.0, 4.0],
                        "in_sight": 8,
                        "cell": [0.5, 0.25],
                    },
                ),
                entry(7, COLUMNS, 3, 0, [a], points=2**40, last=a, x_range=[0.0, 4.0]),
            ],
            [[0, [a, b]], [7, [a]]],
            x_range=[-1.0, 4.0],
            points=2**40 + 8,
            conflated=2**40,
        ),
        patch("cleared", 8, [], [], fresh=True, points=2**40 + 8, conflated=2**40),
    ]


# --- batches ---

HEADER = {
    "v": VERSION,
    "token": "the-token",
    "producer": "0123456789abcdef0123456789abcdef",
    "batch": 0,
    "points": 0,
    "dropped": 0,
    "kind": "points",
    "plot": "plot",
}
RUN = HEADER | {"series": "y", "time": False, "t": 1700000000.25}
WORD = HEADER | {"kind": "options", "options": {"window": 30.0}}


def batch(
    name: str, header: dict[str, Any], *columns: Sequence[float | None], **said: Any
) -> dict[str, Any]:
    """A batch, beside what it holds or why it is refused."""
    return raw_batch(
        name, json.dumps(header), *(floats(*column).hex() for column in columns), **said
    )


def raw_batch(name: str, *frames: str, **said: Any) -> dict[str, Any]:
    """A batch of any frames: a text, then hex."""
    return {"name": name, "frames": list(frames), **said}


def good_batches() -> list[dict[str, Any]]:
    """Batches, and what they hold."""
    x, y = [0.0, 1.0, 2.0], [0.5, None, -1e300]
    named = {
        "batch": 5,
        "points": 17,
        "dropped": 4,
        "plot": "größe",
        "series": "ladung 2",
        "time": True,
    }
    clear = HEADER | {"kind": "clear", "options": {}, "batch": 7, "points": 20}
    return [
        batch("three points, a gap among them", RUN, x, y, x=x, y=y),
        batch("no points", RUN, [], [], x=[], y=[]),
        batch(
            "points of a scatter: their colors, then their sizes",
            RUN,
            x,
            y,
            [1.0, 2.0, None, None, 0.0, 3.0],
            x=x,
            y=y,
            marks=[[1.0, 2.0, None], [None, 0.0, 3.0]],
        ),
        batch("names, times, and what was dropped", RUN | named, x, x, x=x, y=x),
        batch("times from an origin", RUN | {"time": True, "origin": 86400}, x, y, x=x, y=y),
        batch("a word about a plot", WORD),
        batch("clear", clear),
        batch("close", clear | {"kind": "close", "batch": 8}),
        batch(
            "a mark", WORD | {"kind": "mark", "options": {"x": 3.0, "text": "epoch 3"}, "batch": 9}
        ),
        batch(
            "a mark from an origin",
            WORD | {"kind": "mark", "options": {"x": 3.0, "text": "m", "time": True, "origin": 1}},
        ),
    ]


def bad_batches() -> list[dict[str, Any]]:
    """What is no batch, and how it is counted."""
    one = [1.0]
    no = "not a batch"
    words = [
        ("no producer", {k: v for k, v in RUN.items() if k != "producer"}, no),
        ("no plot", {k: v for k, v in RUN.items() if k != "plot"}, no),
        ("no series", {k: v for k, v in RUN.items() if k != "series"}, no),
        ("a kind of tomorrow", RUN | {"kind": "dance"}, no),
        ("a kind that is a list", RUN | {"kind": ["points"]}, no),
        ("a count below zero", RUN | {"batch": -1}, no),
        ("an origin that is no whole number", RUN | {"origin": 0.5}, no),
        ("an origin of too many digits", RUN | {"origin": -(2**64)}, no),
        ("a count that is a boolean", RUN | {"points": True}, no),
        ("a count that no double holds", RUN | {"points": 2**53}, no),
        ("a count with a fraction", RUN | {"dropped": 0.5}, no),
        ("a name that is a number", RUN | {"series": 3}, no),
        ("a name too long", RUN | {"plot": "x" * 257}, no),
        ("a name with a control character", RUN | {"plot": "a\nb"}, no),
        ("a time that is a list", RUN | {"t": [1]}, no),
        ("options that are a list", WORD | {"options": []}, no),
        ("another version", RUN | {"v": VERSION - 1}, "other version"),
        ("no version", {k: v for k, v in RUN.items() if k != "v"}, "other version"),
    ]
    return [batch(name, header, one, one, refused=kind) for name, header, kind in words] + [
        batch("columns of two lengths", RUN, one, [1.0, 2.0], refused=no),
        batch("one column", RUN, one, refused=no),
        batch("three columns", RUN, one, one, one, refused=no),
        batch("an x that is NaN", RUN, [1.0, None], [1.0, 1.0], refused="not finite"),
        batch("an x that is infinite", RUN, [float("inf")], one, refused="not finite"),
        batch("a y that is infinite", RUN, one, [float("-inf")], refused="not finite"),
        raw_batch("half a number", json.dumps(RUN), "00" * 12, "00" * 12, refused=no),
        raw_batch("an empty header", "", "", "", refused="not JSON"),
        raw_batch("a list", "[1, 2]", "", "", refused="not a point"),
    ]


# --- points of plain producers ---


def point(name: str, message: str | bytes, **said: Any) -> dict[str, Any]:
    """A message, beside what it holds or why it is refused; bytes are kept as hex."""
    if isinstance(message, bytes):
        return {"name": name, "hex": message.hex(), **said}
    return {"name": name, "message": message, **said}


def good(name: str, message: str, x: float | None, **more: Any) -> dict[str, Any]:
    """A message, and the point that it is; ``y`` is short for the values."""
    values = {"y": more.pop("y")} if "y" in more else more.pop("values")
    return point(name, message, x=x, values=values, **more)


def good_points() -> list[dict[str, Any]]:
    """Messages, and the points that they are; NaN is null."""
    return [
        *articles_points(),
        good("y by name", '{"x": 1, "loss": 0.5, "acc": 1}', 1.0, values={"loss": 0.5, "acc": 1}),
        good("nested", '{"x": 1, "a": {"b": {"c": 2}, "d": 3}}', 1.0,
             values={"a/b/c": 2, "a/d": 3}),
        good("a gap", '{"x": 1, "y": null}', 1.0, y=None),
        good("NaN is a gap", '{"x": 1, "y": NaN}', 1.0, y=None),
        good("as is what no double holds", '{"x": 1, "y": -1e999}', 1.0, y=None),
        good("and a number of 400 digits", '{"x": 1, "y": 1' + 400 * "0" + "}", 1.0, y=None),
        good("numbers as text", '{"x": "1", "y": "2.5"}', 1.0, y=2.5),
        good("no x", '{"y": 1}', None, y=1.0),
        good("a step", '{"time": 1.7e9, "step": 3, "loss": 1}', 3.0, values={"loss": 1.0}),
        good("t", '{"loss": 1, "t": 2}', 2.0, values={"loss": 1.0}),
        good("time", '{"loss": 1, "time": 2, "step": null}', 2.0, values={"loss": 1.0}),
        good("a date", '{"time": "2011-03-13T07:06:40Z", "v": 1}', 1300000000.0, values={"v": 1.0},
             time=True),
        good("a date and a zone", '{"x": "2011-03-13 08:06:40.5+01:00", "y": 1}', 1300000000.5,
             y=1.0, time=True),
        good("text, lists and booleans are left out",
             '{"x": 1, "v": 2, "host": "a", "l": [1], "up": true, "time": "12:00"}', 1.0,
             values={"v": 2.0}),
        good("capitals", '{"X": 1, "Y": 1}', 1.0, values={"Y": 1.0}),
    ]  # fmt: skip


def articles_points() -> list[dict[str, Any]]:
    """Points of an x and a y, as the article has them."""
    return [
        good("the article's own", '{"x": 1300000000.25, "y": 2.5}', 1300000000.25, y=2.5),
        good("integers", '{"y": -3, "x": 7}', 7.0, y=-3.0),
        good("exponents", '{"x": 1e3, "y": -2.5E-7}', 1000.0, y=-2.5e-7),
        good("a large integer", '{"x": 9007199254740993, "y": 0}', 9007199254740993, y=0.0),
        good("series and plot", '{"x": 0, "y": 0, "series": "a", "plot": "b"}', 0.0,
             values={"a": 0.0}, plot="b"),
        good("series and plot that are null", '{"x": 0, "y": 0, "series": null, "plot": null}', 0.0,
             y=0.0),
        good("an escape", '{"x": 0, "y": 0, "series": "\\u00fc"}', 0.0, values={"ü": 0.0}),
        good("more than asked for", '{"x": 0, "y": 1, "z": {"a": []}}', 0.0, y=1.0),
        good("more numbers than asked for", '{"x": 0, "y": 1, "seq": 17}', 0.0, y=1.0),
        good("blanks", ' \n{"x":0,"y":1}\r\n', 0.0, y=1.0),
        good("twice the same key: the last one", '{"x": 0, "y": 1, "y": 2}', 0.0, y=2.0),
        good("a name of 256 characters", json.dumps({"x": 0, "y": 0, "series": "n" * 256}), 0.0,
             values={"n" * 256: 0.0}),
    ]  # fmt: skip


def bad_points() -> list[dict[str, Any]]:
    """What is no point, and how it is counted: the table of docs/protocol.md, section 2, but for
    what is too large.
    """
    table: dict[str, list[str | bytes]] = {
        "not JSON": [
            "", "{", "x", "{'x': 1, 'y': 2}", '{"x": 1, "y": 2}{', '{"x": 01, "y": 2}',
            "\ufeff{}", '{"x": 1, "y": 2,}', b"\xff\xfe", '{"x": 1, "y": 2}'.encode("utf-16"),
            b'{"x": 1, "y": 2, "\xc3": 0}', b"\x80\x04\x95", b"\x00" * 64,
        ],
        "not a point": [
            "{}", "[]", "[1, 2]", "3", "null", '"x"', "true", '{"x": 1}', '{"x": 1, "a": "b"}',
            '{"a": {}}', '{"step": 1}', '{"x": 1, "up": true}',
        ],
        "not a number": [
            '{"x": "one", "y": 1}', '{"x": 1, "y": "one"}', '{"x": true, "y": 1}',
            '{"x": 1, "y": false}', '{"x": null, "y": 1}', '{"x": 1, "y": [1]}',
            '{"x": [1], "y": [1]}', '{"x": "2026-13-01", "y": 1}', '{"x": "", "loss": 1}',
        ],
        "not finite": [
            '{"x": NaN, "y": 1}', '{"x": Infinity, "y": 1}', '{"x": "-inf", "y": 1}',
            '{"x": 1e999, "y": 1}', '{"step": NaN, "loss": 1}', '{"time": Infinity, "loss": 1}',
            '{"x": 1' + 400 * "0" + ', "y": 1}',
        ],
        "bad name": [
            '{"x": 1, "y": 1, "series": ""}', '{"x": 1, "y": 1, "plot": ""}',
            '{"x": 1, "y": 1, "series": 3}',
            '{"x": 1, "y": 1, "plot": ["a"]}', '{"x": 1, "y": 1, "series": "a\\u0000b"}',
            '{"x": 1, "y": 1, "plot": "a\\nb"}', '{"x": 1, "y": 1, "series": "\\ud800"}',
            json.dumps({"x": 1, "y": 1, "series": "n" * 257}), '{"x": 1, "": 2}',
            '{"x": 1, "a\\u0000": 2}', '{"x": 1, "loss": 1, "plot": 3}',
            '{"a":' * 200 + "1" + "}" * 200,
        ],
    }  # fmt: skip
    return [
        point(f"{kind} {i}", m, refused=kind)
        for kind, messages in table.items()
        for i, m in enumerate(messages, 1)
    ]


def image(
    name: str,
    number: int,
    change: tuple[int, int],
    columns: list[Any],
    page: list[Any],
    **said: Any,
) -> dict[str, Any]:
    """An image patch: its bytes, and what they say: (drop, keep), and columns of (x, colours)."""
    head: dict[str, Any] = {"image": "image", "bins": 2, "factor": 1, "y": [0.0, 1.0],
                            "z": [-80.0, 0.0], "rows": 0, "began": 0,
                            "log": False, "down": False} | said  # fmt: skip
    height = len(columns[0][1]) if columns else 0
    title = head["image"].encode()
    message = b"ZWI%d" % VERSION
    message += struct.pack("<8I", number, *change, len(columns), height, head["bins"],
                           head["factor"], len(title))  # fmt: skip
    message += struct.pack("<I", head["log"] + 2 * head["down"]) + floats(
        *head["y"], *head["z"], head["rows"]
    )
    message += floats(head["began"])
    message += floats(*(x for x, _ in columns)) + b"".join(bytes(c) for _, c in columns) + title
    its = {"number": number, "drop": change[0], "keep": change[1], "columns": columns}
    return {"name": name, "hex": message.hex(), **its, **head, "page": page}


def images() -> list[dict[str, Any]]:
    """The life of an image on one page."""
    a, b, c, d = [0.5, [1, 255]], [1.5, [0, 7]], [2.5, [9, 9]], [2.25, [10, 9]]
    return [
        image("the first columns", 1, (0, 0), [a, b], [a, b], rows=2),
        image("the last one grows", 2, (0, 1), [d], [a, d], rows=3, image="Ω", log=True),
        image("the first one leaves", 3, (1, 1), [c], [d, c], rows=9, began=5),
        image(
            "another height, all anew", 4, (2, 0), [[0.0, [3]]], [[0.0, [3]]], factor=2, down=True
        ),
        image("none", 5, (1, 0), [], [], image="", bins=0, y=[NAN, NAN], z=[NAN, NAN]),
    ]


def rows(name: str, x: list[float], cells: list[list[float]], **more: Any) -> dict[str, Any]:
    """A batch of rows: its frames, and what they say."""
    said = {"plot": "p", "series": "image", "bins": len(cells[0]), "y": [0.0, 1.0],
            "time": False, "t": 5.5, **more}  # fmt: skip
    header = {"v": VERSION, "token": "t", "producer": "a" * 32, "batch": 0, "points": 0,
              "dropped": 0, "kind": "rows", **said}  # fmt: skip
    flat = [value for row in cells for value in row]
    values = struct.pack(f"<{len(flat)}f", *flat)
    frames = [json.dumps(header), floats(*x).hex(), values.hex()]
    return {"name": name, "frames": frames, **said, "x": x, "cells": cells}


def row_batches() -> list[dict[str, Any]]:
    """Rows of images."""
    return [
        rows("a row", [3.0], [[0.5, -1.0, 2.0]]),
        rows("a whole image", [0.0, 1.0], [[1.0, 2.0], [3.0, 4.0]], whole=True),
        rows("a matrix as it is printed", [0.0], [[1.0, 2.0]], whole=True, down=True),
        rows("at times", [1.5], [[0.0]], time=True, origin=1700000000),
    ]


def vectors() -> dict[str, Any]:
    """Everything, as the file has it."""
    return {
        "about": ABOUT,
        "patches": patches(),
        "batches": good_batches() + bad_batches(),
        "points": good_points() + bad_points(),
        "images": images(),
        "rows": row_batches(),
    }


def text() -> str:
    """The file: one example a line."""
    lines = [f'"about": {json.dumps(ABOUT)}']
    for key in ("patches", "batches", "points", "images", "rows"):
        examples = ",\n  ".join(json.dumps(example) for example in vectors()[key])
        lines.append(f'"{key}": [\n  {examples}\n ]')
    return "{\n " + ",\n ".join(lines) + "\n}\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8")
