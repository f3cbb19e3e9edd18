"""Vertices against a list of all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.view.streams import vertex_buffer
from zwsnb.view.streams.vertex_buffer import VertexBuffer


def rows(begin: int, end: int) -> np.ndarray:
    return np.stack((np.arange(float(begin), end), -np.arange(float(begin), end)))


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 50)), max_size=20))
def test_vertices_keep_their_numbers(steps: list[tuple[int, int]]) -> None:
    buffer, count = VertexBuffer(), 0
    for n, back in steps:
        buffer.append(rows(count, count + n))
        count = max(0, count + n - back)
        buffer.truncate(count)
    assert (buffer.first, buffer.end) == (0, count)
    np.testing.assert_array_equal(buffer.slice(0, count), rows(0, count))
    for x in (-1.0, 3.0, 3.5, 1e9):
        assert buffer.find(x) == int(np.searchsorted(np.arange(count), x))


def test_of_very_many_the_older_half_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vertex_buffer, "MAX_SETTLED", 2000)
    buffer = VertexBuffer()
    for i in range(50):
        buffer.append(rows(100 * i, 100 * i + 100))
        assert buffer.end - buffer.first <= 2000
    assert buffer.end == 5000
    np.testing.assert_array_equal(buffer.slice(buffer.first, 5000), rows(buffer.first, 5000))


def test_a_buffer_that_runs_for_long_stays_in_the_memory_of_its_start() -> None:
    buffer = VertexBuffer(3000)
    for i in range(40):
        buffer.append(rows(100 * i, 100 * i + 100))
    place = buffer.slice(buffer.first, buffer.end).base
    for i in range(40, 200):
        buffer.append(rows(100 * i, 100 * i + 100))
        assert buffer.slice(buffer.first, buffer.end).base is place
    assert place is not None
    assert place.shape == (2, 3000)
    np.testing.assert_array_equal(
        buffer.slice(buffer.first, buffer.end), rows(buffer.first, buffer.end)
    )


def test_more_than_it_keeps_at_once_has_room_all_the_same() -> None:
    buffer = VertexBuffer(1000)
    for begin, end in ((0, 100), (100, 5000), (5000, 5100)):
        buffer.append(rows(begin, end))
    assert buffer.first <= 2552
    np.testing.assert_array_equal(buffer.slice(buffer.first, 5100), rows(buffer.first, 5100))
