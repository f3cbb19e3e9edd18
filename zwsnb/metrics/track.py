"""`zwsnb.track`: a loop that shows how far it is."""

from __future__ import annotations

import operator
import time
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from zwsnb.metrics.bars import EVERY, Bars, bars_of
from zwsnb.metrics.meter import Meter
from zwsnb.plot import Plot
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_PLOT, check_name

T = TypeVar("T")

_MOST: Final = 1 << 62
"""Items of a loop of which it is said how much is done."""


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
    if total is not None and (isinstance(total, bool) or operator.index(total) < 0):
        raise ValueError(f"total is {total!r}; it is a number of items")
    if text:
        check_name(text, "text")
    if not any(hasattr(iterable, way) for way in ("__iter__", "__getitem__")):
        raise TypeError(f"track needs something to loop over, not a {type(iterable).__name__}")
    steps = length_of(iterable) if total is None else total
    if steps is not None and steps > _MOST:
        steps = None  # such a loop has no end
    return _tracked(iterable, steps, text, bars_of(name))


def length_of(iterable: object) -> int | None:
    """Return how many items there are, as far as that is known."""
    try:
        found = operator.length_hint(iterable, -1)
    except Exception:  # noqa: BLE001 - lazy data sets say in many ways that they have no length
        return None
    return None if found < 0 else found


def _tracked(iterable: Iterable[T], total: int | None, text: str, bars: Bars) -> Iterator[T]:
    done, clock, is_whole = 0, time.monotonic, False
    meter = Meter(text, total, clock())
    bars.begin(meter)
    meter.start(now := clock())  # the first one may have started a service
    due = now + EVERY
    try:
        for item in iterable:
            yield item
            done += 1
            if (now := clock()) >= due:
                meter.look(done, now)
                bars.show()
                due = now + EVERY
        is_whole = True
    finally:
        meter.end(done, clock(), is_whole=is_whole)
        bars.end(meter)
