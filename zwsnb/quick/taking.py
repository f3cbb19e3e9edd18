"""What Python takes without a closer look: a number of each of some series, at a number or a
datetime.  [no I/O]
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from zwsnb.kinds.plain import NUMBERS
from zwsnb.kinds.times import seconds_of_date
from zwsnb.quick.one_step import Step, in_one_step
from zwsnb.quick.pairs import SEAL, Pairs


def take_one(pairs: Pairs | None, x: Any, y: Any) -> bool:
    """Add a point to what gathers of a series; False when it, or a number, needs a closer look."""
    if pairs is None or len(pairs) >= SEAL:
        return False
    at, number = _x_for(pairs, x), _finite(y)
    if at is None or number is None:
        return False
    pairs.extend((at, number))
    return True


def take_each(known: Mapping[str, Pairs], x: Any, values: Mapping[str, Any]) -> bool:
    """Add a point to each of some series of a plot, or to none; False as `take_one`.

    known: what gathers of each series. values: the y of each.
    """
    steps: list[Step] = []
    at: float | None = None
    for name, y in values.items():
        pairs, number = known.get(name), _finite(y)
        if pairs is None or number is None or len(pairs) >= SEAL:
            return False
        if not steps:
            at = _x_for(pairs, x)
        if at is None or not (pairs.is_open or pairs.takes_times):
            return False
        steps.append(partial(pairs.extend, (at, number)))
    in_one_step(*steps)
    return bool(steps)


def _x_for(pairs: Pairs, x: Any) -> float | None:
    """Return an x as a number for these; None when it needs a closer look."""
    if pairs.is_open:
        return _finite(x)
    return (
        seconds_of_date(x, "x", pairs.origin) if type(x) is datetime and pairs.takes_times else None
    )


def _finite(value: Any) -> float | None:
    """Return a number as a double; None when it is none, or not finite."""
    if type(value) not in NUMBERS:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
