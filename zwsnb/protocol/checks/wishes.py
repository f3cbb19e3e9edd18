"""What is wanted of one plot: said by somebody, or proposed.  [no I/O]"""

from __future__ import annotations

from collections.abc import Mapping, Set as AbstractSet
from types import MappingProxyType
from typing import Any, NamedTuple

from zwsnb.protocol.checks.proposed_panels import with_panels
from zwsnb.protocol.options import DEFAULTS, merged


class Wishes(NamedTuple):
    """What is wanted of one plot: what somebody has ``said``, and what was ``proposed``, which
    holds where nobody has said else.

    ``spoken_of`` are names of options that have been said, though they may be taken back since; of
    the options of single series, pairs: the series, and its option.
    """

    said: Mapping[str, Any] = MappingProxyType({})
    spoken_of: AbstractSet[str | tuple[str, str]] = frozenset()
    proposed: Mapping[str, Any] = MappingProxyType({})

    def saying(self, changes: Mapping[str, Any], *, is_whole: bool = False) -> Wishes:
        """Return them with what is said now, by options that were checked; whole: only that.

        Raises:
            ValueError: as `zwsnb.protocol.options.merged`.
        """
        before = Wishes(proposed=self.proposed) if is_whole else self
        said, spoken_of = merged(before.said, changes), before.spoken_of | _spoken_of_in(changes)
        if "series" in spoken_of:  # of all: nothing is proposed of a single one any more
            spoken_of = {name for name in spoken_of if isinstance(name, str)}
        return Wishes(said, spoken_of, self.proposed)

    def proposing(self, options: Mapping[str, Any]) -> Wishes:
        """Return them with a proposal, by options that were checked; raises as `saying`."""
        return self._replace(proposed=merged(self.proposed, options))

    @property
    def options(self) -> dict[str, Any]:
        """All options of the plot."""
        proposed = {k: its for k, its in self.proposed.items() if k not in self.spoken_of}
        series: dict[str, Any] = dict(self.said.get("series", {}))
        for name, its in proposed.get("series", {}).items():
            unsaid = {k: value for k, value in its.items() if (name, k) not in self.spoken_of}
            if unsaid:
                series[name] = {**unsaid, **series.get(name, {})}
        return {**DEFAULTS, **proposed, **with_panels(self.said, self.proposed), "series": series}


def _spoken_of_in(changes: Mapping[str, Any]) -> set[str | tuple[str, str]]:
    """Return what is spoken of; of all series where none is to have options."""
    series: Mapping[str, Any] = changes.get("series", {})
    found: set[str | tuple[str, str]] = {name for name in changes if name != "series" or not series}
    return found | {(name, option) for name, its in series.items() for option in its}
