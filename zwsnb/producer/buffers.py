"""What has gathered of one series since the last take.  [no I/O]"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

import numpy as np

from zwsnb.kinds.times import counted
from zwsnb.producer.inputs import Count
from zwsnb.producer.one_step import Step
from zwsnb.protocol.batch import Points

MAX_BUFFERS: Final = 2_000
"""Series that gather points, of one publisher: more than a relay takes in a plot. Those of further
names go to the queue one by one, and nothing is kept of the names.
"""

SEAL: Final = 65_536
"""Numbers (twice the points) that a list gathers before the caller makes arrays of them."""


class Buffer:
    """The numbers of one series: x, y, x, y, ... in ``items``, one list for its whole life.

    ``is_awake`` is True from the first point after a pause until a take finds nothing: the sink
    takes by itself, and need not be woken. ``is_open`` is True while `publish` may append without a
    second look: x is a plain number here, and the sink is awake. ``since`` is when the oldest point
    was published, or the last take. ``is_kept``: the publisher has it, and it may gather.
    """

    __slots__ = ("is_awake", "is_kept", "is_open", "items", "plot", "run", "series", "since")

    def __init__(self, plot: str, series: str, run: str = "") -> None:
        self.plot = plot
        self.run = run
        self.series = series
        self.items: list[float] = []
        self.is_awake = self.is_open = self.is_kept = False
        self.since = math.nan

    def open(self, *, is_time: bool) -> None:
        """Let `publish` append, now that the sink is about to be woken."""
        self.since = time.time()
        self.is_awake, self.is_open = True, not is_time

    def close(self) -> None:
        """Have the next point wake the sink."""
        self.is_awake = self.is_open = False

    def seal(self, count: Count) -> tuple[Points, Step] | None:
        """Return what has gathered, as columns, with the step that removes it here; None, and the
        buffer is closed, when that is nothing, so that its next point wakes the sink.

        count: how times of the plot are counted. Callers that append meanwhile append behind the
        `n` numbers that are taken here.
        """
        n = len(self.items)
        if not n:
            self.close()
            return None
        numbers = self.items[:n]
        pairs = np.fromiter(numbers, np.float64, n).reshape(-1, 2)
        x, y, origin = pairs[:, 0], pairs[:, 1], count.origin or 0
        if count.has_numbers:
            x, origin = counted(numbers[::2], count.unit)
        points = Points(
            *(self.plot, self.series, x, y),
            *(count.is_time, self.since, self.run, origin),
        )
        self.since = time.time()
        return points, partial(self.items.__delitem__, slice(n))


def sealed(
    buffers: Iterable[Buffer], count_of: Callable[[str], Count]
) -> tuple[list[Points], list[Step]]:
    """Return what has gathered of each series, and the steps that remove it there: all of them are
    to be taken in one step, since there may be thousands.

    count_of: how times of a plot are counted.
    """
    found = [each for each in (b.seal(count_of(b.plot)) for b in buffers) if each is not None]
    return [points for points, _ in found], [remove for _, remove in found]


def one_each(plot: str, run: str, x: float, y: Mapping[str, float], count: Count) -> list[Points]:
    """Return a point of each of some series, which gathers nowhere, by their names."""
    buffers = [Buffer(plot, series, run) for series in y]
    for buffer in buffers:
        buffer.since = time.time()
        buffer.items += (x, y[buffer.series])
    return sealed(buffers, lambda _: count)[0]
