"""What has gathered of one series since the last take.  [no I/O]"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from zwsnb.kinds.times import counted
from zwsnb.producer.inputs import Count
from zwsnb.protocol.batch import Points
from zwsnb.quick.one_step import Step
from zwsnb.quick.pairs import ExactPairs, columns, give_back, new_pairs, removing

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column

MAX_BUFFERS: Final = 2_000
"""Series that gather points, of one publisher: more than a relay takes in a plot. Those of further
names go to the queue one by one, and nothing is kept of the names.
"""


class Buffer:
    """What one series gathers: ``items`` as doubles, and ``exact``, where x are numbers that are
    times and may have more digits, as they were given. Both live as long as it does.

    ``is_awake`` is True from the first point after a pause until a take finds nothing: the sink
    takes by itself, and need not be woken. ``since`` is when the oldest point was published, or the
    last take. ``is_kept``: the publisher has it, and it may gather.
    """

    __slots__ = ("exact", "is_awake", "is_kept", "items", "plot", "run", "series", "since")

    def __init__(self, plot: str, series: str, run: str = "") -> None:
        self.plot = plot
        self.run = run
        self.series = series
        self.items = new_pairs()
        self.exact = ExactPairs()
        self.is_awake = self.is_kept = False
        self.since = math.nan

    def __len__(self) -> int:
        return len(self.items) + len(self.exact)

    def adding(self, x: float, y: float, count: Count) -> Step:
        """Return the step that adds a point."""
        return partial((self.exact if count.has_numbers else self.items).extend, (x, y))

    def open(self, count: Count) -> None:
        """Let `publish` append without a second look, now that the sink is about to be woken."""
        self.since = time.time()
        self.is_awake = True
        self.exact.is_open = count.has_numbers
        self.items.is_open = not count.has_numbers and not count.is_time
        self.items.origin = count.origin or 0
        self.items.takes_times = count.is_time  # now that it is known from where

    def close(self) -> None:
        """Have the next point wake the sink."""
        self.is_awake = self.items.is_open = self.items.takes_times = self.exact.is_open = False

    def clear(self) -> None:
        """Forget what has gathered."""
        self.close()
        self.items.clear()
        self.exact.clear()

    def seal(self, count: Count) -> tuple[list[Points], list[Step]]:
        """Return what has gathered, as columns, with the steps that remove it here; when that is
        nothing the buffer is closed, so that its next point wakes the sink.

        count: how times of the plot are counted. Callers that append meanwhile append behind what
        is taken here.
        """
        if self.is_awake and not len(self):
            self.close()
            give_back(self.items)
        n, n_exact = len(self.items), len(self.exact)  # since then one may have come
        points, steps = [], []
        if n:
            points.append(self._points(*columns(self.items, n), count.origin or 0, count))
            steps.append(removing(self.items, n))
        if n_exact:
            numbers = self.exact[:n_exact]
            x, origin = counted(numbers[::2], count.unit)
            points.append(self._points(x, columns(self.exact, n_exact)[1], origin, count))
            steps.append(removing(self.exact, n_exact))
        if points:
            self.since = time.time()
        return points, steps

    def _points(self, x: Column, y: Column, origin: int, count: Count) -> Points:
        return Points(
            *(self.plot, self.series, x, y),
            *(count.is_time, self.since, self.run, origin),
        )


def sealed(
    buffers: Iterable[Buffer], count_of: Callable[[str], Count]
) -> tuple[list[Points], list[Step]]:
    """Return what has gathered of each series, and the steps that remove it there: all of them are
    to be taken in one step, since there may be thousands.

    count_of: how times of a plot are counted.
    """
    found = [buffer.seal(count_of(buffer.plot)) for buffer in buffers]
    return [each for points, _ in found for each in points], [
        step for _, steps in found for step in steps
    ]


def one_each(plot: str, run: str, x: float, y: Mapping[str, float], count: Count) -> list[Points]:
    """Return a point of each of some series, which gathers nowhere, by their names."""
    buffers = [Buffer(plot, series, run) for series in y]
    for buffer in buffers:
        buffer.since = time.time()
        buffer.adding(x, y[buffer.series], count)()
    return sealed(buffers, lambda _: count)[0]
