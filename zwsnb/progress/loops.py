"""A loop that shows how far it is."""

from __future__ import annotations

import operator
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from zwsnb.kinds.words import kind_of
from zwsnb.progress.bars import EVERY, bars_of
from zwsnb.progress.meter import Meter
from zwsnb.protocol.names import check_name

T = TypeVar("T")

_MOST: Final = 1 << 62
"""Items of a loop of which it is said how much is done."""


def steps_of(iterable: Iterable[object], total: int | None, text: str) -> int | None:
    """Return how many items a loop has, as far as that is known.

    Raises:
        TypeError, ValueError: it is no iterable, or the total or the text is none.
    """
    if total is not None and (isinstance(total, bool) or operator.index(total) < 0):
        raise ValueError(f"total is {total!r}; it is a number of items")
    if text:
        check_name(text, "text")
    if not any(hasattr(iterable, way) for way in ("__iter__", "__getitem__")):
        raise TypeError(f"a loop needs something to loop over, not {kind_of(iterable)}")
    steps = length_of(iterable) if total is None else total
    # One of more has no end.
    return None if steps is not None and steps > _MOST else steps


def length_of(iterable: object) -> int | None:
    """Return how many items there are, as far as that is known."""
    try:
        found = operator.length_hint(iterable, -1)
    except Exception:  # noqa: BLE001 - lazy data sets say in many ways that they have no length
        return None
    return None if found < 0 else found


def shown(
    iterable: Iterable[T],
    total: int | None,
    text: str,
    plot: str,
    is_whole: Callable[[], bool] = lambda: True,
) -> Iterator[T]:
    """Yield the items, and show how far the loop is; is_whole: asked when no more come."""
    done, clock, has_ended = 0, time.monotonic, False
    bars, meter = bars_of(plot), Meter(text, total, clock())
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
        has_ended = is_whole()
    finally:
        meter.end(done, clock(), is_whole=has_ended)
        bars.end(meter)
