"""The bytes of batches, against the table of docs/protocol.md, and against noise."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import numpy as np
import pytest
from support.batches import decode_batch
from support.vectors import FUZZ, VECTORS, batch_frames, column, mutated, table

from zwsnb.protocol.batch import (
    MAX_BATCH_POINTS,
    MAX_COLUMN,
    Batch,
    Body,
    Clear,
    Close,
    Mark,
    Points,
    SetOptions,
    encode_batch,
)
from zwsnb.protocol.messages import (
    MAX_JSON,
    VERSION,
    Bar,
    Declare,
    InvalidMessage,
    Listen,
    Progress,
)

BODIES = {
    "points": Points,
    "options": SetOptions,
    "clear": Clear,
    "close": Close,
    "mark": Mark,
}


def envelope(body: Body) -> Batch:
    return Batch("p", 0, 0, 0, body)


def run_of(n: int) -> Batch:
    return envelope(Points("plot", "y", np.zeros(n), np.zeros(n)))


@pytest.mark.parametrize("vector", table("batches", good=True))
def test_a_batch_is_read_as_the_table_says(vector: dict[str, Any]) -> None:
    batch, token = decode_batch(batch_frames(vector))
    header = json.loads(vector["frames"][0])
    assert header["v"] == VERSION
    assert (token, batch.producer) == (header["token"], header["producer"])
    assert (batch.number, batch.points_before) == (header["batch"], header["points"])
    assert (batch.dropped, batch.body.plot) == (header["dropped"], header["plot"])
    assert type(batch.body) is BODIES[header["kind"]]


@pytest.mark.parametrize("vector", [p for p in table("batches", good=True) if "x" in p.values[0]])
def test_points_are_read_as_the_table_says(vector: dict[str, Any]) -> None:
    points = decode_batch(batch_frames(vector))[0].body
    header = json.loads(vector["frames"][0])
    assert isinstance(points, Points)
    assert (points.series, points.is_time) == (header["series"], header["time"])
    assert points.published == header["t"]
    np.testing.assert_array_equal(points.x, column(vector["x"]))
    np.testing.assert_array_equal(points.y, column(vector["y"]))


def is_same(one: Body, other: Body) -> bool:
    """Say whether they are of one kind, too: tuples of one content are equal."""
    return type(one) is type(other) and one == other


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a word about a plot", SetOptions("plot", {"window": 30.0})),
        ("clear", Clear("plot")),
        ("close", Close("plot")),
        ("a mark", Mark("plot", 3.0, "epoch 3")),
    ],
)
def test_a_command_is_read_as_the_table_says(name: str, body: Body) -> None:
    [vector] = [v for v in VECTORS["batches"] if v["name"] == name]
    assert is_same(decode_batch(batch_frames(vector))[0].body, body)


@pytest.mark.parametrize("vector", table("batches", good=True))
def test_a_batch_is_written_as_the_table_says(vector: dict[str, Any]) -> None:
    frames = encode_batch(*decode_batch(batch_frames(vector)))
    assert [bytes(frame) for frame in frames] == batch_frames(vector)


@pytest.mark.parametrize("vector", table("batches", good=False))
def test_what_is_no_batch_is_refused_by_its_kind(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_batch(batch_frames(vector))
    assert caught.value.kind == vector["refused"]


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, "not a mark"),
        ({"x": 1}, "not a mark"),
        ({"x": 1, "text": 1}, "not a mark"),
        ({"text": "a"}, "not a number"),
        ({"x": "1", "text": "a"}, "not a number"),
        ({"x": True, "text": "a"}, "not a number"),
        ({"x": math.inf, "text": "a"}, "not finite"),
        ({"x": 10**400, "text": "a"}, "not finite"),
    ],
)
def test_what_is_no_mark_is_refused_by_its_kind(options: dict[str, object], kind: str) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_batch(mark_frames(options))
    assert caught.value.kind == kind


def mark_frames(options: dict[str, object]) -> list[bytes]:
    """The frames of a mark with any options."""
    [header] = encode_batch(envelope(Mark("plot", 0.0, "")), "t")
    return [json.dumps(json.loads(bytes(header)) | {"options": options}).encode()]


def test_the_text_of_a_mark_is_cut() -> None:
    batch, _ = decode_batch(mark_frames({"x": 3, "text": "t" * 300}))
    assert batch.body == Mark("plot", 3.0, "t" * 256)


def test_the_largest_batch_fits_and_a_larger_one_does_not() -> None:
    frames = encode_batch(run_of(MAX_BATCH_POINTS), "t")
    assert [len(f) for f in frames[1:]] == [MAX_COLUMN] * 2
    assert isinstance(decode_batch(frames)[0].body, Points)
    with pytest.raises(
        ValueError, match=f"has {MAX_BATCH_POINTS + 1} points; at most {MAX_BATCH_POINTS} fit"
    ):
        encode_batch(run_of(MAX_BATCH_POINTS + 1), "t")
    too_large = [frames[0], bytes(MAX_COLUMN + 8), bytes(MAX_COLUMN + 8)]
    with pytest.raises(InvalidMessage, match=r"^too large"):
        decode_batch(too_large)


@pytest.mark.parametrize("frames", [[], [b"{" + b" " * MAX_JSON]])
def test_a_batch_without_a_header_or_with_a_large_one_is_refused(frames: list[bytes]) -> None:
    with pytest.raises(InvalidMessage, match=r"^too large"):
        decode_batch(frames)


def test_columns_of_two_lengths_are_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="two columns of one length"):
        encode_batch(envelope(Points("plot", "y", np.zeros(2), np.zeros(3))), "t")


def test_columns_are_sent_without_a_copy_and_strided_ones_as_they_are() -> None:
    x, y = np.arange(4.0), np.arange(8.0)[::2]
    _, sent_x, sent_y = encode_batch(envelope(Points("plot", "y", x, y)), "t")
    assert np.shares_memory(np.frombuffer(sent_x), x)
    assert np.frombuffer(sent_y).tolist() == [0, 2, 4, 6]


@pytest.mark.parametrize("body", [Clear("plot"), Mark("plot", 1.0, "a")])
def test_a_body_cannot_be_changed(body: Body) -> None:
    with pytest.raises(AttributeError):
        body.plot = "other"  # type: ignore[misc]  # that is what is tested


def test_noise_and_damaged_batches_are_refused_or_batches() -> None:
    chance = random.Random(2)
    good = [batch_frames(v) for v in VECTORS["batches"]]
    for _ in range(FUZZ):
        frames = [mutated(f, chance) if chance.random() < 0.4 else f for f in chance.choice(good)]
        chance.shuffle(frames) if chance.random() < 0.05 else None
        try:
            batch, _ = decode_batch(frames[: chance.choice((1, 2, 3, 3, 3, 3))])
        except InvalidMessage:
            continue
        if isinstance(batch.body, Points):
            assert np.isfinite(batch.body.x).all()
            assert not np.isinf(batch.body.y).any()


def test_how_far_loops_are_comes_through() -> None:
    body = Progress("p", (Bar("42 %", 0.42), Bar("5", None)))
    frames = encode_batch(Batch("p", 0, 0, 0, body), "token")
    assert is_same(decode_batch(frames)[0].body, body)


@pytest.mark.parametrize("control", [{"name": "on", "kind": "switch", "value": True}, None])
def test_a_control_comes_through_as_it_was_described(control: dict[str, object] | None) -> None:
    body = Declare("p", "on", control)
    frames = encode_batch(Batch("p", 0, 0, 0, body), "token")
    assert is_same(decode_batch(frames)[0].body, body)


@pytest.mark.parametrize("watch", [{"name": "s", "kind": "select", "number": 1}, None])
def test_what_is_to_be_told_comes_through_as_it_was_described(
    watch: dict[str, object] | None,
) -> None:
    body = Listen("p", "s", watch)
    frames = encode_batch(Batch("p", 0, 0, 0, body), "token")
    assert is_same(decode_batch(frames)[0].body, body)


@pytest.mark.parametrize("bars", [None, 3, [3], [{}], [{"text": "t", "part": "x"}]])
def test_what_is_no_bar_is_refused(bars: object) -> None:
    frames = encode_batch(Batch("p", 0, 0, 0, Progress("p", ())), "token")
    header = json.loads(bytes(frames[0])) | {"options": {"bars": bars}}
    with pytest.raises(InvalidMessage):
        decode_batch([json.dumps(header).encode()])


def test_of_too_many_and_too_long_bars_some_are_taken() -> None:
    body = Progress("p", tuple(Bar("t" * 600, 7.0) for _ in range(9)))
    taken = decode_batch(encode_batch(Batch("p", 0, 0, 0, body), "token"))[0].body
    assert taken == Progress("p", (Bar("t" * 512, 1.0),) * 4)


@pytest.mark.parametrize("is_proposal", [True, False])
def test_options_may_be_a_proposal(is_proposal: bool) -> None:
    body = SetOptions("p", {"panels": "groups"}, is_proposal=is_proposal)
    frames = encode_batch(Batch("p", 0, 0, 0, body), "token")
    assert is_same(decode_batch(frames)[0].body, body)
    assert (b'"proposal"' in bytes(frames[0])) == is_proposal


@pytest.mark.parametrize("is_whole", [True, False])
def test_options_may_be_the_whole_truth(is_whole: bool) -> None:
    body = SetOptions("p", {"title": "t"}, is_whole=is_whole)
    frames = encode_batch(Batch("q", 0, 0, 0, body), "token")
    assert is_same(decode_batch(frames)[0].body, body)
    assert (b'"whole"' in bytes(frames[0])) == is_whole
