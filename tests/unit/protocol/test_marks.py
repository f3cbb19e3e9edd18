"""The marks of scatters as bytes: in batches and behind the vertices of patches."""

from __future__ import annotations

import numpy as np
import pytest
from support.batches import decode_batch
from support.vectors import VECTORS, batch_frames, pairs

from zwsnb.protocol.batch import Batch, Points, encode_batch
from zwsnb.protocol.marks import Marks, decoded, frames_of, length_of, parts_of
from zwsnb.protocol.messages import InvalidMessage


def points(marks: np.ndarray | None, n: int = 3) -> Batch:
    body = Points("p", "y", np.arange(float(n)), np.zeros(n), marks=marks)
    return Batch("producer", 0, 0, 0, body)


def test_marks_of_a_batch_are_a_frame_of_their_own() -> None:
    marks = np.array([[1.0, 2.0, np.nan], [0.0, np.nan, 3.0]])
    frames = encode_batch(points(marks), "token")
    assert len(frames) == 4
    body = decode_batch(frames)[0].body
    assert isinstance(body, Points)
    assert body.marks is not None
    np.testing.assert_array_equal(body.marks, marks)


def test_they_are_as_the_table_says() -> None:
    vector = next(each for each in VECTORS["batches"] if "marks" in each)
    body = decode_batch(batch_frames(vector))[0].body
    assert isinstance(body, Points)
    assert body.marks is not None
    np.testing.assert_array_equal(body.marks.T, pairs(np.transpose(vector["marks"]).tolist()))


def test_points_without_marks_have_no_frame() -> None:
    assert frames_of(None, 3) == []
    body = decode_batch(encode_batch(points(None), "token"))[0].body
    assert isinstance(body, Points)
    assert body.marks is None


@pytest.mark.parametrize("marks", [np.zeros((2, 2)), np.zeros((1, 3)), np.full((2, 3), np.inf)])
def test_marks_that_are_none_are_refused(marks: np.ndarray) -> None:
    frames = [*encode_batch(points(None), "token"), marks.tobytes()]
    with pytest.raises(InvalidMessage):
        decode_batch(frames)


def test_marks_that_are_not_as_many_as_the_points_are_not_sent() -> None:
    with pytest.raises(ValueError, match="a colour and a size for each"):
        encode_batch(points(np.zeros((2, 2))), "token")


@pytest.mark.parametrize("n", [0, 1, 5])
def test_the_marks_of_a_patch_say_what_all_points_have(n: int) -> None:
    values = np.arange(2.0 * n).reshape(n, 2)
    marks = Marks(values, (-1.0, 7.0), (0.5, 2.0), 10**9, (0.25, 4.0))
    message = b"".join(part.tobytes() for part in parts_of(marks))
    assert len(message) == 8 * length_of(n)
    found = decoded(np.frombuffer(message), n)
    assert found[1:] == marks[1:]
    np.testing.assert_array_equal(found.values, values)
