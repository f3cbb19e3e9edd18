"""Where points come together: from every source they are appended to the history, and the viewers
of their plot are woken.

The relay runs in the one gevent hub of the service. It takes batches from the publisher of its own
process (with no socket between them: the fewer hand-overs of the interpreter's lock a frame, the
less a busy cell delays a plot), from publishers of other processes by ROUTER, which get receipts,
and JSON points of any program by SUB. It never blocks on a viewer: it marks them as having
something new. What it refuses or finds missing is counted by kind.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

import gevent
from gevent.event import Event

from zwsnb.delivery.accounts import Accounts
from zwsnb.delivery.reception import Reception
from zwsnb.derived.derivations import DerivedSeries
from zwsnb.history.budgets import TooMany
from zwsnb.history.plots import History, Plot
from zwsnb.history.runs import Cell, nowhere
from zwsnb.kinds.times import unit_of
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.batch import Batch, Body, Points, SetOptions, forgets_points
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.point import decode_point
from zwsnb.protocol.stats import Counts, LostStats, ProducerStats
from zwsnb.relay.cpu_budget import CpuBudget
from zwsnb.relay.dispatcher import Dispatcher
from zwsnb.relay.hub import in_turns, spawn_lasting, yield_to_hub
from zwsnb.relay.listener import Nobody, RelayListener
from zwsnb.relay.plain.doors import Doors
from zwsnb.relay.plain.points import AT_ONCE, PlainPoints, Run, points_of
from zwsnb.relay.refusals import FEW_DESCRIPTORS, TOO_MANY, Refusals
from zwsnb.relay.schedule import TakeSchedule
from zwsnb.relay.sockets import Sockets
from zwsnb.relay.steering import Steering
from zwsnb.relay.tally import Tally

T = TypeVar("T")


class Relay:
    """Takes points in, for `history`, and reports to `listener` which plots have changed.

    token: what publishers of other processes must send. publisher: the one of this process. budget:
    how much processor time patches may take. cell: returns the number of the notebook cell that
    runs in this process. Make and use it in the hub's own thread; from another only `wake`.
    """

    def __init__(
        self,
        history: History,
        token: str,
        publisher: Publisher | None = None,
        budget: CpuBudget | None = None,
        listener: RelayListener | None = None,
        cell: Cell = nowhere,
    ) -> None:
        self.history = history
        self.token = token
        self.publisher = publisher
        self.budget = budget or CpuBudget(None)
        self.accounts = Accounts()
        self.reception = Reception(token, self.accounts, self._take_batch, self.refuse)
        self.refusals = Refusals()
        self.ingress = ""
        self.listening: list[str] = []
        self.plain_points = 0
        self._listener: RelayListener = Nobody() if listener is None else listener
        self._cell = cell
        self.derived = DerivedSeries(history)
        self.steering = Steering(self._listener, plots=history.plots.values)
        self._dispatcher = Dispatcher(history, self._listener, self.derived, self.steering)
        self._plain = PlainPoints(history)
        self._move_in()
        self._schedule = TakeSchedule()
        gone = self._dispatcher.gone
        self._tally = Tally(history, self.accounts, self.refusals, publisher, gone)

    # -- start and stop ----------------------------------------------------------------------------

    def _move_in(self) -> None:
        """Make what belongs to the hub of this thread."""
        few = InvalidMessage(FEW_DESCRIPTORS, "few descriptors are left: the way in is shut")
        self._sockets = Sockets(self._append_gathered, partial(self.refuse, few))
        self._doors = Doors(self._sockets, self._guard, self.take_point, self._append_gathered)
        self._wake = Event()
        self._loop = gevent.get_hub().loop
        self._taker: gevent.Greenlet[..., None] | None = None
        self._deriving: gevent.Greenlet[..., None] | None = None
        self._looking: gevent.Greenlet[..., None] | None = None

    def move(self, publisher: Publisher | None) -> None:
        """Go on in this thread, after the end of that of before: `start` comes next."""
        self.publisher = publisher
        self.listening.clear()
        self._move_in()

    def start(self, ingress: str) -> None:
        """Bind the ROUTER socket at `ingress` (a port of ``*`` is chosen freely), and take points
        from now on.

        Raises:
            OSError: the address cannot be used.
        """
        self.ingress = self._sockets.answer(ingress, self.token, self._receive)
        if self.publisher is not None:
            self._taker = spawn_lasting(self._run_takes)
        self._begin_deriving()

    def open_again(self) -> None:
        """Make the socket file of the way in anew, which somebody has removed.

        Raises:
            OSError: it cannot be made.
        """
        self._sockets.answer_again()

    def listen(self, address: str) -> str:
        """Take points of plain producers that connect to `address`; return it with its port.

        Raises:
            OSError: the address cannot be used.
        """
        self.listening.append(self._doors.listen(address))
        return self.listening[-1]

    def subscribe(self, address: str) -> None:
        """Connect a SUB socket to a plain producer that binds `address`.

        Raises:
            OSError: the address cannot be used.
        """
        self._doors.subscribe(address)

    def stop(self) -> None:
        """Take what has gathered, and close every socket."""
        self.take_all()
        gevent.killall(list(filter(None, (self._taker, self._deriving, self._looking))))
        self._doors.close()
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
            if is_woken and (rest := self._schedule.rest(time.monotonic())):
                gevent.sleep(rest)
            self._wake.clear()
            if self._schedule.is_due(time.monotonic(), is_woken=is_woken):
                try:
                    self._take_until_empty()
                except Exception as error:  # noqa: BLE001 - what it could not take waits
                    self.refusals.fail(error)

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
            self._guard(partial(self.dispatch, producer=batch.producer), batch.body)
        runs = [batch.body for batch in batches if isinstance(batch.body, Points)]
        self._schedule.took(time.monotonic(), len({(r.plot, r.series, r.run) for r in runs}))
        self._derive()
        return bool(batches)

    def take_all(self) -> None:
        """Take all that this process had published before: whoever asks sees it."""
        if self.publisher is None:
            return
        checkpoint = self.publisher.checkpoint()
        while not self.publisher.is_past(checkpoint) and self.take_own():
            pass

    # -- from sockets ------------------------------------------------------------------------------

    def _receive(self, frames: list[bytes]) -> bytes | None:
        """Take a message of a publisher of another process, and return the receipt for it."""
        try:
            return self.reception.receive(frames)
        except Exception as error:  # noqa: BLE001 - as `_guard`
            self.refusals.fail(error)
            return None

    def _take_batch(self, batch: Batch) -> None:
        self._guard(partial(self.dispatch, producer=batch.producer), batch.body)

    def take_point(self, frames: list[bytes]) -> None:
        """Take one JSON point of a plain producer: the last frame of its message.

        Raises:
            InvalidMessage: it is no point.
        """
        point = decode_point(frames[-1])
        self._plain.add(point)
        self.plain_points += len(point.values)

    def _append_gathered(self) -> None:
        """Append the JSON points of one turn, a run for each series; of many some at a time."""
        for run in in_turns(self._plain.take(), AT_ONCE):
            self._guard(self._append_run, run)
        self._derive()

    def _append_run(self, run: Run) -> None:
        plot = self.history.get(run[0][0])
        unit = None if plot is None else unit_of(plot.options["time"])
        self.dispatch(points_of(run, unit, time.time()))

    # -- to the history ----------------------------------------------------------------------------

    def _guard(self, take: Callable[[T], object], what: T) -> None:
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

    def dispatch(self, body: Body, producer: str = "") -> None:
        """Do what one body of a producer asks for, as `Dispatcher.dispatch`.

        Raises:
            InvalidMessage: it cannot be done.
        """
        is_own = self.publisher is not None and producer == self.publisher.producer
        try:
            self._dispatcher.dispatch(body, producer, self._cell if is_own else nowhere)
        except (InvalidMessage, TooMany) as error:
            refusal = self._tally.refusal_of(error, body, producer)
            raise refusal from refusal.__cause__
        if not isinstance(body, Points | Rows) and forgets_points(body):
            self._tally.forget(body.plot)
        self._begin_deriving()

    # -- what is derived ---------------------------------------------------------------------------

    def _begin_deriving(self) -> None:
        """Have what is due computed, where that has not begun: that of before a restart as well."""
        if self.derived.is_due and self._deriving is None:
            self._deriving = spawn_lasting(self._derive_rest)
        if self.derived.spectra.due and self._looking is None:
            self._looking = spawn_lasting(self._show_spectra)

    def _derive(self) -> None:
        """Compute a turn's worth of what is derived from the points that have come."""
        if self.derived.is_due:
            self._guard(self._tell, self.derived.update)

    def _derive_rest(self) -> None:
        """Compute what is left, turn by turn."""
        while self.derived.is_due:
            self._derive()
            yield_to_hub()
        self._deriving = None

    def _show_spectra(self) -> None:
        """Show spectra that have changed, a few times a second if they are long, one by one."""
        spectra = self.derived.spectra
        while spectra.due:
            gevent.sleep(spectra.interval)
            for _ in range(spectra.due):
                self._guard(self._tell, spectra.update)
                yield_to_hub()
        self._looking = None

    def _tell(self, update: Callable[[], Iterable[Plot | None]]) -> None:
        for plot in update():
            if plot is None:
                yield_to_hub()
                continue
            self.steering.look_at_derived(plot)
            self._listener.points_arrived(plot, math.nan)

    def set_options(self, plot: str, options: Mapping[str, object]) -> None:
        """Change the options of a plot, which is made on first use.

        Raises:
            InvalidMessage: they are no options of a plot.
        """
        self.dispatch(SetOptions(plot, options))

    # -- statistics --------------------------------------------------------------------------------

    def refuse(self, refusal: InvalidMessage) -> None:
        """Count a message that was refused, with the plot that it is about."""
        self._tally.refuse(refusal)

    def counts(self, plot: Plot | None = None) -> Counts:
        """Return what went wrong, of the service or of one plot, as `Tally.counts`."""
        return self._tally.counts(plot)

    def notices(self, plot: Plot | None = None) -> list[str]:
        """Return what a user should know of the service or of a plot, in plain words with the
        repair.
        """
        derived = [] if plot is None else self.derived.notices(plot)
        return self._tally.notices(plot) + derived

    @property
    def points_of_gone(self) -> int:
        """How many points those plots took that are closed."""
        return self._dispatcher.gone["points"]

    def lost(self) -> LostStats:
        """Return how many points are in no plot, by reason, as `Tally.lost`."""
        return self._tally.lost()

    def stats(self) -> ProducerStats:
        """Return the account of every source, as `Tally.producers`."""
        return self._tally.producers(self.plain_points)
