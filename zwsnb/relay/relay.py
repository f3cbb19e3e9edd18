"""Where points come together: every way in leads to the history, and from there viewers are woken.

The relay lives in the one gevent hub of the service. It takes batches from the publisher of its own
process (no socket between them: the fewer hand-overs of the interpreter's lock a frame, the less a
busy cell delays a plot), from publishers elsewhere by PULL, and JSON points of anybody by SUB. It
never blocks on a viewer: it marks them as having something new. What it refuses or finds missing is
counted by kind.
"""

from __future__ import annotations

import contextlib
import hmac
import logging
import math
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import gevent
import numpy as np
import zmq
from gevent.event import Event
from gevent.socket import wait_read

from zwsnb.history.plots import MAX_PLOTS, MAX_SERIES, TooMany
from zwsnb.producer.sink import HEARTBEAT, TICK
from zwsnb.protocol.batch import Body, Clear, Close, Mark, Points, SetOptions, decode_batch
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.names import DEFAULT_PLOT, DEFAULT_SERIES
from zwsnb.protocol.point import decode_point
from zwsnb.relay.accounts import Accounts
from zwsnb.relay.cpu_budget import CpuBudget
from zwsnb.relay.hub import yield_to_hub

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zwsnb.history.plots import History, Plot
    from zwsnb.producer.publisher import Publisher
    from zwsnb.protocol.arrays import Column

T = TypeVar("T")

MAX_MESSAGE: Final = 16 << 20
"""Bytes of the largest frame that is received at all. Over 64 KiB a JSON point is refused, but seen
and counted.
"""

SLOW_TICK: Final = 0.03
"""Seconds between two takes that nobody asks for."""

RARE_TICK: Final = 0.25
"""The same while a page is painting: it asks when it has, and so do a publisher that was found
idle, at its next point, and one that has gathered much. Every take costs a busy cell a hand-over of
the interpreter's lock.
"""

AT_ONCE: Final = 1_000
"""Messages taken in a row before others in the hub have their turn."""

TOO_MANY: Final = "too many plots or series"

_NOTICES: Final = {
    "missing": "points were sent and did not arrive: a producer was killed, or its connection broke.",
    "dropped": "points were dropped by producers that were faster than the relay: publish arrays, "
    'or start with on_full="block".',
}

_log = logging.getLogger("zwsnb")


class Relay:
    """Takes points in, for `history`, and wakes the viewers of their plot.

    Make and use it in the hub's own thread; only `wake` may be called from another.
    """

    def __init__(
        self,
        history: History,
        token: str,
        publisher: Publisher | None = None,
        allowance: CpuBudget | None = None,
    ) -> None:
        self.history = history
        self.allowance = allowance or CpuBudget(None)
        self.token = token
        self.publisher = publisher
        self.refused: Counter[str] = Counter()
        self.ledger = Accounts()
        self.plain_points = 0
        self._gathered: dict[tuple[str, str], list[tuple[float, float]]] = {}
        self.ingress = ""
        self.listening: list[str] = []
        self.on_new: Callable[[Plot, float], None] = lambda *_: None
        self.tick: Callable[[], float] = lambda: SLOW_TICK
        self.on_close: Callable[[Plot], None] = lambda *_: None
        self._wake = Event()
        self._loop = gevent.get_hub().loop
        self._context = zmq.Context()
        self._sockets: list[zmq.Socket[bytes]] = []
        self._greenlets: list[gevent.Greenlet[..., None]] = []
        self._last_log = self._last_take = -math.inf

    # -- its life ----------------------------------------------------------------------------------

    def start(self, ingress: str) -> None:
        """Bind the PULL socket at `ingress` (a port of ``*`` is chosen freely), and take points
        from now on.
        """
        self.ingress = self._take_from(zmq.PULL, self.take_batch, bind=ingress)
        if self.publisher is not None:
            self._spawn(self._take_own)

    def listen(self, address: str) -> str:
        """Bind a SUB socket for plain producers at `address`; return the address with its port."""
        self.listening.append(self._take_from(zmq.SUB, self.take_point, bind=address))
        return self.listening[-1]

    def subscribe(self, address: str) -> None:
        """Connect a SUB socket to a plain producer that binds `address`."""
        self._take_from(zmq.SUB, self.take_point, connect=address)

    def _take_from(
        self, kind: int, take: Callable[[list[bytes]], None], bind: str = "", connect: str = ""
    ) -> str:
        socket = self._context.socket(kind)
        self._sockets.append(socket)
        _limit(socket)
        if kind == zmq.SUB:
            socket.setsockopt(zmq.SUBSCRIBE, b"")
        try:
            socket.bind(bind) if bind else socket.connect(connect)
        except zmq.ZMQError as error:
            raise OSError(error.errno, _why_not(bind or connect, error)) from error
        self._spawn(self._receive, socket, take)
        return socket.getsockopt_string(zmq.LAST_ENDPOINT)

    def _spawn(self, run: Callable[..., None], *args: Any) -> None:
        self._greenlets.append(gevent.spawn(run, *args))

    def stop(self) -> None:
        """Take what has gathered, and close every socket."""
        self.take_all()
        gevent.killall(self._greenlets)
        for socket in self._sockets:
            socket.close(linger=0)
        self._context.term()

    # -- from the publisher of this process --------------------------------------------------------

    def wake(self) -> None:
        """Take from the publisher of this process soon; from any thread."""
        with contextlib.suppress(
            ValueError
        ):  # the loop ended a moment ago, and the publisher will hear of it
            self._loop.run_callback_threadsafe(self._wake.set)

    def _take_own(self) -> None:
        pause = HEARTBEAT
        while True:
            is_woken = self._wake.wait(pause)
            self._wake.clear()
            # Pages take for themselves, with every frame: to take once more would find next to
            # nothing, and have the next point wake us again. Half the pause, since a timer may be
            # early by a hair.
            if not is_woken and time.monotonic() - self._last_take < pause / 2:
                continue
            pause = self._pause() if self.take_own() else HEARTBEAT

    def _pause(self) -> float:
        """Return when to take again while points flow, unless their publisher wakes us before."""
        while self.publisher is not None and self.publisher.has_more:
            yield_to_hub()
            self.take_own()
        return self.tick()

    @property
    def has_just_taken(self) -> bool:
        """True when to take again would bring next to nothing: of a hundred pages each asks."""
        return time.monotonic() - self._last_take < TICK

    def take_own(self) -> bool:
        """Take what this process has published, but no more than a turn's worth; False when there
        was nothing.
        """
        self._last_take = time.monotonic()
        batches = self.publisher.take() if self.publisher is not None else []
        for batch in batches:
            self._try(self._dispatch, batch.body)
        return bool(batches)

    def take_all(self) -> None:
        """Take all that this process had published before: whoever asks sees it."""
        if self.publisher is None:
            return
        goal = self.publisher.checkpoint()
        while not self.publisher.is_past(goal) and self.take_own():
            pass

    # -- from sockets ------------------------------------------------------------------------------

    def _receive(self, socket: zmq.Socket[bytes], take: Callable[[list[bytes]], None]) -> None:
        """Drain `socket` whenever it has something; look by itself now and then, since its
        descriptor tells of edges only.
        """
        fd = int(socket.getsockopt(zmq.FD))
        while True:
            if self._drain(socket, take):
                yield_to_hub()
                continue
            try:
                wait_read(fd, timeout=HEARTBEAT, timeout_exc=TimeoutError())
            except TimeoutError:
                continue

    def _drain(self, socket: zmq.Socket[bytes], take: Callable[[list[bytes]], None]) -> int:
        taken = 0
        while taken < AT_ONCE:
            try:
                frames = socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                break
            self._try(take, frames)
            taken += 1
        self._append_gathered()
        return taken

    def _try(self, take: Callable[[T], None], what: T) -> None:
        try:
            take(what)
        except InvalidMessage as refusal:
            self.refuse(refusal)
        except TooMany as error:
            self.refuse(InvalidMessage(TOO_MANY, str(error)))
        except Exception as error:  # noqa: BLE001 - a bug of ours must not end the greenlet, and with it the way in
            self.refuse(InvalidMessage("failed", repr(error)))
            _log.debug("a message has failed", exc_info=True)

    def take_batch(self, frames: list[bytes]) -> None:
        """Take one batch of a publisher elsewhere.

        Raises:
            InvalidMessage: it is no batch, or has not the right token.
        """
        batch, token = decode_batch(frames)
        if not hmac.compare_digest(token.encode(errors="replace"), self.token.encode()):
            raise InvalidMessage("wrong token", "a batch without the token of this service")
        if not self.ledger.record(batch):
            raise InvalidMessage("twice", f"batch {batch.number} of {batch.producer}")
        self._dispatch(batch.body)

    def take_point(self, frames: list[bytes]) -> None:
        """Take one JSON point of a plain producer: the last frame of its message.

        Raises:
            InvalidMessage: it is no point.
        """
        point = decode_point(frames[-1])
        self._gathered.setdefault(
            (point.plot or DEFAULT_PLOT, point.series or DEFAULT_SERIES), []
        ).append((point.x, point.y))
        self.plain_points += 1

    def _append_gathered(self) -> None:
        """Append the JSON points of one turn, a run for each series."""
        gathered, self._gathered = self._gathered, {}
        for run in gathered.items():
            self._try(self._append_run, run)

    def _append_run(self, run: tuple[tuple[str, str], list[tuple[float, float]]]) -> None:
        (plot, series), points = run
        x, y = np.array(points).T
        self._append(plot, series, x, y, time.time())

    def _dispatch(self, body: Body) -> None:
        """Do what one body asks for."""
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
                self.on_new(plot, math.nan)
            case Mark():
                plot = self.history.get_or_create(body.plot)
                plot.mark(body.x, body.text)
                self.on_new(plot, math.nan)

    def _take_points(self, points: Points) -> None:
        if points.is_time and not self.history.get_or_create(points.plot).options["time"]:
            self.set_options(points.plot, {"time": True})
            self.history.get_or_create(points.plot).is_timed = True
        self._append(points.plot, points.series, points.x, points.y, points.published)

    def _close(self, plot: str) -> None:
        if (closed := self.history.plots.pop(plot, None)) is not None:
            self.on_close(closed)

    def _append(self, plot: str, series: str, x: Column, y: Column, published: float) -> None:
        self.on_new(self.history.append(plot, series, x, y), published)

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
        self.on_new(found, math.nan)

    # -- accounts ----------------------------------------------------------------------------------

    def refuse(self, refusal: InvalidMessage) -> None:
        """Count a message that was refused, and log it, once a second at most."""
        self.refused[refusal.kind] += 1
        now = time.monotonic()
        if now - self._last_log >= 1:
            self._last_log = now
            _log.info("refused a message (%d so far): %s", self.refused.total(), refusal)

    def counts(self, plot: Plot | None = None) -> dict[str, Any]:
        """Return what went wrong so far, without zeros: points missing and dropped, messages
        refused by kind.

        With them how many y were gaps, in `plot` or in all plots.
        """
        elsewhere = self.ledger.total()
        own = self.publisher.stats() if self.publisher is not None else {"dropped": 0}
        counts = {
            "missing": elsewhere.missing,
            "dropped": own["dropped"] + elsewhere.dropped,
            "gaps": plot.gaps
            if plot is not None
            else sum(p.gaps for p in self.history.plots.values()),
            "refused": dict(self.refused),
        }
        return {key: value for key, value in counts.items() if value}

    def notices(self) -> list[str]:
        """Return what a user should know, in plain words with the repair."""
        counts = self.counts()
        notices = [f"{counts[key]:,} {words}" for key, words in _NOTICES.items() if counts.get(key)]
        if TOO_MANY in self.refused:
            notices.append(
                f"Points were refused: there is room for {MAX_PLOTS:,} plots of {MAX_SERIES:,} series each."
            )
        if "wrong token" in self.refused:
            notices.append(
                "A producer with the token of another service was refused: connect it anew."
            )
        return notices

    def stats(self) -> dict[str, Any]:
        """Return the account of every way in: points accepted, delivered, dropped, queued, missing."""
        return {
            "own": self.publisher.stats() if self.publisher is not None else None,
            "remote": self.ledger.stats(),
            "plain": self.plain_points,
        }

    def delivered(self, producer: str) -> int:
        """Return how many points of a publisher elsewhere have arrived."""
        account = self.ledger.by_producer.get(producer)
        return account.delivered if account is not None else 0


def _limit(socket: zmq.Socket[bytes]) -> None:
    socket.setsockopt(zmq.LINGER, 0)
    socket.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE)
    socket.setsockopt(zmq.HANDSHAKE_IVL, 10_000)
    socket.setsockopt(zmq.HEARTBEAT_IVL, 10_000)
    # The default of 1,000 loses most of a burst of a PUB socket; 100,000 JSON points are a few
    # megabytes.
    socket.setsockopt(zmq.RCVHWM, 100_000 if socket.type == zmq.SUB else 64)


def _why_not(address: str, error: zmq.ZMQError) -> str:
    if error.errno == zmq.EADDRINUSE:
        return f"{address} is in use by another program: choose another port, or end that program"
    return f"{address} is no address that ZeroMQ can use ({error}); one looks like tcp://127.0.0.1:5000"
