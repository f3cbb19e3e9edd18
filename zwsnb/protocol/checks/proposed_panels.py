"""Panels that are said, and those that are proposed beside them.  [no I/O]"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def with_panels(said: Mapping[str, Any], proposed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options that are said; where panels are among them, with those proposed ones whose
    series none of them names, each behind the one that it follows in the proposal.
    """
    panels, others = said.get("panels"), proposed.get("panels")
    if not panels or not others or isinstance(panels, str) or isinstance(others, str):
        return said
    found, at = list(panels), len(panels)
    for panel in others:
        home = _home_of(panel, found)
        if home is None:
            found.insert(at, panel)
        at = (at if home is None else home) + 1
    return {**said, "panels": found}


def _home_of(panel: object, among: Iterable[object]) -> int | None:
    """Return the place of the last one that names a series of the panel, if there is one."""
    names = set(_names_in(panel))
    homes = [i for i, each in enumerate(among) if names & set(_names_in(each))]
    return homes[-1] if homes else None


def _names_in(panel: Any) -> list[str]:
    return list(panel.get("series", ()) if isinstance(panel, Mapping) else panel)
