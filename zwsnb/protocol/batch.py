"""Batches, from a producer to the relay: a run of points of one series, or a command about a plot,
as bytes.  [no I/O]

The layout, with examples in bytes, is in ``docs/protocol.md``; this module is its only home.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.protocol.messages import MAX_JSON, VERSION, InvalidMessage, finite_number, json_object
from zwsnb.protocol.names import MAX_NAME, check_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zwsnb.protocol.arrays import Column

MAX_COLUMN: Final = 4 * 1024 * 1024
MAX_BATCH_POINTS: Final = MAX_COLUMN // 8

BATCH_KINDS: Final = frozenset({"points", "options", "clear", "close", "mark"})


@dataclass(slots=True, eq=False)
class Batch:
    """A run of points of one series, or a word about a plot, as one message of one producer."""

    producer: str
    batch: int
    points: int
    plot: str
    series: str = ""
    x: Column | None = None
    y: Column | None = None
    time: bool = False
    t: float = math.nan
    dropped: int = 0
    kind: str = "points"
    options: Mapping[str, Any] = field(default_factory=dict)


def encode_batch(batch: Batch, token: str) -> list[bytes | memoryview]:
    """Return the frames of `batch`; the columns are views, not copies."""
    header: dict[str, Any] = {
        "v": VERSION,
        "token": token,
        "producer": batch.producer,
        "batch": batch.batch,
        "points": batch.points,
        "dropped": batch.dropped,
        "kind": batch.kind,
        "plot": batch.plot,
    }
    if batch.kind != "points":
        header["options"] = dict(batch.options)
        return [json.dumps(header).encode()]
    header |= {"series": batch.series, "time": batch.time, "t": batch.t}
    assert_columns(batch)
    return [json.dumps(header).encode(), _bytes_of(batch.x), _bytes_of(batch.y)]


def assert_columns(batch: Batch) -> None:
    """Raise ValueError unless the batch has two columns of one length that fit into one message."""
    if batch.x is None or batch.y is None or batch.x.shape != batch.y.shape:
        raise ValueError("a batch of points has two columns of one length")
    if batch.x.size > MAX_BATCH_POINTS:
        raise ValueError(
            f"a batch has {batch.x.size} points; at most {MAX_BATCH_POINTS} fit into a message"
        )


def _bytes_of(column: Column | None) -> memoryview:
    return np.ascontiguousarray(column, dtype="<f8").data.cast("B")


def decode_batch(frames: Sequence[bytes | memoryview]) -> tuple[Batch, str]:
    """Return the batch in `frames` and the token that it claims.

    Raises:
        InvalidMessage: it is no batch; nothing of it was taken.
    """
    if not frames or len(frames[0]) > MAX_JSON:
        raise InvalidMessage("too large", "the header of a batch has at most 64 KiB")
    header = json_object(bytes(frames[0]))
    if header.get("v") != VERSION:
        raise InvalidMessage(
            "other version", f"batch of version {header.get('v')!r}, relay of version {VERSION}"
        )
    try:
        batch = _batch_of(header)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InvalidMessage("not a batch", str(error)) from error
    if batch.kind == "points":
        batch.x, batch.y = _columns_of(frames)
    return batch, str(header.get("token", ""))


def _batch_of(header: dict[str, Any]) -> Batch:
    kind = header.get("kind", "points")
    if kind not in BATCH_KINDS:
        raise ValueError(f"kind {kind!r}")
    options = header.get("options", {})
    if not isinstance(options, dict):
        raise TypeError("options is no object")
    return Batch(
        producer=check_name(header["producer"], "producer"),
        batch=_count(header["batch"]),
        points=_count(header["points"]),
        dropped=_count(header.get("dropped", 0)),
        plot=check_name(header["plot"], "plot"),
        series=check_name(header["series"], "series") if kind == "points" else "",
        time=header.get("time") is True,
        t=float(header.get("t", math.nan)),
        kind=kind,
        options=options,
    )


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(f"{value!r} is no count")
    return value


def _columns_of(frames: Sequence[bytes | memoryview]) -> tuple[Column, Column]:
    if len(frames) != 3 or len(frames[1]) != len(frames[2]) or len(frames[1]) % 8:
        raise InvalidMessage(
            "not a batch", "two columns of float64 of one length follow the header"
        )
    if len(frames[1]) > MAX_COLUMN:
        raise InvalidMessage("too large", f"a column has at most {MAX_COLUMN} bytes")
    x, y = (np.frombuffer(frame, dtype="<f8") for frame in frames[1:])
    if not np.isfinite(x).all() or np.isinf(y).any():
        raise InvalidMessage("not finite", "every x is a finite number, and every y one or NaN")
    return x, y


def mark_of(options: Mapping[str, Any]) -> tuple[float, str]:
    """Return x and the text of a mark.

    Raises:
        InvalidMessage: it has none.
    """
    text = options.get("text")
    if not isinstance(text, str):
        raise InvalidMessage("not a mark", f"its text is a {type(text).__name__}")
    return finite_number({"x": None, **options}, "x"), text[:MAX_NAME]
