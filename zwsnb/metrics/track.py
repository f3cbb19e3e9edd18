"""`zwsnb.track`: a loop that shows how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from zwsnb.plot.plot import Plot
from zwsnb.progress.loops import shown, steps_of
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_PLOT, check_name

T = TypeVar("T")


@public()
def track(
    iterable: Iterable[T],
    total: int | None = None,
    *,
    text: str = "",
    plot: str | Plot = DEFAULT_PLOT,
) -> Iterator[T]:
    """Return an iterator over `iterable` that shows how far it is, how fast and how long it has to
    go, above a plot, and in a terminal as a line: ``for batch in zwsnb.track(batches):``.

    Args:
        total: how many items there are (default: as many as `iterable` says)
        text: what stands before the figures, such as "epoch" (default: nothing)
        plot: a plot, or its name (default: "plot")

    Raises:
        TypeError, ValueError: it is no iterable, or the total, the text or the plot is none.
    """
    name = plot.name if isinstance(plot, Plot) else check_name(plot, "plot")
    return shown(iterable, steps_of(iterable, total, text), text, name)
