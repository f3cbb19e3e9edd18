"""The site: its routes, and who watches what.

Every request has passed the access check before it comes here. The site runs in the hub's own
thread, as all that it reads does.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, quote

import gevent

from zwsnb._version import __version__
from zwsnb.history.queries import csv, csv_rows
from zwsnb.producer.publisher import TICK
from zwsnb.protocol.messages import OTHER_VERSION, POLICY_VIOLATION, VERSION
from zwsnb.protocol.names import DEFAULT_PLOT, check_name
from zwsnb.relay.hub import yield_to_hub
from zwsnb.relay.relay import RARE_TICK, SLOW_TICK
from zwsnb.server.access import Access, check
from zwsnb.server.http import Server
from zwsnb.server.page_client import JsonClient, PageClient
from zwsnb.server.websocket import WebSocket
from zwsnb.snapshot import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from zwsnb.history.plots import History, Plot
    from zwsnb.history.series import Series
    from zwsnb.relay.relay import Relay

    Environ = dict[str, Any]
    StartResponse = Callable[[str, list[tuple[str, str]]], Any]

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; "
    "img-src 'self' data: blob:; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
_SAFE: Final = [
    ("Content-Security-Policy", _POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]
_BUNDLE: Final = "dist/zwsnb.js"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


def load_static() -> dict[str, bytes]:
    """Return the page's files by their path: from the installed package, or beside it in a clone.

    Raises:
        FileNotFoundError: the bundle has not been built.
    """
    for folder in (
        Path(str(resources.files("zwsnb"))) / "static",
        Path(__file__).parent.parent.parent / "static",
    ):
        if (folder / "index.html").is_file():
            break
    else:
        raise FileNotFoundError(
            "zwsnb's page is missing from this installation: install zwsnb again"
        )
    if not (folder / _BUNDLE).is_file():
        raise FileNotFoundError(
            f"{folder / _BUNDLE} is missing: in a clone, `npm ci && npm run build` makes it"
        )
    # The sources of the bundle, which a clone has beside it, are not the page's.
    patterns = ("*.html", "dist/*.css", "dist/*.js")
    paths = [path for pattern in patterns for path in folder.glob(pattern)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@dataclass(slots=True)
class Request:
    """One request, and how to answer it."""

    environ: Environ
    start_response: StartResponse
    query: dict[str, str]

    def answer(
        self,
        body: Iterable[bytes],
        kind: str,
        status: str = "200 OK",
        cache: str = "no-store",
        more: Iterable[tuple[str, str]] = (),
    ) -> Iterable[bytes]:
        """Answer with `body`, of content type `kind`."""
        self.start_response(
            status, [("Content-Type", kind), ("Cache-Control", cache), *_SAFE, *more]
        )
        return body

    def refuse(self, status: str, sentence: str) -> Iterable[bytes]:
        """Answer with one sentence that says what is wrong; a WebSocket is closed with it."""
        socket: WebSocket | None = self.environ.get("wsgi.websocket")
        if socket is not None:
            socket.close(POLICY_VIOLATION, sentence)
            return []
        return self.answer([sentence.encode()], "text/plain; charset=utf-8", status)

    @property
    def socket(self) -> WebSocket:
        """The WebSocket that the request was upgraded to."""
        socket: WebSocket | None = self.environ.get("wsgi.websocket")
        if socket is None:
            raise BadRequest(
                "400 Bad Request", "This address is for a WebSocket; the page is at /."
            )
        return socket


class BadRequest(Exception):
    """A request that cannot be answered, with its status."""

    def __init__(self, status: str, why: str) -> None:
        super().__init__(why)
        self.status = status


class App:
    """The WSGI application, behind `Access`; use it in the hub's own thread."""

    def __init__(self, history: History, relay: Relay, static: dict[str, bytes]) -> None:
        self.history = history
        self.relay = relay
        self.access: Access | None = None
        self.viewers: dict[PageClient | JsonClient, str] = {}
        self._static = static
        self._routes: dict[str, Callable[[Request], Iterable[bytes]]] = {
            "/": self._page,
            "/ws": self._view,
            "/json": self._json,
            "/stats": self._stats,
            "/data": self._data,
            "/csv": self._csv,
            "/plots": self._plots,
            "/snapshot": self._snapshot,
        }
        relay.on_new = self.wake
        relay.on_close = self.close_plot
        relay.tick = self._tick

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
        request = Request(environ, start_response, _query(environ))
        path = environ.get("PATH_INFO", "")
        try:
            if path.startswith("/static/"):
                return self._file(request, path.removeprefix("/static/"))
            return self._routes.get(path, _nowhere)(request)
        except BadRequest as bad:
            return request.refuse(bad.status, str(bad))

    # -- routes ------------------------------------------------------------------------------------

    def _page(self, request: Request) -> Iterable[bytes]:
        self._plot(request)
        return self._file(request, "index.html")

    def _file(self, request: Request, path: str) -> Iterable[bytes]:
        content = self._static.get(path)
        if content is None:
            raise BadRequest("404 Not Found", f"There is no file {path[:100]!r} here.")
        return request.answer([content], _TYPES[Path(path).suffix], cache="no-cache")

    def _view(self, request: Request) -> Iterable[bytes]:
        socket = request.socket
        if request.query.get("v") != str(VERSION):
            socket.close(
                OTHER_VERSION, f"This page is not of the relay's version {VERSION}: reload it."
            )
            return []
        plot = self._plot(request)
        return self._serve(PageClient(socket, plot, self.relay), plot)

    def _json(self, request: Request) -> Iterable[bytes]:
        plot = self._plot(request)
        return self._serve(JsonClient(request.socket, plot, request.query.get("series")), plot)

    def _serve(self, viewer: PageClient | JsonClient, plot: Plot) -> Iterable[bytes]:
        self.viewers[viewer] = plot.name
        try:
            viewer.run()
        finally:
            del self.viewers[viewer]
        return []

    def _stats(self, request: Request) -> Iterable[bytes]:
        stats = self.stats()
        if producer := request.query.get("producer"):
            stats["delivered"] = self.relay.delivered(producer)
        return request.answer([json.dumps(stats).encode()], "application/json")

    def _data(self, request: Request) -> Iterable[bytes]:
        name = request.query.get("series", "")
        series = self._plot(request).series.get(name)
        if series is None:
            raise BadRequest("404 Not Found", f"There is no series {name[:100]!r} in this plot.")
        return request.answer(_raw_bytes(series), "application/octet-stream")

    def _csv(self, request: Request) -> Iterable[bytes]:
        """Stream points as CSV; X-Zwsnb-Rows says how many there will be, for a progress bar."""
        plot, query = self._plot(request), request.query
        names = [name for name in plot.series if query.get("series") in (None, name)]
        lo, hi = _float(query, "from", -math.inf), _float(query, "to", math.inf)
        more = [
            ("X-Zwsnb-Rows", str(csv_rows(plot, names, lo, hi))),
            ("Content-Disposition", f"attachment; filename*=UTF-8''{quote(plot.name)}.csv"),
        ]
        return request.answer(
            _encoded(csv(plot, names, lo, hi)), "text/csv; charset=utf-8", more=more
        )

    def _plots(self, request: Request) -> Iterable[bytes]:
        return self._file(request, "plots.html")

    def _snapshot(self, request: Request) -> Iterable[bytes]:
        return request.answer([render.render_svg(self._plot(request)).encode()], "image/svg+xml")

    def _plot(self, request: Request) -> Plot:
        self.relay.take_all()  # whoever asks sees what was published before
        try:
            return self.history.get_or_create(
                check_name(request.query.get("plot", DEFAULT_PLOT), "plot")
            )
        except ValueError as error:
            raise BadRequest("400 Bad Request", str(error)) from error

    # -- for the service ---------------------------------------------------------------------------

    def wake(self, plot: Plot, published: float) -> None:
        """Tell the viewers of `plot` that something is new."""
        for viewer, name in self.viewers.items():
            if name == plot.name:
                viewer.wake(published)

    def _tick(self) -> float:
        """Return how soon the relay should take without being asked: a reader of /json never asks."""
        if any(isinstance(viewer, JsonClient) for viewer in self.viewers):
            return TICK
        is_painting = any(
            viewer.is_painting for viewer in self.viewers if isinstance(viewer, PageClient)
        )
        return RARE_TICK if is_painting else SLOW_TICK

    def is_watched(self) -> bool:
        """True when somebody looks."""
        return any(isinstance(v, JsonClient) or not v.view.paused for v in self.viewers)

    def stats(self) -> dict[str, Any]:
        """Return the state of everything, as JSON can carry it."""
        self.relay.take_all()
        return {
            "zwsnb": __version__,
            "points": sum(p.count for p in self.history.plots.values()),
            "bytes": self.history.nbytes,
            "viewers": len(self.viewers),
            "listening": self.relay.listening,
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
        # All at once, since each may wait for a page that does not read.
        gevent.joinall([gevent.spawn(viewer.end, reason) for viewer in self.viewers])

    def close_plot(self, plot: Plot) -> None:
        """Tell the viewers of `plot` that it was closed."""
        for viewer in [v for v, name in self.viewers.items() if name == plot.name]:
            gevent.spawn(viewer.end, "The plot was closed.")


def _nowhere(request: Request) -> Iterable[bytes]:
    raise BadRequest(
        "404 Not Found", f"There is no {request.environ.get('PATH_INFO', '')[:100]!r} here."
    )


def _query(environ: Environ) -> dict[str, str]:
    try:
        asked = parse_qs(environ.get("QUERY_STRING", ""), max_num_fields=32)
    except ValueError:  # more fields than anybody has a use for
        return {}
    return {key: values[-1] for key, values in asked.items()}


def _float(query: dict[str, str], key: str, default: float) -> float:
    try:
        return float(query.get(key, default))
    except ValueError:
        raise BadRequest(
            "400 Bad Request", f"{key} is {query[key][:100]!r}, not a number."
        ) from None


def _encoded(parts: Iterator[str]) -> Iterator[bytes]:
    for part in parts:
        yield part.encode()
        yield_to_hub()


def _raw_bytes(series: Series) -> Iterator[bytes]:
    """Yield x, y, x, y, ... of all points that are held, a block at a time."""
    for block in series.points.slices(series.points.start, series.count):
        yield block.T.astype("<f8").tobytes()
        yield_to_hub()


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


def make_server(site: App, host: str, port: int) -> Server:
    """Return the bound server of `site`; it is not yet accepting.

    Raises:
        OSError: the port is taken, or the address is none of this machine's.
    """
    server = Server((host, port), site, admit=site.admit)
    try:
        server.init_socket()
    except OSError as error:
        raise OSError(
            error.errno,
            f"port {port} at {host} cannot be used ({error.strerror}): choose another, or 0 for a free one",
        ) from error
    return server
