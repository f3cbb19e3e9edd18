"""The bytes of each wire, against the table that the page reads as well, and against noise."""

from __future__ import annotations

import json
import math
import random
import struct
from typing import Any

import numpy as np
import pytest
from support import make_vectors
from support.fake_page import FakePage
from support.paths import SHARED

from zwsnb.protocol.batch import (
    MAX_BATCH_POINTS,
    MAX_COLUMN,
    Batch,
    decode_batch,
    encode_batch,
    mark_of,
)
from zwsnb.protocol.messages import MAX_JSON, VERSION, InvalidMessage
from zwsnb.protocol.names import check_name
from zwsnb.protocol.patch import POINTS, Entry, Patch, decode_patch, encode_patch
from zwsnb.protocol.point import decode_point

VECTORS = json.loads((SHARED / "vectors.json").read_text(encoding="utf-8"))
FUZZ = 10_000


def table(kind: str, *, good: bool) -> list[Any]:
    """The examples of one wire, as parameters."""
    return [pytest.param(v, id=v["name"]) for v in VECTORS[kind] if ("refused" not in v) == good]


def number(value: float | None) -> float:
    """A number of the table, where NaN is null."""
    return math.nan if value is None else value


def column(values: list[float | None]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([number(v) for v in values], dtype=np.float64)


def pairs(values: list[list[float | None]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([[number(x), number(y)] for x, y in values], dtype=np.float64).reshape(-1, 2)


def test_the_table_is_what_its_generator_writes() -> None:
    assert make_vectors.PATH.read_text(encoding="utf-8") == make_vectors.text()


# -- patches ---------------------------------------------------------------------------------------


def entry_of(said: dict[str, Any]) -> Entry:
    head = (said["series"], said["kind"], said["drop"], said["keep"], pairs(said["vertices"]))
    return Entry(*head, said["points"], tuple(column(said["last"])), tuple(said["x_range"]))


def patch_of(vector: dict[str, Any]) -> Patch:
    """The patch that a vector describes."""
    entries = [entry_of(entry) for entry in vector["entries"]]
    x_range = (number(vector["x_range"][0]), number(vector["x_range"][1]))
    published = number(vector["published"])
    counts = (vector["points"], vector["conflated"])
    return Patch(
        vector["number"], entries, vector["fresh"], published, x_range, *counts, vector["rest"]
    )


def said(patch: Patch) -> str:
    """Everything that a patch says, as a text: NaN is equal to NaN in it."""
    entries = [
        (
            e.series,
            e.kind,
            e.drop,
            e.keep,
            e.vertices.tolist(),
            e.points,
            tuple(map(float, e.last)),
            e.x_range,
        )
        for e in patch.entries
    ]
    head = (
        patch.number,
        patch.fresh,
        patch.published,
        patch.x_range,
        patch.points,
        patch.conflated,
        patch.rest,
    )
    return repr((*head, entries))


@pytest.mark.parametrize("vector", table("patches", good=True))
def test_a_patch_is_written_and_read_as_the_table_says(vector: dict[str, Any]) -> None:
    assert encode_patch(patch_of(vector)).hex() == vector["hex"]
    assert said(decode_patch(bytes.fromhex(vector["hex"]))) == said(patch_of(vector))


def test_the_patches_of_the_table_change_a_page_as_it_says() -> None:
    page = FakePage()
    for vector in VECTORS["patches"]:
        page.take(bytes.fromhex(vector["hex"]))
        drawn = {series: repr(vertices.tolist()) for series, vertices in page.vertices.items()}
        assert drawn == {
            series: repr(pairs(vertices).tolist()) for series, vertices in vector["page"]
        }


def test_vertices_lie_where_a_float64_array_can_look_at_them() -> None:
    entries = [
        Entry(i, POINTS, 0, 0, np.full((n, 2), 1.5), n, (0, 0), (0, 0))
        for i, n in enumerate((3, 0, 1))
    ]
    message = encode_patch(Patch(1, entries))
    begins = [struct.unpack_from("<I", message, 64 + 64 * i + 20)[0] for i in range(3)]
    assert begins == [32, 38, 38]
    assert len(message) == 8 * 40


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"ZWS1",
        b"ZWS2" + bytes(60),
        b"ZWS1" + bytes(61),
        b"ZWS1" + struct.pack("<2I", 1, 2**32 - 1) + bytes(52),
    ],
)
def test_what_is_no_patch_is_refused(message: bytes) -> None:
    with pytest.raises(InvalidMessage, match=r"^not a patch: ") as caught:
        decode_patch(message)
    assert caught.value.kind == "not a patch"


# -- batches ---------------------------------------------------------------------------------------


def frames_of(vector: dict[str, Any]) -> list[bytes]:
    header, *columns = vector["frames"]
    return [header.encode(), *map(bytes.fromhex, columns)]


@pytest.mark.parametrize("vector", table("batches", good=True))
def test_a_batch_is_read_as_the_table_says(vector: dict[str, Any]) -> None:
    batch, token = decode_batch(frames_of(vector))
    header = json.loads(vector["frames"][0])
    assert token == header.pop("token")
    assert header.pop("v") == VERSION
    assert {key: getattr(batch, key) for key in header} == header
    for name in ("x", "y"):
        np.testing.assert_array_equal(
            getattr(batch, name), column(vector[name]) if name in vector else None
        )


@pytest.mark.parametrize("vector", table("batches", good=True))
def test_a_batch_is_written_as_the_table_says(vector: dict[str, Any]) -> None:
    batch, token = decode_batch(frames_of(vector))
    header, *columns = encode_batch(batch, token)
    assert json.loads(bytes(header)) == json.loads(vector["frames"][0])
    assert [bytes(c).hex() for c in columns] == vector["frames"][1:]


@pytest.mark.parametrize("vector", table("batches", good=False))
def test_what_is_no_batch_is_refused_by_its_kind(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_batch(frames_of(vector))
    assert caught.value.kind == vector["refused"]


def run_of(n: int) -> Batch:
    return Batch("p", 0, 0, "plot", "y", np.zeros(n), np.zeros(n))


def test_the_largest_batch_fits_and_a_larger_one_does_not() -> None:
    frames = encode_batch(run_of(MAX_BATCH_POINTS), "t")
    assert [len(f) for f in frames[1:]] == [MAX_COLUMN] * 2
    assert decode_batch(frames)[0].x is not None
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
        encode_batch(Batch("p", 0, 0, "plot", "y", np.zeros(2), np.zeros(3)), "t")


def test_columns_are_sent_without_a_copy_and_strided_ones_as_they_are() -> None:
    x = np.arange(4.0)
    _, sent_x, sent_y = encode_batch(Batch("p", 0, 0, "plot", "y", x, np.arange(8.0)[::2]), "t")
    assert np.shares_memory(np.frombuffer(sent_x), x)
    assert np.frombuffer(sent_y).tolist() == [0, 2, 4, 6]


# -- points ----------------------------------------------------------------------------------------


def message_of(vector: dict[str, Any]) -> bytes:
    return bytes.fromhex(vector["hex"]) if "hex" in vector else str(vector["message"]).encode()


@pytest.mark.parametrize("vector", table("points", good=True))
def test_a_point_is_read_as_the_table_says(vector: dict[str, Any]) -> None:
    point = decode_point(message_of(vector))
    assert (point.x, point.y) == (vector["x"], vector["y"])
    assert (point.series, point.plot) == (vector.get("series"), vector.get("plot"))


@pytest.mark.parametrize("vector", table("points", good=False))
def test_what_is_no_point_is_refused_by_its_kind(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidMessage) as caught:
        decode_point(message_of(vector))
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


# -- marks, names ----------------------------------------------------------------------------------


def test_a_mark_has_a_place_and_a_text() -> None:
    assert mark_of({"x": 3, "text": "t" * 300}) == (3.0, "t" * 256)


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
def test_what_is_no_mark_is_refused(options: dict[str, Any], kind: str) -> None:
    with pytest.raises(InvalidMessage) as caught:
        mark_of(options)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    "name", ["y", "größe", "<script>", " ", "\N{PILE OF POO}" * 256, "a\u2028b", "\u202ereversed"]
)
def test_a_name_may_be_any_text(name: str) -> None:
    assert check_name(name, "series") == name


@pytest.mark.parametrize(
    ("name", "error", "sentence"),
    [
        ("", ValueError, "series is empty; a name has 1 to 256 characters"),
        ("n" * 257, ValueError, "series has 257 characters; a name has at most 256"),
        ("a\tb", ValueError, r"series 'a\tb' has the control character '\t'"),
        ("\x7f", ValueError, r"series '\x7f' has the control character '\x7f'"),
        ("\ud800", ValueError, r"series '\ud800' has the control character '\ud800'"),
        (3, TypeError, "series is a int; a name is a string"),
        (None, TypeError, "series is a NoneType; a name is a string"),
        (b"y", TypeError, "series is a bytes; a name is a string"),
    ],
)
def test_what_is_no_name_is_told_so(name: Any, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error) as caught:
        check_name(name, "series")
    assert str(caught.value) == sentence


# -- noise -----------------------------------------------------------------------------------------


def mutated(frame: bytes, chance: random.Random) -> bytes:
    """`frame` with some bytes changed, cut out, or put in."""
    changed = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(changed))
        changed[at : at + chance.choice((0, 1, 1, 8))] = chance.randbytes(
            chance.choice((0, 1, 1, 8))
        )
    return bytes(changed)


def test_noise_and_damaged_points_are_refused_or_points() -> None:
    chance = random.Random(1)
    good = [message_of(v) for v in VECTORS["points"]]
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


def test_noise_and_damaged_batches_are_refused_or_batches() -> None:
    chance = random.Random(2)
    good = [frames_of(v) for v in VECTORS["batches"]]
    for _ in range(FUZZ):
        frames = [mutated(f, chance) if chance.random() < 0.4 else f for f in chance.choice(good)]
        chance.shuffle(frames) if chance.random() < 0.05 else None
        try:
            batch, _ = decode_batch(frames[: chance.choice((1, 2, 3, 3, 3, 3))])
        except InvalidMessage:
            continue
        assert batch.x is None or np.isfinite(batch.x).all()
        assert batch.y is None or not np.isinf(batch.y).any()


def test_noise_and_damaged_patches_are_refused_or_patches() -> None:
    chance = random.Random(3)
    good = [bytes.fromhex(v["hex"]) for v in VECTORS["patches"]]
    for _ in range(FUZZ):
        try:
            patch = decode_patch(mutated(chance.choice(good), chance))
        except InvalidMessage:
            continue
        assert all(e.vertices.shape[1] == 2 for e in patch.entries)
