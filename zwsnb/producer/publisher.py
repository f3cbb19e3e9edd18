"""The caller's side of `publish`: a list append in the caller's thread, and a sink that takes what
has gathered.

`publish` of two numbers checks them, appends them to the list of their series and returns; it takes
no lock and does no I/O. Whoever delivers (the relay's hub, when it runs in this process; else a
`Sender` in a thread of its own) takes everything that has gathered, as columns, at once when the
publisher was idle, and soon while it is busy. What waits is bounded by `zwsnb.producer.queue`.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NoReturn, TypeAlias

from zwsnb.kinds.values import is_many
from zwsnb.producer import inputs, native
from zwsnb.producer.axis_units import AxisUnits
from zwsnb.producer.buffers import MAX_BUFFERS, Buffer, one_each
from zwsnb.producer.frames import without_frames
from zwsnb.producer.gatherer import Gatherer
from zwsnb.producer.inputs import MISSING, Given, alone, by_series, columns_of, point_of, run_among
from zwsnb.producer.quantities import opened
from zwsnb.producer.queue import Queue
from zwsnb.producer.signature import Publish
from zwsnb.producer.sink import NOT_RUNNING, Connection, MakeSender, Sink, Unheard
from zwsnb.protocol.batch import Close, Command, Points, SetOptions
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.names import DEFAULT_SERIES, check_name
from zwsnb.quick.calls import calling
from zwsnb.quick.one_step import in_one_step
from zwsnb.quick.pairs import SEAL, Pairs
from zwsnb.quick.taking import take_each, take_one

OnFull: TypeAlias = Literal["drop", "block"]
"""What `publish` does when too much waits: drop the oldest points, or block."""


class Publisher(Gatherer):
    """Gathers points from any thread, and hands them as numbered batches to its sink.

    ``sink`` takes; where there is none, the first point makes one of ``connection``, by
    ``make_sender``. Where there is no connection either it calls ``find_service``, which makes one
    or raises, until the first `stop`. A publisher without any of these raises RuntimeError for
    every point. ``heard`` gets the name of each plot after its first points.
    """

    def __init__(
        self,
        on_full: OnFull = "drop",
        make_sender: MakeSender | None = None,
        find_service: Callable[[], object] | None = None,
    ) -> None:
        self.on_full: OnFull = on_full
        self.sink: Sink | None = None
        self.connection: Connection | None = None
        self.find_service = find_service
        self.heard: Callable[[str], None] | None = None
        self.why_ended: Callable[[], str] = str  # empty, while somebody takes or may come back
        self.loss = ""  # what had not come when it was stopped, and why
        self.said: Callable[[], Sequence[Command]] = tuple  # what a relay that is new has to know
        self._make_sender = make_sender
        self._making_sink = native.RLock()
        self._known: dict[str, dict[str, dict[str, Pairs]]] = {}  # by run, plot and series
        super().__init__()
        native.call_after_fork(self)

    def reset(self) -> None:
        """Count from zero, under a new name: for a new service, and in a forked child, where what
        had gathered is its parent's to send.
        """
        self._making_sink = native.RLock()
        self.units.forget_times()
        self._queue = Queue()
        for buffer in self._buffers.values():
            buffer.clear()

    def after_fork(self) -> None:
        """Start anew in a forked child, over a socket of its own."""
        self.sink = self.heard = None
        self.reset()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a plot's publish belongs to its process: hand over the Plot itself")

    # -- the caller's side -------------------------------------------------------------------------

    def bind(self, plot: str, run: str = "", module: str = "") -> Publish:
        """Return the `publish` function whose default plot is `plot`, for a named run or none.

        module: where it stands as "publish". By that name it is pickled: in another process it is
        that one's.
        """
        self.admit(plot := check_name(plot, "plot"))
        default = self._buffer(plot, DEFAULT_SERIES, run)

        def look_closer(
            x: Any, y: Any, series: str | None, other: str | None, named: Mapping[str, Any]
        ) -> None:
            self.publish(x, y, series, default.plot if other is None else other, named, run)

        known = self._known.setdefault(run, {}) if default.is_kept else {}
        publish = calling(default.items, default.exact, known, plot, look_closer, MISSING)
        publish.__doc__ = Publish.__call__.__doc__
        if module:
            publish.__module__, publish.__qualname__ = module, "publish"
        return publish

    def learn(self, plot: str, options: Mapping[str, Any]) -> None:
        """Remember options of a plot that another process has sent."""
        is_nested = self._queue.is_mine()
        with self._queue.lock:
            self._end_all(plot, is_nested=is_nested)
            self.units.learn(plot, options)

    def publish(
        self,
        x: object,
        y: object,
        series: str | None,
        plot: str,
        named: Mapping[str, object],
        run: str = "",
    ) -> None:
        """Check and take points; the parameters are those of `Publish`."""
        if named:
            run, named = run_among(named, run)
        if self._takes(x, y, series, plot, named, run):
            return
        plot = check_name(plot, "plot")
        x, y, series = without_frames(x, y, series, named)
        values = by_series(y, series, named)
        (x, x_unit), count = opened(x, "x"), self.units.count(plot)
        was_there = self.units.knows(plot)
        if is_many(x):
            self._publish_columns(plot, run, columns_of(x, x_unit, values, count))
        else:
            self._publish_numbers(plot, run, point_of(x, x_unit, values, count))
        if self.heard is not None and not was_there and self.units.knows(plot):
            self.heard(plot)

    def _takes(
        self, x: Any, y: Any, series: str | None, plot: str, named: Mapping[str, Any], run: str
    ) -> bool:
        """Take a point of series that are known and awake; False when it needs a closer look."""
        is_one = not named and type(y) is not dict
        if not is_one and (series is not None or (named and y is not MISSING)):
            return False
        try:  # what a handler of a signal raises later is not for this
            if is_one:
                name = DEFAULT_SERIES if series is None else series
                into = self._buffers.get((plot, name, run))
            else:
                buffers = [self._buffers.get((plot, name, run)) for name in named or y]
        except TypeError:  # a name that is a list, or the like: `check_name` raises for it
            return False
        return take_one(into, x, y) if is_one else take_each(buffers, x, (named or y).values())

    def _publish_numbers(self, plot: str, run: str, given: Given) -> None:
        sink = self._sink()
        x, _, points, *_ = self._settled(plot, given)
        count = self.units.counted(plot)
        buffers = [self._buffer(plot, name, run) for name in points]
        if not all(buffer.is_kept for buffer in buffers):
            self._add(one_each(plot, run, x, points, count), *buffers)
            return
        pairs = zip(buffers, points.values(), strict=True)
        in_one_step(*[buffer.adding(x, y, count) for buffer, y in pairs])
        for buffer in buffers:
            if len(buffer) >= SEAL:
                self._add([], buffer)
            if not buffer.is_awake:
                self._awaken(buffer)
                if sink.wake():
                    buffer.close()

    def _awaken(self, buffer: Buffer) -> None:
        """Let `publish` append without a second look. What x are may have been decided anew, by
        another thread or what comes in the midst of this one, as the handler of a signal does.
        """
        with self._queue.lock:
            buffer.open(count := self.units.counted(buffer.plot))
            if self.units.counted(buffer.plot) != count:
                buffer.close()

    def _publish_columns(self, plot: str, run: str, given: Given) -> None:
        self._sink()
        if not len(given.x):  # a first poll that has brought nothing does not say what x is
            return
        x, is_time, columns, _, origin = self._settled(plot, given)
        now = time.time()
        bodies = [Points(plot, s, x, y, is_time, now, run, origin) for s, y in columns.items()]
        self._add(bodies, *(self._buffer(plot, name, run) for name in columns))

    def _add(self, bodies: Sequence[Points | Rows], *behind: Buffer) -> None:
        sink = self._sink()
        self._put(bodies, behind=behind)
        sink.wake()
        self._make_room(sink, max(1, len(bodies)))

    def _make_room(self, sink: Sink, brought: int = 1) -> None:
        self._queue.make_room(sink.wake, self._why_ended(sink), brought)

    def _why_ended(self, sink: Sink) -> Callable[[], str] | None:
        """Return what says why nobody takes; None where nobody is to wait, or who takes would."""
        if self.on_full != "block" or native.is_taker():
            return None
        return lambda: self.why_ended() or sink.trouble

    def publish_body(self, body: Rows | Points, x: object, y: object = None) -> None:
        """Take rows of an image, or points of a scatter with `y`, at as many `x`, as `publish`."""
        self._sink()
        was_there = self.units.knows(body.plot)
        (found, unit), count = opened(x, "x"), self.units.count(body.plot)
        at = self._settled(body.plot, inputs.columns_beside(found, unit, body, y, count))
        body = body._replace(x=at.x, is_time=at.is_time, origin=at.origin)
        if isinstance(body, Points):
            body = body._replace(y=at.y[body.series])
            self._add([body], self._buffer(body.plot, body.series, body.run))
        else:
            self._add([body])
        if not was_there and self.heard is not None:
            self.heard(body.plot)

    def send_command(self, command: Command) -> None:
        """Send a command about a plot, in order with its points."""
        sink = self._sink(brings_points=False)
        self.admit(command.plot)
        is_nested = self._queue.is_mine()
        with self._queue.lock:
            self._end_all(command.plot, is_nested=is_nested)
            more, steps = self.units.after(command)
            if isinstance(command, Close):
                steps += self._retired(command.plot)
            add = self._queue.put_aside if is_nested else self._queue.add
            add([command, *more], *steps)
        sink.wake()
        self._queue.make_room_for_commands(sink.wake, self._why_ended(sink))

    def flush(self, timeout: float = 2.0) -> bool:
        """Deliver what has gathered; True when all of it has come within `timeout` seconds."""
        if self._queue.is_mine():
            return False  # to wait here would keep it from being delivered
        return self.sink is None or self.sink.flush(timeout)

    def reconnect(self, connection: Connection) -> None:
        """Deliver to another relay from now on, also what has not come to the one before."""
        self.connection = connection
        if self.sink is not None:
            self.sink.connect(connection)

    def say_again(self) -> None:
        """Have a relay that is new know what was said before, ahead of all that waits."""
        with self._queue.lock:
            self._queue.put_first([*self.said(), *self.units.said()])

    def x_of(self, plot: str, x: object) -> Given:
        """Return an x in the unit of its plot; raises as `publish`."""
        (found, unit), count = opened(x, "x"), self.units.count(plot)
        given = point_of(x if is_many(found) else found, unit, {}, count)
        self.units.check_x(plot, given)
        return self._settled(plot, given) if given.units else alone(given, count)

    def _settled(self, plot: str, given: Given) -> Given:
        """Return what was given in the units of its plot, and remember them, and what its x is."""
        self.admit(plot)
        is_nested = self._queue.is_mine()
        if self.units.is_cleared(plot):
            with self._queue.lock:
                self._end_all(plot, is_nested=is_nested)
                self.units.begin_anew(plot)
        if not given.units:
            return self.units.settled(plot, given)
        with self._queue.lock:
            converted, options, steps = self.units.converted(plot, given)
            settled = self.units.settled(plot, converted)
            add = self._queue.put_aside if is_nested else self._queue.add
            add([SetOptions(plot, options)] if options else [], *steps)
        return settled

    def _buffer(self, plot: str, series: str, run: str) -> Buffer:
        buffer = self._buffers.get((plot, series, run))
        if buffer is None:
            buffer = Buffer(plot, check_name(series, "series"), run)
            if len(self._buffers) < MAX_BUFFERS:
                buffer.is_kept = True
                buffer = self._buffers.setdefault((plot, series, run), buffer)
                known = self._known.setdefault(run, {}).setdefault(plot, {})
                known[series] = buffer.items
        return buffer

    def _sink(self, *, brings_points: bool = True) -> Sink:
        if self.sink is None and self.connection is None and self.find_service is not None:
            self.find_service()
        sink = self.sink or self._connected()
        if brings_points and self._queue.is_full:
            self._make_room(sink)
        return sink

    def _connected(self) -> Sink:
        """Return the sink; of two threads that come first together, one makes it."""
        if native.is_mine(self._making_sink):
            return Unheard()  # a handler of a signal has come in the midst: who makes it wakes it
        with self._making_sink:
            while self.sink is None:
                connection = self.connection
                if connection is None or self._make_sender is None:
                    raise RuntimeError(NOT_RUNNING)
                made = self._make_sender(self, connection)
                if (self.sink, self.connection) == (None, connection):
                    self.sink = made
                else:  # a handler of a signal has come in the midst, and stopped
                    self._ended(made, 0.0)
            return self.sink

    @contextlib.contextmanager
    def giving_way(self) -> Iterator[None]:
        """As `Gatherer.giving_way`, and in the midst of making a sink."""
        with super().giving_way(), native.lent(self._making_sink):
            yield

    def hand_over(self, to: Sink) -> Sink | None:
        """Have another sink take from now on, and nobody hear of plots; return the one before, also
        one that a thread is making at this moment, and would put in the place of `to`.
        """
        with self._making_sink:
            sink, self.sink, self.heard = self.sink, to, None
        return sink

    def stop(self, timeout: float = 2.0) -> None:
        """Deliver what there is, and stop: `publish` raises until there is a new sink."""
        with self._making_sink:
            sink, self.sink, self.connection, self.find_service = self.sink, None, None, None
        self.why_ended = str
        for buffer in list(self._buffers.values()):
            buffer.close()
        if sink is not None:
            self.loss = self._ended(sink, timeout)
        self.units = AxisUnits()  # not before: what has gathered is in those that were

    def _ended(self, sink: Sink, timeout: float) -> str:
        sink.close(timeout)
        loss = sink.loss()
        with self._queue.lock:  # for who comes next, if `reset` does not come before
            self._queue.put_back(sink.give_back())
        return loss
