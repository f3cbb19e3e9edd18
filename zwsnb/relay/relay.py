"""Where points come together: from every source they are appended to the history, and the viewers
of their plot are woken.

The relay runs in the one gevent hub of the service. It takes batches from the publisher of its own
process (with no socket between them: the fewer hand-overs of the interpreter's lock a frame, the
less a busy cell delays a plot), from publishers of other processes by PULL, and JSON points of any
program by SUB. It never blocks on a viewer: it marks them as having something new. What it refuses
or finds missing is counted by kind.
"""

from __future__ import annotations

import contextlib
import hmac
import math
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

import gevent
import numpy as np
import zmq
from gevent.event import Event

from zwsnb.history.plots import History, Plot, TooMany
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.arrays import Column
from zwsnb.protocol.batch import Body, Clear, Close, Mark, Points, SetOptions, decode_batch
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.names import DEFAULT_PLOT, DEFAULT_SERIES
from zwsnb.protocol.point import decode_point
from zwsnb.protocol.stats import Counts, ProducerStats
from zwsnb.relay.accounts import Accounts
from zwsnb.relay.cpu_budget import CpuBudget
from zwsnb.relay.hub import yield_to_hub
from zwsnb.relay.listener import RelayListener
from zwsnb.relay.refusals import TOO_MANY, WRONG_TOKEN, Refusals
from zwsnb.relay.schedule import SLOW_TICK, TakeSchedule
from zwsnb.relay.sockets import Sockets

T = TypeVar("T")


class Relay:
    """Takes points in, for `history`, and reports to `listener` which plots have changed.

    token: what publishers of other processes must send. publisher: the one of this process. budget:
    how much processor time patches may take. Make and use it in the hub's own thread; only `wake`
    may be called from another.
    """

    def __init__(
        self,
        history: History,
        token: str,
        publisher: Publisher | None = None,
        budget: CpuBudget | None = None,
        listener: RelayListener | None = None,
    ) -> None:
        self.history = history
        self.token = token
        self.publisher = publisher
        self.budget = budget or CpuBudget(None)
        self.accounts = Accounts()
        self.refusals = Refusals()
        self.ingress = ""
        self.listening: list[str] = []
        self.plain_points = 0
        self._listener: RelayListener = _Nobody() if listener is None else listener
        self._gathered: dict[tuple[str, str], list[tuple[float, float]]] = {}
        self._sockets = Sockets(self._append_gathered)
        self._wake = Event()
        self._loop = gevent.get_hub().loop
        self._taker: gevent.Greenlet[..., None] | None = None
        self._schedule = TakeSchedule()

    # -- start and stop ----------------------------------------------------------------------------

    def start(self, ingress: str) -> None:
        """Bind the PULL socket at `ingress` (a port of ``*`` is chosen freely), and take points
        from now on.

        Raises:
            OSError: the address cannot be used.
        """
        self.ingress = self._sockets.bind(zmq.PULL, ingress, partial(self._guard, self.take_batch))
        if self.publisher is not None:
            self._taker = gevent.spawn(self._run_takes)

    def listen(self, address: str) -> str:
        """Bind a SUB socket for plain producers at `address`; return the address with its port.

        Raises:
            OSError: the address cannot be used.
        """
        self.listening.append(
            self._sockets.bind(zmq.SUB, address, partial(self._guard, self.take_point))
        )
        return self.listening[-1]

    def subscribe(self, address: str) -> None:
        """Connect a SUB socket to a plain producer that binds `address`.

        Raises:
            OSError: the address cannot be used.
        """
        self._sockets.connect(zmq.SUB, address, partial(self._guard, self.take_point))

    def stop(self) -> None:
        """Take what has gathered, and close every socket."""
        self.take_all()
        if self._taker is not None:
            self._taker.kill()
        self._sockets.close()

    # -- from the publisher of this process --------------------------------------------------------

    def wake(self) -> None:
        """Take from the publisher of this process soon; from any thread."""
        # The loop may have ended a moment ago: then the service stops the publisher as well.
        with contextlib.suppress(ValueError):
            self._loop.run_callback_threadsafe(self._wake.set)

    def _run_takes(self) -> None:
        while True:
            is_woken = self._wake.wait(self._schedule.pause)
            self._wake.clear()
            if self._schedule.is_due(time.monotonic(), is_woken=is_woken):
                self._take_until_empty()

    def _take_until_empty(self) -> None:
        if not self.take_own():
            self._schedule.found_nothing()
            return
        while self.publisher is not None and self.publisher.has_more:
            yield_to_hub()
            self.take_own()
        self._schedule.found_some(self._listener.take_interval())

    @property
    def has_just_taken(self) -> bool:
        """True when to take again would bring next to nothing."""
        return self._schedule.is_fresh(time.monotonic())

    def take_own(self) -> bool:
        """Take what this process has published, but no more than a turn's worth; False when there
        was nothing.
        """
        self._schedule.take_began(time.monotonic())
        batches = self.publisher.take() if self.publisher is not None else []
        for batch in batches:
            self._guard(self.dispatch, batch.body)
        return bool(batches)

    def take_all(self) -> None:
        """Take all that this process had published before: whoever asks sees it."""
        if self.publisher is None:
            return
        checkpoint = self.publisher.checkpoint()
        while not self.publisher.is_past(checkpoint) and self.take_own():
            pass

    # -- from sockets ------------------------------------------------------------------------------

    def take_batch(self, frames: list[bytes]) -> None:
        """Take one batch of a publisher of another process.

        Raises:
            InvalidMessage: it is no batch, or has not the right token.
        """
        batch, token = decode_batch(frames)
        if not hmac.compare_digest(token.encode(errors="replace"), self.token.encode()):
            raise InvalidMessage(WRONG_TOKEN, "a batch without the token of this service")
        if not self.accounts.record(batch):
            raise InvalidMessage("twice", f"batch {batch.number} of {batch.producer}")
        self.dispatch(batch.body)

    def take_point(self, frames: list[bytes]) -> None:
        """Take one JSON point of a plain producer: the last frame of its message.

        Raises:
            InvalidMessage: it is no point.
        """
        point = decode_point(frames[-1])
        name = (point.plot or DEFAULT_PLOT, point.series or DEFAULT_SERIES)
        self._gathered.setdefault(name, []).append((point.x, point.y))
        self.plain_points += 1

    def _append_gathered(self) -> None:
        """Append the JSON points of one turn, a run for each series."""
        gathered, self._gathered = self._gathered, {}
        for run in gathered.items():
            self._guard(self._append_run, run)

    def _append_run(self, run: tuple[tuple[str, str], list[tuple[float, float]]]) -> None:
        (plot, series), points = run
        x, y = np.array(points).T
        self._append(plot, series, x, y, time.time())

    # -- to the history ----------------------------------------------------------------------------

    def _guard(self, take: Callable[[T], None], what: T) -> None:
        """Call ``take(what)``; what it raises is counted, as the peer's fault or as an error of
        zwsnb, and does not end the greenlet that takes.
        """
        try:
            take(what)
        except InvalidMessage as refusal:
            self.refuse(refusal)
        except TooMany as error:
            self.refuse(InvalidMessage(TOO_MANY, str(error)))
        except Exception as error:  # noqa: BLE001 - a bug of ours must not close the way in
            self.refusals.fail(error)

    def dispatch(self, body: Body) -> None:
        """Do what one body asks for.

        Raises:
            InvalidMessage: its options are none of a plot.
            TooMany: it names a new plot or series, and there are as many as there may be.
        """
        match body:
            case Points():
                self._take_points(body)
            case SetOptions():
                self.set_options(body.plot, body.options)
            case Close():
                self._close(body.plot)
            case Clear():
                plot = self.history.get_or_create(body.plot)
                plot.clear()
                self._listener.points_arrived(plot, math.nan)
            case Mark():
                plot = self.history.get_or_create(body.plot)
                plot.mark(body.x, body.text)
                self._listener.points_arrived(plot, math.nan)

    def _take_points(self, points: Points) -> None:
        if points.is_time and not self.history.get_or_create(points.plot).options["time"]:
            self.set_options(points.plot, {"time": True})
            self.history.get_or_create(points.plot).is_timed = True
        self._append(points.plot, points.series, points.x, points.y, points.published)

    def _close(self, plot: str) -> None:
        if (closed := self.history.plots.pop(plot, None)) is not None:
            self._listener.plot_closed(closed)

    def _append(self, plot: str, series: str, x: Column, y: Column, published: float) -> None:
        self._listener.points_arrived(self.history.append(plot, series, x, y), published)

    def set_options(self, plot: str, options: Mapping[str, object]) -> None:
        """Change the options of a plot, which is made on first use.

        Raises:
            InvalidMessage: they are no options of a plot.
        """
        found = self.history.get_or_create(plot)
        try:
            found.set_options(options)
        except (TypeError, ValueError) as error:
            raise InvalidMessage("bad options", str(error)) from error
        self._listener.points_arrived(found, math.nan)

    # -- statistics --------------------------------------------------------------------------------

    def refuse(self, refusal: InvalidMessage) -> None:
        """Count a message that was refused."""
        self.refusals.refuse(refusal)

    def counts(self, plot: Plot | None = None) -> Counts:
        """Return what went wrong so far, without zeros: points missing and dropped, messages
        refused by kind, errors of zwsnb itself.

        With them how many y were gaps, in `plot` or in all plots.
        """
        remote = self.accounts.total()
        own = self.publisher.stats() if self.publisher is not None else {"dropped": 0}
        plots = self.history.plots.values() if plot is None else [plot]
        counts: Counts = {}
        if missing := remote.missing:
            counts["missing"] = missing
        if dropped := own["dropped"] + remote.dropped:
            counts["dropped"] = dropped
        if gaps := sum(each.gaps for each in plots):
            counts["gaps"] = gaps
        if refused := dict(self.refusals.by_kind):
            counts["refused"] = refused
        if errors := self.refusals.errors:
            counts["errors"] = errors
        return counts

    def notices(self) -> list[str]:
        """Return what a user should know, in plain words with the repair."""
        return self.refusals.notices(self.counts())

    def stats(self) -> ProducerStats:
        """Return the account of every source: points accepted, delivered, dropped, queued, missing.

        ``own`` is the publisher of this process, ``remote`` those of others, ``plain`` JSON points.
        """
        return {
            "own": self.publisher.stats() if self.publisher is not None else None,
            "remote": self.accounts.stats(),
            "plain": self.plain_points,
        }

    def delivered(self, producer: str) -> int:
        """Return how many points of a publisher of another process have arrived."""
        account = self.accounts.by_producer.get(producer)
        return account.delivered if account is not None else 0

    def arrived(self, producer: str) -> int:
        """Return how many batches of a publisher of another process have come, lost ones included:
        the number of its next one.
        """
        account = self.accounts.by_producer.get(producer)
        return account.next_batch if account is not None else 0


class _Nobody:
    """The listener of a relay that has no viewers."""

    def points_arrived(self, plot: Plot, published: float) -> None:
        """Wake nobody."""

    def plot_closed(self, plot: Plot) -> None:
        """Notify nobody."""

    def take_interval(self) -> float:
        """Return the interval of a relay that nobody asks."""
        return SLOW_TICK
