"""The types of arrays, declared once, and what is counted of one.  [no I/O]"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Column: TypeAlias = "NDArray[np.float64]"
"""Shape (n,): one coordinate of n points."""

Rows: TypeAlias = "NDArray[np.float64]"
"""Shape (k, n): k columns of n points or cells; x and y for k = 2."""

Vertices: TypeAlias = "NDArray[np.float64]"
"""Shape (n, 2): x and y of n vertices; y is NaN in a gap."""

Mask: TypeAlias = "NDArray[np.bool_]"

LIST_LIMIT: Final = 2_048
"""Points up to which Python's own lists are used and not numpy.

Sixty times a second, each time after a sleep, what counts is how much code is touched, since the
caches are cold. And however little they have to do, many functions of numpy release the
interpreter's lock, which wakes a busy cell.
"""


def count_gaps(y: Column) -> int:
    """Return how many values are NaN."""
    if len(y) <= LIST_LIMIT and not math.isnan(sum(y.tolist())):
        return 0
    return int(np.count_nonzero(np.isnan(y)))


def least_double(number: int) -> float:
    """Return the least double that is not below a number."""
    near = float(number)
    return near if near >= number else math.nextafter(near, math.inf)
