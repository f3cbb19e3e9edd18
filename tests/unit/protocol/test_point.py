"""JSON points of plain producers, against the table of docs/protocol.md, and against noise."""

from __future__ import annotations

import json
import math
import random
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from support.vectors import FUZZ, VECTORS, mutated, number, point_message, table

from zwsnb.history.catalog import MAX_SERIES
from zwsnb.protocol.messages import MAX_JSON, InvalidMessage
from zwsnb.protocol.point import MAX_MEMBERS, decode_point, point_of

NAMES = st.sampled_from(["x", "step", "T", "time", "y", "series", "plot", "loss", ""]) | st.text(
    max_size=3
)


@pytest.mark.parametrize("vector", table("points", good=True))
def test_a_point_is_read_as_the_table_says(vector: dict[str, Any]) -> None:
    point = decode_point(point_message(vector))
    assert (point.x, point.is_time) == (vector["x"], vector.get("time", False))
    assert list(point.values) == list(vector["values"])
    np.testing.assert_equal(list(point.values.values()), [*map(number, vector["values"].values())])
    assert point.plot == vector.get("plot")


@pytest.mark.parametrize("vector", table("points", good=False))
def test_what_is_no_point_is_refused_by_its_kind(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_point(point_message(vector))
    assert caught.value.kind == vector["refused"]


@pytest.mark.parametrize("size", [MAX_JSON + 1, 10_000_000])
def test_a_point_is_at_most_64_kib(size: int) -> None:
    point = b'{"x": 1, "y": 2}'
    assert decode_point(point.ljust(MAX_JSON)).values == {"y": 2}
    with pytest.raises(
        InvalidMessage, match=f"^too large: {size} bytes; a point has at most 65536"
    ):
        decode_point(point.ljust(size))


def test_a_point_has_at_most_as_many_numbers_as_a_plot_has_series() -> None:
    members: dict[str, object] = {f"s{i}": i for i in range(MAX_MEMBERS)}
    assert MAX_MEMBERS == MAX_SERIES
    assert len(point_of(members).values) == MAX_MEMBERS
    with pytest.raises(InvalidMessage, match=r"^too large: 1001 members; at most 1000"):
        point_of(members | {"x": 1})


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
        assert point.x is None or math.isfinite(point.x)
        assert point.values
        assert not any(map(math.isinf, point.values.values()))


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"x": 1, "y": 2, "z": 3}, {"z": "beside y"}),
        ({"a": 1, "b": "text", "c": [1], "d": False}, dict.fromkeys("bcd", "no number")),
        ({"step": 1, "a": 2, "time": 3, "t": None}, {"time": "step is x", "t": "step is x"}),
        ({"x": 1, "a": 2, "time": 3, "step": 4}, {}),
        ({"time": "12:00", "a": 2}, {"time": "no number"}),
    ],
)
def test_what_is_left_out_is_said_with_the_reason(
    members: dict[str, object], why: dict[str, str]
) -> None:
    assert point_of(members).left_out == why


def test_an_x_that_is_given_is_no_y() -> None:
    point = point_of({"x": 1, "a": 2, "time": 3})
    assert (point.x, point.values) == (1, {"a": 2, "time": 3})


@pytest.mark.parametrize(
    ("x_names", "x", "values"),
    [
        (["a"], 1, {"b/c": 2, "step": 3}),
        (["b/c"], 2, {"a": 1, "step": 3}),
        ([], None, {"a": 1, "b/c": 2, "step": 3}),
        (["none"], None, {"a": 1, "b/c": 2, "step": 3}),
    ],
)
def test_which_member_is_x_may_be_chosen(
    x_names: list[str], x: float | None, values: dict[str, float]
) -> None:
    point = point_of({"a": 1, "b": {"c": 2}, "step": 3}, x_names)
    assert (point.x, point.values) == (x, values)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"x": null, "y": 1}', "not a number: x is null"),
        ('{"x": "one", "y": 1}', 'not a number: x is "one"'),
        ('{"x": [1], "y": 1}', "not a number: x is a list"),
        ('{"x": 1, "y": true}', "not a number: y is true"),
        ('{"step": NaN, "a": 1}', "not finite: step is nan"),
        ('{"x": "0001-01-01", "y": 1}', "not a number: x is .*, which is no time here"),
        ('{"x": 1}', 'not a point: it has no "y", and no number by name'),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(InvalidMessage, match=f"^{why}"):
        decode_point(text.encode())


def test_a_date_without_a_zone_is_local_as_for_publish() -> None:
    local = datetime(2026, 7, 1, 12, 30)  # noqa: DTZ001 - what this is about
    assert point_of({"x": "2026-07-01T12:30", "y": 1}).x == local.timestamp()
    assert point_of({"time": "2026-07-01", "v": 1}).x == datetime(2026, 7, 1).timestamp()  # noqa: DTZ001


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
)


@given(st.dictionaries(NAMES, JSON, max_size=6))
def test_any_object_is_a_point_or_refused(members: dict[str, object]) -> None:
    try:
        point = decode_point(json.dumps(members).encode())
    except InvalidMessage:
        return
    assert point.x is None or math.isfinite(point.x)
    assert point.values
    assert not any(map(math.isinf, point.values.values()))
    assert not set(point.values) & set(point.left_out)
