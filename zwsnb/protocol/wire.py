"""What goes over each wire, as bytes: batches in, points of plain producers in, patches out.  [no I/O]

Everything on a wire is columns of float64: a batch carries a run of points of one series, a patch carries
what a page has to change in the vertices it draws. Both are numbered by their sender, so that the receiver
can say what is missing. The layouts, with examples in bytes, are in ``docs/protocol.md``; this module is
their only home in Python, as ``static/wire.js`` is in the page.

A message that is not what it should be raises `Refused`, whose ``kind`` is what the relay counts; a caller's
own mistake is a ValueError or TypeError.
"""

from __future__ import annotations

import json
import math
import struct
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Column = NDArray[np.float64]

VERSION: Final = 1
MAGIC: Final = b"ZWS1"
DEFAULT_PLOT: Final = "plot"
DEFAULT_SERIES: Final = "y"
MAX_NAME: Final = 256
MAX_JSON: Final = 64 * 1024
MAX_COLUMN: Final = 4 * 1024 * 1024
MAX_BATCH_POINTS: Final = MAX_COLUMN // 8

FRESH: Final = 1
"""Flag of a patch: the page forgets all that it had."""

POINTS, COLUMNS, XY = 0, 1, 2
"""Kinds of an entry: raw points, M4 columns, points in publishing order."""

BATCH_KINDS: Final = frozenset({"points", "options", "clear", "close", "mark"})

_FLOAT64: Final = np.dtype("<f8")
_HEADER = struct.Struct("<4sIII6d")
_ENTRY = struct.Struct("<6I5d")


class Refused(Exception):
    """A peer's message was not what it should be; ``kind`` names the counter it goes to."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(f"{kind}: {why}")
        self.kind = kind


def check_name(name: object, what: str) -> str:
    """Return `name` if it can name a plot or a series.

    Raises:
        TypeError: it is no string.
        ValueError: it is empty, over 256 characters, or has control characters.
    """
    if not isinstance(name, str):
        raise TypeError(f"{what} is a {type(name).__name__}; a name is a string")
    if not name:
        raise ValueError(f"{what} is empty; a name has 1 to {MAX_NAME} characters")
    if len(name) > MAX_NAME:
        raise ValueError(f"{what} has {len(name)} characters; a name has at most {MAX_NAME}")
    if bad := next((c for c in name if unicodedata.category(c) in {"Cc", "Cs"}), None):
        raise ValueError(f"{what} {name[:40]!r} has the control character {bad!r}")
    return name


# -- batches: producer to relay -----------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Batch:
    """A run of points of one series, or a word about a plot, as one message of one producer."""

    producer: str
    batch: int
    points: int
    plot: str
    series: str = ""
    x: Column | None = None
    y: Column | None = None
    time: bool = False
    t: float = math.nan
    dropped: int = 0
    kind: str = "points"
    options: Mapping[str, Any] = field(default_factory=dict)


def encode_batch(batch: Batch, token: str) -> list[bytes | memoryview]:
    """Return the frames of `batch`; the columns are views, not copies."""
    header: dict[str, Any] = {
        "v": VERSION,
        "token": token,
        "producer": batch.producer,
        "batch": batch.batch,
        "points": batch.points,
        "dropped": batch.dropped,
        "kind": batch.kind,
        "plot": batch.plot,
    }
    if batch.kind != "points":
        header["options"] = dict(batch.options)
        return [json.dumps(header).encode()]
    header |= {"series": batch.series, "time": batch.time, "t": batch.t}
    assert_columns(batch)
    return [json.dumps(header).encode(), _bytes_of(batch.x), _bytes_of(batch.y)]


def assert_columns(batch: Batch) -> None:
    """Raise ValueError unless the batch has two columns of one length that fit into one message."""
    if batch.x is None or batch.y is None or batch.x.shape != batch.y.shape:
        raise ValueError("a batch of points has two columns of one length")
    if batch.x.size > MAX_BATCH_POINTS:
        raise ValueError(f"a batch has {batch.x.size} points; at most {MAX_BATCH_POINTS} fit into a message")


def _bytes_of(column: Column | None) -> memoryview:
    return np.ascontiguousarray(column, dtype="<f8").data.cast("B")


def decode_batch(frames: Sequence[bytes | memoryview]) -> tuple[Batch, str]:
    """Return the batch in `frames` and the token that it claims.

    Raises:
        Refused: it is no batch; nothing of it was taken.
    """
    if not frames or len(frames[0]) > MAX_JSON:
        raise Refused("too large", "the header of a batch has at most 64 KiB")
    header = _json_object(bytes(frames[0]))
    if header.get("v") != VERSION:
        raise Refused("other version", f"batch of version {header.get('v')!r}, relay of version {VERSION}")
    try:
        batch = _batch_of(header)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused("not a batch", str(error)) from error
    if batch.kind == "points":
        batch.x, batch.y = _columns_of(frames)
    return batch, str(header.get("token", ""))


def _batch_of(header: dict[str, Any]) -> Batch:
    kind = header.get("kind", "points")
    if kind not in BATCH_KINDS:
        raise ValueError(f"kind {kind!r}")
    options = header.get("options", {})
    if not isinstance(options, dict):
        raise TypeError("options is no object")
    return Batch(
        producer=check_name(header["producer"], "producer"),
        batch=_count(header["batch"]),
        points=_count(header["points"]),
        dropped=_count(header.get("dropped", 0)),
        plot=check_name(header["plot"], "plot"),
        series=check_name(header["series"], "series") if kind == "points" else "",
        time=header.get("time") is True,
        t=float(header.get("t", math.nan)),
        kind=kind,
        options=options,
    )


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(f"{value!r} is no count")
    return value


def _columns_of(frames: Sequence[bytes | memoryview]) -> tuple[Column, Column]:
    if len(frames) != 3 or len(frames[1]) != len(frames[2]) or len(frames[1]) % 8:
        raise Refused("not a batch", "two columns of float64 of one length follow the header")
    if len(frames[1]) > MAX_COLUMN:
        raise Refused("too large", f"a column has at most {MAX_COLUMN} bytes")
    x, y = (np.frombuffer(frame, dtype="<f8") for frame in frames[1:])
    if not np.isfinite(x).all() or np.isinf(y).any():
        raise Refused("not finite", "every x is a finite number, and every y one or NaN")
    return x, y


def mark_of(options: Mapping[str, Any]) -> tuple[float, str]:
    """Return x and the text of a mark.

    Raises:
        Refused: it has none.
    """
    text = options.get("text")
    if not isinstance(text, str):
        raise Refused("not a mark", f"its text is a {type(text).__name__}")
    return _number({"x": None, **options}, "x"), text[:MAX_NAME]


# -- points of plain producers ------------------------------------------------------------------------------------------------


@dataclass(slots=True, frozen=True)
class Point:
    """One point of a plain producer; None where it names no series or plot."""

    x: float
    y: float
    series: str | None
    plot: str | None


def decode_point(message: bytes) -> Point:
    """Return the point in `message`, the JSON object ``{"x": .., "y": ..}`` with an optional "series" and
    "plot".

    Raises:
        Refused: it is no point; ``kind`` is one of the table in docs/protocol.md.
    """
    if len(message) > MAX_JSON:
        raise Refused("too large", f"{len(message)} bytes; a point has at most {MAX_JSON}")
    point = _json_object(message)
    if "x" not in point or "y" not in point:
        raise Refused("not a point", 'a point has "x" and "y"')
    return Point(
        _number(point, "x"),
        _number(point, "y"),
        _optional_name(point, "series"),
        _optional_name(point, "plot"),
    )


def _json_object(message: bytes) -> dict[str, Any]:
    try:
        value = json.loads(message.decode())
    except (ValueError, RecursionError) as error:
        raise Refused("not JSON", str(error)[:100]) from error
    if not isinstance(value, dict):
        raise Refused("not a point", f"JSON, but a {type(value).__name__} and no object")
    return value


def _number(point: dict[str, Any], key: str) -> float:
    value = point[key]
    if type(value) is not float and type(value) is not int:
        raise Refused("not a number", f"{key} is a {type(value).__name__}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Refused("not finite", f"{key} is {number}")
    return number


def _optional_name(point: dict[str, Any], key: str) -> str | None:
    if point.get(key) is None:
        return None
    try:
        return check_name(point[key], key)
    except (TypeError, ValueError) as error:
        raise Refused("bad name", str(error)) from error


# -- patches: relay to page ---------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False)
class Entry:
    """What changes in one series of a page: ``drop`` vertices leave, the next ``keep`` stay, ``vertices`` are
    appended.

    vertices: shape (n, 2), columns x and y; y is NaN in a gap. ``points``, ``last`` and ``x_range`` are of
    the whole series.
    """

    series: int
    kind: int
    drop: int
    keep: int
    vertices: NDArray[np.float64]
    points: int
    last: tuple[float, float]
    x_range: tuple[float, float]


@dataclass(slots=True, eq=False)
class Patch:
    """What brings one page up to date.

    ``published`` is the time of the oldest point that is new in it (NaN: none is), ``rest`` the seconds that the page waits
    after the paint before it acknowledges.
    """

    number: int
    entries: list[Entry]
    fresh: bool = False
    published: float = math.nan
    x_range: tuple[float, float] = (math.nan, math.nan)
    points: int = 0
    conflated: int = 0
    rest: float = 0.0


def encode_patch(patch: Patch) -> bytes:
    """Return `patch` as one binary message; all its parts begin at multiples of 8 bytes."""
    begin = (_HEADER.size + _ENTRY.size * len(patch.entries)) // 8
    parts = [
        _HEADER.pack(
            MAGIC,
            patch.number,
            len(patch.entries),
            FRESH if patch.fresh else 0,
            patch.published,
            *patch.x_range,
            patch.points,
            patch.conflated,
            patch.rest,
        )
    ]
    for e in patch.entries:
        n = len(e.vertices)
        parts.append(_ENTRY.pack(e.series, e.kind, e.drop, e.keep, n, begin, e.points, *e.last, *e.x_range))
        begin += 2 * n
    parts += [e.vertices.astype(_FLOAT64, copy=False).tobytes() for e in patch.entries]
    return b"".join(parts)


def decode_patch(message: bytes) -> Patch:
    """Return the patch in `message`, as a page does; for tests, and for clients in Python.

    Raises:
        Refused: it is no patch.
    """
    try:
        return _patch_of(message)
    except (struct.error, ValueError, OverflowError) as error:
        raise Refused("not a patch", str(error)) from error


def _patch_of(message: bytes) -> Patch:
    magic, number, n, flags, published, lo, hi, points, conflated, rest = _HEADER.unpack_from(message)
    if magic != MAGIC:
        raise Refused("not a patch", f"it begins with {magic!r}")
    values = np.frombuffer(message, dtype="<f8")
    entries = [_entry_at(message, _HEADER.size + i * _ENTRY.size, values) for i in range(n)]
    return Patch(number, entries, bool(flags & FRESH), published, (lo, hi), int(points), int(conflated), rest)


def _entry_at(message: bytes, offset: int, values: Column) -> Entry:
    series, kind, drop, keep, n, begin, points, last_x, last_y, lo, hi = _ENTRY.unpack_from(message, offset)
    vertices = values[begin : begin + 2 * n].reshape(n, 2)
    return Entry(series, kind, drop, keep, vertices, int(points), (last_x, last_y), (lo, hi))
