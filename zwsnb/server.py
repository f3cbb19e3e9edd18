"""The site: its routes, and one viewer for every open page.

A viewer is a `View` between two greenlets: one reads what the page says (where it looks, what it has painted), the other writes, whenever
something is new and the page has credit. The writer is the only one that sends, and it asks the view for the newest state at that
moment, so nothing ever queues for a slow page.
"""

from __future__ import annotations

import json
import math
import time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

import gevent
from gevent.event import Event

from zwsnb import snapshot
from zwsnb._version import __version__
from zwsnb.access import Access, check
from zwsnb.publisher import DEFAULT_PLOT
from zwsnb.view import View, Viewport
from zwsnb.websocket import Closed, Server, WebSocket
from zwsnb.wire import VERSION, Refused, check_name, encode_patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zwsnb.history import History, Plot, Series
    from zwsnb.relay import Relay

    Environ = dict[str, Any]
    StartResponse = Callable[[str, list[tuple[str, str]]], Any]

ENDED, OTHER_VERSION = 4000, 4002
"""Close codes of ours: the service stops; the page is of another version."""

STATUS_EVERY: Final = 1.0
"""Seconds between two `status` messages at least."""

JSON_BACKLOG: Final = 10_000
"""Points that a reader of /json may be behind, per series, before it skips to the newest."""

_JSON_AT_ONCE: Final = 200
_PAGE_HEADERS: Final = [
    ("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; "
     "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]  # fmt: skip
_TYPES: Final = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


def load_static() -> dict[str, bytes]:
    """Return the page's files by their path: from the installed package, or beside it in a clone.

    Raises:
        FileNotFoundError: the bundle has not been built.
    """
    for folder in (Path(str(resources.files("zwsnb"))) / "static", Path(__file__).parent.parent / "static"):
        if (folder / "index.html").is_file():
            break
    else:
        raise FileNotFoundError("zwsnb's page is missing from this installation: install zwsnb again")
    paths = ("index.html", "style.css", "dist/zwsnb.js")
    if missing := [path for path in paths if not (folder / path).is_file()]:
        raise FileNotFoundError(f"{folder / missing[0]} is missing: in a clone, `npm ci && npm run build` makes it")
    return {path: (folder / path).read_bytes() for path in paths}


class Viewer:
    """One page on one plot, for as long as its WebSocket is open."""

    def __init__(self, socket: WebSocket, plot: Plot, relay: Relay) -> None:
        self.view = View(plot)
        self._socket = socket
        self._plot = plot
        self._relay = relay
        self._wake = Event()
        self._series = self._options = -1
        self._status: dict[str, Any] = {}
        self._next_status = 0.0
        self._refused = 0

    def wake(self, published: float = math.nan) -> None:
        """Have the writer look whether something is due."""
        self.view.note(published)
        self._wake.set()

    def run(self) -> None:
        """Serve the page until its connection ends."""
        hello = {"type": "hello", "version": VERSION, "plot": self._plot.name, "options": self._plot.options}
        self._say(hello | {"clock": time.time(), "zwsnb": __version__})
        self._options = self._plot.options_version
        writer = gevent.spawn(self._write)
        try:
            while (message := self._socket.receive()) is not None:
                self._hear(message)
        finally:
            writer.kill()

    def _hear(self, message: str | bytes) -> None:
        try:
            said = json.loads(message)
            kind = said["type"]
            if kind == "ack":
                self.view.ack(said["patch"])
            elif kind == "view":
                self.view.look(Viewport.of(said), paused=said.get("paused") is True)
            elif kind == "clock":
                self._say({"type": "clock", "sent": said["sent"], "clock": time.time()})
        except (Refused, ValueError, TypeError, KeyError, RecursionError) as error:
            self._relay.refuse(Refused("bad page message", repr(error)[:100]))
        self._wake.set()

    def _write(self) -> None:
        try:
            while not self._socket.closed:
                self._wake.wait(STATUS_EVERY)
                self._wake.clear()
                self._say_changes()
                self._send_newest()
        except Closed:
            return

    def _send_newest(self) -> None:
        if not self.view.is_due:
            return
        # What was published since the hub last looked belongs to the newest state as well.
        self._relay.take_own()
        self._say_changes()
        patch = self.view.next_patch()
        if patch is not None:
            self._socket.send(encode_patch(patch))

    def _say_changes(self) -> None:
        """Say what is new besides points: series, options, and once a second the counters."""
        if self._series != len(self._plot.series):
            self._series = len(self._plot.series)
            names = [{"id": s.ident, "name": s.name} for s in self._plot.series.values()]
            self._say({"type": "series", "series": names})
        if self._options != self._plot.options_version:
            self._options = self._plot.options_version
            self._say({"type": "options", "options": self._plot.options})
        if (now := time.monotonic()) >= self._next_status:
            self._next_status = now + STATUS_EVERY
            self._say_status()

    def _say_status(self) -> None:
        status = {"counts": self._relay.counts(), "notices": self._relay.notices()}
        if status != self._status:
            self._status = status
            self._say({"type": "status", **status})

    def _say(self, message: dict[str, Any]) -> None:
        self._socket.send(json.dumps(message))

    def end(self, reason: str) -> None:
        """Tell the page that this was all."""
        self._socket.close(ENDED, reason)

    def stats(self) -> dict[str, Any]:
        """Return the viewer's account, in points, and what it has in flight, in patches."""
        view = self.view
        return {
            "accepted": view.plot.count,
            "delivered": view.delivered,
            "conflated": view.conflated,
            "dropped": view.dropped,
            "queued": view.queued,
            "in_flight": view.in_flight,
            "patches": view.number,
            "paused": view.paused,
        }


class JsonReader:
    """A plain WebSocket client that gets each new point as the article's JSON message, as fast as it reads."""

    def __init__(self, socket: WebSocket, plot: Plot, series: str | None) -> None:
        self._socket = socket
        self._plot = plot
        self._only = series
        self._wake = Event()
        self._next = {s.name: s.count for s in plot.series.values()}
        self._epoch = plot.epoch
        self._begin = plot.count
        self.delivered = self.conflated = 0

    def wake(self, published: float = math.nan) -> None:
        """Have the writer look for new points."""
        del published
        self._wake.set()

    def run(self) -> None:
        """Send points until the connection ends; what the client says is ignored."""
        writer = gevent.spawn(self._write)
        try:
            while self._socket.receive() is not None:
                pass
        finally:
            writer.kill()

    def _write(self) -> None:
        try:
            while not self._socket.closed:
                if not self._send_some():
                    self._wake.wait()
                    self._wake.clear()
        except Closed:
            return

    def _send_some(self) -> bool:
        if self._epoch != self._plot.epoch:
            self._epoch = self._plot.epoch
            self._next.clear()
        chosen = [s for s in self._plot.series.values() if self._only in (None, s.name)]
        return any([self._send_series(series) for series in chosen])

    def _send_series(self, series: Series) -> bool:
        lo = self._next.get(series.name, 0)
        begin = max(lo, series.count - JSON_BACKLOG, series.points.start)
        points = series.points.slice(begin, begin + _JSON_AT_ONCE).T.tolist()
        self.conflated += begin - lo
        self._next[series.name] = begin + len(points)
        for x, y in points:
            self._socket.send(json.dumps({"x": x, "y": y if math.isfinite(y) else None, "series": series.name}))
        self.delivered += len(points)
        return bool(points)

    def end(self, reason: str) -> None:
        """Tell the client that this was all."""
        self._socket.close(ENDED, reason)

    def stats(self) -> dict[str, Any]:
        """Return the reader's account, in points."""
        accepted = self._plot.count - self._begin
        queued = accepted - self.delivered - self.conflated
        return {"accepted": accepted, "delivered": self.delivered, "conflated": self.conflated, "dropped": 0, "queued": queued}


class Site:
    """The WSGI application, behind `Access`; use it in the hub's own thread."""

    def __init__(self, history: History, relay: Relay, static: dict[str, bytes]) -> None:
        self.history = history
        self.relay = relay
        self.access: Access | None = None
        self.viewers: dict[Viewer | JsonReader, str] = {}
        self._static = static
        self._routes: dict[str, Callable[[Environ, StartResponse, dict[str, str]], Iterable[bytes]]] = {
            "/": self._page,
            "/ws": self._view,
            "/json": self._json,
            "/stats": self._stats,
            "/data": self._data,
            "/snapshot": self._snapshot,
        }
        relay.on_new = self.wake
        relay.on_close = self.close_plot

    def admit(self, environ: Environ) -> str | None:
        """Return None for who may come in, else the sentence that says why not."""
        if self.access is None:
            return "The server is starting: try again."
        return check(
            self.access,
            token=_query(environ).get("token"),
            host=environ.get("HTTP_HOST"),
            origin=environ.get("HTTP_ORIGIN"),
            needs_token=not environ.get("PATH_INFO", "").startswith("/static/"),
        )

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request that was let in."""
        path = environ.get("PATH_INFO", "")
        if path.startswith("/static/"):
            return self._file(path.removeprefix("/static/"), start_response)
        route = self._routes.get(path)
        if route is None:
            return _answer(start_response, "404 Not Found", f"There is no {path[:100]!r} here.")
        try:
            return route(environ, start_response, _query(environ))
        except _Bad as bad:
            return _answer(start_response, bad.status, str(bad))

    # -- routes ---------------------------------------------------------------------------------------------------------------

    def _page(self, environ: Environ, start_response: StartResponse, query: dict[str, str]) -> Iterable[bytes]:
        self._plot(query)
        return self._file("index.html", start_response)

    def _file(self, path: str, start_response: StartResponse) -> Iterable[bytes]:
        content = self._static.get(path)
        if content is None:
            return _answer(start_response, "404 Not Found", f"There is no file {path[:100]!r} here.")
        headers = [("Content-Type", _TYPES[Path(path).suffix]), ("Cache-Control", "no-cache"), *_PAGE_HEADERS]
        start_response("200 OK", headers)
        return [content]

    def _view(self, environ: Environ, start_response: StartResponse, query: dict[str, str]) -> Iterable[bytes]:
        socket = _socket_of(environ)
        if query.get("v") != str(VERSION):
            socket.close(OTHER_VERSION, f"This page is not of the relay's version {VERSION}: reload it.")
            return []
        plot = self._plot(query)
        return self._serve(Viewer(socket, plot, self.relay), plot)

    def _json(self, environ: Environ, start_response: StartResponse, query: dict[str, str]) -> Iterable[bytes]:
        socket, plot = _socket_of(environ), self._plot(query)
        return self._serve(JsonReader(socket, plot, query.get("series")), plot)

    def _serve(self, viewer: Viewer | JsonReader, plot: Plot) -> Iterable[bytes]:
        self.viewers[viewer] = plot.name
        try:
            viewer.run()
        finally:
            del self.viewers[viewer]
        return []

    def _stats(self, environ: Environ, start_response: StartResponse, query: dict[str, str]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
        return [json.dumps(self.stats()).encode()]

    def _data(self, environ: Environ, start_response: StartResponse, query: dict[str, str]) -> Iterable[bytes]:
        series = self._plot(query).series.get(query.get("series", ""))
        if series is None:
            raise _Bad("404 Not Found", f"There is no series {query.get('series', '')[:100]!r} in this plot.")
        start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Cache-Control", "no-store")])
        return _raw_bytes(series)

    def _snapshot(self, environ: Environ, start_response: StartResponse, query: dict[str, str]) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "image/svg+xml"), ("Cache-Control", "no-store"), *_PAGE_HEADERS])
        return [snapshot.draw(self._plot(query)).encode()]

    def _plot(self, query: dict[str, str]) -> Plot:
        try:
            return self.history.plot(check_name(query.get("plot", DEFAULT_PLOT), "plot"))
        except ValueError as error:
            raise _Bad("400 Bad Request", str(error)) from error

    # -- for the service ------------------------------------------------------------------------------------------------------

    def wake(self, plot: Plot, published: float) -> None:
        """Tell the viewers of `plot` that something is new."""
        for viewer, name in self.viewers.items():
            if name == plot.name:
                viewer.wake(published)

    def is_watched(self) -> bool:
        """True when somebody looks."""
        return any(isinstance(v, JsonReader) or not v.view.paused for v in self.viewers)

    def stats(self) -> dict[str, Any]:
        """Return the state of everything, as JSON can carry it."""
        self.relay.take_own()
        return {
            "zwsnb": __version__,
            "points": sum(p.count for p in self.history.plots.values()),
            "bytes": self.history.nbytes,
            "viewers": len(self.viewers),
            "counts": self.relay.counts(),
            "producers": self.relay.stats(),
            "plots": {plot.name: self._plot_stats(plot) for plot in self.history.plots.values()},
        }

    def _plot_stats(self, plot: Plot) -> dict[str, Any]:
        return {
            "points": plot.count,
            "bytes": plot.nbytes,
            "options": plot.options,
            "viewers": [v.stats() for v, name in self.viewers.items() if name == plot.name],
            "series": {s.name: _series_stats(s) for s in plot.series.values()},
        }

    def end(self, reason: str) -> None:
        """Tell every viewer that the service stops."""
        for viewer in list(self.viewers):
            viewer.end(reason)

    def close_plot(self, plot: Plot) -> None:
        """Tell the viewers of `plot` that it was closed."""
        for viewer in [v for v, name in self.viewers.items() if name == plot.name]:
            viewer.end("The plot was closed.")


class _Bad(Exception):
    """A request that cannot be answered, with its status."""

    def __init__(self, status: str, why: str) -> None:
        super().__init__(why)
        self.status = status


def _query(environ: Environ) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(environ.get("QUERY_STRING", ""), max_num_fields=32).items()}


def _socket_of(environ: Environ) -> WebSocket:
    socket: WebSocket | None = environ.get("wsgi.websocket")
    if socket is None:
        raise _Bad("400 Bad Request", "This address is for a WebSocket; the page is at /.")
    return socket


def _answer(start_response: StartResponse, status: str, sentence: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), *_PAGE_HEADERS])
    return [sentence.encode()]


def _raw_bytes(series: Series) -> Iterator[bytes]:
    """Yield x, y, x, y, ... of all points that are held, a block at a time."""
    for block in series.points.slices(series.points.start, series.count):
        yield block.T.astype("<f8").tobytes()
        gevent.sleep(0)


def _series_stats(series: Series) -> dict[str, Any]:
    return {
        "points": series.count,
        "last": [_json_number(v) for v in series.last],
        "x_range": [_json_number(v) for v in series.x_range],
        "xy": not series.ordered,
        "held": series.held(),
    }


def _json_number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def make_server(site: Site, host: str, port: int) -> Server:
    """Return the bound server of `site`; it is not yet accepting.

    Raises:
        OSError: the port is taken, or the address is none of this machine's.
    """
    server = Server((host, port), site, admit=site.admit)
    try:
        server.init_socket()
    except OSError as error:
        raise OSError(error.errno, f"port {port} at {host} cannot be used ({error.strerror}): choose another, or 0 for a free one") from error
    return server
