"""pywsgi that a client cannot hold up: access is checked before all else, everything has a
deadline, a connection serves one request, who brings no key keeps no place, and the log is quiet.
"""

from __future__ import annotations

import contextlib
import io
import socket
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import gevent
from gevent.pool import Pool
from gevent.pywsgi import WSGIServer
from gevent.server import StreamServer

from zwsnb.limits import ports
from zwsnb.server.doors.answers import OF_REQUEST, Refusal, with_safe
from zwsnb.server.doors.handshake import WebSocketHandler
from zwsnb.server.doors.patience import PIECE
from zwsnb.server.doors.places import GUEST, STRANGER, Places
from zwsnb.server.doors.presence import CONNECTION
from zwsnb.server.error_log import ErrorLog
from zwsnb.server.websocket import Limits, WebSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from wsgiref.types import WSGIApplication, WSGIEnvironment

_AT_ONCE: Final = 16
"""Connections that are accepted before those that are open have their turn. Fewer than strangers
have places: each is heard once before it may have to go.
"""
_SEND_BUFFER: Final = 64 * 1024
"""Bytes of an answer that the kernel keeps for a reader; else they may be megabytes for each."""

METHODS: Final = ("GET", "HEAD")
"""Nothing else is asked for here: a request reads, and a WebSocket does the rest."""


BUSY: Final = Refusal(
    "503 Service Unavailable", b"This server has too many connections: close some.", count="busy"
)


class MethodNotAllowed(ValueError):
    """A request that wants to do something."""

    def __str__(self) -> str:
        return f"This server knows {' and '.join(METHODS)} only."


class TooLarge(ValueError):
    """A request whose headers are too large."""

    def __str__(self) -> str:
        return (
            "The headers of this request are too large. A browser sends the cookies of a host to"
            " all of its ports: clear those of this one, or open the page by its other name,"
            " localhost or 127.0.0.1."
        )


class Handler(WebSocketHandler):
    """pywsgi's connection: access is checked before all else, then comes the upgrade to a
    `WebSocket`.
    """

    def __init__(self, sock: socket.socket, address: Any, server: Server, *rest: Any) -> None:
        super().__init__(sock, address, server, *rest)
        self.limits = server.limits

    def handle(self) -> None:
        """Serve one request. Nothing is raised: gevent would print it."""
        self.socket.settimeout(self.server.limits.write)
        rfile = self.rfile
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            pass  # the client has gone while it was answered
        except Exception as error:  # noqa: BLE001  # it goes to the log
            self.server.error_log.exception(None, type(error), error, error.__traceback__)
        finally:
            # Left to the garbage, it would be closed in some thread when the hub has gone, and
            # Python 3.13 prints what that raises.
            rfile.close()

    def handle_one_request(self) -> Any:  # pywsgi's three kinds of answers
        """Read and answer a request, if its headers come in time."""
        with gevent.Timeout(self.limits.header) as self._deadline:
            try:
                answered = super().handle_one_request()
            except gevent.Timeout:
                self.server.refused["slow header"] += 1
                return None
        if isinstance(answered, tuple) and answered[0] == "414":
            return "414", _plain("414 URI Too Long", "This address is too long.")
        return answered

    def read_request(self, raw_requestline: str) -> bool:
        """Parse the headers.

        Raises:
            ValueError: the method is another than GET and HEAD, or there is a body: no route takes
                one.
        """
        super().read_request(raw_requestline)
        self._deadline.close()
        if self.command not in METHODS:
            raise MethodNotAllowed
        if self.content_length or self.headers.get("transfer-encoding"):
            raise ValueError("a request has a body")
        return True

    def MessageClass(self, rfile: Any, *rest: Any) -> Any:  # noqa: N802  # pywsgi's hook
        """Parse headers from a file that has a bottom."""
        return super().MessageClass(_Head(rfile, self.limits.head), *rest)

    def run_application(self) -> None:
        """Ask the server's `admit` first, whatever the request is for."""
        self.environ[CONNECTION] = self.socket
        refusal = self.server.admit(self.environ) or self._keep_place()
        if refusal is None:
            if "HTTP_UPGRADE" not in self.environ:
                with contextlib.suppress(OSError):
                    self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
            super().run_application()
            return
        if refusal.count:
            self.server.refused[refusal.count] += 1
        self.start_response(
            refusal.status, [("Content-Type", refusal.content_type), *refusal.headers]
        )
        self.result = [refusal.body]
        self.process_result()

    def _keep_place(self) -> Refusal | None:
        """Keep the place of a connection that has brought a key."""
        is_guest = bool(self.environ.get(GUEST))
        if self.environ.get(STRANGER) or self.server.places.keep(self.socket, is_guest=is_guest):
            return None
        return BUSY

    def process_result(self) -> None:
        """Send the answer, of which HEAD is told the headers alone."""
        if self.command == "HEAD":
            self.write(b"")
        else:
            super().process_result()

    def write(self, data: bytes) -> None:
        """Send in pieces, of which each has a deadline of its own: who reads slowly does read."""
        for begin in range(0, max(len(data), 1), PIECE):
            super().write(data[begin : begin + PIECE])

    def run_websocket(self) -> None:
        """Run the application; the server knows the WebSocket, and counts how it ended."""
        websocket, sockets = self.websocket, self.server.sockets
        sockets.add(websocket)
        try:
            super().run_websocket()
        finally:
            sockets.discard(websocket)
            self.server.ended[websocket.close_code] += 1

    def refuse(self, status: str, sentence: str, *headers: tuple[str, str]) -> list[bytes]:
        """Answer a handshake that cannot be."""
        self.server.refused["upgrade"] += 1
        return super().refuse(status, sentence, *headers)

    def start_response(
        self,
        status: str,
        headers: Iterable[tuple[str, str]],
        exc_info: Any = None,  # of three types at once, as WSGI has it
    ) -> Any:
        """Serve one request a connection: an idle one is then a slow one, and has a deadline."""
        headers = [*headers, *self.environ.get(OF_REQUEST, ())]
        if not status.startswith("101"):
            headers = [*with_safe(headers), ("Connection", "close")]
        return super().start_response(status, headers, exc_info)

    def handle_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType
    ) -> None:
        """Log a failure of the application; answer 500 where nothing was sent yet."""
        self.close_connection = True
        if isinstance(error, TimeoutError):
            self.server.refused["slow reader"] += 1
            seconds = self.server.limits.write
            self.server.error_log.write(
                f"a reader took next to nothing for {seconds:g} s, and is dropped"
            )
        if isinstance(error, (ConnectionError, TimeoutError, gevent.GreenletExit)):
            return
        self.server.error_log.exception(None, kind, error, trace)
        if not self.headers_sent:
            self._send_error_response_if_possible(500)

    def log_request(self) -> None:
        """Log nothing: there would be a token in every line."""

    def _handle_client_error(self, error: Exception) -> tuple[str, bytes]:
        if isinstance(error, MethodNotAllowed):
            self.server.refused["method"] += 1
            return "405", _plain(
                "405 Method Not Allowed", str(error), f"Allow: {', '.join(METHODS)}"
            )
        self.server.refused["malformed"] += 1
        if isinstance(error, TooLarge):
            return "431", _plain("431 Request Header Fields Too Large", str(error))
        self.server.error_log.write(f"a malformed request was refused ({type(error).__name__})")
        return "400", _plain(
            "400 Bad Request", "This is not a request that this server understands."
        )


class _Head:
    """A request's headers as a file of at most `size` bytes."""

    def __init__(self, rfile: io.BufferedReader, size: int) -> None:
        self._rfile = rfile
        self._left = size  # bytes that may still be read

    def readline(self, size: int) -> bytes:
        line = self._rfile.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise TooLarge
        return line


def _plain(status: str, sentence: str, *headers: str) -> bytes:
    """Return an answer to what is no request."""
    said = [("Content-Type", "text/plain"), ("Content-Length", str(len(sentence)))]
    lines = [f"{name}: {value}" for name, value in with_safe(said)]
    head = (f"HTTP/1.1 {status}", *lines, "Connection: close", *headers)
    return "\r\n".join((*head, "", sentence)).encode()


class _Other(StreamServer):
    """Accepts what comes to another socket of a server, which has it handled."""

    max_accept = _AT_ONCE

    def __init__(self, listener: socket.socket, server: Server) -> None:
        super().__init__(listener, server.do_handle)
        self._server = server

    def do_handle(self, sock: socket.socket, address: Any) -> None:
        self._server.do_handle(sock, address)


class Server(WSGIServer):
    """pywsgi that prints nothing, checks access before it answers, and lets no client keep its
    connections.

    `admit` gets every request's WSGI environment before anything else is done with it, an upgrade
    included, and returns None or what it is refused with. Who is let in keeps the place, unless
    `admit` has put `STRANGER` into the environment. The application finds a WebSocket in
    `environ["wsgi.websocket"]`; the connection closes when it returns. What is refused or given up
    is counted in ``refused``, by one of few reasons, how WebSockets end in ``ended``, by the code.
    others: further sockets whose connections it serves.
    """

    handler_class = Handler
    max_accept = _AT_ONCE

    def __init__(
        self,
        listener: tuple[str, int] | socket.socket,
        application: WSGIApplication,
        *,
        admit: Callable[[WSGIEnvironment], Refusal | None],
        limits: Limits | None = None,
        errors: ErrorLog | None = None,
        refused: Counter[str] | None = None,
        others: Iterable[socket.socket] = (),
    ) -> None:
        self.admit = admit
        self.limits = limits or Limits()
        self.sockets: set[WebSocket] = set()  # the open ones
        self.refused: Counter[str] = Counter() if refused is None else refused
        self.ended: Counter[int | None] = Counter()
        self._handlers = Pool()
        self.places: Places[socket.socket] = Places(self.limits.strangers, self.limits.connections)
        super().__init__(
            listener,
            application,
            spawn=self._handlers,
            log=None,
            error_log=errors or ErrorLog(),
            # With a name given, pywsgi does not ask the resolver for one, which can take seconds.
            environ={"SERVER_NAME": "localhost"},
        )
        self._others = [_Other(each, self) for each in others]

    def start(self) -> None:
        """Accept connections."""
        super().start()
        for other in self._others:
            other.start()

    def do_handle(self, sock: socket.socket, address: Any) -> None:
        """Serve a new connection. Where there are too many without a key the oldest goes for it:
        one that waited for a free place would wait for a slow client.
        """
        ports.mark(sock)
        with contextlib.suppress(OSError, AttributeError):  # not every system has the second one
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # That a reader reads slowly is heard, and no ping of ours stands behind megabytes.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, PIECE)
        if (oldest := self.places.enter(sock)) is not None:
            self.refused["stranger"] += 1
            with contextlib.suppress(OSError):
                oldest.shutdown(socket.SHUT_RDWR)  # its handler closes it
        super().do_handle(sock, address)

    def close(self) -> None:
        """Accept nothing more, and free the port, though a forked process has its descriptor."""
        for each in (self, *self._others):
            with contextlib.suppress(OSError, AttributeError):  # it is closed, or was never open
                ports.mark(each.socket)
                each.socket.shutdown(socket.SHUT_RDWR)
        for other in self._others:
            other.close()
        super().close()

    def stop(self, timeout: float | None = None) -> None:
        """Close, and wait `timeout` seconds for those who answer; the others cost no more."""
        self.close()
        self._handlers.join(timeout=timeout)
        for websocket in list(self.sockets):
            websocket.drop()
        super().stop(timeout=0)

    def do_close(self, sock: socket.socket, *rest: Any) -> None:
        """Close a connection, whose place is free then."""
        self.places.leave(sock)
        super().do_close(sock, *rest)
