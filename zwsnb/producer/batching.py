"""Batches as the relay wants them: the short ones of a series joined, the long ones cut.  [no I/O]"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from zwsnb.protocol.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable

JOINED: Final = 65_536
"""Points up to which short batches are joined: to copy more would cost more than a step of the
relay.
"""

PART: Final = 131_072
"""Points of a batch at most, 2 MiB: ZeroMQ counts messages, so what it holds is bounded by their
size as well.
"""


def size_of(batch: Batch) -> int:
    """Return how many points a batch carries."""
    return 0 if batch.x is None else len(batch.x)


def nbytes_of(batch: Batch) -> int:
    """Return the bytes of its points."""
    return 16 * size_of(batch)


def merged(batches: list[Batch], names: Iterable[tuple[str, str]]) -> list[Batch]:
    """Join the points of each series, up to the next word about a plot: many short arrays cost the
    relay one step.

    The series come in the order of `names`, that of their first use, which is the order of their
    colours.
    """
    if len(batches) < 2:
        return batches
    found: list[Batch] = []
    groups: dict[tuple[str, str], list[Batch]] = {name: [] for name in names}
    for batch in batches:
        if batch.x is not None:
            groups[batch.plot, batch.series].append(batch)
        else:
            found += _drained(groups)
            found.append(batch)
    return found + _drained(groups)


def _drained(groups: dict[tuple[str, str], list[Batch]]) -> list[Batch]:
    """Return what the groups hold, and leave them empty."""
    joined = [_joined(run) for group in groups.values() for run in _runs(group)]
    for group in groups.values():
        group.clear()
    return joined


def _runs(group: list[Batch]) -> list[list[Batch]]:
    """Cut a group where it gets large."""
    runs: list[list[Batch]] = []
    size = 0
    for batch in group:
        if not runs or size + size_of(batch) > JOINED:
            runs.append([])
            size = 0
        runs[-1].append(batch)
        size += size_of(batch)
    return runs


def _joined(run: list[Batch]) -> Batch:
    first = run[0]
    if len(run) > 1:
        first.x = np.concatenate([batch.x for batch in run if batch.x is not None])
        first.y = np.concatenate([batch.y for batch in run if batch.y is not None])
    return first


def parts_of(batch: Batch) -> list[Batch]:
    """Split what does not fit into one message."""
    if batch.x is None or batch.y is None or len(batch.x) <= PART:
        return [batch]
    cuts = [slice(i, i + PART) for i in range(0, len(batch.x), PART)]
    return [replace(batch, x=batch.x[cut], y=batch.y[cut]) for cut in cuts]
