"""Patches, from the relay to a page: what changes in the vertices that it draws, as bytes.  [no
I/O]

The layout, with examples in bytes, is in ``docs/protocol.md``; this module is its only
implementation in Python, as ``static/link/wire.js`` is in the page.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.protocol import marks
from zwsnb.protocol.images.image_patch import ImagePatch, encode_image
from zwsnb.protocol.marks import Marks
from zwsnb.protocol.messages import VERSION, InvalidMessage, json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column, Vertices

MAGIC: Final = b"ZWS%d" % VERSION

FRESH: Final = 1
"""Flag of a patch: the page first forgets all vertices of all series."""

POINTS, COLUMNS, XY, CANDLES = 0, 1, 2, 3
"""Kinds of an entry: raw points, M4 columns, points in publishing order, candles of four vertices
each.
"""

_MARKED: Final = 4
"""On the wire, the kind of points in publishing order with marks."""

_FLOAT64: Final = np.dtype("<f8")
_AT_ONCE: Final = 1 << 15
"""Numbers that are written into a patch in one piece: 256 KiB."""

_SMALL: Final = 1 << 17
"""Numbers of a patch that is made at once, 1 MiB: of many short parts that takes less."""

_EACH: Final = 1 << 7
"""Numbers that are written in the time that each further part takes."""

_HEADER = struct.Struct("<4sIII6d")
_ENTRY = struct.Struct("<6I5d")


@dataclass(slots=True, eq=False)
class Entry:
    """What changes in one series of a page: ``drop`` vertices leave, the next ``keep`` stay,
    ``vertices`` are appended.

    vertices: shape (n, 2), columns x and y; y is NaN in a gap. ``points``, ``last`` and ``x_range``
    are of the whole series.
    """

    series: int
    kind: int
    drop: int
    keep: int
    vertices: Vertices
    points: int
    last: tuple[float, float]
    x_range: tuple[float, float]
    marks: Marks | None = None


@dataclass(slots=True, eq=False)
class Patch:
    """What brings one page up to date.

    ``published`` is the time of the oldest point that is new in it (NaN: none is), ``rest`` the
    seconds that the page waits after the paint before it acknowledges, ``image`` what changes in
    the image, ``sweep`` which one is seen from now on, as the page is told.
    """

    number: int
    entries: list[Entry]
    fresh: bool = False
    published: float = math.nan
    x_range: tuple[float, float] = (math.nan, math.nan)
    points: int = 0
    conflated: int = 0
    rest: float = 0.0
    image: ImagePatch | None = None
    sweep: dict[str, Any] | None = None


def messages_of(patch: Patch) -> list[str | bytes | memoryview]:
    """Return `patch` as the messages that are sent: before it the sweep that it is of, if that is
    another, and the image that comes with it.
    """
    return next(messages for messages in making_messages(patch) if messages is not None)


def making_messages(patch: Patch) -> Iterator[list[str | bytes | memoryview] | None]:
    """Yield None after each part of the work, and at last the same."""
    sweep = [] if patch.sweep is None else [json_text(patch.sweep)]
    image = [] if patch.image is None else [encode_image(patch.image)]
    for encoded in _encoding(patch):
        yield None if encoded is None else [*sweep, *image, encoded]


def encode_patch(patch: Patch) -> bytes:
    """Return `patch` as one binary message; all its parts begin at multiples of 8 bytes."""
    return next(bytes(encoded) for encoded in _encoding(patch) if encoded is not None)


def _encoding(patch: Patch) -> Iterator[bytes | memoryview | None]:
    """Yield None after each part of the work, and at last the message."""
    heads, end = _heads_of(patch)
    if end < _SMALL:
        yield b"".join([heads, *(part.tobytes() for e in patch.entries for part in _parts_of(e))])
        return
    # Written where it lies, since the system gives memory page by page: to join tens of megabytes
    # would hold the hub.
    message = np.empty(end, _FLOAT64)
    message[: len(heads) // 8] = np.frombuffer(heads, _FLOAT64)
    begin, done = len(heads) // 8, 0
    for e in patch.entries:
        for part in _parts_of(e):
            message[begin : begin + part.size].reshape(part.shape)[:] = part
            begin += part.size
            done += part.size + _EACH
            if done >= _AT_ONCE:
                yield None
                done = 0
    yield message.data.cast("B")


def _parts_of(entry: Entry) -> list[NDArray[np.float64]]:
    """Return the vertices of an entry, in pieces, and the marks that follow them."""
    vertices, most = entry.vertices.astype(_FLOAT64, copy=False), _AT_ONCE // 2
    begins = range(0, len(vertices), most)
    parts = [vertices[lo : lo + most] for lo in begins] if len(begins) > 1 else [vertices]
    return parts if entry.marks is None else [*parts, *marks.parts_of(entry.marks)]


def _heads_of(patch: Patch) -> tuple[bytes, int]:
    """Return the header and what is said of each entry, and the length of the message, in numbers
    of 8 bytes.
    """
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
        n, kind = len(e.vertices), e.kind if e.marks is None else _MARKED
        parts.append(
            _ENTRY.pack(e.series, kind, e.drop, e.keep, n, begin, e.points, *e.last, *e.x_range)
        )
        begin += 2 * n + (0 if e.marks is None else marks.length_of(n))
    return b"".join(parts), begin


def decode_patch(message: bytes) -> Patch:
    """Return the patch in `message`, as a page does; for tests, and for clients in Python.

    Raises:
        InvalidMessage: it is no patch.
    """
    try:
        return _patch_of(message)
    except (struct.error, ValueError, OverflowError) as error:
        raise InvalidMessage("not a patch", str(error)) from error


def _patch_of(message: bytes) -> Patch:
    magic, number, n, flags, published, lo, hi, points, conflated, rest = _HEADER.unpack_from(
        message
    )
    if magic != MAGIC:
        raise InvalidMessage("not a patch", f"it begins with {magic!r}")
    values = np.frombuffer(message, dtype="<f8")
    entries = [_entry_at(message, _HEADER.size + i * _ENTRY.size, values) for i in range(n)]
    return Patch(
        number, entries, bool(flags & FRESH), published, (lo, hi), int(points), int(conflated), rest
    )


def _entry_at(message: bytes, offset: int, values: Column) -> Entry:
    series, kind, drop, keep, n, begin, points, last_x, last_y, lo, hi = _ENTRY.unpack_from(
        message, offset
    )
    end = begin + 2 * n
    vertices, its = values[begin:end].reshape(n, 2), None
    if kind == _MARKED:
        kind, its = XY, marks.decoded(values[end : end + marks.length_of(n)], n)
    return Entry(series, kind, drop, keep, vertices, int(points), (last_x, last_y), (lo, hi), its)
