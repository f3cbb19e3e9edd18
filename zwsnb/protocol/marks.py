"""Colours and sizes of the points of a scatter, as bytes: beside a batch of points, and beside the
vertices of a patch.  [no I/O]

The layouts are in ``docs/protocol.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column, Rows, Vertices

Range = tuple[float, float]
"""The least and the largest value, NaN where there is none."""

_FLOAT64: Final = np.dtype("<f8")
_TAIL: Final = 7


class Marks(NamedTuple):
    """The marks of vertices, shape (n, 2): colour and size, NaN where there is none.

    colors, sizes: those of all points of the series. in_sight: points that the vertices of a page
    stand for, as many as they are where none is left out. cell: NaN where vertices are points; else
    each is the middle of a cell so wide and high, on a logarithmic axis in decades, and its colour
    the logarithm, of base 10, of how many points are in it.
    """

    values: Vertices
    colors: Range
    sizes: Range
    in_sight: int
    cell: Range = (math.nan, math.nan)

    @property
    def is_density(self) -> bool:
        """True where vertices are cells."""
        return not math.isnan(self.cell[0])


def frames_of(marks: Rows | None, points: int) -> list[memoryview]:
    """Return the frame of a batch that holds the marks of its points, shape (2, n); none where
    there are none.

    Raises:
        ValueError: they are not as many.
    """
    if marks is None:
        return []
    if marks.shape != (2, points):
        raise ValueError("a batch of points has a colour and a size for each")
    return [np.ascontiguousarray(marks, dtype=_FLOAT64).reshape(-1).data.cast("B")]


def marks_in(frames: Sequence[bytes | memoryview]) -> Rows | None:
    """Return the marks in a batch of points, shape (2, n), None where it has none.

    Raises:
        InvalidMessage: they are not as many as the points, or not finite.
    """
    if len(frames) < 4:
        return None
    if len(frames[3]) != 2 * len(frames[1]):
        raise InvalidMessage("not a batch", "a colour and a size, as float64, for each point")
    marks = np.frombuffer(frames[3], dtype=_FLOAT64).reshape(2, -1)
    if np.isinf(marks).any():
        raise InvalidMessage("not finite", "every colour and size is a finite number, or NaN")
    return marks


def parts_of(marks: Marks) -> tuple[Vertices, Column]:
    """Return the marks of vertices as they follow these in a patch."""
    tail = np.array((*marks.colors, *marks.sizes, marks.in_sight, *marks.cell), _FLOAT64)
    return marks.values.astype(_FLOAT64, copy=False), tail


def length_of(vertices: int) -> int:
    """Return how many numbers the marks of so many vertices are."""
    return 2 * vertices + _TAIL


def decoded(numbers: Vertices, vertices: int) -> Marks:
    """Return the marks of so many vertices, as a page does.

    Raises:
        ValueError: they are not as many as there are to be.
    """
    if len(numbers) != length_of(vertices):
        raise ValueError(f"{len(numbers)} numbers are no marks of {vertices} vertices")
    values, tail = numbers[:-_TAIL].reshape(-1, 2), numbers[-_TAIL:].tolist()
    in_sight = int(tail[4]) if math.isfinite(tail[4]) else 0
    ends = (tail[0], tail[1]), (tail[2], tail[3])
    return Marks(values, *ends, in_sight, (tail[5], tail[6]))
