"""Rows of an image, from a producer to the relay, as bytes: a body of a batch, as `Points` are.
[no I/O]

The layout is in ``docs/protocol.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from zwsnb.protocol.messages import InvalidMessage, JsonObject, origin_in, seconds_in
from zwsnb.protocol.names import check_name

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column

Cells: TypeAlias = "NDArray[np.float32]"
"""Shape (n, bins): the values of n rows; NaN where there is none."""

MAX_BINS: Final = 4_096
"""Values of a row."""

MAX_CELLS: Final = 1 << 20
"""Values of a batch, 4 MiB."""

_LEAST: Final = 2
"""Values that a row counts for at least: its x takes as much."""

KIND: Final = "rows"

_X, _CELL = np.dtype("<f8"), np.dtype("<f4")


class Rows(NamedTuple):
    """Rows of an image, each at an x.

    x: shape (n,), in order where the image ``is_whole``. cells: shape (n, bins), the values of a
    row from the lowest y to the highest. y: of the first value of a row and of the last one.
    is_time, published, origin: as those of `Points`. is_whole: they begin an image anew, and are
    all of it. has_more: the rest of what is whole is still to come. is_down: y is said from the
    highest value down, as the rows of a matrix are counted.
    """

    plot: str
    series: str
    x: Column
    cells: Cells
    y: tuple[float, float]
    is_time: bool = False
    published: float = math.nan
    origin: int = 0
    is_whole: bool = False
    has_more: bool = False
    is_down: bool = False


_SAME: Final = attrgetter("plot", "series", "y", "origin", "is_time")


def runs_of(bodies: Sequence[Rows]) -> list[list[Rows]]:
    """Return bodies in groups, each of which may be one body."""
    runs: list[list[Rows]] = []
    for rows in bodies:
        if not runs or rows.is_whole or _differs(rows, runs[-1][-1]):
            runs.append([])
        runs[-1].append(rows)
    return runs


def _differs(rows: Rows, other: Rows) -> bool:
    return rows.cells.shape[1] != other.cells.shape[1] or _SAME(rows) != _SAME(other)


def joined(run: Sequence[Rows]) -> Rows:
    """Return rows of one image as one body."""
    if len(run) == 1:
        return run[0]
    x, cells = np.concatenate([r.x for r in run]), np.concatenate([r.cells for r in run])
    return run[0]._replace(x=x, cells=cells)


def split(rows: Rows) -> list[Rows]:
    """Return rows as bodies that fit into a message; the first one begins what is whole, and
    all but the last one have more.
    """
    most = max(1, MAX_CELLS // max(_LEAST, rows.cells.shape[1]))
    return [
        rows._replace(
            x=rows.x[begin : begin + most],
            cells=rows.cells[begin : begin + most],
            is_whole=rows.is_whole and begin == 0,
            has_more=rows.is_whole and begin + most < len(rows.x),
        )
        for begin in range(0, len(rows.x), most)
    ]


def encoded(rows: Rows) -> tuple[JsonObject, list[bytes | memoryview]]:
    """Return what the header of a batch says of rows, and the frames that follow it.

    Raises:
        ValueError: there are more than fit into a message.
    """
    if max(rows.cells.size, _LEAST * rows.x.size) > MAX_CELLS:
        raise ValueError(f"{rows.cells.size} cells; at most {MAX_CELLS} fit into a message")
    header: JsonObject = {
        "series": rows.series,
        "time": rows.is_time,
        "t": rows.published,
        "bins": rows.cells.shape[1],
        "y": list(rows.y),
        **({"origin": rows.origin} if rows.origin else {}),
        **({"whole": True} if rows.is_whole else {}),
        **({"more": True} if rows.has_more else {}),
        **({"down": True} if rows.is_down else {}),
    }
    return header, [_bytes_of(rows.x, _X), _bytes_of(rows.cells, _CELL)]


def _bytes_of(array: NDArray[Any], dtype: np.dtype[Any]) -> memoryview:
    return np.ascontiguousarray(array, dtype=dtype).reshape(-1).data.cast("B")


def decoded(plot: str, header: JsonObject, frames: Sequence[bytes | memoryview]) -> Rows:
    """Return the rows in a batch.

    Raises:
        InvalidMessage, KeyError, TypeError, ValueError: they are none.
    """
    series, bins = check_name(header["series"], "series"), header["bins"]
    if type(bins) is not int or not 0 < bins <= MAX_BINS:
        raise ValueError(f"a row has 1 to {MAX_BINS} values, not {bins!r:.40}")
    x, cells = _arrays_of(frames, bins)
    return Rows(
        plot, series, x, cells, _ends_of(header["y"]), header.get("time") is True,
        seconds_in(header.get("t", math.nan)), origin_in(header), header.get("whole") is True,
        header.get("more") is True, header.get("down") is True,
    )  # fmt: skip


def _arrays_of(frames: Sequence[bytes | memoryview], bins: int) -> tuple[Column, Cells]:
    if len(frames) != 3 or len(frames[1]) % 8 or len(frames[1]) * bins != 2 * len(frames[2]):
        raise InvalidMessage("not a batch", "x as float64, and the values of its rows as float32")
    if len(frames[2]) > MAX_CELLS * _CELL.itemsize:
        raise InvalidMessage("too large", f"a batch has at most {MAX_CELLS} cells")
    x = np.frombuffer(frames[1], dtype=_X)
    if not np.isfinite(x).all():
        raise InvalidMessage("not finite", "every x is a finite number")
    return x, np.frombuffer(frames[2], dtype=_CELL).reshape(len(x), bins)


def _ends_of(value: object) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2:
        raise TypeError("y is no list of two numbers")
    first, last = (seconds_in(end) for end in value)
    if not (math.isfinite(first) and math.isfinite(last) and first <= last):
        raise ValueError(f"y from {first} to {last}")
    return first, last
