"""The examples of docs/protocol.md in bytes, as parameters of tests; and damaged copies of them."""

from __future__ import annotations

import json
import math
import random
from typing import Any, Final

import numpy as np
import pytest

from support.paths import SHARED
from zwsnb.kinds.arrays import Column, Vertices

VECTORS: Final[dict[str, Any]] = json.loads((SHARED / "vectors.json").read_text(encoding="utf-8"))

FUZZ: Final = 10_000
"""Damaged messages of a test."""


def table(kind: str, *, good: bool) -> list[Any]:
    """The examples of one kind of message, as parameters."""
    return [pytest.param(v, id=v["name"]) for v in VECTORS[kind] if ("refused" not in v) == good]


def number(value: float | None) -> float:
    """A number of the table, where NaN is null."""
    return math.nan if value is None else value


def column(values: list[float | None]) -> Column:
    return np.array([number(v) for v in values], dtype=np.float64)


def pairs(values: list[list[float | None]]) -> Vertices:
    return np.array([[number(x), number(y)] for x, y in values], dtype=np.float64).reshape(-1, 2)


def batch_frames(vector: dict[str, Any]) -> list[bytes]:
    """The frames of an example of a batch."""
    header, *columns = vector["frames"]
    return [header.encode(), *map(bytes.fromhex, columns)]


def point_message(vector: dict[str, Any]) -> bytes:
    """The message of an example of a point."""
    return bytes.fromhex(vector["hex"]) if "hex" in vector else str(vector["message"]).encode()


def mutated(frame: bytes, chance: random.Random) -> bytes:
    """`frame` with some bytes changed, cut out, or put in."""
    changed = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(changed))
        changed[at : at + chance.choice((0, 1, 1, 8))] = chance.randbytes(
            chance.choice((0, 1, 1, 8))
        )
    return bytes(changed)
