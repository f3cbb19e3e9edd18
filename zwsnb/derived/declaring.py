"""What may be derived beside what a plot has: one rule for a program and the relay.  [no I/O]"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

MAX_DERIVED: Final = 100
"""Of one plot."""


def check_declared(
    plot: str, name: str, sources: Mapping[str, Sequence[str]], published: Container[str]
) -> None:
    """Check that the series `name` may be derived in a plot.

    sources: of which series each is derived, `name` included. published: the names under which
    points have come.

    Raises:
        ValueError: it may not.
    """
    if name in published:
        raise ValueError(f"plot {plot!r} has a series {name!r} already")
    if len(sources) > MAX_DERIVED:
        raise ValueError(f"plot {plot!r} has {MAX_DERIVED} derived series")
    in_order(sources)


def in_order(sources: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the names of what is derived, each behind those of which it is derived.

    Raises:
        ValueError: one would be derived from itself.
    """
    graph = {name: [each for each in its if each in sources] for name, its in sources.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " from ".join(repr(name) for name in error.args[1])
        raise ValueError(f"a series cannot be derived from itself: {circle}") from error
