"""What gathers of one series: the same in C and in Python."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, strategies as st
from support.pairs import COMPILER, gather, gathered

from zwsnb.quick.pairs import ExactPairs, Pairs, columns, give_back, new_pairs, removing


@pytest.fixture
def pairs() -> Pairs:
    return new_pairs()


@pytest.mark.skipif(COMPILER is None, reason="there is no compiler here")
def test_it_is_compiled_where_there_is_a_compiler(pairs: Pairs, language: str) -> None:
    assert isinstance(pairs, ExactPairs) == (language == "Python")


def test_new_ones_are_empty_and_closed(pairs: Pairs) -> None:
    assert (len(pairs), pairs.is_open, gathered(pairs)) == (0, False, [])


def test_they_are_open_or_closed(pairs: Pairs) -> None:
    for is_open in (True, False, True):
        pairs.is_open = is_open
        assert pairs.is_open is is_open


@given(st.lists(st.integers(0, 300) | st.none(), max_size=20))
def test_they_are_as_a_list(changes: list[int | None]) -> None:
    """So many pairs gather, or half of what has gathered is removed."""
    pairs, model, number = new_pairs(), list[float](), 0
    for more in changes:
        if more is None:
            n = len(model) // 4 * 2
            x, y = columns(pairs, n)
            step = removing(pairs, n)
            assert (x.tolist(), y.tolist()) == (model[:n:2], model[1:n:2])
            assert gathered(pairs) == model, "nothing is removed before the step"
            step()
            del model[:n]
        for _ in range(more or 0):
            number += 2
            pairs.extend((number, -number))
            model += [number, -number]
        assert (len(pairs), gathered(pairs)) == (len(model), model)
    pairs.clear()
    assert len(pairs) == 0


def test_columns_are_ones_own(pairs: Pairs) -> None:
    """Gaps are made in them."""
    gather(pairs, [1.0, np.inf])
    _, y = columns(pairs, 2)
    y[0] = np.nan
    assert gathered(pairs) == [1, np.inf]


def test_they_take_whole_numbers_and_those_of_numpy(pairs: Pairs) -> None:
    gather(pairs, [1, float(np.float32(0.5)), 2**60 + 1, np.nan])
    assert str(gathered(pairs)) == "[1.0, 0.5, 1.152921504606847e+18, nan]"


def test_empty_ones_give_back_their_memory(pairs: Pairs) -> None:
    gather(pairs, [0.0] * 10_000)
    removing(pairs, 10_000)()
    give_back(pairs)
    assert sys.getsizeof(pairs) < 1_000
    gather(pairs, [1.0, 2.0])
    assert gathered(pairs) == [1, 2]


def test_who_wants_python_has_it() -> None:
    program = "from zwsnb.quick.pairs import IN_C, new_pairs; print(IN_C, new_pairs())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, check=True, env={**os.environ, "ZWSNB_PUBLISH": "python"},
    )  # fmt: skip
    assert done.stdout == "None []\n"
