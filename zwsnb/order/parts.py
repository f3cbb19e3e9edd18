"""The parts of x that are sorted.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.kinds.arrays import LIST_LIMIT

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column


def is_sorted(x: Column) -> bool:
    """True when `x` nowhere goes back."""
    if len(x) > LIST_LIMIT:
        return bool((x[1:] >= x[:-1]).all())
    numbers = x.tolist()
    return bool(numbers == sorted(numbers))


def ends_of_parts(x: Column) -> list[int]:
    """Return where each sorted part of `x` ends."""
    return [*((x[1:] < x[:-1]).nonzero()[0] + 1).tolist(), len(x)]
