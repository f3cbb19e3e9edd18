"""The plots that a service keeps: their series and options, within a budget of bytes.  [no I/O]"""

from __future__ import annotations

import math
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from zwsnb.controls.held import Controls
from zwsnb.events.held import Watches
from zwsnb.events.marks import Marked
from zwsnb.history.budgets import Budgeted, Held, Ledger, Places, TooMany
from zwsnb.history.catalog import MAX_SERIES, Catalog, listed
from zwsnb.history.clock import Clock, Clocked, check_same_unit
from zwsnb.history.queries import is_held
from zwsnb.history.runs import PLAIN, Arrival
from zwsnb.images.holder import ImageHolder
from zwsnb.kinds.arrays import count_gaps
from zwsnb.protocol.checks.trigger_checks import complete
from zwsnb.protocol.checks.wishes import Wishes
from zwsnb.protocol.options import DEFAULTS, check_options
from zwsnb.protocol.series_options import xy_of
from zwsnb.protocol.sizes import history_bytes
from zwsnb.triggers.trigger import Trigger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.images.rows import Rows
    from zwsnb.protocol.messages import Bar
    from zwsnb.protocol.stats import Counts

DEFAULT_BUDGET: Final = 1 << 30

MAX_PLOTS: Final = 1_000

BYTES_A_SERIES: Final = 16 << 10
"""For which there has to be room in the budget of all plots: at the least a series that was long
takes as many.
"""


class Plot(Marked, Clocked, ImageHolder, Budgeted):
    """One plot: the ``catalog`` of its series, its options and marks, and how much it may keep.

    ``version`` changes with everything that a viewer may see. ``origin``: from where its times are
    counted, in whole seconds since 1970, as those of the first points were; 0 where x are numbers,
    and where only a look at them says that they are times.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.catalog = Catalog(name)
        self.catalog.xy_of = self._xy_of
        self.options: dict[str, Any] = dict(DEFAULTS)
        self._wishes = Wishes()
        self.options_version = 0
        self.progress: tuple[Bar, ...] = ()
        self.controls = Controls()
        self.watches = Watches()
        self.trigger = Trigger()
        self.catalog.on_remove = self._forget
        self.held: Ledger[Held] = Ledger()
        self.catalog.resized = self.held.note
        self.marks, self.marks_dropped = [], 0
        self.budget = None  # of its own option `history`
        # y that were NaN, and messages that were refused, by kind, since it was cleared.
        self.gaps = 0
        self.refused: Counter[str] = Counter()
        # Points that came too late, and runs that had to go, before it was cleared.
        self._late_before = self._runs_before = 0
        self.clock = Clock()
        self.origin = 0
        self.before_fit: Callable[[], None] = lambda: None  # called before points are forgotten
        self.version = self._fitted = 0
        self.face: Plot | None = None  # what is shown of it, where that is not itself

    @property
    def series(self) -> Mapping[str, Series]:
        """Its series by name, in the order of a legend."""
        return self.catalog.by_name

    @property
    def count(self) -> int:
        """Points, and rows of its image, that it ever took, but those that came too late."""
        return self.cleared + sum(s.count for s in self.series.values()) + self.image.count

    @property
    def cleared(self) -> int:
        """Those of them that were forgotten with their series."""
        return self.catalog.cleared

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return self.held.nbytes

    @property
    def x_range(self) -> tuple[float, float]:
        """Smallest and largest x of all series and the image; NaN when there is none."""
        ranges = [s.x_range for s in self.series.values() if s.count] + self.image.x_ranges
        if not ranges:
            return (math.nan, math.nan)
        return min(lo for lo, _ in ranges), max(hi for _, hi in ranges)

    @property
    def shown_options(self) -> dict[str, Any]:
        """The options, with what x are in place of what was said of it, and a whole trigger."""
        trigger = complete(self.options["trigger"])
        return {**self.options, "time": self.is_time, "trigger": trigger}

    def least_x_above(self, x: float) -> float:
        """Return the smallest x of all that is held that is not below `x`; the largest one where
        none is.
        """
        lo, hi = self.x_range
        if lo >= x:
            return lo
        return min(self.next_xs(x, self.series.values()), default=hi)

    @property
    def is_unused(self) -> bool:
        """True when it never had points, options or marks."""
        return self.version == 0

    def counts(self) -> Counts:
        """Return what went wrong since it was made or cleared, without zeros."""
        counts: Counts = {}
        if late := self.catalog.too_late + self.image.late - self._late_before:
            counts["late"] = late
        if runs := self.catalog.dropped - self._runs_before:
            counts["runs"] = runs
        if self.gaps:
            counts["gaps"] = self.gaps
        if self.refused:
            counts["refused"] = dict(self.refused)
        return counts

    def set_options(self, options: Mapping[str, Any], *, is_whole: bool = False) -> None:
        """Change options of the plot, for all its viewers.

        is_whole: those that are not among them are at their defaults again; that x is a time stays,
        where points have said so.

        Raises:
            TypeError, ValueError: as `zwsnb.protocol.options.check_options`, or x would be in
                another unit than those that are held; nothing has changed.
        """
        changes = check_options(options)
        self._wish(self._wishes.saying(changes, is_whole=is_whole))
        if "mode" in changes.get("trigger", ()):
            self.trigger.arm()

    def propose(self, options: Mapping[str, Any]) -> None:
        """Take options that hold where nobody says others, those of series by their names; raises
        as `set_options`.
        """
        self._wish(self._wishes.proposing(check_options(options)))

    def _wish(self, wishes: Wishes) -> None:
        changed = wishes.options
        if not self.clock.is_brought and any(s.count for s in self.series.values()):
            check_same_unit(self.name, self.options, changed)
        self.options, self._wishes = changed, wishes
        self.clock.settle(changed)
        self.catalog.decide_xy()
        self.catalog.set_bands(changed["series"])
        self.trigger.set(changed["trigger"], changed["window"])
        history = self.options["history"]
        self.budget = None if history is None else history_bytes(history)
        self.fit_own()
        self.options_version += 1
        self.version += 1

    def _xy_of(self, series: str) -> bool | None:
        """Return whether a series is a curve, as far as the options say it."""
        return xy_of(self.options, series)

    def append(self, series: str, x: Column, y: Column, came: Arrival = PLAIN) -> None:
        """Take points of a series, made on first use: `x` is finite, `y` may be NaN for a gap.

        Raises:
            TooMany: the plot has all the series that it may have.
        """
        runs = self.catalog.runs_of(series, came)
        self.version += 1
        self.gaps += count_gaps(y)
        self.look_at(x)
        runs.append(x, y, came, is_time=self.is_time)

    def append_rows(self, rows: Rows) -> None:
        """Take rows of the image."""
        super().append_rows(rows)
        self.held.note(self.image)

    def remove(self, series: str) -> None:
        """Forget a series, past run or not, and its points.

        Raises:
            KeyError: there is no such series.
        """
        self.catalog.remove(series)
        self.version += 1

    def rename(self, series: str, to: str) -> None:
        """Give a series, past run or not, another name.

        Raises:
            KeyError: there is no such series.
            ValueError: another one has that name.
        """
        self.catalog.rename(series, to)
        self.version += 1

    def clear(self, series: str = "") -> None:
        """Forget all series, with their points, and all marks; or one published name with all its
        runs.
        """
        self.version += 1
        self.image.clear(series)
        self.held.note(self.image)
        if series in ("", self.trigger.series):
            self.trigger.clear()
        if series:
            self.catalog.clear(series)
            return
        self.forget_marks()
        self.progress = ()
        # The points may have had times as x; the next ones may have numbers.
        self.options_version += self.clock.forget(self.options)
        self.gaps = 0
        self.refused.clear()
        self.watches.clear()
        self.catalog.clear()
        self._late_before = self.catalog.too_late + self.image.late
        self._runs_before = self.catalog.dropped

    def evict(self) -> bool:
        """Forget the oldest points of what holds the most; where all are needed, a past run."""
        if self._fitted != self.version:
            self.before_fit()
            self._fitted = self.version
        if (largest := self.held.evict()) is None:
            return self.catalog.drop_oldest_run()
        self.trigger.forget_evicted(largest, is_held)
        return True

    def _forget(self, series: Series) -> None:
        self.trigger.forget(series)
        self.held.drop(series)


def _with_face(plot: Plot) -> int:
    return plot.nbytes + (plot.face.nbytes if plot.face else 0)


class History:
    """All plots of a service, within one budget of bytes."""

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self.budget = budget
        self.plots: dict[str, Plot] = {}
        self._held = Ledger(_with_face)
        self._is_full = False  # of plots that are used, until one closes
        self._places = Places(max(MAX_SERIES, budget // BYTES_A_SERIES))

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
            names = listed(self.plots)
            raise KeyError(f"plot {name[:100]!r} has had no points; the plots are {names}")
        return found

    def get_or_create(self, name: str) -> Plot:
        """Return the plot of that name, made on first use.

        One that is only watched, and has had nothing, takes no place from those that have; of such
        plots there may be as many again.

        Raises:
            TooMany: there are as many as there may be.
        """
        if name not in self.plots:
            if len(self.plots) >= MAX_PLOTS and (self._is_full or not self._has_room()):
                raise TooMany(
                    f"there are {MAX_PLOTS:,} plots, and no room for {name!r}: close some"
                )
            self.plots[name] = self._made(name)
        return self.plots[name]

    def _made(self, name: str) -> Plot:
        plot = Plot(name)
        plot.held.resized = partial(self._held.note, plot)
        plot.catalog.places = self._places
        return plot

    def close(self, name: str) -> Plot | None:
        """Forget a plot, and return it, if there was one."""
        plot = self.plots.pop(name, None)
        if plot is not None:
            self._is_full = False
            plot.held.resized = lambda: None
            self._held.drop(plot)
            self._places.leave(plot.catalog.names)
            plot.catalog.places = Places(MAX_SERIES)  # what is still done with it counts no more
        return plot

    def count(self) -> int:
        """Return how many points all plots ever took."""
        return sum(plot.count for plot in self.plots.values())

    def _has_room(self) -> bool:
        used = sum(not plot.is_unused for plot in self.plots.values())
        self._is_full = used >= MAX_PLOTS
        return max(used, len(self.plots) - used) < MAX_PLOTS

    @property
    def nbytes(self) -> int:
        """Bytes that are allocated."""
        return sum(map(_with_face, self.plots.values()))

    def append(self, plot: str, series: str, x: Column, y: Column, came: Arrival = PLAIN) -> Plot:
        """Take points, and forget the oldest ones that the budgets no longer hold."""
        found = self.get_or_create(plot)
        before = found.held.nbytes
        found.append(series, x, y, came)
        if found.held.nbytes > before:
            self.grown(found)
        return found

    def grown(self, plot: Plot) -> None:
        """Forget what the budgets no longer hold, since a plot has grown."""
        plot.fit_own()
        self._held.note(plot)
        while self._held.nbytes > self.budget and self._held.evict() is not None:
            pass
