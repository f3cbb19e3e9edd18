"""Points as bytes.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.queries import Passage

RAW_ROWS: Final = 2_048
"""Points of a piece: 32 KiB, or of a scatter twice as much."""


def raw_points(way: Passage, shift: int, columns: int = 2) -> Iterator[bytes]:
    """Yield x + `shift`, y, x, y, ... of the points on a way, as little-endian doubles; in four
    `columns` color and size too, NaN where a point has none.

    Raises:
        Reordered: they have become a curve meanwhile.
    """
    while (piece := _next_piece(way, shift, columns)) is not None:
        yield piece


def _next_piece(way: Passage, shift: int, columns: int) -> bytes | None:
    # A function of its own, so that nobody holds points while their bytes are on their way.
    rows = way.take(RAW_ROWS)
    if rows is None:
        return None
    points = np.full((rows.shape[1], columns), np.nan, "<f8")
    points[:, : len(rows)] = rows[:columns].T
    points[:, 0] += shift
    return points.tobytes()
