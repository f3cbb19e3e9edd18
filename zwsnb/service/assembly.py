"""What lives in the hub's thread of a service: history, relay, viewers and server, wired together.

Make and use it in that thread only.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

import gevent

from zwsnb.clients.page_socket import Closed
from zwsnb.clients.viewers import Viewers
from zwsnb.history.budgets import TooMany
from zwsnb.history.plots import History
from zwsnb.history.queries import with_marks
from zwsnb.history.runs import Cell
from zwsnb.limits.descriptors import FOR_A_SERVICE, check_descriptors
from zwsnb.protocol.messages import MAX_PAGE_TEXT
from zwsnb.relay.cpu_budget import CpuBudget
from zwsnb.relay.hub import spawn_lasting
from zwsnb.relay.relay import Relay
from zwsnb.relay.switch_interval import SwitchInterval
from zwsnb.server.access import Access
from zwsnb.server.app import App
from zwsnb.server.doors.listeners import listen_at_own
from zwsnb.server.doors.places import most_connections
from zwsnb.server.http import Server
from zwsnb.server.shown_plot import PAGE, drawing, shown_plot
from zwsnb.server.static_files import load_static
from zwsnb.server.websocket import Limits
from zwsnb.service import connection_file
from zwsnb.vitals.pulse import beat
from zwsnb.vitals.vitals import Vitals

if TYPE_CHECKING:
    import socket

    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.clients.page_socket import PageSocket
    from zwsnb.comm.client import CommClient
    from zwsnb.comm.comm_socket import CommSocket, Tell
    from zwsnb.comm.schedule import Pace
    from zwsnb.display.picture import Drawing
    from zwsnb.display.ways import Ways
    from zwsnb.history.plots import Plot
    from zwsnb.producer.publisher import Publisher
    from zwsnb.protocol.stats import RestartStats
    from zwsnb.server.error_log import ErrorLog
    from zwsnb.service.kept import Kept

REFUSED: Final = 1008
FAILED: Final = 1011
LOST: Final = 1006
"""Codes with which a page's connection is closed (RFC 6455, 7.4.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options of `zwsnb.service.service.Service.start`, which explains them, checked."""

    host: str
    port: int
    ingress: str
    listen: tuple[str, ...]
    subscribe: tuple[str, ...]
    memory: int  # bytes
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    ways: Ways
    switch_interval: float | None
    share: float | None
    token: str = field(repr=False)
    cell: Cell  # asks for the number of the notebook cell that runs in this process
    restarts: RestartStats | None = None
    # Hosts of notebooks' servers that were found, one for all that go on for one another.
    found: dict[str, None] = field(default_factory=dict, repr=False, compare=False)


class Assembly:
    """A relay and its page, running; errors: the log of what fails in zwsnb itself. before: one
    whose thread has ended, and whose relay goes on in this one, with all that it holds.

    Raises:
        OSError: a port or an address cannot be used, or too few descriptors are left.
        FileNotFoundError: the page has not been built.
    """

    def __init__(
        self,
        settings: Settings,
        publisher: Publisher | None,
        errors: ErrorLog,
        before: Assembly | None = None,
    ) -> None:
        check_descriptors(FOR_A_SERVICE, "a service")
        static = load_static()
        self._comms: set[CommSocket] = set()  # the open ones
        with contextlib.ExitStack() as undo:
            if before is None:
                self._make_relay(settings, publisher)
            else:
                self._move_relay(before, publisher)
            undo.callback(self.relay.stop)
            listener, *others = listen_at_own(settings.host, settings.port)
            for each in (listener, *others):
                undo.callback(each.close)
            self.port = int(listener.getsockname()[1])
            access = Access.loopback(
                self.port, token=settings.token, hosts=settings.hosts, origins=settings.origins
            )
            access = replace(access, found=settings.found)
            self.vitals = self._vitals_of(settings, before)
            self.app = App(self.relay, self.viewers, static, access, errors, self.vitals)
            self.app.behind_comm = self._behind_comm
            self.allow(settings.ways)
            self._server = self._server_at(listener, others, errors)
            self.relay.start(settings.ingress or connection_file.ingress(self.port))
            self.listening = [self.relay.listen(address) for address in settings.listen]
            for address in settings.subscribe:
                self.relay.subscribe(address)
            undo.pop_all()
        self._server.start()
        self._pacer = spawn_lasting(self._beat)
        self._keeper: gevent.Greenlet[..., None] | None = None

    def _server_at(
        self, listener: socket.socket, others: list[socket.socket], errors: ErrorLog
    ) -> Server:
        return Server(
            listener,
            self.app,
            limits=Limits(message=MAX_PAGE_TEXT, connections=most_connections()),
            admit=self.app.gate.admit,
            errors=errors,
            refused=self.vitals.requests,
            others=others,
        )

    def keep(self, files: Kept) -> None:
        """Look after the files of the service until it ends."""
        self._keeper = spawn_lasting(files.run)

    def _end_keeping(self) -> None:
        if self._keeper is not None:
            self._keeper.kill()
            self._keeper = None

    def _make_relay(self, settings: Settings, publisher: Publisher | None) -> None:
        history = History(settings.memory)
        self.viewers = Viewers(history)
        self.switch_interval = SwitchInterval(
            settings.switch_interval, history.count, self.viewers.is_watched
        )
        budget = CpuBudget(settings.share, lambda: self.switch_interval.is_flood)
        self.relay = Relay(history, settings.token, publisher, budget, self.viewers, settings.cell)

    def _move_relay(self, before: Assembly, publisher: Publisher | None) -> None:
        self.viewers, self.switch_interval = before.viewers, before.switch_interval
        self.relay = before.relay
        self.viewers.forget()
        self.relay.move(publisher)

    def _beat(self) -> None:
        """Do what is due a few times a second."""
        switch, vitals = self.switch_interval, self.vitals
        beat((switch.update, vitals.look), switch.is_calm, vitals.lag)

    def _vitals_of(self, settings: Settings, before: Assembly | None) -> Vitals:
        switch = self.switch_interval
        vitals = None if before is None else before.vitals
        return Vitals(self.relay, self.viewers, lambda: switch.points, settings.restarts, vitals)

    def allow(self, ways: Ways) -> None:
        """Answer to the page at these addresses as well."""
        self.app.gate.allow(ways.hosts(self.port), ways.origins(self.port))

    @cached_property
    def _pace(self) -> Pace:
        """That of all pages behind comms."""
        from zwsnb.comm.schedule import Pace

        return Pace()

    def attach(self, plot: str, tell: Tell, **how: bool) -> CommSocket:
        """Serve a page that is reached by `tell`, and return where its messages come in; how: see
        `CommClientOf`.
        """
        from zwsnb.comm.comm_socket import CommSocket  # not before a page comes by a comm

        socket = CommSocket(tell)
        self._comms.add(socket)
        gevent.spawn(self._serve, socket, plot, **how)
        return socket

    def _serve(self, socket: CommSocket, plot: str, **how: bool) -> None:
        try:
            self.app.serve(plot, lambda its: self._behind_comm(socket, its, **how))
        except TooMany as error:
            socket.close(REFUSED, str(error))
        except Closed:
            pass  # the page has gone
        finally:
            socket.close(FAILED)
            self._comms.discard(socket)

    def _behind_comm(
        self, socket: PageSocket, plot: Plot, *, everyone: bool, edits: bool
    ) -> CommClient:
        from zwsnb.comm.client import ALL, LOOK, CommClient
        from zwsnb.comm.everyone import EveryoneClient

        its = socket, plot, self.relay, self.app.streams, self._pace
        return EveryoneClient(*its) if everyone else CommClient(*its, ALL if edits else LOOK)

    def points(self, plot: str, series: str, origin: int = 0) -> NDArray[np.float64]:
        """Return a copy of the points of a series that are held, shape (n, 2): x, counted from
        `origin`, and y; of a scatter shape (n, 4), with color and size.

        Raises:
            KeyError: there is no such plot or series.
        """
        self.relay.take_all()
        held = self.relay.history.find(plot)
        found = held.catalog.find(series)
        points: NDArray[np.float64] = with_marks(found, found.points.start, found.count).T.copy()
        points[:, 0] += held.origin - origin
        return points

    def take_all(self) -> None:
        """Take all that this process had published before, in turns; call it in a greenlet."""
        self.app.take_all(object())

    def snapshot(self, plot: str, *, dated: bool = False) -> str:
        """Return a picture of a plot as it is now, an SVG document; it may take its time, so call
        it in a greenlet. dated: below it is the time.

        Raises:
            KeyError: there is no such plot.
        """
        from zwsnb.server.snapshot import snapshot  # not before a picture is wanted: a while

        self.take_all()
        party = object()
        return snapshot(shown_plot(self.relay.history.find(plot), party), party, dated=dated)

    def saved_page(self, plot: str) -> bytes:
        """Return a plot as an HTML document; it takes its time, so call it in a greenlet.

        Raises:
            KeyError: there is no such plot.
        """
        from zwsnb.server.saved_page import saved_page  # likewise

        self.take_all()
        party = object()
        with drawing(self.relay.history.find(plot), party, PAGE) as shown:
            return saved_page(shown, party)

    def picture(self, plot: str) -> Drawing | None:
        """Return a plot as a page that looks draws it; it waits, so call it in a greenlet."""
        self.take_all()
        return self.viewers.draw(plot)

    def close(self, reason: str) -> None:
        """Take the last points, close the pages with a reason, and then everything else."""
        self._pacer.kill()
        self._end_keeping()
        self.switch_interval.restore()
        self.relay.take_all()
        self.viewers.end(reason)
        with gevent.Timeout(1.5, exception=False):  # type: ignore[arg-type]  # the stubs know no silent timeout
            self._server.stop(timeout=0.05)
        self.relay.stop()

    def abandon(self) -> None:
        """Take nothing more, and close everything as if it were lost: pages look for the relay
        until it is back. What fails is passed over: the hub may be in pieces.
        """
        self.relay.publisher = None
        for close in (
            self._pacer.kill,
            self._end_keeping,
            self.switch_interval.restore,
            partial(self._server.stop, timeout=0.2),
            self._server.close,
            self.relay.stop,
            self._lose_comms,  # last: until now others may have come
        ):
            with contextlib.suppress(Exception):
                close()

    def _lose_comms(self) -> None:
        for socket in list(self._comms):
            with contextlib.suppress(Exception):
                socket.close(LOST)
