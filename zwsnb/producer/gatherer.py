"""What has gathered on the caller's side, as the sink takes it, and how much that is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from zwsnb.producer import native
from zwsnb.producer.axis_units import AxisUnits
from zwsnb.producer.buffers import Buffer, sealed
from zwsnb.producer.queue import Queue
from zwsnb.protocol.batch import Batch, Body
from zwsnb.quick.one_step import Step, in_one_step

MAX_PLOTS: Final = 10_000
"""Plots that a process knows at a time: of each it remembers what its x are, its units, how it is
shown. A relay shows 1,000.
"""


class Gatherer:
    """The buffers of all series, and the queue behind them: the `Source` of a sink.

    At all times ``accepted == taken + dropped + queued``.
    """

    def __init__(self) -> None:
        self.units = AxisUnits()
        self._buffers: dict[tuple[str, str, str], Buffer] = {}
        self._queue = Queue()
        # By name; those that were closed stay, oldest first, until there is no room for another.
        self._open: set[str] = set()
        self._closed: dict[str, None] = {}

    def admit(self, plot: str) -> None:
        """Know a plot from now on.

        Raises:
            ValueError: too many are known already.
        """
        if plot in self._open:
            return
        is_nested = self._queue.is_mine()
        with self._queue.lock:
            is_full = len(self._open) + len(self._closed) >= MAX_PLOTS
            if is_full and plot not in self._closed and not is_nested:
                self._forget_one_closed()
            in_one_step(partial(self._open.add, plot), partial(self._closed.pop, plot, None))

    def _forget_one_closed(self) -> None:
        plot = next(iter(self._closed), None)
        if plot is None:
            raise ValueError(
                f"this process has {MAX_PLOTS:,} plots already: use series of one plot instead, or"
                " close() those that are done"
            )
        self._seal_all(plot)  # what a thread may have left since
        self.units.begin_anew(plot)
        self._queue.dropped_of.pop(plot, None)
        del self._closed[plot]

    def _retired(self, plot: str) -> list[Step]:
        """Return the steps for a plot that is closed: another may get its place."""
        return [partial(self._open.discard, plot), partial(self._closed.setdefault, plot)]

    def _put(self, bodies: Sequence[Body], *steps: Step, behind: Sequence[Buffer] = ()) -> None:
        """Put bodies behind all that waits, and what these series have gathered.

        In the midst of that the same thread may come here again, where the handler of a signal
        publishes, or what the collector of garbage calls. It would wait for itself, or take twice
        what it is about to take: its bodies wait aside.
        """
        if self._queue.is_mine():
            self._queue.put_aside(bodies, *steps)
            return
        with self._queue.lock:
            self._seal(*behind)
            self._queue.add(bodies, *steps)

    def _seal_rest(self) -> None:
        """Move all that has gathered to the queue, unless this thread is at that already."""
        if not self._queue.is_mine():
            with self._queue.lock:
                self._seal_all()

    def _seal(self, *buffers: Buffer) -> None:
        """Move what these series have gathered to the queue."""
        bodies, steps = sealed(buffers, self.units.counted)
        self._queue.add(bodies, *steps)

    def _seal_all(self, plot: str = "") -> None:
        """Move what all series have gathered to the queue, or those of a plot."""
        self._seal(*self._buffers_of(plot))

    def _end_all(self, plot: str, *, is_nested: bool) -> None:
        """Have the next points of a plot look anew what x are, behind those that have gathered:
        these are sealed, unless this thread is at that already.
        """
        for buffer in self._buffers_of(plot):
            buffer.close()  # first, or another thread would append what is not sealed here
        if not is_nested:
            self._seal_all(plot)

    def _buffers_of(self, plot: str) -> list[Buffer]:
        return [each for each in list(self._buffers.values()) if plot in ("", each.plot)]

    @contextlib.contextmanager
    def giving_way(self) -> Iterator[None]:
        """Let others have all that is whole, though this thread may be in the midst of a publish,
        as where the handler of a signal ends the program: they and it would wait for each other.
        """
        with native.lent(self._queue.lock):
            yield

    # -- the sink's side ---------------------------------------------------------------------------

    def take(self) -> list[Batch]:
        """Return what has gathered, some 2 MiB at most and of 256 series, numbered, oldest first
        for each series; empty when the publisher is idle. `has_more` is True when that was not all.
        """
        in_hand, thread = self._queue.in_hand, native.get_ident()
        with self._queue.lock:
            self._seal_all()
            batches = self._queue.take(list(self._buffers))
        # Between this, which calls nothing, and the return no exception can come.
        in_hand[thread] = []
        return batches

    @property
    def has_more(self) -> bool:
        """True when the last take has left something."""
        return self._queue.has_more

    def checkpoint(self) -> int:
        """Return a number for all so far: `is_past` is True when it has been taken or dropped."""
        self._seal_rest()
        with self._queue.lock:
            return self._queue.checkpoint()

    def is_past(self, checkpoint: int) -> bool:
        """True when takes have come as far as `checkpoint`."""
        return self._queue.is_past(checkpoint)

    # -- statistics --------------------------------------------------------------------------------

    @property
    def producer(self) -> str:
        """The name under which the batches are numbered, 32 hex digits."""
        return self._queue.producer

    def dropped(self, plot: str | None = None) -> int:
        """Return how many points were dropped, of one plot or of all."""
        return self._queue.dropped if plot is None else self._queue.dropped_of.get(plot, 0)

    def is_whole(self) -> bool:
        """Return True when nothing was dropped since the last time this was asked."""
        return self._queue.is_whole()

    def stats(self) -> dict[str, int]:
        """Return the account of points: accepted, taken by the sink, dropped, queued; and gaps."""
        self._seal_rest()
        with self._queue.lock:
            return self._queue.account()
