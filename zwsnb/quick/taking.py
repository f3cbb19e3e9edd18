"""What Python takes without a closer look: a number of each of some series, at a number or a
datetime.  [no I/O]
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from zwsnb.kinds.plain import EXACT_NUMBERS, NUMBERS
from zwsnb.kinds.times import seconds_of_date
from zwsnb.kinds.values import LARGEST
from zwsnb.quick.one_step import Step, in_one_step
from zwsnb.quick.pairs import SEAL, ExactPairs, Pairs


class Gathering(Protocol):
    """What one series gathers: doubles, or numbers with all their digits; one is open at most."""

    items: Pairs
    exact: ExactPairs


def take_one(into: Gathering | None, x: Any, y: Any) -> bool:
    """Add a point; False when a number, or where it gathers, needs a closer look."""
    if into is None:
        return False
    if type(x) in EXACT_NUMBERS and type(y) in EXACT_NUMBERS:  # most are
        pairs = into.items if into.items.is_open else into.exact
        if (
            pairs.is_open
            and -LARGEST <= x <= LARGEST
            and -LARGEST <= y <= LARGEST
            and len(pairs) < SEAL
        ):
            pairs.extend((x, y))
            return True
    at, number = _x_for(into.items, x), _number(y)
    if at is None or number is None or len(into.items) >= SEAL:
        return False
    into.items.extend((at, number))
    return True


def take_each(each: Sequence[Gathering | None], x: Any, values: Iterable[Any]) -> bool:
    """Add a point to each of some series of a plot, or to none; False as `take_one`.

    values: the y of each.
    """
    at = None if not each or each[0] is None else _x_for(each[0].items, x)
    if at is None:
        return False
    steps: list[Step] = []
    for into, y in zip(each, values, strict=True):
        number = _number(y)
        if into is None or number is None or len(into.items) >= SEAL:
            return False
        if not (into.items.is_open or into.items.takes_times):
            return False
        steps.append(partial(into.items.extend, (at, number)))
    in_one_step(*steps)
    return True


def _x_for(pairs: Pairs, x: Any) -> float | None:
    """Return an x as a number for these; None when it needs a closer look."""
    if pairs.is_open:
        number = _number(x)
        return number if number is not None and math.isfinite(number) else None
    is_timed = pairs.takes_times and type(x) is datetime
    return seconds_of_date(x, "x", pairs.origin) if is_timed else None


def _number(value: Any) -> float | None:
    """Return a number as a double, also a y that is none; None when it needs a closer look."""
    if type(value) not in NUMBERS:
        return None
    try:
        return float(value)
    except OverflowError:
        return None
