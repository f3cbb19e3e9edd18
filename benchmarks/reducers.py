"""Reducers of others: which points those of tsdownsample pick, when they may pick so many."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Index = NDArray[np.intp]
    Values = NDArray[np.float64]

MULTIPLES: Final = {"M4": 4, "MinMax": 2, "LTTB": 1, "MinMaxLTTB": 1}
"""Those of tsdownsample, and what the number of points that each picks is a multiple of."""

_LEAST: Final = 4
"""Such multiples that they need; with fewer a stretch has its ends and extremes."""


def picked(reducer: str, y: Values, vertices: int) -> Index:
    """Return which points a reducer picks of `y`, whose x are 0, 1, .., `vertices` in all; the
    first and the last of them in any case, so that all pictures have one range of x.

    Where there are gaps each stretch is reduced by itself, with its share of the vertices, and a
    gap after it: the best that can be made of reducers that know none.
    """
    finite = np.isfinite(y)
    edges = np.flatnonzero(np.diff(finite, prepend=False, append=False)).reshape(-1, 2)
    room = vertices - len(edges) + 1  # a vertex for each gap
    parts: list[Index] = []
    for begin, end in edges:
        share = round(room * (end - begin) / finite.sum())
        parts.append(begin + _of_a_stretch(reducer, y[begin:end], share))
        if end < len(y):
            parts.append(np.array([end]))
    return np.union1d(np.concatenate(parts), [0, len(y) - 1])


def _of_a_stretch(reducer: str, y: Values, share: int) -> Index:
    import tsdownsample

    multiple = MULTIPLES[reducer]
    share = share // multiple * multiple
    if share >= len(y) or share < _LEAST * multiple:
        return np.unique([0, int(y.argmin()), int(y.argmax()), len(y) - 1])
    down: Callable[..., Index] = getattr(tsdownsample, f"{reducer}Downsampler")().downsample
    x = np.arange(len(y), dtype=float)
    return down(x, np.ascontiguousarray(y), n_out=share).astype(np.intp)
