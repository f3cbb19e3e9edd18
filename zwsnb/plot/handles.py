"""What the handles of plots that this process has made have said: which call says all options of a
plot.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import FrameType
from typing import Final

from zwsnb.display.place import Place, is_used_at_once, place_of

_places: Final[dict[str, Place | None]] = {}
"""By name, the plots that were made in this process: where a call has last given options."""


def made() -> list[str]:
    """Return the names of the plots of which this process has made a handle."""
    return list(_places)


def is_whole_truth(name: str, options: Mapping[str, object], caller: FrameType) -> bool:
    """True when a call for a plot says all of its options, by giving some or by giving none any
    more; remember it.
    """
    before, place = _places.setdefault(name, None), None
    if options:
        _places[name] = place_of(caller)
        return True
    if before is not None and not is_used_at_once(caller):
        place = place_of(caller)
    if place is None or place != before:
        return False
    _places[name] = None
    return True


def forget(name: str) -> None:
    """A plot was closed."""
    _places.pop(name, None)
