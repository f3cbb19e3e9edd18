"""The caller's side of `publish`: a list append in the caller's thread, and a sender that takes
what has gathered.

`publish` of two numbers checks them, appends them to the list of their series and returns; it takes
no lock and meets no network. Whoever delivers (the relay's hub, when it lives in this process; else
a `Sender` with a PUSH socket in a thread of its own) takes everything that has gathered, as
columns, at once when the publisher was idle, and soon while it is busy. What has gathered is
bounded: while the sender is behind, `publish` waits a few milliseconds once, and when it is full
drops the oldest points and counts them.
"""

from __future__ import annotations

import math
import os
import secrets
import threading
import time
import weakref
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, Protocol

import numpy as np

from zwsnb.producer.batching import merged, nbytes_of, parts_of, size_of
from zwsnb.producer.inputs import MISSING, by_series, y_column, y_number
from zwsnb.protocol.batch import Batch
from zwsnb.protocol.mistakes import is_mistake
from zwsnb.protocol.names import DEFAULT_SERIES, check_name
from zwsnb.protocol.values import (
    EXACT_NUMBERS,
    LARGEST,
    as_column,
    as_number,
    check_x,
    gaps_of,
    is_many,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Column = NDArray[np.float64]
    OnFull = Literal["drop", "block"]

TICK: Final = 0.004
"""Seconds between two takes while points flow, where nobody asks for them."""

HEARTBEAT: Final = 0.25
"""Seconds after which a sender looks by itself: a point whose wake-up was missed waits no longer
than this.
"""

SEAL: Final = 65_536
"""Numbers (twice the points) that a list gathers before the caller makes an array of them."""

HIGH_WATER_MARK: Final = 64 << 20
"""Bytes that wait for the sender at most."""

SOFT_LIMIT: Final = 512 << 10
"""Bytes, 32,768 points, that may wait before the caller lets the sender catch up: beside a busy
cell it gets the interpreter's lock a few hundred times a second only, each time for an instant.
"""

MAX_TAKEN: Final = 2 << 20
"""Bytes after which a take ends: while it is worked on, no viewer is served."""

MAX_WAIT: Final = 0.004
"""Seconds that `publish` waits at most, once a stall."""


class Connection(NamedTuple):
    """Where a service takes batches: its PULL socket, and the token that opens it."""

    ingress: str
    token: str


class Sink(Protocol):
    """Whoever takes from a publisher. Its methods may be called from any thread."""

    def wake(self) -> None:
        """Take soon. Returns at once."""

    def flush(self, timeout: float) -> bool:
        """Take now; True when everything was delivered within `timeout` seconds."""

    def close(self, timeout: float) -> None:
        """Deliver what there is, within `timeout` seconds, and stop."""


class _Buffer:
    """What has gathered of one series since the last take: x, y, x, y, ... in ``items``.

    ``is_open`` is True while `publish` may append without a second look: x is a number here, and
    the sender is awake. ``since`` is when the oldest point was published, or the last take.
    """

    __slots__ = ("is_awake", "is_open", "items", "plot", "series", "since")

    def __init__(self, plot: str, series: str) -> None:
        self.plot = plot
        self.series = series
        self.items: list[float] = []
        self.is_awake = self.is_open = False
        self.since = math.nan


class Publisher:
    """Gathers points from any thread, and hands them as numbered batches to its sink.

    At all times ``accepted == taken + dropped + queued``.
    """

    def __init__(self, on_full: OnFull = "drop") -> None:
        self.on_full: OnFull = on_full
        self.sink: Sink | None = None
        self.connection: Connection | None = None
        self._buffers: dict[tuple[str, str], _Buffer] = {}
        self.begin()
        _alive.add(self)

    def begin(self) -> None:
        """Begin to count: for a new service, and in a forked child, where what had gathered is its
        parent's to send.
        """
        self.producer = secrets.token_hex(16)
        self.taken = self.dropped = self.gaps = self.batches = 0
        self._sealed_ever = 0
        self._lock = threading.Lock()
        self._room = threading.Condition(self._lock)
        self._times: dict[str, bool] = {}
        self._sealed: deque[Batch] = deque()
        self._sealed_bytes = 0
        self._has_waited = False
        for buffer in self._buffers.values():
            buffer.is_awake = buffer.is_open = False
            buffer.items.clear()

    def after_fork(self) -> None:
        """Begin anew in a forked child, over a socket of its own."""
        self.sink = None
        self.begin()

    # -- the caller's side -------------------------------------------------------------------------

    def bind(self, plot: str) -> Callable[..., None]:
        """Return the `publish` function whose default plot is `plot`."""
        default = self._buffer(check_name(plot, "plot"), DEFAULT_SERIES)
        items, extend, look_closer = default.items, default.items.extend, self.publish

        def publish(
            x: Any,
            y: Any = MISSING,
            series: str | None = None,
            plot: str | None = None,
            **named: Any,
        ) -> None:
            """Put points on the plot, and return at once.

            publish(x, y)                     one point; or equal-length sequences or arrays
            publish(x, y, series="loss")      a named series
            publish(x, loss=0.3, acc=0.9)     several series at one x
            publish(x, {"any name": 0.3})     the same, for any name
            publish(x, y, plot="accel")       another plot, made on first use

            x: a number or a time (datetime, numpy.datetime64, pandas.Timestamp), finite. y: a
            number; NaN and infinity are gaps.

            Raises TypeError or ValueError for what is no point, and RuntimeError when zwsnb is not
            running; never for the network.
            """
            # Two numbers for the default series of an awake publisher, that is all: the rest is
            # looked at more closely.
            if (
                default.is_open
                and type(y) in EXACT_NUMBERS
                and type(x) in EXACT_NUMBERS
                and -LARGEST <= x <= LARGEST
                and -LARGEST <= y <= LARGEST
                and series is None
                and plot is None
                and not named
                and len(items) < SEAL
            ):
                # One call of one C function: x and y of two threads cannot mix.
                extend((x, y))
            else:
                try:
                    look_closer(x, y, series, default.plot if plot is None else plot, named)
                except Exception as error:
                    if not is_mistake(error):
                        raise
                    raise error.with_traceback(None) from None  # the mistake is in the call above

        return publish

    def publish(
        self, x: Any, y: Any, series: str | None, plot: str, named: Mapping[str, Any]
    ) -> None:
        """Check and take points, as `bind` says."""
        try:
            buffer = self._buffers.get((plot, DEFAULT_SERIES if series is None else series))
        except TypeError:  # a name that is a list, or the like: it is told below
            buffer = None
        if not named and self._has_taken(x, y, buffer):
            return
        check_name(plot, "plot")
        values = by_series(y, series, named)
        if is_many(x):
            self._publish_columns(plot, x, values)
        else:
            self._publish_numbers(plot, x, values)

    def _has_taken(self, x: Any, y: Any, buffer: _Buffer | None) -> bool:
        """Take two numbers for a named series as fast as may be; False when they need a closer
        look.
        """
        is_plain = (
            buffer is not None
            and buffer.is_open
            and type(y) in EXACT_NUMBERS
            and type(x) in EXACT_NUMBERS
            and -LARGEST <= x <= LARGEST
            and -LARGEST <= y <= LARGEST
            and len(buffer.items) < SEAL
        )
        if is_plain and buffer is not None:
            buffer.items.extend((x, y))
        return is_plain

    def _publish_numbers(self, plot: str, x: Any, values: Mapping[str, Any]) -> None:
        number, is_time = as_number(x, "x")
        if not math.isfinite(number):
            raise ValueError(f"x is {number}; x must be finite")
        points = {name: y_number(y, name) for name, y in values.items()}
        self._check_kind(plot, is_time=is_time)
        sink = self._sink()
        for name, y in points.items():
            self._take_number(self._buffer(plot, name), number, y, sink, is_time=is_time)

    def _take_number(
        self, buffer: _Buffer, x: float, y: float, sink: Sink, *, is_time: bool
    ) -> None:
        if not math.isfinite(y):
            y = math.nan
            self.gaps += 1
        buffer.items.extend((x, y))
        if len(buffer.items) >= SEAL:
            with self._lock:
                self._seal(buffer)
                self._make_room()
        if not buffer.is_awake:
            buffer.since = time.time()
            buffer.is_awake, buffer.is_open = True, not is_time
            sink.wake()

    def _publish_columns(self, plot: str, x: Any, values: Mapping[str, Any]) -> None:
        column, is_time = as_column(x, "x")
        check_x(column)
        columns = {name: y_column(column, y, name) for name, y in values.items()}
        self._check_kind(plot, is_time=is_time)
        sink = self._sink()
        now = time.time()
        with self._lock:
            for name, y in columns.items():
                buffer = self._buffer(plot, name)
                self._seal(buffer)
                self.gaps += gaps_of(y)
                self._add(Batch("", 0, 0, plot, name, column, y, is_time, now))
            sink.wake()
            self._make_room()

    def send_command(self, kind: str, plot: str, options: Mapping[str, Any] | None = None) -> None:
        """Send a word about a plot (`options`, `clear`), in order with its points."""
        sink = self._sink()
        with self._lock:
            for buffer in self._buffers.values():
                if buffer.plot == plot:
                    self._seal(buffer)
                    buffer.is_awake = buffer.is_open = False
            if kind in ("clear", "close"):
                self._times.pop(plot, None)
            self._add(Batch("", 0, 0, plot, kind=kind, options=options or {}))
        sink.wake()

    def flush(self, timeout: float = 2.0) -> bool:
        """Deliver what has gathered; True when that was done within `timeout` seconds."""
        return self.sink is None or self.sink.flush(timeout)

    def _check_kind(self, plot: str, *, is_time: bool) -> None:
        if self._times.setdefault(plot, is_time) != is_time:
            was, now = ("a time", "a number") if not is_time else ("a number", "a time")
            raise TypeError(
                f"x is {now}, but was {was} in plot {plot!r} before; clear the plot or use another"
            )

    def _buffer(self, plot: str, series: str) -> _Buffer:
        buffer = self._buffers.get((plot, series))
        if buffer is None:
            buffer = self._buffers.setdefault(
                (plot, series), _Buffer(plot, check_name(series, "series"))
            )
        return buffer

    def _sink(self) -> Sink:
        if self.sink is None:
            if self.connection is None:
                raise RuntimeError(
                    "zwsnb is not running: %load_ext zwsnb or zwsnb.start() starts it"
                )
            from zwsnb.producer.sender import Sender

            with self._lock:
                # Of two threads that come first together, one connects.
                if self.sink is None:
                    self.sink = Sender(self, self.connection)
        return self.sink

    # -- what has gathered -------------------------------------------------------------------------

    def _seal(self, buffer: _Buffer) -> None:
        """Make a batch of what a series has gathered; close it when that is nothing, so that its
        next point wakes the sink.

        Callers that append meanwhile append behind the `n` numbers that are taken here.
        """
        n = len(buffer.items)
        if not n:
            buffer.is_awake = buffer.is_open = False
            return
        pairs = np.fromiter(buffer.items[:n], np.float64, n).reshape(-1, 2)
        del buffer.items[:n]
        is_time = self._times.get(buffer.plot, False)
        self._add(
            Batch(
                "",
                0,
                0,
                buffer.plot,
                buffer.series,
                pairs[:, 0],
                pairs[:, 1],
                is_time,
                buffer.since,
            )
        )
        buffer.since = time.time()

    def _add(self, batch: Batch) -> None:
        self._sealed.append(batch)
        self._sealed_bytes += nbytes_of(batch)
        self._sealed_ever += 1

    def _make_room(self) -> None:
        """Wait a little while the sink is behind, and drop the oldest batches when too much has
        gathered.
        """
        if self._sealed_bytes <= SOFT_LIMIT:
            return
        if self.sink is not None:
            self.sink.wake()  # one that sleeps makes no room
        if not self._has_waited:
            self._has_waited = not self._room.wait_for(
                lambda: self._sealed_bytes <= SOFT_LIMIT, MAX_WAIT
            )
        if self.on_full == "block":
            self._room.wait_for(lambda: self._sealed_bytes <= HIGH_WATER_MARK)
        while self._sealed_bytes > HIGH_WATER_MARK and self._drop_oldest():
            pass

    def _drop_oldest(self) -> bool:
        """Drop the oldest points, but not the newest batch: False when there are no others."""
        i = next(i for i, batch in enumerate(self._sealed) if batch.x is not None)
        oldest = self._sealed[i]
        if oldest is self._sealed[-1]:
            return False
        del self._sealed[i]
        self._sealed_bytes -= nbytes_of(oldest)
        self.dropped += size_of(oldest)
        return True

    # -- the sink's side ---------------------------------------------------------------------------

    def take(self) -> list[Batch]:
        """Return what has gathered, numbered, oldest first for each series; empty when the
        publisher is idle.

        It is at most some 2 MiB; `has_more` tells whether that was not all.
        """
        with self._lock:
            self._seal_all()
            sealed = self._oldest()
            self._has_waited = False
            self._room.notify_all()
            return [
                self._number(part)
                for batch in merged(sealed, list(self._buffers))
                for part in parts_of(batch)
            ]

    def _oldest(self) -> list[Batch]:
        """Take the oldest batches out of the queue, as much as a turn of the hub should have to do."""
        oldest: list[Batch] = []
        size = 0
        while self._sealed and size < MAX_TAKEN:
            oldest.append(self._sealed.popleft())
            size += nbytes_of(oldest[-1])
        self._sealed_bytes -= size
        return oldest

    def _seal_all(self) -> None:
        for buffer in list(self._buffers.values()):
            self._seal(buffer)

    @property
    def has_more(self) -> bool:
        """True when the last take has left something."""
        return bool(self._sealed)

    def checkpoint(self) -> int:
        """Return a number for all that was published so far: `is_past` tells when it has been taken
        or dropped.
        """
        with self._lock:
            self._seal_all()
            return self._sealed_ever

    def is_past(self, goal: int) -> bool:
        """True when takes have come as far as `goal`."""
        return self._sealed_ever - len(self._sealed) >= goal

    def _number(self, batch: Batch) -> Batch:
        batch.producer = self.producer
        batch.batch = self.batches
        batch.points = self.taken + self.dropped
        batch.dropped = self.dropped
        self.batches += 1
        self.taken += size_of(batch)
        return batch

    def stats(self) -> dict[str, int]:
        """Return the account: points accepted, taken by the sink, dropped, queued; and how many y
        were gaps.
        """
        with self._lock:
            queued = sum(len(b.items) for b in list(self._buffers.values())) // 2 + sum(
                map(size_of, self._sealed)
            )
            accepted = self.taken + self.dropped + queued
            return {
                "accepted": accepted,
                "taken": self.taken,
                "dropped": self.dropped,
                "queued": queued,
                "gaps": self.gaps,
            }

    def stop(self, timeout: float = 2.0) -> None:
        """Deliver what there is, and stop: `publish` raises until there is a new sink."""
        sink, self.sink, self.connection = self.sink, None, None
        for buffer in list(self._buffers.values()):
            buffer.is_awake = buffer.is_open = False
        if sink is not None:
            sink.close(timeout)


_alive: weakref.WeakSet[Publisher] = weakref.WeakSet()


def _after_fork() -> None:
    for publisher in list(_alive):
        publisher.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
