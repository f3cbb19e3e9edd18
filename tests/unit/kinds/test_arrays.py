"""What is counted of an array; its types are held by mypy."""

from __future__ import annotations

import math

import numpy as np
import pytest

from zwsnb.kinds.arrays import LIST_LIMIT, count_gaps


@pytest.mark.parametrize("n", [3, LIST_LIMIT, LIST_LIMIT + 1])
@pytest.mark.parametrize("gaps", [0, 1, 3])
def test_gaps_are_counted(n: int, gaps: int) -> None:
    y = np.zeros(n)
    y[:gaps] = math.nan
    assert count_gaps(y) == gaps
