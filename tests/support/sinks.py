"""A publisher's sink for tests, and what it has taken in a form that can be compared."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from zwsnb.kinds.times import whole_and_nanoseconds
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection, HoldsNothing
from zwsnb.protocol.batch import Batch, Points


class IdleSink(HoldsNothing):
    """A sink that does nothing: the tests take."""

    def wake(self) -> None: ...

    def flush(self, timeout: float) -> bool:
        return timeout >= 0

    def connect(self, connection: Connection) -> None: ...

    def close(self, timeout: float) -> None: ...


class FakeSink(IdleSink):
    """A sink that takes only when a test flushes it."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.wakes = 0
        self.closed = False

    def wake(self) -> None:
        self.wakes += 1

    def flush(self, timeout: float) -> bool:  # noqa: ARG002 - as the protocol has it
        self.publisher.take()
        return True

    def close(self, timeout: float) -> None:  # noqa: ARG002 - as the protocol has it
        self.closed = True


def points_of(batches: Sequence[Batch]) -> list[Points]:
    """The runs of points among the bodies of batches."""
    return [b.body for b in batches if isinstance(b.body, Points)]


def kinds_of(batches: Sequence[Batch]) -> list[type]:
    """The classes of the bodies of batches."""
    return [type(b.body) for b in batches]


def nanoseconds_of(points: Points) -> list[int]:
    """Times as nanoseconds since 1970: microseconds where a double has no more."""
    parts = whole_and_nanoseconds(points.x)
    return [
        (points.origin + whole) * 10**9 + rest
        for whole, rest in zip(*(part.tolist() for part in parts), strict=True)
    ]


def by_series(batches: Sequence[Batch]) -> dict[str, list[tuple[float, float | None]]]:
    """The points of batches by "plot/series", NaN as None; times as seconds since 1970."""
    found: dict[str, list[tuple[float, float | None]]] = defaultdict(list)
    for p in points_of(batches):
        ys = [None if math.isnan(y) else y for y in p.y.tolist()]
        xs = [time / 10**9 for time in nanoseconds_of(p)] if p.is_time else p.x + p.origin
        found[f"{p.plot}/{p.series}"] += zip(map(float, xs), ys, strict=True)
    return dict(found)


def assert_account(publisher: Publisher, accepted: int) -> None:
    """No point is unaccounted for."""
    stats = publisher.stats()
    assert stats["accepted"] == accepted
    assert stats["taken"] + stats["dropped"] + stats["queued"] == accepted
