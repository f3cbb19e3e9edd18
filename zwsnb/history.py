"""What a plot remembers: raw columns up to a budget, and over them a pyramid of extremes.  [no I/O]

A series keeps its points in blocks of float64, numbered from 0, and over them levels of cells: a cell stands
for 32 points (one level up: 4 cells) and holds their lowest and highest point, in order of time. A query
takes the coarsest cells that are narrower than a pixel column, so it touches a number of cells that depends
on the screen and not on the length of the run. When the budget is full, blocks leave at the old end, the raw
points first: the coarse levels stay, and the overview still reaches back to the beginning.

x has to grow within a series. When it goes backwards the series turns into XY mode, for phase plots and
restarted counters: it keeps its newest 100,000 points, to be drawn in the order in which they were published.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from tsdownsample import MinMaxDownsampler

from zwsnb.columns import ColumnStream, PointStream
from zwsnb.options import DEFAULTS, check_options, history_bytes, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Column = NDArray[np.float64]

BASE: Final = 32
"""Points of a cell of the first level. A pyramid of six numbers a cell, by 32 and then by 4, costs 2 bytes a point."""

FACTOR: Final = 4
"""Cells of one level that make a cell of the next."""

POINT_ROWS: Final = 65_536
CELL_ROWS: Final = 4_096

XY_POINTS: Final = 100_000
"""Points that a series keeps whose x goes backwards."""

MAX_MARKS: Final = 10_000

MAX_STREAMS: Final = 8
"""Streams of columns that a series keeps for viewers to share, the last used ones."""

DEFAULT_BUDGET: Final = 1 << 30

CELLS_PER_COLUMN: Final = 4
"""Cells a pixel column wants, so that an extreme is at most a quarter of a column from where it belongs."""

_MAX_RUNS: Final = 32
_STARTS_IN_GAP, _ENDS_IN_GAP = 1, 2

_minmax = MinMaxDownsampler()


class Blocks:
    """Rows of some float64 columns: appended at the end, evicted by whole blocks at the front, numbered for ever."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns = columns
        self.rows = rows
        self.end = 0
        self.blocks: list[NDArray[np.float64]] = []
        self.starts: list[int] = []

    @property
    def start(self) -> int:
        """Number of the first row that is held."""
        return self.starts[0] if self.starts else self.end

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return len(self.blocks) * self.columns * self.rows * 8

    def append(self, *columns: Column) -> None:
        """Append rows, given as one array a column."""
        done, n = 0, len(columns[0])
        while done < n:
            used = self.end % self.rows
            if used == 0:
                self.blocks.append(np.empty((self.columns, self.rows)))
                self.starts.append(self.end)
            take = min(n - done, self.rows - used)
            block = self.blocks[-1]
            for i, column in enumerate(columns):
                block[i, used : used + take] = column[done : done + take]
            done += take
            self.end += take

    def slices(self, lo: int, hi: int) -> Iterator[NDArray[np.float64]]:
        """Yield views of rows lo to hi, one a block; shape (columns, rows)."""
        lo, hi = max(lo, self.start), min(hi, self.end)
        i = bisect_right(self.starts, lo) - 1
        while lo < hi:
            begin = self.starts[i]
            stop = min(hi, begin + self.rows)
            yield self.blocks[i][:, lo - begin : stop - begin]
            lo, i = stop, i + 1

    def slice(self, lo: int, hi: int) -> NDArray[np.float64]:
        """Return rows lo to hi, as far as they are held; shape (columns, rows). A view where one block holds them."""
        parts = list(self.slices(lo, hi))
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts, axis=1) if parts else np.empty((self.columns, 0))

    def find(self, value: float) -> int:
        """Return the number of the first held row whose first column, which is sorted, is not below `value`."""
        if not self.blocks:
            return self.end
        i = bisect_right(self.blocks, value, key=_below) - 1
        if i < 0:
            return self.start
        used = min(self.rows, self.end - self.starts[i])
        return self.starts[i] + int(self.blocks[i][0, :used].searchsorted(value))

    def evict(self) -> None:
        """Forget the oldest block."""
        del self.blocks[0], self.starts[0]


def _below(block: NDArray[np.float64]) -> float:
    # bisect_right over the first value less the smallest step: a block that begins with the value itself is
    # not the one to look into, since equal values may end the block before it.
    return math.nextafter(float(block[0, 0]), math.inf)


class Series:
    """One series: points 0 to ``count``, of which ``points`` holds the newest, and ``levels`` their extremes.

    ``cleared`` points came before. ``ordered`` is False in XY mode. ``last`` is the newest point, ``x_range``
    the smallest and largest x ever seen.
    """

    def __init__(self, ident: int, name: str) -> None:
        self.ident = ident
        self.name = name
        self.cleared = 0
        self.begin()

    def begin(self) -> None:
        """Forget everything, and start afresh."""
        self.points = Blocks(2, POINT_ROWS)
        self.levels: list[Blocks] = []
        self.ordered = True
        self.last = (math.nan, math.nan)
        self.x_range = (math.nan, math.nan)
        self.streams: dict[tuple[float, int, int | None], ColumnStream] = {}
        self.raw = PointStream(self)

    @property
    def count(self) -> int:
        """Points that it ever took."""
        return self.points.end

    @property
    def first_shown(self) -> int:
        """Number of the oldest point that can be drawn: in XY mode of the newest 100,000, else of those that are held."""
        return self.points.start if self.ordered else max(self.points.start, self.count - XY_POINTS)

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return self.points.nbytes + sum(level.nbytes for level in self.levels)

    def append(self, x: Column, y: Column) -> bool:
        """Take points; `x` is finite, `y` may be NaN for a gap. O(1) amortised a point.

        Returns True when it takes more memory than before.
        """
        if not len(x):
            return False
        if self.ordered and not (self._is_next(x[0]) and bool((x[1:] >= x[:-1]).all())):
            self._turn_xy()
        blocks = len(self.points.blocks)
        self.points.append(x, y)
        self.last = (float(x[-1]), float(y[-1]))
        lo, hi = (x[0], x[-1]) if self.ordered else (x.min(), x.max())
        self.x_range = (float(np.fmin(self.x_range[0], lo)), float(np.fmax(self.x_range[1], hi)))
        if self.ordered:
            self._raise_levels()
        else:
            self._keep_newest()
        return len(self.points.blocks) != blocks

    def _is_next(self, x: float) -> bool:
        return self.count == 0 or bool(x >= self.last[0])

    def _turn_xy(self) -> None:
        self.ordered = False
        self.levels.clear()
        self.streams.clear()

    def _keep_newest(self) -> None:
        while self.points.end - self.points.start - self.points.rows >= XY_POINTS:
            self.points.evict()

    # -- the pyramid ----------------------------------------------------------------------------------------------------------

    def _raise_levels(self) -> None:
        """Make the cells that the new points have completed, level by level."""
        below, per_cell = self.points, BASE
        reduce: Callable[[NDArray[np.float64]], Sequence[Column]] = _cells_of_points
        for level in self._levels_for(self.count):
            lo, hi = level.end * per_cell, below.end // per_cell * per_cell
            if hi <= lo:
                return
            for part in below.slices(lo, hi):
                level.append(*reduce(part))
            below, per_cell, reduce = level, FACTOR, _cells_of_cells

    def _levels_for(self, count: int) -> list[Blocks]:
        size = cell_size(len(self.levels) + 1)
        while count >= size:
            self.levels.append(Blocks(6, CELL_ROWS))
            size *= FACTOR
        return self.levels

    def held_from(self, level: int) -> int:
        """Return the number of the first point that `level` (0: the points themselves) still covers."""
        return self.points.start if level == 0 else self.levels[level - 1].start * cell_size(level)

    def find(self, x: float, *, after: bool = False) -> int:
        """Return the number of the first point that is not left of `x`.

        Where the points have been evicted it is somewhere in a cell: return where that begins, or ends.
        """
        for level in range(len(self.levels) + 1):
            rows, size = (self.levels[level - 1], cell_size(level)) if level else (self.points, 1)
            if rows.start == 0 or (rows.blocks and rows.blocks[0][0, 0] < x):
                row = rows.find(x)
                if level and not after:
                    row = max(rows.start, row - 1)
                return min(self.count, row * size)
        return 0

    def gather(self, lo: int, hi: int, width: float) -> NDArray[np.float64]:
        """Return what stands for the points lo to hi when a pixel column is `width` wide in x.

        Shape (2, n), x and y, in order of time: the points themselves, or the two extremes of cells that are
        narrower than a quarter of a column, or of the finest cells that are still held. y is NaN in gaps.
        """
        pieces: list[NDArray[np.float64]] = []
        for floor, begin, end in self._held_parts(lo, hi):
            columns = self._columns_between(begin, end, width)
            level = max(floor, self._level_for((end - begin) / columns))
            self._collect(pieces, level, floor, begin, end, width / CELLS_PER_COLUMN)
        return np.concatenate(pieces, axis=1) if pieces else np.empty((2, 0))

    def _held_parts(self, lo: int, hi: int) -> list[tuple[int, int, int]]:
        """Split lo to hi by the finest level that still holds each part: (level, lo, hi), oldest first."""
        parts = []
        for level in range(len(self.levels) + 1):
            start = max(lo, self.held_from(level))
            if start < hi:
                parts.append((level, start, hi))
                hi = start
        return parts[::-1]

    def _columns_between(self, lo: int, hi: int, width: float) -> float:
        first, last = self._x_near(lo), self._x_near(hi - 1)
        return max(1.0, last / width - first / width) if width else math.inf

    def _x_near(self, number: int) -> float:
        """Return x of a point, or of the first one of its cell where the point has been evicted."""
        for level in range(len(self.levels) + 1):
            rows, size = (self.levels[level - 1], cell_size(level)) if level else (self.points, 1)
            if rows.start * size <= number < rows.end * size:
                return float(rows.slice(number // size, number // size + 1)[0, 0])
        return self.last[0]

    def _level_for(self, points_per_column: float) -> int:
        """Return the coarsest level with cells enough in a column."""
        level = 0
        while level < len(self.levels) and cell_size(level + 1) * CELLS_PER_COLUMN <= points_per_column:
            level += 1
        return level

    def _collect(
        self, pieces: list[NDArray[np.float64]], level: int, floor: int, lo: int, hi: int, widest: float
    ) -> None:
        """Append to `pieces` what stands for points lo to hi: whole cells of `level`, and finer ones at both ends."""
        if lo >= hi:
            return
        if level == 0:
            pieces.append(self.points.slice(lo, hi))
            return
        size = cell_size(level)
        cells = self.levels[level - 1]
        # On the finest level that is held there is nothing finer for the ends: take the cells that reach over
        # them.
        first = lo // size if level == floor else -(-lo // size)
        last = min(hi // size if level > floor else -(-hi // size), cells.end)
        if first >= last:
            self._collect(pieces, level - 1, min(floor, level - 1), lo, hi, widest)
            return
        if level > floor:
            self._collect(pieces, level - 1, floor, lo, first * size, widest)
            self._collect_cells(pieces, level, floor, first, last, widest)
        else:
            pieces.append(_vertices_of(cells.slice(first, last)))
        self._collect(pieces, level - 1, min(floor, level - 1), max(lo, last * size), hi, widest)

    def _collect_cells(
        self, pieces: list[NDArray[np.float64]], level: int, floor: int, first: int, last: int, widest: float
    ) -> None:
        """Append cells first to last of `level`; those that are wider than `widest` as finer ones."""
        rows = self.levels[level - 1].slice(first, last)
        ends = np.append(rows[0, 1:], self._x_near(last * cell_size(level)))
        size = cell_size(level)
        done = 0
        for begin, end in _runs(ends - rows[0] > widest):
            if begin > done:
                pieces.append(_vertices_of(rows[:, done:begin]))
            self._collect(pieces, level - 1, floor, (first + begin) * size, (first + end) * size, widest)
            done = end
        if done < last - first:
            pieces.append(_vertices_of(rows[:, done:]))

    def columns(self, width: float, begin: int, lo: float, end: int | None) -> ColumnStream:
        """Return the columns of `width` from point `begin` on (or the points up to `end`), up to date; viewers share them."""
        key = (width, begin if end is not None else 0, end)
        stream = self.streams.pop(key, None)
        if stream is None or not stream.reaches(begin, lo):
            stream = ColumnStream(self, width, begin, end)
        stream.update()
        self.streams[key] = stream
        while len(self.streams) > MAX_STREAMS:
            del self.streams[next(iter(self.streams))]
        return stream

    # -- forgetting -----------------------------------------------------------------------------------------------------------

    def evict(self) -> bool:
        """Forget the oldest block of the finest level that holds more than half of what it and the coarser
        ones hold.

        Returns False when there is nothing more to forget.
        """
        rows = [self.points, *self.levels]
        rest = self.nbytes
        for i, level in enumerate(rows):
            if len(level.blocks) > 1 and (level.nbytes * 2 >= rest or i == 0 == len(self.levels)):
                level.evict()
                return True
            rest -= level.nbytes
        return self._evict_any(rows)

    def _evict_any(self, rows: list[Blocks]) -> bool:
        for level in rows:
            if len(level.blocks) > 1:
                level.evict()
                return True
        return False

    def held(self) -> list[dict[str, int]]:
        """Return what is held at which resolution, finest first: points per row, rows, and the first point covered."""
        rows = [self.points, *self.levels]
        return [
            {"points_per_row": cell_size(i), "rows": r.end - r.start, "from_point": r.start * cell_size(i)}
            for i, r in enumerate(rows)
        ]


def cell_size(level: int) -> int:
    """Return how many points a cell of `level` stands for; level 0 are the points."""
    return BASE * FACTOR ** (level - 1) if level else 1


def _runs(wide: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the runs of True as (begin, end); one run over all of them where there are too many to be worth it."""
    edges = np.flatnonzero(np.diff(wide, prepend=False, append=False))
    if len(edges) > 2 * _MAX_RUNS:
        return [(int(edges[0]), int(edges[-1]))]
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _cells_of_points(points: NDArray[np.float64]) -> Sequence[Column]:
    """Reduce points, shape (2, 32 n), to n cells.

    A cell is x of its first point, x and y of its earlier extreme and of the later one, and whether it borders
    on gaps.
    """
    x, y = points
    n = len(x) // BASE
    index = _minmax.downsample(np.ascontiguousarray(y), n_out=2 * n)
    gaps = _gaps_at_edges(np.isnan(y).reshape(n, BASE))
    first, second = index[0::2], index[1::2]
    return x[::BASE], x[first], y[first], x[second], y[second], gaps


def _gaps_at_edges(missing: NDArray[np.bool_]) -> Column:
    return missing[:, 0] * float(_STARTS_IN_GAP) + missing[:, -1] * float(_ENDS_IN_GAP)


def _cells_of_cells(cells: NDArray[np.float64]) -> Sequence[Column]:
    """Reduce cells, shape (6, 4 n), to n cells."""
    n = cells.shape[1] // FACTOR
    x = cells[[1, 3]].T.reshape(n, 2 * FACTOR)
    y = cells[[2, 4]].T.reshape(n, 2 * FACTOR)
    low, high = _index_of(y, np.inf, np.argmin), _index_of(y, -np.inf, np.argmax)
    first, second = np.minimum(low, high), np.maximum(low, high)
    row = np.arange(n)
    flags = cells[5].astype(np.int64).reshape(n, FACTOR)
    gaps = ((flags[:, 0] & _STARTS_IN_GAP) | (flags[:, -1] & _ENDS_IN_GAP)).astype(np.float64)
    return cells[0, ::FACTOR], x[row, first], y[row, first], x[row, second], y[row, second], gaps


def _index_of(y: NDArray[np.float64], neutral: float, which: Any) -> NDArray[np.intp]:
    # nanargmin refuses a row of nothing but NaN; such a row stays NaN here, since its first vertex is taken.
    index: NDArray[np.intp] = which(np.where(np.isnan(y), neutral, y), axis=1)
    return index


def _vertices_of(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the vertices of cells, shape (2, n), with a NaN where a gap reaches a cell's edge."""
    x, y = cells[[1, 3]].T.reshape(-1), cells[[2, 4]].T.reshape(-1)
    flags = cells[5]
    if not flags.any():
        return np.stack((x, y))
    flags = flags.astype(np.int64)
    before = np.flatnonzero(flags & _STARTS_IN_GAP) * 2
    after = np.flatnonzero(flags & _ENDS_IN_GAP) * 2
    # Between two cells the gap that ends one stands before the gap that begins the next: x keeps growing.
    at = np.concatenate((after + 2, before))
    return np.stack((np.insert(x, at, np.concatenate((x[after + 1], x[before]))), np.insert(y, at, np.nan)))


class Plot:
    """The series of one plot, in order of appearance, what the user wants of it, and how much it may keep."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.series: dict[str, Series] = {}
        self.options: dict[str, Any] = dict(DEFAULTS)
        self.options_version = 0
        self.marks: list[tuple[float, str]] = []
        self.marks_dropped = 0
        self.budget: int | None = None
        self.epoch = 0
        self.version = 0

    @property
    def count(self) -> int:
        """Points that it ever took."""
        return sum(s.cleared + s.count for s in self.series.values())

    @property
    def cleared(self) -> int:
        """Those of them that were forgotten by `clear`."""
        return sum(s.cleared for s in self.series.values())

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return sum(s.nbytes for s in self.series.values())

    @property
    def x_range(self) -> tuple[float, float]:
        """Smallest and largest x of all series; NaN when there is none."""
        ranges = [s.x_range for s in self.series.values() if s.count]
        if not ranges:
            return (math.nan, math.nan)
        return min(lo for lo, _ in ranges), max(hi for _, hi in ranges)

    def set_options(self, options: Mapping[str, Any]) -> None:
        """Change what the user wants of the plot, for all its viewers.

        Raises:
            TypeError, ValueError: as `zwsnb.options.check_options`; nothing has changed.
        """
        self.options = merged(self.options, check_options(options))
        if (history := self.options.get("history")) is not None:
            self.budget = history_bytes(history)
            self.fit(self.budget)
        self.options_version += 1

    def append(self, series: str, x: Column, y: Column) -> bool:
        """Take points of a series, which is made on first use. Returns True when it takes more memory than before."""
        found = self.series.get(series)
        if found is None:
            found = self.series[series] = Series(len(self.series), series)
        self.version += 1
        return found.append(x, y)

    def mark(self, x: float, text: str) -> None:
        """Put a mark on the plot; of very many the oldest ones go."""
        self.marks.append((x, text))
        if len(self.marks) > MAX_MARKS:
            del self.marks[0]
            self.marks_dropped += 1
        self.version += 1

    def clear(self) -> None:
        """Forget all points and marks; the series keep their names, and with them their colours."""
        self.marks_dropped += len(self.marks)
        self.marks.clear()
        for series in self.series.values():
            series.cleared += series.count
            series.begin()
        self.epoch += 1
        self.version += 1

    def fit(self, budget: int) -> None:
        """Forget the oldest points until `budget` bytes hold the rest."""
        while self.series and self.nbytes > budget:
            largest = max(self.series.values(), key=lambda s: s.nbytes)
            if not largest.evict():
                return


class History:
    """All plots of a service, within one budget of bytes."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self.budget = budget
        self.plots: dict[str, Plot] = {}

    def plot(self, name: str) -> Plot:
        """Return the plot of that name, made on first use."""
        if name not in self.plots:
            self.plots[name] = Plot(name)
        return self.plots[name]

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return sum(p.nbytes for p in self.plots.values())

    def append(self, plot: str, series: str, x: Column, y: Column) -> Plot:
        """Take points, and forget the oldest ones that the budgets no longer hold."""
        found = self.plot(plot)
        if found.append(series, x, y):
            self._fit(found)
        return found

    def _fit(self, grown: Plot) -> None:
        if grown.budget is not None:
            grown.fit(grown.budget)
        while (held := self.nbytes) > self.budget:
            largest = max(self.plots.values(), key=lambda p: p.nbytes)
            largest.fit(largest.nbytes - 1)
            if self.nbytes == held:
                return
