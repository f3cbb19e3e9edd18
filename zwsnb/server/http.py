"""pywsgi that a stranger cannot hold up: admission before all else, deadlines, one request a
connection, and a quiet log.

gevent-websocket's handler does the upgrade, and a `WebSocket` of ours takes its own's place.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import io
import logging
import socket
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

import gevent
from gevent.pool import Pool
from gevent.pywsgi import WSGIServer
from geventwebsocket.handler import WebSocketHandler

from zwsnb.server.websocket import LOG, SILENT, Closed, Limits, WebSocket

Environ = dict[str, Any]


class Handler(WebSocketHandler):  # type: ignore[misc]  # gevent-websocket has no types
    """pywsgi's connection: admission before all else, gevent-websocket's upgrade, and then a
    WebSocket of ours.
    """

    SUPPORTED_VERSIONS = ("13",)
    websocket: Any  # absent until an upgrade: by this the parent knows

    def handle(self) -> None:
        """Serve one request. Nothing is raised: gevent would print it."""
        self.socket.settimeout(self.server.limits.write)
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            pass  # the peer has gone while it was answered
        except Exception as error:  # noqa: BLE001  # it goes to the log
            self.server.error_log.exception(None, type(error), error, error.__traceback__)

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
        """Upgrade a request that asks for it; what is wrong with it is told in a 4xx."""
        if self.environ.get("HTTP_UPGRADE", "").lower() != "websocket":
            return None
        fault = _handshake_fault(self.environ)
        if fault is not None:
            return self._refuse(*fault, ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"))
        super().upgrade_websocket()
        self.websocket.closed = True  # theirs would write a close frame when it is collected
        self.socket.settimeout(0)  # ours waits by itself
        early = self.rfile.read1(io.DEFAULT_BUFFER_SIZE) or b""
        self.websocket = WebSocket(self.socket, early, self.server.limits)
        self.environ["wsgi.websocket"] = self.websocket
        return None

    def run_websocket(self) -> None:
        """Run the application, and close after it: 1000, or 1011 where it failed, or 1001 where it
        was killed.
        """
        ours, sockets = self.websocket, self.server.sockets
        sockets.add(ours)
        code = 1001
        try:
            list(self.application(self.environ, lambda _status, _headers, _error=None: None))
            code = 1000
        except Closed:
            pass  # the peer has gone while something was being sent to it
        except Exception:
            code = 1011
            raise
        finally:
            ours.finish(code)
            sockets.discard(ours)
            self.server.counts[f"websocket {ours.close_code}"] += 1

    def start_response(
        self, status: str, headers: Iterable[tuple[str, str]], exc_info: Any = None
    ) -> Any:
        """One request a connection: an idle one is then a slow one, and has a deadline."""
        if not status.startswith("101"):
            headers = [*headers, ("Connection", "close")]
        return super().start_response(status, headers, exc_info)

    def handle_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType
    ) -> None:
        """Log a failure of the application; answer 500 where nothing was sent yet."""
        self.close_connection = True
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

    def __init__(self, rfile: Any, size: int) -> None:
        self._rfile = rfile
        self._left = size

    def readline(self, size: int) -> bytes:
        line: bytes = self._rfile.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise ValueError("a request's headers are too large")
        return line


def _handshake_fault(environ: Environ) -> tuple[str, str] | None:
    """Return what is wrong with a request for an upgrade, as status and sentence (RFC 6455, 4.2.1)."""
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
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: {len(sentence)}"
    return f"{head}\r\n\r\n{sentence}".encode()


class ErrorLog:
    """A file for pywsgi's errors: at most one line a second to the log, and in it how many were
    left out.

    `exception` has the signature of `gevent.hub.Hub.print_exception`, and can take its place.
    """

    def __init__(self, logger: logging.Logger = LOG, interval: float = 1.0) -> None:
        self._logger = logger
        self._interval = interval  # seconds
        self._next = 0.0
        self._unsaid = 0

    def write(self, text: str) -> None:
        """Log the text as one line, or count it."""
        now = time.monotonic()
        if now < self._next:
            self._unsaid += 1
            return
        more = f" (and {self._unsaid} more)" if self._unsaid else ""
        self._next, self._unsaid = now + self._interval, 0
        line = "".join(letter if letter.isprintable() else " " for letter in text[:300])
        self._logger.warning("%s%s", line.strip(), more)

    def writelines(self, lines: Iterable[str]) -> None:
        """Log several lines as one."""
        self.write(" ".join(lines))

    def flush(self) -> None:
        """Do nothing, as the log does that itself."""

    def exception(
        self,
        context: object,  # noqa: ARG002  # all four are the hub's words
        t: type[BaseException] | None,
        v: BaseException | str | None,
        tb: TracebackType | None,
    ) -> None:
        """Log an exception with the place where it was raised."""
        frames = traceback.extract_tb(tb)
        place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        self.write(f"{t.__name__ if t else 'Error'}: {v}{place}")


class Server(WSGIServer):
    """pywsgi that prints nothing, admits before it answers, and lets nobody keep its connections.

    `admit` gets every request's WSGI environment before anything else is done with it, an upgrade
    included, and returns None or the sentence of a 403. The application finds a WebSocket in
    `environ["wsgi.websocket"]`; the connection closes when it returns. `sockets` are the open ones;
    `counts` says what was refused, and how WebSockets ended, by kind.
    """

    handler_class = Handler

    def __init__(
        self,
        listener: Any,  # an address or a gevent socket, as pywsgi takes it
        application: Callable[..., Iterable[bytes]],
        *,
        admit: Callable[[Environ], str | None],
        limits: Limits | None = None,
    ) -> None:
        self.admit = admit
        self.limits = limits or Limits()
        self.sockets: set[WebSocket] = set()
        self.counts: Counter[str] = Counter()
        self.logger = SILENT  # gevent-websocket's
        self._open = Pool()
        # With a name given, pywsgi does not ask the resolver for one, which can take seconds.
        environ = {"SERVER_NAME": "localhost"}
        super().__init__(
            listener, application, spawn=self._open, log=None, error_log=ErrorLog(), environ=environ
        )

    def do_handle(self, sock: Any, address: Any) -> None:
        """Serve a new connection, or refuse it: one that waited for a free place would wait for a
        slow peer.
        """
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if len(self._open) < self.limits.connections:
            super().do_handle(sock, address)
            return
        self.counts["busy"] += 1
        sock.settimeout(0)  # this is the hub's own greenlet, which cannot wait
        with contextlib.suppress(OSError):
            sock.send(
                _plain(
                    "503 Service Unavailable", "This server has too many connections: close some."
                )
            )
        sock.close()
