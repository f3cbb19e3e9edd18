"""One derivation of a plot: the series that it has for each run of its source.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.derived.follower import Follower
from zwsnb.history.budgets import TooMany
from zwsnb.history.catalog import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zwsnb.derived.expression import Expression
    from zwsnb.history.catalog import Catalog
    from zwsnb.history.series import Series


class Derivation:
    """The series ``name`` of a plot, derived by ``expression`` from what is published: in each run
    of its first series from the runs of the others that are as old.
    """

    def __init__(self, name: str, expression: Expression) -> None:
        self.name = name
        self.expression = expression
        self._source = expression.series[0]
        # By the run of the source; one that was removed stays, so that it does not come back.
        self._followers: dict[Series, Follower] = {}
        self._let_go: set[Series] = set()
        # Those whose own series is there.
        self._active: list[Follower] = []
        self._problem = ""

    @property
    def has_curve(self) -> bool:
        """True when something that it follows has become a curve."""
        return any(each.is_void for each in self._followers.values())

    def match(self, catalog: Catalog) -> None:
        """Follow the series that there are, and no others."""
        for source, its in list(self._followers.items()):
            is_there = _is_in(catalog, source)
            if not is_there or self._is_void(source) or self._was_cleared(catalog, its):
                self._forget(catalog, source)
        self._let_go &= {each.target for each in self._followers.values()}
        of = self._source
        runs = [each for each in catalog.by_name.values() if each.of == of and each.ordered]
        for source in sorted(runs, key=lambda each: each.ident):
            if source not in self._followers:
                self._follow(catalog, source, _beside(catalog, source, self.expression.series))
        followers = self._followers.values()
        self._active = [each for each in followers if _is_in(catalog, each.target)]

    def let_go(self, series: Series) -> None:
        """Have one of its runs not come back, which is removed by hand."""
        self._let_go.add(series)

    def update(self, most: float) -> float:
        """Compute what is new, but for a cost of about `most`; return what it has cost."""
        spent = 0.0
        for follower in self._active:
            spent += follower.update(most - spent)
        return spent

    def _is_void(self, source: Series) -> bool:
        """True when another series that it is derived from has begun a run of its own since, or one
        of them is a curve.
        """
        follower = self._followers[source]
        is_apart = not source.number and any(each.number for each in follower.sources.values())
        return follower.is_void or is_apart

    def _was_cleared(self, catalog: Catalog, follower: Follower) -> bool:
        """True when a current run is gone that nobody has removed: it begins anew, as one that is
        published does.
        """
        target = follower.target
        return not (target.number or _is_in(catalog, target) or target in self._let_go)

    def _forget(self, catalog: Catalog, source: Series) -> None:
        target = self._followers.pop(source).target
        if _is_in(catalog, target):
            catalog.remove(target.name)

    def _follow(self, catalog: Catalog, source: Series, beside: Mapping[str, Series]) -> None:
        """Begin a series for a run of the source, if the others have one that belongs to it."""
        names = self.expression.series
        if not beside.keys() >= set(names):
            return
        try:
            target = catalog.begin_derived(self.name, source)
        except TooMany as error:
            self._problem = str(error)
            return
        self._problem = ""
        others = {name: beside[name] for name in names}
        self._followers[source] = Follower(self.expression, others, target)

    def clear(self, catalog: Catalog) -> None:
        """Remove all its series."""
        self._followers.clear()
        self._active.clear()
        catalog.clear(self.name)

    def notices(self, catalog: Catalog) -> list[str]:
        """Return what a user should know of it, in plain words."""
        if self._problem:
            return [f"{self.name} is not computed: {self._problem}."]
        of = {each.of: each for each in catalog.by_name.values()}
        missing = [name for name in self.expression.series if name not in of]
        if missing and of:
            return [f"{self.name} waits for {listed(missing)}; the plot has {listed(of)}."]
        if any(not of[name].ordered for name in self.expression.series if name in of):
            return [f"{self.name} is not computed: of a curve, whose x swings, nothing is derived."]
        followers = self._followers.values()
        if any(each.begins_late for each in followers):
            return [f"{self.name} begins where the points are that were held when it was declared."]
        if any(each.is_near for each in followers):
            return [f"{self.name} has gone on behind points that had left the memory."]
        return []


def _is_in(catalog: Catalog, series: Series) -> bool:
    return catalog.by_name.get(series.name) is series


def _beside(catalog: Catalog, source: Series, names: Iterable[str]) -> Mapping[str, Series]:
    """Return what was published under those names in the run of a source."""
    runs = (each for name in names for each in catalog.family(name, source.run))
    return {each.of: each for each in runs if each.ordered and each.number == source.number}
