"""The plots that a service keeps: their series and options, within a budget of bytes.  [no I/O]"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.history.series import Series
from zwsnb.protocol.arrays import LIST_LIMIT
from zwsnb.protocol.options import DEFAULTS, check_options, merged
from zwsnb.protocol.sizes import history_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zwsnb.protocol.arrays import Column

MAX_MARKS: Final = 10_000
"""Marks that a plot keeps."""

DEFAULT_BUDGET: Final = 1 << 30

MAX_PLOTS: Final = 1_000
MAX_SERIES: Final = 1_000
"""Of one plot. A producer that makes names up in a loop would fill the memory with what no budget
can forget.
"""


MAX_LISTED: Final = 10
"""Names in the sentence that says what there is."""


class TooMany(ValueError):
    """A further plot, or a further series in a plot, would be one too many."""


def count_gaps(y: Column) -> int:
    """Return how many values are NaN."""
    if len(y) <= LIST_LIMIT and not math.isnan(sum(y.tolist())):
        return 0
    return int(np.count_nonzero(np.isnan(y)))


def _listed(names: Iterable[str]) -> str:
    """Return names for a sentence, of very many the first ones."""
    first = [repr(name) for name in names]
    more = f" and {len(first) - MAX_LISTED:,} more" if len(first) > MAX_LISTED else ""
    return ", ".join(first[:MAX_LISTED]) + more or "none"


class Plot:
    """One plot: its series in order of appearance, its options and marks, and how much it may keep.

    ``version`` changes with everything that a viewer may see.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.series: dict[str, Series] = {}
        self.options: dict[str, Any] = dict(DEFAULTS)
        self.options_version = 0
        self.marks: list[tuple[float, str]] = []
        # Marks that came before those that are kept, so that each has a number that stays.
        self.marks_dropped = 0
        # Bytes that its own option `history` allows.
        self.budget: int | None = None
        # y that were NaN, ever.
        self.gaps = 0
        # The option `time` was set by points that said that their x is a time.
        self.is_timed = False
        # How often it was cleared.
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

    @property
    def is_log_x(self) -> bool:
        """True when the x axis is logarithmic; times are not."""
        return self.options["log"] in ("x", "xy") and not self.options["time"]

    def least_x_above(self, x: float) -> float:
        """Return the smallest x of all series that is not below `x`; the largest one of all where
        none is.
        """
        lo, hi = self.x_range
        if lo >= x:
            return lo
        return min((s.next_x(x) for s in self.series.values() if s.count), default=hi)

    @property
    def is_unused(self) -> bool:
        """True when it never had points, options or marks."""
        return self.version == 0

    def find(self, series: str) -> Series:
        """Return the series of that name.

        Raises:
            KeyError: there is none; the text names those there are.
        """
        found = self.series.get(series)
        if found is None:
            raise KeyError(
                f"plot {self.name!r} has no series {series[:100]!r}; it has {_listed(self.series)}"
            )
        return found

    def set_options(self, options: Mapping[str, Any]) -> None:
        """Change options of the plot, for all its viewers.

        Raises:
            TypeError, ValueError: as `zwsnb.protocol.options.check_options`; nothing has changed.
        """
        self.options = merged(self.options, check_options(options))
        if (history := self.options.get("history")) is not None:
            self.budget = history_bytes(history)
            self.fit(self.budget)
        self.options_version += 1
        self.version += 1

    def append(self, series: str, x: Column, y: Column) -> bool:
        """Take points of a series, which is made on first use: `x` is finite, `y` may be NaN for a
        gap. Returns True when it takes more memory than before.

        Raises:
            TooMany: the plot has all the series that it may have.
        """
        found = self.series.get(series)
        if found is None:
            if len(self.series) >= MAX_SERIES:
                raise TooMany(
                    f"plot {self.name!r} has {MAX_SERIES:,} series, and takes no further one: "
                    f"{series!r}"
                )
            found = self.series[series] = Series(len(self.series), series)
        self.version += 1
        self.gaps += count_gaps(y)
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
        if self.is_timed:
            # The points had times as x; the next ones may have numbers.
            self.is_timed = False
            self.set_options({"time": False})
        for series in self.series.values():
            series.reset()
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

    def get(self, name: str) -> Plot | None:
        """Return the plot of that name, if there is one."""
        return self.plots.get(name)

    def find(self, name: str) -> Plot:
        """Return the plot of that name.

        Raises:
            KeyError: there is none; the text names those there are.
        """
        found = self.plots.get(name)
        if found is None:
            raise KeyError(
                f"plot {name[:100]!r} has had no points; the plots are {_listed(self.plots)}"
            )
        return found

    def get_or_create(self, name: str) -> Plot:
        """Return the plot of that name, made on first use.

        One that is only watched, and has had nothing, takes no place from those that have; of such
        plots there may be as many again.

        Raises:
            TooMany: there are as many as there may be.
        """
        if name not in self.plots:
            if len(self.plots) >= MAX_PLOTS and not self._has_room():
                raise TooMany(
                    f"there are {MAX_PLOTS:,} plots, and no room for {name!r}: close some"
                )
            self.plots[name] = Plot(name)
        return self.plots[name]

    def count(self) -> int:
        """Return how many points all plots ever took."""
        return sum(plot.count for plot in self.plots.values())

    def _has_room(self) -> bool:
        used = sum(not plot.is_unused for plot in self.plots.values())
        return max(used, len(self.plots) - used) < MAX_PLOTS

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return sum(p.nbytes for p in self.plots.values())

    def append(self, plot: str, series: str, x: Column, y: Column) -> Plot:
        """Take points, and forget the oldest ones that the budgets no longer hold."""
        found = self.get_or_create(plot)
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
