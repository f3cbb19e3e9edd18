"""Which series of a snapshot are in which of its stacked panels.

The rule is that of the page: ``static/picture/arrange.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from zwsnb.protocol.checks.option_checks import MAX_PANELS
from zwsnb.protocol.option_types import Panels
from zwsnb.protocol.series_options import PanelOptions


def arrange(
    panels: Panels | None,
    names: Sequence[str],
    places: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[list[str]]:
    """Return the names in each panel.

    A series stands in the first panel that names what was published, or from what that is derived
    (the first of `places` that one names, or the name itself), else in the last.
    """
    by_group = panels == "groups"
    said = [_names_in(panel) for panel in panels or [] if not isinstance(panel, str)]
    groups = _grouped(places.get(name, [name])[-1] for name in names) if by_group else said
    wanted: Sequence[Sequence[str]] = groups or [[]]
    homes: dict[str, int] = {}
    for index, panel in enumerate(wanted):
        for name in panel:
            homes.setdefault(name, index)
    found: list[list[str]] = [[] for _ in wanted]
    for name in names:
        home = next((homes[each] for each in places.get(name, [name]) if each in homes), -1)
        found[home].append(name)
    return found


def _names_in(panel: Sequence[str] | PanelOptions) -> Sequence[str]:
    return (panel.get("series") or []) if isinstance(panel, Mapping) else panel


def _grouped(names: Iterable[str]) -> list[list[str]]:
    """Return a panel for each group of published names, what stands before the first slash, in the
    order in which they have come; of more than there may be the last has the rest.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.partition("/")[0] if "/" in name else "", []).append(name)
    return list(groups.values())[:MAX_PANELS]
