"""JSON points of plain producers, against the table of docs/protocol.md, and against noise."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from support.vectors import FUZZ, VECTORS, mutated, point_message, table

from zwsnb.protocol.messages import MAX_JSON, InvalidMessage
from zwsnb.protocol.point import decode_point


@pytest.mark.parametrize("vector", table("points", good=True))
def test_a_point_is_read_as_the_table_says(vector: dict[str, Any]) -> None:
    point = decode_point(point_message(vector))
    assert (point.x, point.y) == (vector["x"], vector["y"])
    assert (point.series, point.plot) == (vector.get("series"), vector.get("plot"))


@pytest.mark.parametrize("vector", table("points", good=False))
def test_what_is_no_point_is_refused_by_its_kind(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_point(point_message(vector))
    assert caught.value.kind == vector["refused"]


@pytest.mark.parametrize("size", [MAX_JSON + 1, 10_000_000])
def test_a_point_is_at_most_64_kib(size: int) -> None:
    point = b'{"x": 1, "y": 2}'
    assert decode_point(point.ljust(MAX_JSON)).y == 2
    with pytest.raises(
        InvalidMessage, match=f"^too large: {size} bytes; a point has at most 65536"
    ):
        decode_point(point.ljust(size))


@pytest.mark.parametrize(
    "message", [b"[" * 60_000, b'{"a":' * 12_000, b'{"x": ' + b"9" * 5_000 + b', "y": 0}']
)
def test_json_that_is_a_burden_is_no_json(message: bytes) -> None:
    with pytest.raises(InvalidMessage, match=r"^not JSON"):
        decode_point(message)


def test_noise_and_damaged_points_are_refused_or_points() -> None:
    chance = random.Random(1)
    good = [point_message(v) for v in VECTORS["points"]]
    for _ in range(FUZZ):
        message = (
            mutated(chance.choice(good), chance) if chance.random() < 0.8 else chance.randbytes(40)
        )
        try:
            point = decode_point(message)
        except InvalidMessage:
            continue
        assert math.isfinite(point.x)
        assert math.isfinite(point.y)
