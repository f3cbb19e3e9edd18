"""The smoothing of a series by hand, from the legend: an exponential moving mean, under a name of
its own.  [no I/O]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zwsnb.derived.expression import Call
from zwsnb.derived.parser import parse, quoted
from zwsnb.protocol.batch import Remove
from zwsnb.protocol.derivation import Derive

if TYPE_CHECKING:
    from zwsnb.history.catalog import Catalog

_SMOOTHED: Final = "{} smoothed"


def smoothing(catalog: Catalog, of: str, weight: float) -> Derive | Remove:
    """Return the command that smooths what was published as `of`, or is smooth by hand already, by
    that weight; by 0, which ends it.

    Raises:
        ValueError: the weight is none, or the name cannot stand in an expression; it is 0, and
            nothing is smooth by hand: a series of that name may be one that is published.
    """
    source = _source_of(catalog, of)
    name = _SMOOTHED.format(source)
    if weight == 0:
        if not weight_of(catalog, of):
            raise ValueError(f"{of!r} is not smoothed by hand")
        return Remove(catalog.plot, name)
    expression = f"ema({quoted(source)}, {weight!r})"
    parse(expression)
    return Derive(catalog.plot, name, expression)


def weight_of(catalog: Catalog, of: str) -> float:
    """Return by which weight a series is smoothed by hand; 0: it is not."""
    origin = catalog.derived.get(_SMOOTHED.format(_source_of(catalog, of)))
    tree = parse(origin.text).tree if origin is not None and origin.is_smooth else None
    weight = tree.settings[0] if isinstance(tree, Call) else 0.0
    return weight if isinstance(weight, float) else 0.0


def _source_of(catalog: Catalog, of: str) -> str:
    """Return what a series is smoothed from by hand, or itself."""
    origin = catalog.derived.get(of)
    is_by_hand = origin is not None and of == _SMOOTHED.format(origin.source)
    return origin.source if origin is not None and is_by_hand else of
