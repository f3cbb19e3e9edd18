"""Functions of a column that goes on: what they carry from one piece to the next, and what they
give for each point.  [no I/O]

Each takes a state (None before the first point), x and y of the points that are new, and returns
the state behind them and a value for each. However the points are cut into pieces, the values are
the same but for rounding. A state is never changed: whoever keeps it can go on from there again.
NaN is a gap, and gives a gap; the values around it are as if it were not there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from zwsnb.kinds.arrays import Column, Mask, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.intp]

MAX_WINDOW: Final = 1 << 16
"""Points of a moving mean at most: of a span that has more, the newest ones."""

MAX_MEDIAN: Final = 1_001
"""Points of a moving median at most: each of them costs time for each point."""

_FEW: Final = 16
"""Points that are not worth a call of numpy."""

_LONGEST: Final = 256
"""Points of a block, within which a mean of powers is one sum ..."""

_DECADES: Final = 100
"""... as long as its powers, and the values in units of the largest, stay within what doubles hold.
"""

_SETTLED: Final = -40.0
"""The logarithm of a weight of which nothing is left beside 1."""

_FEW_WINDOWS: Final = 64
"""Windows that are summed one by one: to sum them all costs what the first of them has."""

_CELLS: Final = 1 << 22
"""Values of medians that are sorted at a time."""


# -- the exponential moving mean -------------------------------------------------------------------


class Ema(NamedTuple):
    """The mean so far, as if there had been zeros before, and the logarithm of their weight."""

    biased: float
    missing: float


def ema(state: Ema | None, y: Column, weight: float) -> tuple[Ema, Column]:
    """Return the exponential moving mean: ``weight`` of the one before and the rest of the new
    value, divided by the weights so far, so that the first values count for what they are.

    The rule of TensorBoard's smoothing; the correction is that of Kingma and Ba, "Adam", 2015.
    """
    biased, missing = state or Ema(0.0, 0.0)
    if len(y) <= _FEW:
        return _few(Ema(biased, missing), y, weight)
    known = ~np.isnan(y)
    values = y[known]
    if not len(values):
        return Ema(biased, missing), y
    means, biased = _geometric(values, weight, biased)
    if missing > _SETTLED and weight > 0:
        logs = missing + np.log(weight) * np.arange(1, len(values) + 1)
        means = means / -np.expm1(logs)
        missing = float(logs[-1])
    out = np.full(len(y), np.nan)
    out[known] = means
    return Ema(biased, missing), out


def _few(state: Ema, y: Column, weight: float) -> tuple[Ema, Column]:
    """Return the same as `ema`, for a point or two: without numpy, whose calls cost more."""
    biased, missing = state
    step = math.log(weight) if weight > 0 else -math.inf
    out = []
    for value in y.tolist():
        is_known = not math.isnan(value)
        if is_known:
            biased = weight * biased + (1 - weight) * value
            missing += step
        out.append(-biased / math.expm1(missing) if is_known else value)
    return Ema(biased, missing), np.array(out)


def _geometric(y: Column, weight: float, last: float) -> tuple[Column, float]:
    """Return ``s[i] = weight * s[i - 1] + (1 - weight) * y[i]``, beginning behind `last`, and the
    last of them.

    By blocks: within one, s[i] / weight**i is a running sum, which numpy does at once.
    """
    n = len(y)
    scale = max(abs(last), float(np.abs(y).max(initial=0.0)))
    if not n or scale == 0:
        return np.zeros(n), 0.0
    if weight == 0:
        return y.copy(), float(y[-1])
    size = int(min(_LONGEST, n, max(1, _DECADES // -np.log10(weight))))
    blocks = -(-n // size)
    cells = np.zeros(blocks * size)
    cells[:n] = y / scale * (1 - weight)
    sums = cells.reshape(blocks, size)
    powers = weight ** np.arange(1, size + 1, dtype=float)
    with np.errstate(under="ignore"):
        sums /= powers
        np.cumsum(sums, axis=1, out=sums)
        sums *= powers
        sums += np.multiply.outer(_carried(sums[:, -1], powers[-1], last / scale), powers)
        out: Column = cells[:n] * scale
    return out, float(out[-1])


def _carried(ends: Column, power: float, last: float) -> Column:
    """Return what stands before each block, by what each alone would end with."""
    carried = []
    for end in ends.tolist():
        carried.append(last)
        last = last * power + end
    return np.array(carried)


# -- over the newest points ------------------------------------------------------------------------


class Recent(NamedTuple):
    """The newest points, as many as those that come may still be seen together with."""

    x: Column
    y: Column


_NOTHING: Final = Recent(np.empty(0), np.empty(0))


def mean(state: Recent | None, x: Column, y: Column, count: int) -> tuple[Recent, Column]:
    """Return the mean of the last `count` points, of those there are."""
    recent = state or _NOTHING
    kept = np.concatenate((recent.y, y))
    known = ~np.isnan(kept)
    values, first = np.where(known, kept, 0.0), len(recent.y)
    with np.errstate(invalid="ignore"):
        means = _sums(values, count, first) / _sums(known.astype(float), count, first)
    out = np.where(known[first:], means, np.nan)
    return _kept(np.concatenate((recent.x, x)), kept, count - 1), out


def _sums(values: Column, count: int, first: int) -> Column:
    """Return the sum of the last `count` values at each from number `first` on; before number 0
    there are zeros.

    Each is the end of one block of `count` values and the beginning of the next, each summed from
    its own edge: nothing is taken off a sum that has become large (van Herk's scheme).
    """
    n = len(values)
    if n - first <= _FEW_WINDOWS:
        ends = range(first + 1, n + 1)
        return np.array([values[max(0, end - count) : end].sum() for end in ends])
    count = min(count, n)
    blocks = -(-n // count) + 1
    cells = np.zeros(blocks * count)
    cells[count - 1 : count - 1 + n] = values
    rows = cells.reshape(blocks, count)
    from_left = rows.cumsum(axis=1).reshape(-1)
    from_right = rows[:, ::-1].cumsum(axis=1)[:, ::-1].reshape(-1)
    last = from_left[count - 1 : count - 1 + n]
    # Where the window is a whole block, one of the two is all of it.
    is_whole = np.arange(n) % count == 0
    sums: Column = np.where(is_whole, last, last + from_right[:n])
    return sums[first:]


def mean_over(state: Recent | None, x: Column, y: Column, span: float) -> tuple[Recent, Column]:
    """Return the mean of the points with an x less than `span` before that of each, itself
    included.
    """
    recent = state or _NOTHING
    if not len(x):
        return recent, y
    every, kept = np.concatenate((recent.x, x)), np.concatenate((recent.y, y))
    first = len(recent.x)
    known = ~np.isnan(kept)
    counts = np.concatenate(([0], known.cumsum()))
    ends = np.arange(first + 1, len(every) + 1)
    begins = np.searchsorted(every, x - span, side="right")
    begins = np.minimum(np.maximum(begins, ends - MAX_WINDOW), ends - 1)
    with np.errstate(invalid="ignore"):
        sums = _sums_between(np.where(known, kept, 0.0), begins, ends)
        means = sums / (counts[ends] - counts[begins])
    out = np.where(known[first:], means, np.nan)
    reach = len(every) - int(np.searchsorted(every, x[-1] - span, side="right"))
    return _kept(every, kept, min(reach, MAX_WINDOW - 1)), out


def _sums_between(values: Column, begins: Numbers, ends: Numbers) -> Column:
    """Return the sum of the values from each of `begins` to before that of `ends`: of blocks of 1,
    2, 4 .. values, so that here, too, nothing is taken off a sum that has become large.
    """
    sums, low, high = np.zeros(len(ends)), begins, ends
    while (is_open := low < high).any():
        at_low, at_high = is_open & (low & 1 == 1), is_open & (high & 1 == 1)
        sums[at_low] += values[low[at_low]]
        sums[at_high] += values[high[at_high] - 1]
        low, high = (low + 1) >> 1, high >> 1
        end = len(values) // 2 * 2
        values = values[0:end:2] + values[1:end:2]
    return sums


def median(state: Recent | None, x: Column, y: Column, count: int) -> tuple[Recent, Column]:
    """Return the median of the last `count` points, of those there are."""
    recent = state or _NOTHING
    if not len(x):
        return recent, y
    kept = np.concatenate((recent.y, y))
    padded = np.concatenate((np.full(count - 1, np.nan), kept))
    windows = sliding_window_view(padded, count)[len(recent.y) :]
    step = max(1, _CELLS // count)
    parts = [_medians(windows[at : at + step]) for at in range(0, len(windows), step)]
    out = np.where(np.isnan(y), np.nan, np.concatenate(parts))
    return _kept(np.concatenate((recent.x, x)), kept, count - 1), out


def _medians(windows: Rows) -> Column:
    """Return the median of each row; NaN, which is sorted to the end, does not count."""
    ranked = np.sort(windows, axis=1)
    counts = np.count_nonzero(~np.isnan(ranked), axis=1)
    rows = np.arange(len(ranked))
    low, high = ranked[rows, np.maximum(counts - 1, 0) // 2], ranked[rows, counts // 2]
    middle: Column = low / 2 + high / 2
    return middle


def _kept(x: Column, y: Column, count: int) -> Recent:
    """Return the last `count` points, as copies: a view would hold all of them."""
    first = max(0, len(x) - count)
    return Recent(x[first:].copy(), y[first:].copy())


# -- of neighbours ---------------------------------------------------------------------------------


Pair: TypeAlias = tuple[Column, Column]


class Last(NamedTuple):
    """The newest point that is no gap, and the area up to it."""

    x: float
    y: float
    area: float = 0.0


def derivative(state: Last | None, x: Column, y: Column) -> tuple[Last | None, Column]:
    """Return the slope from the point before: a gap at the first one, and where x stands still."""
    last, (xs, ys), known = _with_last(state, x, y)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        slopes = np.diff(ys) / np.diff(xs)
    return last, _spread(slopes, known, has_last=state is not None, first=np.nan)


def integral(state: Last | None, x: Column, y: Column) -> tuple[Last | None, Column]:
    """Return the area under the line through the points so far, by trapezoids; over a gap it goes
    straight from one point to the next.
    """
    last, (xs, ys), known = _with_last(state, x, y)
    before = state.area if state is not None else 0.0
    areas = np.concatenate(([before], np.diff(xs) * (ys[1:] / 2 + ys[:-1] / 2))).cumsum()
    out = _spread(areas[1:], known, has_last=state is not None, first=0.0)
    if last is not None:
        last = last._replace(area=float(areas[-1]))
    return last, out


def _with_last(state: Last | None, x: Column, y: Column) -> tuple[Last | None, Pair, Mask]:
    """Return the newest point, and the points that are no gaps behind the one before them."""
    known = ~np.isnan(y)
    xs, ys = x[known], y[known]
    if state is not None:
        xs, ys = np.concatenate(([state.x], xs)), np.concatenate(([state.y], ys))
    last = Last(float(xs[-1]), float(ys[-1])) if len(xs) else None
    return last, (xs, ys), known


def _spread(values: Column, known: Mask, *, has_last: bool, first: float) -> Column:
    """Return the values of steps at the points that they lead to, and gaps where those were."""
    if not has_last and known.any():
        values = np.concatenate(([first], values))
    out = np.full(len(known), np.nan)
    out[known] = values
    return out
