"""The WSGI application: its routes.

Every request has passed the access check before it comes here. The application runs in the hub's
own thread, as all that it reads does. No route that only reads makes a plot: the page is served for
any name, /data, /csv, /snapshot, /picture and /version answer 404 for a plot that is not there, and
what a WebSocket watches goes with its last viewer (`zwsnb.clients.viewers`).
"""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from zwsnb.answers.long import Busy, LongAnswers, taking_all, unless_reordered
from zwsnb.answers.members import Members, encoded, made
from zwsnb.answers.raw import raw_points
from zwsnb.clients.json_client import JsonClient
from zwsnb.clients.page_client import PageClient
from zwsnb.clients.page_messages import Rights
from zwsnb.clients.steer_client import SteerClient
from zwsnb.history.budgets import TooMany
from zwsnb.history.csv import csv, passages
from zwsnb.history.queries import Passage
from zwsnb.protocol.messages import OTHER_VERSION, VERSION, json_text
from zwsnb.protocol.stats import EVERYONE
from zwsnb.server.about import About
from zwsnb.server.access import ALIVE, STATIC, Access
from zwsnb.server.doors.answers import AGAIN
from zwsnb.server.doors.gate import Gate
from zwsnb.server.doors.presence import while_there
from zwsnb.server.request import (
    PAGES,
    SUBPROTOCOL,
    TEXT,
    BadRequest,
    HTTPError,
    NotFound,
    Request,
    visit_of,
)
from zwsnb.server.shown_plot import PAGE, drawing
from zwsnb.server.static_files import CONTENT_TYPES
from zwsnb.server.statistics import Sources, hub_members
from zwsnb.turns.loading import load
from zwsnb.turns.turns import in_turns, last_of
from zwsnb.view.streams.plot_streams import StreamCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from zwsnb.clients.page_socket import PageSocket
    from zwsnb.clients.viewers import Viewer, Viewers
    from zwsnb.history.plots import Plot
    from zwsnb.protocol.stats import HubStats
    from zwsnb.relay.relay import Relay
    from zwsnb.server.error_log import ErrorLog
    from zwsnb.vitals.vitals import Vitals

T = TypeVar("T")


class CommClientOf(Protocol):
    """Makes the client of a page behind a notebook's comm: its kernel hands on what comes and goes.

    everyone: it is all views of a widget at once. edits: it may do more than look.
    """

    def __call__(self, socket: PageSocket, plot: Plot, /, *, everyone: bool, edits: bool) -> Viewer:
        """Make one."""


class App:
    """The WSGI application; use it in the hub's own thread.

    static: the page's files by path. access: who may come in. errors: the log of what fails in
    zwsnb itself. vitals: what is known of the service; what is refused is counted there.
    """

    def __init__(
        self,
        relay: Relay,
        viewers: Viewers,
        static: dict[str, bytes],
        access: Access,
        errors: ErrorLog,
        vitals: Vitals,
    ) -> None:
        self.viewers = viewers
        self._relay = relay
        self._static = static
        self.gate = Gate(access, {route: static[file] for route, file in PAGES.items()})
        self._vitals = vitals
        self._sources = Sources(relay, viewers, vitals, errors, About.this())
        self._long = LongAnswers()
        self.streams = StreamCache()  # screens that are alike share them
        self.behind_comm: CommClientOf | None = None
        self._routes: dict[str, Callable[[Request], Iterable[bytes]]] = {
            "/": self._page,
            "/ws": self._serve_page,
            "/json": self._serve_json,
            "/steer": self._tell_program,
            ALIVE: self._alive,
            "/stats": self._stats,
            "/metrics": self._metrics,
            "/data": self._data,
            "/csv": self._csv,
            "/html": self._html,
            "/plot": self._size,
            "/plots": self._plots,
            "/snapshot": self._snapshot,
            "/picture": self._picture,
            "/version": self._version,
        }

    def app_protocol(self, path: str) -> str:
        """Return the subprotocol of the WebSockets of a route, for gevent-websocket."""
        del path
        return SUBPROTOCOL

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request that was let in."""
        request = Request.of(environ, start_response)
        try:
            if request.path.startswith(STATIC):
                return self._file(request, request.path.removeprefix(STATIC))
            return self._routes.get(request.path, not_found)(request)
        except Busy as error:
            return self._refuse(request, HTTPError("503 Service Unavailable", str(error)))
        except HTTPError as error:
            return self._refuse(request, error)

    def _refuse(self, request: Request, error: HTTPError) -> Iterable[bytes]:
        self._vitals.requests[error.reason] += 1
        return request.refuse(error)

    def stats(self) -> HubStats:
        """Return the state of everything, as JSON can carry it; it may take its time, so call it in
        a greenlet.
        """
        self.take_all(party := object())
        found: HubStats = last_of(party, made(self._everything()))
        return found

    def _everything(self) -> Members:
        return hub_members(self._sources)

    def take_all(self, party: object) -> None:
        """Take all that this process had published before: whoever asks sees it. Call it in a
        greenlet; party: whose turns it takes.
        """
        for _ in in_turns(party, taking_all(self._relay)):
            pass

    # -- the page ----------------------------------------------------------------------------------

    def _page(self, request: Request) -> Iterable[bytes]:
        request.plot_name()  # which the page asks for by its WebSocket
        return self._file(request, PAGES["/"])

    def _plots(self, request: Request) -> Iterable[bytes]:
        return self._file(request, PAGES["/plots"])

    def _file(self, request: Request, path: str) -> Iterable[bytes]:
        content = self._static.get(path)
        if content is None:
            raise NotFound(f"There is no file {path[:100]!r} here.")
        return request.answer([content], CONTENT_TYPES[Path(path).suffix], cache="no-cache")

    # -- WebSockets --------------------------------------------------------------------------------

    def _serve_page(self, request: Request) -> Iterable[bytes]:
        socket, visit = request.socket, visit_of(request.environ)
        if request.query.get("v") == str(VERSION):
            comm = request.query.get("comm")
            client_of = self.behind_comm if comm else None
            if client_of is not None and self.gate.access.may_edit(visit):
                how = {"everyone": comm == EVERYONE, "edits": request.query.get("edits") != "0"}
                return self._serve(request, lambda plot: client_of(socket, plot, **how))
            editor, host = self.gate.access.take_claim(visit, time.time()), visit.host or ""
            rights = Rights(
                edits=editor is not None or self.gate.access.may_edit(visit),
                editor=editor,
                through=host if self.gate.is_proxy(host) else "",
                again=self.gate.access.keys.again(),
            )
            return self._serve(
                request, lambda plot: PageClient(socket, plot, self._relay, self.streams, rights)
            )
        # A proxy hands no close code on: the page sees the other version here as well.
        hello = {"type": "hello", "version": VERSION, "plot": visit.plot, "options": {}}
        socket.send(json_text(hello | {"edits": False, "origin": 0, "clock": time.time()}))
        socket.close(
            OTHER_VERSION, f"This page is not of the relay's version {VERSION}: reload it."
        )
        return []

    def _alive(self, request: Request) -> Iterable[bytes]:
        """Answer who knows what to ask: by HTTP, and by a WebSocket where those pass as well."""
        try:
            # All who ask have one share: an answer takes a millisecond.
            answer = last_of(ALIVE, map(self.gate.access.keys.answer, [request.query]))
        except ValueError as error:
            raise BadRequest(str(error)) from error
        if "wsgi.websocket" not in request.environ:
            return request.answer([answer.encode()], TEXT)
        refusal = self.gate.access.find_host(visit_of(request.environ))
        request.socket.send(answer if refusal is None else f"{answer} {refusal}")
        request.socket.close()
        return []

    def _serve_json(self, request: Request) -> Iterable[bytes]:
        socket, series = request.socket, request.query.get("series")
        return self._serve(request, lambda plot: JsonClient(socket, plot, series))

    def _tell_program(self, request: Request) -> Iterable[bytes]:
        producer = request.query.get("producer", "")
        SteerClient(request.socket, self._relay.steering, producer).run()
        return []

    def _serve(self, request: Request, viewer_of: Callable[[Plot], Viewer]) -> Iterable[bytes]:
        try:
            self.serve(request.plot_name(), viewer_of)
        except TooMany as error:
            raise BadRequest(str(error)) from error
        return []

    def serve(self, plot: str, viewer_of: Callable[[Plot], Viewer]) -> None:
        """Serve a viewer of the plot of that name until its connection ends.

        Raises:
            TooMany: the plot does not exist, and there are as many as there may be.
        """
        self.take_all(object())  # a viewer is sent what was published before it came
        self.viewers.serve(plot, viewer_of)

    # -- what is read ------------------------------------------------------------------------------

    def _stats(self, request: Request) -> Iterable[bytes]:
        self.take_all(request.party)
        steps = self._in_turns(request, encoded(self._everything()))
        again = " ".join(self.gate.access.keys.again().values())
        headers = [(AGAIN, again)]
        return request.answer(map(str.encode, steps), "application/json", headers=headers)

    def _metrics(self, request: Request) -> Iterable[bytes]:
        """Answer Prometheus, in the format that it asks for."""
        load("zwsnb.vitals.exposition")
        from zwsnb.vitals.exposition import exposing  # not before somebody asks

        self.take_all(request.party)
        accept = request.environ.get("HTTP_ACCEPT", "")
        steps = exposing(self._vitals, self._sources.errors.exceptions, accept)
        [(kind, text)] = self._in_turns(request, steps)
        return request.answer([text], kind)

    def _data(self, request: Request) -> Iterable[bytes]:
        plot, name = self._plot(request), request.query.get("series", "")
        try:
            series = plot.catalog.find(name)
        except KeyError as error:
            raise NotFound(error.args[0]) from error
        shift = plot.origin - request.origin
        columns = 4 if request.query.get("columns") == "4" else 2
        body = self._in_turns(request, raw_points(Passage(series), shift, columns))
        return request.answer(unless_reordered(body), "application/octet-stream")

    def _csv(self, request: Request) -> Iterable[bytes]:
        """Stream points as CSV; X-Zwsnb-Rows says how many there will be, for a progress bar."""
        plot, query = self._plot(request), request.query
        names = [name for name in plot.series if query.get("series") in (None, name)]
        shift = request.origin - plot.origin
        lo, hi = (
            request.number(key, end) + shift for key, end in (("from", -math.inf), ("to", math.inf))
        )
        ways = list(self._in_turns(request, passages(plot, names, lo, hi)))
        rows = ("X-Zwsnb-Rows", str(sum(way.rows for way in ways)))
        body = map(str.encode, self._in_turns(request, csv(plot, ways, lo, hi)))
        headers = [rows, request.attached("csv")]
        return request.answer(unless_reordered(body), "text/csv; charset=utf-8", headers=headers)

    def _html(self, request: Request) -> Iterable[bytes]:
        """Answer with the plot as a page of its own, to be saved: here it would not run."""
        from zwsnb.server.saved_page import saved_page  # as below

        file = request.attached("html")
        return self._drawn(request, saved_page, PAGE, file)

    def _size(self, request: Request) -> Iterable[bytes]:
        points = {"points": self._plot(request).count}
        return request.answer([json_text(points).encode()], "application/json")

    def _snapshot(self, request: Request) -> Iterable[bytes]:
        from zwsnb.server.snapshot import snapshot  # as in `Assembly.snapshot`

        kind, dated = "image/svg+xml", bool(request.query.get("dated"))
        return self._drawn(request, lambda *of: snapshot(*of, dated=dated).encode(), kind)

    def _drawn(
        self,
        request: Request,
        draw: Callable[[Plot, object], bytes],
        kind: str,
        *headers: tuple[str, str],
    ) -> Iterable[bytes]:
        """Answer with what is drawn of a plot: a long answer too."""
        plot, party = self._plot(request), request.party

        def drawn() -> bytes:
            with while_there(request.environ) as check, drawing(plot, party, kind) as shown:
                check()
                self._long.check_room(party)  # those before have been drawn by now
                return draw(shown, party)

        whole, body = self._long.whole(party, drawn)
        headers = *headers, ("Content-Length", str(len(whole)))
        return request.answer(body, kind, headers=headers)

    def _picture(self, request: Request) -> Iterable[bytes]:
        drawing = self.viewers.draw(self._plot(request).name)
        answer = None if drawing is None else drawing._asdict()
        return request.answer([json_text(answer).encode()], "application/json")

    def _version(self, request: Request) -> Iterable[bytes]:
        answer = {"version": self._plot(request).version}
        return request.answer([json_text(answer).encode()], "application/json")

    def _in_turns(self, request: Request, steps: Iterator[T | None]) -> Iterator[T]:
        """Return what makes a long answer, in turns that the connection shares with all others."""
        return self._long.of(request.party, steps)

    def _plot(self, request: Request) -> Plot:
        """Return the plot that a request reads, with all that was published to it before."""
        name = request.plot_name()
        self.take_all(request.party)
        try:
            return self._relay.history.find(name)
        except KeyError as error:
            if visit_of(request.environ).knows_token:
                raise NotFound(error.args[0]) from error
            # Who may look at one plot is not told which others there are.
            raise NotFound(f"plot {name[:100]!r} has had no points") from error


def not_found(request: Request) -> Iterable[bytes]:
    """Answer a request for a route that does not exist."""
    raise NotFound(f"There is no {request.path[:100]!r} here.")
