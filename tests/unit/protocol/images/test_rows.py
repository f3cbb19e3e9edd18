"""The bytes of rows of an image, against the table of docs/protocol.md, and against noise; and how
they are joined and cut.
"""

from __future__ import annotations

import contextlib
import json
import random
from typing import Any

import numpy as np
import pytest
from support.batches import decode_batch
from support.vectors import FUZZ, VECTORS, batch_frames, mutated, table

from zwsnb.protocol.batch import Batch, encode_batch
from zwsnb.protocol.images import rows
from zwsnb.protocol.images.rows import MAX_BINS, MAX_CELLS, Rows
from zwsnb.protocol.messages import InvalidMessage


def rows_of(vector: dict[str, Any]) -> Rows:
    return Rows(
        vector["plot"], vector["series"], np.array(vector["x"]),
        np.array(vector["cells"], np.float32), tuple(vector["y"]), vector["time"], vector["t"],
        vector.get("origin", 0), vector.get("whole", False), is_down=vector.get("down", False),
    )  # fmt: skip


def said(body: Rows) -> tuple[object, ...]:
    return body._replace(x=body.x.tolist(), cells=body.cells.tolist())


@pytest.mark.parametrize("vector", table("rows", good=True))
def test_rows_have_the_bytes_of_the_document(vector: dict[str, Any]) -> None:
    batch, _ = decode_batch(batch_frames(vector))
    assert isinstance(batch.body, Rows)
    assert said(batch.body) == said(rows_of(vector))
    frames = encode_batch(Batch("a" * 32, 0, 0, 0, rows_of(vector)), "t")
    assert [bytes(frame) for frame in frames[1:]] == batch_frames(vector)[1:]
    assert json.loads(bytes(frames[0])) == json.loads(vector["frames"][0])


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"bins": 0}, "not a batch"),
        ({"bins": MAX_BINS + 1}, "not a batch"),
        ({"bins": True}, "not a batch"),
        ({"bins": 2}, "not a batch"),
        ({"y": [1, 0]}, "not a batch"),
        ({"y": [0, float("inf")]}, "not a batch"),
        ({"y": 3}, "not a batch"),
        ({"series": ""}, "not a batch"),
    ],
)
def test_what_is_no_row_is_refused(change: dict[str, Any], kind: str) -> None:
    header, *arrays = batch_frames(VECTORS["rows"][0])
    frames = [json.dumps(json.loads(header) | change).encode(), *arrays]
    with pytest.raises(InvalidMessage) as refusal:
        decode_batch(frames)
    assert refusal.value.kind == kind


def test_x_is_finite_and_a_message_has_an_end() -> None:
    header, _, cells = batch_frames(VECTORS["rows"][0])
    with pytest.raises(InvalidMessage, match="finite"):
        decode_batch([header, np.array([np.nan]).tobytes(), cells])
    many = MAX_CELLS // 3 + 1
    with pytest.raises(InvalidMessage, match="at most"):
        decode_batch([header, bytes(8 * many), bytes(12 * many)])
    body = rows_of(VECTORS["rows"][0])._replace(cells=np.zeros((1, MAX_CELLS + 1), np.float32))
    with pytest.raises(ValueError, match="fit into a message"):
        encode_batch(Batch("a" * 32, 0, 0, 0, body), "t")


def test_noise_is_refused_and_nothing_else() -> None:
    chance = random.Random(7)
    for _ in range(FUZZ // 4):
        frames = [mutated(f, chance) for f in batch_frames(chance.choice(VECTORS["rows"]))]
        with contextlib.suppress(InvalidMessage):
            decode_batch(frames)


def body(count: int, bins: int = 2, **more: Any) -> Rows:
    plain = Rows("p", "image", np.arange(count, dtype=float), np.ones((count, bins), np.float32),
                 (0.0, 1.0))  # fmt: skip
    return plain._replace(**more)


def test_rows_of_one_image_become_one_body() -> None:
    whole = body(2, is_whole=True)
    other = [body(1, bins=3), body(1, series="b"), body(1, y=(0.0, 2.0)), body(1, origin=5)]
    runs = rows.runs_of([body(1), body(2), whole, body(1), *other])
    assert [len(run) for run in runs] == [2, 2, 1, 1, 1, 1]
    joined = rows.joined(runs[0])
    assert (joined.x.tolist(), joined.cells.shape) == ([0, 0, 1], (3, 2))
    assert rows.joined(runs[1]).is_whole


def test_what_is_too_large_for_a_message_is_cut() -> None:
    parts = rows.split(body(3 * MAX_CELLS // 1024 + 1, bins=1024, is_whole=True))
    assert [len(part.x) for part in parts] == [1024, 1024, 1024, 1]
    assert [part.is_whole for part in parts] == [True, False, False, False]


@pytest.mark.parametrize("bins", [1, 2, rows.MAX_BINS])
def test_no_frame_of_a_part_is_longer_than_a_relay_takes(bins: int) -> None:
    """Of rows of one value x takes more than they."""
    [largest, *others] = rows.split(body(MAX_CELLS // bins + 2, bins=bins))
    frames = encode_batch(Batch("a" * 32, 0, 0, 0, largest), "t")
    assert max(map(len, frames)) == 4 << 20
    assert sum(len(part.x) for part in (largest, *others)) == MAX_CELLS // bins + 2


def test_rows_that_are_too_many_for_a_message_are_not_sent() -> None:
    for many in (body(MAX_CELLS // 2 + 1, bins=1), body(MAX_CELLS // 3 + 1, bins=3)):
        with pytest.raises(ValueError, match="fit into a message"):
            encode_batch(Batch("a" * 32, 0, 0, 0, many), "t")


def test_parts_of_what_is_whole_say_that_more_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_CELLS", 4)
    whole = rows_of(VECTORS["rows"][0])._replace(
        x=np.arange(5.0), cells=np.zeros((5, 2), np.float32), is_whole=True
    )
    parts = rows.split(whole)
    assert [(part.is_whole, part.has_more) for part in parts] == [
        (True, True), (False, True), (False, False)
    ]  # fmt: skip
    for part in parts:
        decoded, _ = decode_batch(
            [bytes(frame) for frame in encode_batch(Batch("a" * 32, 0, 0, 0, part), "t")]
        )
        assert isinstance(decoded.body, Rows)
        assert decoded.body.has_more is part.has_more
    assert not any(part.has_more for part in rows.split(whole._replace(is_whole=False)))
