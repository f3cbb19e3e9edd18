"""Frames in pieces: whatever is cut is joined to what it was."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from zwsnb.delivery.pieces import PIECE, cut, joined

SIZES = st.integers(0, 3) | st.integers(PIECE - 2, PIECE + 2) | st.integers(0, 4 * PIECE)


@given(st.lists(SIZES, max_size=5))
def test_what_was_cut_is_joined(sizes: list[int]) -> None:
    frames = [bytes([i + 1]) * size for i, size in enumerate(sizes)]
    pieces = [bytes(piece) for piece in cut(frames)]
    assert joined(pieces) == frames
    assert all(len(piece) <= PIECE for piece in pieces)


def test_a_short_frame_is_one_piece() -> None:
    assert cut([b"header", b""]) == [b"header", b""]


def test_pieces_are_views() -> None:
    frame = bytearray(PIECE)
    first, last = cut([memoryview(frame)])
    frame[0] = 1
    assert (first[0], len(last)) == (1, 0)


@pytest.mark.parametrize("pieces", [[bytes(PIECE)], [b"x", bytes(PIECE), bytes(PIECE)]])
def test_what_is_no_whole_message_is_what_there_is_of_it(pieces: list[bytes]) -> None:
    assert b"".join(joined(pieces)) == b"".join(pieces)
