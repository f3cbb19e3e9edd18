"""The bytes of patches, against the table that the page reads as well, and against noise."""

from __future__ import annotations

import random
import struct
from typing import Any

import numpy as np
import pytest
from support import make_vectors
from support.fake_page import FakePage
from support.vectors import FUZZ, VECTORS, column, mutated, number, pairs, table

from zwsnb.protocol.marks import Marks
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.patch import (
    MAGIC,
    POINTS,
    XY,
    Entry,
    Patch,
    decode_patch,
    encode_patch,
    making_messages,
)


def test_the_table_is_what_its_generator_writes() -> None:
    assert make_vectors.PATH.read_text(encoding="utf-8") == make_vectors.text()


def entry_of(said: dict[str, Any]) -> Entry:
    # Marks make the kind of points in publishing order another one on the wire.
    kind = XY if "marks" in said else said["kind"]
    head = (said["series"], kind, said["drop"], said["keep"], pairs(said["vertices"]))
    rest = (said["points"], tuple(column(said["last"])), tuple(said["x_range"]))
    return Entry(*head, *rest, marks_of(said["marks"]) if "marks" in said else None)


def marks_of(its: dict[str, Any]) -> Marks:
    return Marks(
        pairs(its["values"]),
        tuple(its["colors"]),
        tuple(its["sizes"]),
        its["in_sight"],
        tuple(its["cell"]),
    )


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
            e.marks and [each.tolist() if each is e.marks[0] else each for each in e.marks],
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
        MAGIC,
        b"ZWS9" + bytes(60),
        MAGIC + bytes(61),
        MAGIC + struct.pack("<2I", 1, 2**32 - 1) + bytes(52),
    ],
)
def test_what_is_no_patch_is_refused(message: bytes) -> None:
    with pytest.raises(InvalidMessage, match=r"^not a patch: ") as caught:
        decode_patch(message)
    assert caught.value.kind == "not a patch"


def test_noise_and_damaged_patches_are_refused_or_patches() -> None:
    chance = random.Random(3)
    good = [bytes.fromhex(v["hex"]) for v in VECTORS["patches"]]
    for _ in range(FUZZ):
        try:
            patch = decode_patch(mutated(chance.choice(good), chance))
        except InvalidMessage:
            continue
        assert all(e.vertices.shape[1] == 2 for e in patch.entries)


def test_a_large_patch_is_written_piece_by_piece_and_says_what_is_in_it() -> None:
    x = np.arange(20_000.0)
    its = Marks(np.stack((x, x), axis=1), (0.0, 1.0), (0.0, 1.0), 3, (0.5, 1.0))
    rows = [np.stack((x, x * n)).T for n in range(4)]
    entries = [
        Entry(n, XY, 0, 0, each, n, (0.0, 0.0), (0.0, 0.0), its) for n, each in enumerate(rows)
    ]
    few = [
        Entry(n, POINTS, n, 1, rows[n % 4][:n], n, (0.0, 0.0), (0.0, 0.0)) for n in range(4, 500)
    ]
    *pieces, messages = making_messages(patch := Patch(7, entries + few, points=9))
    assert messages is not None
    assert (len(messages), pieces) == (1, [None] * len(pieces))
    assert len(pieces) > len(messages[0]) / 300_000 > 5, "of at most so many bytes"
    assert said(decode_patch(bytes(messages[0]))) == said(patch)  # type: ignore[arg-type]
