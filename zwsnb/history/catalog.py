"""The series of a plot by their names, those of past runs among them.  [no I/O]

A published name has a series for each of its runs. The current run has the name itself, or that of
the run it was published for; a past one has it with its number behind, ``loss (1)``, unless it was
given another.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from zwsnb.history.budgets import Places, TooMany
from zwsnb.history.runs import MAX_RUNS, Arrival, Runs, first_free
from zwsnb.history.series import Series, nobody
from zwsnb.order.slots import Slots
from zwsnb.protocol.names import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MAX_SERIES: Final = 1_000
"""Of one plot: names made up in a loop would fill the memory with what no budget can forget."""

MAX_IDENTS: Final = 4 * MAX_SERIES
"""Numbers of series that are kept for names that may come again."""

MAX_LISTED: Final = 10
"""Names in the sentence that says what there is."""


class Origin(NamedTuple):
    """From what a series is derived: the published name of the first one, what is computed, and
    whether it is that one smoothed.
    """

    source: str
    is_smooth: bool
    text: str


_K = TypeVar("_K")

_ident: Final = attrgetter("ident")


def listed(names: Iterable[str]) -> str:
    """Return names for a sentence, of very many the first ones."""
    first = [repr(name) for name in names]
    more = f" and {len(first) - MAX_LISTED:,} more" if len(first) > MAX_LISTED else ""
    return ", ".join(first[:MAX_LISTED]) + more or "none"


class Catalog:
    """The series of the plot `plot`, ``by_name``, in the order of a legend: by their first use, the
    newest run first.

    ``version`` changes with the list. ``cleared`` points were forgotten with their series;
    ``dropped`` runs, of ``dropped_points``, had to make room for newer ones. ``derived`` says of
    what those are derived that nobody publishes. ``resized`` hears of each series that takes more
    memory than before, or less. A published name takes one of ``places``.
    """

    def __init__(self, plot: str) -> None:
        self.plot = plot
        self.by_name = {}
        self.version = 0
        self.cleared = 0
        self.dropped = self.dropped_points = 0
        self.xy_of: Callable[[str], bool | None] = lambda _: None
        self.on_remove: Callable[[Series], None] = lambda _: None
        self.resized: Callable[[Series], None] = nobody
        self.places = Places(MAX_SERIES)
        self._slots = Slots()
        self._around: Mapping[str, str] = {}
        self.derived: Mapping[str, Origin] = {}
        self._too_late = 0  # of series that are gone
        self._runs: dict[tuple[str, str], Runs] = {}
        self._families: dict[tuple[str, str], list[Series]] = {}  # all runs, the newest first
        # Those that stand together. A series that comes again stands last, not at its past runs.
        self._ranks: dict[int, list[Series]] = {}
        self._past: list[Series] = []  # sorted by their numbers
        # Numbers of current runs: a series that is cleared and published again has the same one, so
        # that a page takes the new points for the old ones in one step.
        self._idents: dict[tuple[str, str], int] = {}
        self._made = 0

    @property
    def by_name(self) -> dict[str, Series]:
        """The series in their order, in which they are put when somebody asks: a producer may begin
        very many runs meanwhile.
        """
        if not self._is_in_order:
            every = (each for runs in self._ranks.values() for each in runs)
            self.by_name = {each.name: each for each in every}
        return self._by_name

    @by_name.setter
    def by_name(self, by_name: dict[str, Series]) -> None:
        self._by_name, self._is_in_order = by_name, True

    @property
    def too_late(self) -> int:
        """Points that came when their place was no longer held."""
        return self._too_late + sum(series.too_late for series in self._by_name.values())

    def will_return(self, idents: Iterable[int]) -> bool:
        """True when one of these numbers is that of a current run that was cleared or removed, and
        would have it again.
        """
        there = {series.ident for series in self._by_name.values()}
        return not there.issuperset(set(self._idents.values()).intersection(idents))

    def find(self, name: str) -> Series:
        """Return the series of that name.

        Raises:
            KeyError: there is none; the text names those there are.
        """
        found = self._by_name.get(name)
        if found is None:
            raise KeyError(
                f"plot {self.plot!r} has no series {name[:100]!r}; it has {listed(self.by_name)}"
            )
        return found

    def family(self, series: str, run: str) -> Sequence[Series]:
        """Return all runs of a published name that are held, the newest first."""
        return self._families.get((series, run), ())

    def taken(self, series: str, run: str) -> int:
        """Return a number that grows with each point that comes for a published name."""
        gone = self.cleared + self._too_late
        return gone + sum(each.count + each.too_late for each in self.family(series, run))

    def takes(self, series: str) -> bool:
        """Return whether points of a published name, without a run's, need no new series."""
        return (series, "") in self._runs

    def runs_of(self, series: str, came: Arrival) -> Runs:
        """Return what takes the points of a published name that came so, made on first use.

        Raises:
            TooMany: the plot has all the series that it may have.
        """
        runs = self._runs.get((series, came.run))
        if runs is None:
            if (series, came.run) not in self._families:  # past runs keep the place of a name
                if len(self._families) >= MAX_SERIES:
                    raise TooMany(
                        f"plot {self.plot!r} has {MAX_SERIES:,} series, and takes no further one: "
                        f"{series!r}"
                    )
                self.places.take(series)
            first = self._make(series, came.run, came)
            self._by_name[first.name] = first
            first.rank = self.version
            self._ranks[first.rank] = [first]
            runs = self._runs[series, came.run] = Runs(first, self._begin, self._pass_over)
            runs.past = max(each.number for each in self._families[series, came.run])
            runs.set_xy(xy=self.xy_of(series))
        return runs

    @property
    def names(self) -> int:
        """How many published names, and named runs of them, there are, if only as past runs."""
        return len(self._families)

    def decide_xy(self) -> None:
        """Have each series be a curve, or none, as ``xy_of`` says by now."""
        for (series, _), runs in self._runs.items():
            runs.set_xy(xy=self.xy_of(series))

    # -- colours -----------------------------------------------------------------------------------

    def set_bands(self, options: Mapping[str, Mapping[str, Any]]) -> None:
        """Have series that bound a band, by the options of single series, share the slot of the one
        around which it is: they are not drawn beside it.
        """
        around = {
            end: name
            for name, its in options.items()
            for end in its.get("band") or ()
            if end != name
        }
        if around != self._around:
            self._around = around
            self._settle_slots()

    def set_derived(self, derived: Mapping[str, Origin]) -> None:
        """Have these be the series that are derived: a smooth one shares the slot of what it
        smooths.
        """
        self.derived = derived
        self._settle_slots()

    def _settle_slots(self) -> None:
        every = self.by_name.values()
        slots = self._slots.settle(self._slot_name(each.of, each.run) for each in every)
        for series, slot in zip(every, slots, strict=True):
            self.version += slot != series.slot
            series.slot = slot

    def _slot_name(self, series: str, run: str) -> str:
        """Return what has a slot: a run that has a name, else what was published."""
        while (origin := self.derived.get(series)) is not None and origin.is_smooth:
            series = origin.source
        return run or self._around.get(series, series)

    def places_of(self, of: str) -> list[str]:
        """Return the published names beside which a series stands, itself first: it is drawn where
        that is from which it is derived, unless something else is said of it.
        """
        places = [of]
        while (origin := self.derived.get(places[-1])) is not None:
            places.append(origin.source)
        return places

    def _make(self, series: str, run: str, came: Arrival) -> Series:
        names = (label(series, run), f"{series} \u00b7 {run}" if run else series)
        name = first_free(names, self._by_name)
        ident = self._idents.setdefault((series, run), self._made)
        self._made = max(self._made, ident + 1)
        self.version += 1
        slot = self._slots.add(self._slot_name(series, run))
        made = Series(ident, name, of=series, run=run, cell=came.cell(), slot=slot)
        made.resized = self.resized
        self._families.setdefault((series, run), []).insert(0, made)
        self.resized(made)
        return made

    # -- runs --------------------------------------------------------------------------------------

    def begin_derived(self, name: str, source: Series) -> Series:
        """Return a new series of that name for what is derived of a run, the next one where there
        is one already.

        Raises:
            TooMany: the plot has all the series that it may have.
        """
        came = Arrival(source.run, cell=lambda: source.cell)
        is_first = (name, source.run) not in self._runs
        runs = self.runs_of(name, came)
        if not is_first:
            runs.current = self._begin(runs.current, came)
        return runs.current

    def _begin(self, past: Series, came: Arrival) -> Series:
        """Return the series of the next run, in the place of the `past` one, which stands behind
        it; of more runs than may be kept the oldest one goes.
        """
        runs = self._runs[past.of, past.run]
        del self._idents[past.of, past.run]
        runs.past += 1
        past.number, name = runs.past, past.name
        insort(self._past, past, key=_ident)
        del self._by_name[name]
        current = self._make(past.of, past.run, came)
        current.rank = past.rank
        self._ranks[past.rank].insert(0, current)
        self._by_name[current.name] = current
        if current.name == name:
            past.name = first_free((f"{name} ({past.number})",), self._by_name)
        self._by_name[past.name] = past
        self._is_in_order = False
        for oldest in self._families[past.of, past.run][MAX_RUNS:]:
            self._drop(oldest)
        return current

    def _pass_over(self, runs: int, points: int) -> None:
        """Count runs, and points of theirs that were not taken in for that, which go at once."""
        self.dropped += runs
        self.dropped_points += points
        self.cleared += points

    def drop_oldest_run(self) -> bool:
        """Forget the past run that began first, to make room; False when there is none."""
        if not self._past:
            return False
        self._drop(self._past[0])
        return True

    def _drop(self, series: Series) -> None:
        self.dropped += 1
        self.dropped_points += series.count
        self.remove(series.name)

    # -- names -------------------------------------------------------------------------------------

    def rename(self, old: str, new: str) -> None:
        """Give a series another name; points that are published go where they went.

        Raises:
            KeyError: there is no such series.
            ValueError: another one has that name.
        """
        series = self.find(old)
        if new in self._by_name and new != old:
            raise ValueError(f"plot {self.plot!r} has a series {new!r} already")
        series.name = new
        self.by_name = {each.name: each for each in self.by_name.values()}
        self.version += 1

    def remove(self, name: str) -> None:
        """Forget a series and its points; points that are published later make it anew.

        Raises:
            KeyError: there is no such series.
        """
        series = self.find(name)
        del self._by_name[name]
        self._forget(series)
        runs = self._runs.get((series.of, series.run))
        if runs is not None and runs.current is series:
            del self._runs[series.of, series.run]
            if len(self._idents) > MAX_IDENTS:
                self._idents = {name: runs.current.ident for name, runs in self._runs.items()}
        elif runs is not None:
            runs.forget(series)
        self.cleared += series.count
        self._too_late += series.too_late
        self.version += 1

    def _forget(self, series: Series) -> None:
        """Forget a series wherever it is known but for its name."""
        self.on_remove(series)
        series.resized = nobody
        self._slots.leave(self._slot_name(series.of, series.run))
        if series.number:
            del self._past[bisect_left(self._past, series.ident, key=_ident)]
        _take(series, self._ranks, series.rank)
        _take(series, self._families, (series.of, series.run))
        if (series.of, series.run) not in self._families:
            self.places.leave()

    def clear(self, of: str = "") -> None:
        """Forget all series and their points, or all runs of one published name."""
        for series in list(self.by_name.values()):
            if of in ("", series.of):
                self.remove(series.name)


def _take(series: Series, groups: dict[_K, list[Series]], key: _K) -> None:
    """Take a series out of its group, and the group, where it was the last one."""
    groups[key].remove(series)
    if not groups[key]:
        del groups[key]
