"""What waits, as the relay wants it: short runs of points of a series joined, long ones cut.  [no
I/O]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from zwsnb.protocol.batch import Body, Points, size_of
from zwsnb.protocol.images import rows
from zwsnb.protocol.images.rows import Rows

JOINED: Final = 65_536
"""Points up to which short runs are joined: to copy more would cost more than a step of the relay.
"""

PART: Final = 131_072
"""Points of a batch at most, 2 MiB: ZeroMQ counts messages, so what it holds is bounded by their
size as well.
"""


EACH: Final = 512
"""Bytes of a body beside its numbers: a scatter may come point by point, and very many series."""


def nbytes_of(body: Body) -> int:
    """Return the bytes of its points, or rows, about."""
    if isinstance(body, Rows):
        return 8 * len(body.x) + body.cells.nbytes
    if isinstance(body, Points) and body.marks is not None:
        return EACH + 32 * len(body.x)
    return EACH if size_of(body) == 1 else 16 * size_of(body)


def merged(bodies: Sequence[Body], names: Iterable[tuple[str, str, str]]) -> Sequence[Body]:
    """Join the points of each series, up to the next command: many short arrays cost the relay one
    step.

    names: plot, series and run of all points, in the order of their first use, which is that of
    their colours; the result keeps it.
    """
    if len(bodies) < 2:
        return bodies
    found: list[Body] = []
    groups: dict[tuple[str, str, str], list[Points]] = {name: [] for name in names}
    image: list[Rows] = []
    for body in bodies:
        if isinstance(body, Points):
            groups.setdefault((body.plot, body.series, body.run), []).append(body)
        elif isinstance(body, Rows):
            image.append(body)
        else:
            found += _drained(groups, image)
            found.append(body)
    return found + _drained(groups, image)


def _drained(groups: dict[tuple[str, str, str], list[Points]], image: list[Rows]) -> list[Body]:
    """Return what the groups and the image hold, and leave them empty."""
    joined: list[Body] = [_joined(run) for group in groups.values() for run in _runs(group)]
    joined += map(rows.joined, rows.runs_of(image))
    image.clear()
    for group in groups.values():
        group.clear()
    return joined


def _runs(group: list[Points]) -> list[list[Points]]:
    """Cut a group where it gets large, where x are counted from elsewhere, and where a scatter
    begins or ends.
    """
    runs: list[list[Points]] = []
    size = 0
    for points in group:
        if not runs or size + len(points.x) > JOINED or _differs(points, runs[-1][-1]):
            runs.append([])
            size = 0
        runs[-1].append(points)
        size += len(points.x)
    return runs


def _differs(points: Points, other: Points) -> bool:
    return points.origin != other.origin or (points.marks is None) != (other.marks is None)


def _joined(run: list[Points]) -> Points:
    if len(run) == 1:
        return run[0]
    x, y = (np.concatenate(columns) for columns in ([p.x for p in run], [p.y for p in run]))
    marks = [p.marks for p in run if p.marks is not None]
    return run[0]._replace(x=x, y=y, marks=np.concatenate(marks, axis=1) if marks else None)


def parts_of(body: Body) -> list[Body]:
    """Split what does not fit into one message."""
    if isinstance(body, Rows):
        return [*rows.split(body)]
    if not isinstance(body, Points) or len(body.x) <= PART:
        return [body]
    cuts = [slice(i, i + PART) for i in range(0, len(body.x), PART)]
    return [_part(body, cut) for cut in cuts]


def _part(points: Points, cut: slice) -> Points:
    marks = None if points.marks is None else points.marks[:, cut]
    return points._replace(x=points.x[cut], y=points.y[cut], marks=marks)
