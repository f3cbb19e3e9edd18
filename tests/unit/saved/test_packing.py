"""Numbers as few bytes, and back to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from zwsnb.saved.packing import pack, unpack

COLUMNS = st.lists(
    hnp.arrays(np.float64, st.integers(0, 40), elements=st.floats(width=64)), max_size=4
)


@given(COLUMNS)
def test_every_bit_comes_back(columns: list[np.ndarray]) -> None:
    found = unpack(b"".join(pack(columns)), map(len, columns))
    for column, other in zip(columns, found, strict=True):
        assert column.tobytes() == other.tobytes()


def test_it_comes_in_pieces() -> None:
    column = np.random.default_rng(1).standard_normal(100_000)
    assert len(list(pack([column]))) > 10


@pytest.mark.parametrize(
    ("column", "most"),
    [
        (np.arange(50_000.0), 1.0),
        (np.zeros(50_000), 0.1),
        (np.random.default_rng(1).standard_normal(50_000).astype(np.float32), 4.0),
        (np.random.default_rng(1).standard_normal(50_000), 7.5),
    ],
    ids=["counting", "constant", "float32", "noise"],
)
def test_what_neighbours_share_costs_little(column: np.ndarray, most: float) -> None:
    assert len(b"".join(pack([column]))) / len(column) < most
