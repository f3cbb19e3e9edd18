"""pywsgi that a client cannot hold up: access is checked before all else, everything has a
deadline, a connection serves one request, and the log is quiet.

gevent-websocket's handler does the upgrade, and a `WebSocket` of zwsnb takes the place of its own.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import io
import socket
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import gevent
from gevent.pool import Pool
from gevent.pywsgi import WSGIServer
from geventwebsocket.handler import WebSocketHandler

from zwsnb.clients.page_socket import Closed
from zwsnb.server.error_log import SILENT, ErrorLog
from zwsnb.server.websocket import Limits, WebSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType
    from wsgiref.types import WSGIApplication, WSGIEnvironment

_BACKLOG: Final = 128
"""Connections that wait to be accepted."""

_SEND_BUFFER: Final = 64 * 1024
"""Bytes of an answer that the kernel keeps for a reader; else they may be megabytes for each."""


class Handler(WebSocketHandler):  # type: ignore[misc]  # gevent-websocket has no types
    """pywsgi's connection: access is checked before all else, then gevent-websocket's upgrade, and
    then a `WebSocket` of zwsnb.
    """

    SUPPORTED_VERSIONS = ("13",)
    websocket: Any  # absent until an upgrade, by which gevent-websocket knows that there was one

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
        with gevent.Timeout(self.server.limits.header) as self._deadline:
            try:
                return super().handle_one_request()
            except gevent.Timeout:
                self.server.counts["slow header"] += 1
                return None

    def read_request(self, raw_requestline: str) -> bool:
        """Parse the headers. Raises ValueError for a request with a body: no route takes one."""
        super().read_request(raw_requestline)
        self._deadline.close()
        if self.content_length or self.headers.get("transfer-encoding"):
            raise ValueError("a request has a body")
        return True

    def MessageClass(self, rfile: Any, *rest: Any) -> Any:  # noqa: N802  # pywsgi's hook
        """Parse headers from a file that has a bottom."""
        return super().MessageClass(_Head(rfile, self.server.limits.head), *rest)

    def run_application(self) -> None:
        """Ask the server's `admit` first, whatever the request is for."""
        refusal = self.server.admit(self.environ)
        if refusal is None:
            super().run_application()
            return
        self.server.counts["forbidden"] += 1
        self.result = self._refuse("403 Forbidden", refusal)
        self.process_result()

    def upgrade_websocket(self) -> list[bytes] | None:
        """Upgrade a request that asks for it; a 4xx says what is wrong with one that cannot be."""
        if self.environ.get("HTTP_UPGRADE", "").lower() != "websocket":
            with contextlib.suppress(OSError):
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
            return None
        fault = _handshake_fault(self.environ)
        if fault is not None:
            return self._refuse(*fault, ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"))
        super().upgrade_websocket()
        # gevent-websocket's own would write a close frame when it is collected.
        self.websocket.closed = True
        self.socket.settimeout(0)  # a `WebSocket` waits by itself
        early = self.rfile.read1(io.DEFAULT_BUFFER_SIZE) or b""
        self.websocket = WebSocket(self.socket, early, self.server.limits)
        self.environ["wsgi.websocket"] = self.websocket
        return None

    def run_websocket(self) -> None:
        """Run the application, and close after it: 1000, or 1011 where it failed, or 1001 where it
        was killed.
        """
        websocket, sockets = self.websocket, self.server.sockets
        sockets.add(websocket)
        code = 1001
        try:
            list(self.application(self.environ, lambda _status, _headers, _error=None: None))
            code = 1000
        except Closed:
            pass  # the client has gone while something was being sent to it
        except Exception:
            code = 1011
            raise
        finally:
            websocket.finish(code)
            sockets.discard(websocket)
            self.server.counts[f"websocket {websocket.close_code}"] += 1

    def start_response(
        self,
        status: str,
        headers: Iterable[tuple[str, str]],
        exc_info: Any = None,  # of three types at once, as WSGI has it
    ) -> Any:
        """Serve one request a connection: an idle one is then a slow one, and has a deadline."""
        if not status.startswith("101"):
            headers = [*headers, ("Connection", "close")]
        return super().start_response(status, headers, exc_info)

    def handle_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType
    ) -> None:
        """Log a failure of the application; answer 500 where nothing was sent yet."""
        self.close_connection = True
        if isinstance(error, TimeoutError):
            self.server.counts["slow reader"] += 1
            seconds = self.server.limits.write
            self.server.error_log.write(f"a reader took nothing for {seconds:g} s, and is dropped")
        if isinstance(error, (ConnectionError, TimeoutError, gevent.GreenletExit)):
            return
        self.server.error_log.exception(None, kind, error, trace)
        if not self.headers_sent:
            self._send_error_response_if_possible(500)

    def log_request(self) -> None:
        """Log nothing: there would be a token in every line."""

    def _handle_client_error(self, error: Exception) -> tuple[str, bytes]:
        self.server.counts["malformed"] += 1
        self.server.error_log.write(f"a malformed request was refused ({type(error).__name__})")
        return "400", _plain(
            "400 Bad Request", "This is not a request that this server understands."
        )

    def _refuse(self, status: str, sentence: str, *headers: tuple[str, str]) -> list[bytes]:
        self.start_response(status, [("Content-Type", "text/plain; charset=utf-8"), *headers])
        return [sentence.encode()]


class _Head:
    """A request's headers as a file of at most `size` bytes."""

    def __init__(self, rfile: io.BufferedReader, size: int) -> None:
        self._rfile = rfile
        self._left = size  # bytes that may still be read

    def readline(self, size: int) -> bytes:
        line = self._rfile.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise ValueError("a request's headers are too large")
        return line


def _handshake_fault(environ: WSGIEnvironment) -> tuple[str, str] | None:
    """Return what is wrong with a request for an upgrade, as status and sentence (RFC 6455,
    4.2.1).
    """
    if environ["REQUEST_METHOD"] != "GET" or environ["SERVER_PROTOCOL"] != "HTTP/1.1":
        return "400 Bad Request", "A WebSocket begins with GET and HTTP/1.1."
    if "upgrade" not in (
        word.strip() for word in environ.get("HTTP_CONNECTION", "").lower().split(",")
    ):
        return "400 Bad Request", "A WebSocket begins with the header Connection: Upgrade."
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        return "426 Upgrade Required", "This server speaks version 13 of the WebSocket protocol."
    if not _is_key(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")):
        return "400 Bad Request", "Sec-WebSocket-Key must be 16 bytes in base64."
    return None


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except (binascii.Error, ValueError):
        return False


def _plain(status: str, sentence: str) -> bytes:
    head = ("Content-Type: text/plain", "Connection: close", f"Content-Length: {len(sentence)}")
    return "\r\n".join((f"HTTP/1.1 {status}", *head, "", sentence)).encode()


class Server(WSGIServer):
    """pywsgi that prints nothing, checks access before it answers, and lets no client keep its
    connections.

    `admit` gets every request's WSGI environment before anything else is done with it, an upgrade
    included, and returns None or the sentence of a 403. The application finds a WebSocket in
    `environ["wsgi.websocket"]`; the connection closes when it returns.
    """

    handler_class = Handler

    def __init__(
        self,
        listener: tuple[str, int] | socket.socket,
        application: WSGIApplication,
        *,
        admit: Callable[[WSGIEnvironment], str | None],
        limits: Limits | None = None,
        errors: ErrorLog | None = None,
    ) -> None:
        self.admit = admit
        self.limits = limits or Limits()
        self.sockets: set[WebSocket] = set()  # the open ones
        self.counts: Counter[str] = Counter()  # what was refused, and how WebSockets ended, by kind
        self.logger = SILENT  # gevent-websocket's
        self._connections = Pool()
        super().__init__(
            listener,
            application,
            spawn=self._connections,
            log=None,
            error_log=errors or ErrorLog(),
            # With a name given, pywsgi does not ask the resolver for one, which can take seconds.
            environ={"SERVER_NAME": "localhost"},
        )

    def do_handle(self, sock: socket.socket, address: Any) -> None:
        """Serve a new connection, or refuse it: one that waited for a free place would wait for a
        slow client.
        """
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if len(self._connections) < self.limits.connections:
            super().do_handle(sock, address)
            return
        self.counts["busy"] += 1
        sock.settimeout(0)  # this is the hub's own greenlet, which cannot wait
        sentence = "This server has too many connections: close some."
        with contextlib.suppress(OSError):
            sock.send(_plain("503 Service Unavailable", sentence))
        sock.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to an address; no connection is accepted yet.

    host: an address of this machine; an empty one, or "::", is all of them. port: 0 is a free one.

    Raises:
        OSError: the port is taken, or the address is none of this machine's.
    """
    family = socket.AF_INET6 if not host or ":" in host else socket.AF_INET
    sock = socket.socket(family)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(_BACKLOG)
        sock.settimeout(0)
    except OSError as error:
        sock.close()
        raise OSError(
            error.errno,
            f"port {port} at {host} cannot be used ({error.strerror}): choose another, or 0 for a "
            "free one",
        ) from error
    return sock
