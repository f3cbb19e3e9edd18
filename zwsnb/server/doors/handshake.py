"""The upgrade of a request to a `WebSocket`, as a `handler_class` for any server of pywsgi.

gevent-websocket's handler says when, and what is answered; a `WebSocket` of zwsnb takes the place
of its own.
"""

from __future__ import annotations

import base64
import binascii
import io
from typing import TYPE_CHECKING, Any, Final

from gevent.pywsgi import WSGIHandler
from geventwebsocket.handler import WebSocketHandler as Upgrading

from zwsnb.clients.page_socket import Closed
from zwsnb.server.error_log import SILENT
from zwsnb.server.websocket import Limits, WebSocket

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

LIMITS: Final = Limits(message=1 << 20)
"""Of a server that says none."""


def asks_for_websocket(environ: WSGIEnvironment) -> bool:
    """Return whether a request wants to become a WebSocket."""
    return str(environ.get("HTTP_UPGRADE", "")).lower() == "websocket"


class WebSocketHandler(Upgrading):  # type: ignore[misc]  # gevent-websocket has no types
    """pywsgi's connection, whose application finds a `WebSocket` in ``environ["wsgi.websocket"]``
    where a request asks for one: ``WSGIServer(address, application,
    handler_class=WebSocketHandler)``.

    The application calls its `receive`, `send` and `close`; the connection closes when it returns,
    with 1000, or with 1011 where it raises.
    """

    SUPPORTED_VERSIONS = ("13",)
    limits = LIMITS
    logger = SILENT  # gevent-websocket's would print
    websocket: Any  # absent until an upgrade, by which gevent-websocket knows that there was one

    def upgrade_websocket(self) -> list[bytes] | None:
        """Upgrade a request that asks for it; a 4xx says what is wrong with one that cannot be."""
        if not asks_for_websocket(self.environ):
            return None
        fault = _handshake_fault(self.environ)
        if fault is not None:
            return self.refuse(*fault, ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"))
        super().upgrade_websocket()
        # gevent-websocket's own would write a close frame when it is collected.
        self.websocket.closed = True
        self.socket.settimeout(0)  # a `WebSocket` waits by itself
        early = self.rfile.read1(io.DEFAULT_BUFFER_SIZE) or b""
        self.websocket = WebSocket(self.socket, early, self.limits)
        self.environ["wsgi.websocket"] = self.websocket
        return None

    def refuse(self, status: str, sentence: str, *headers: tuple[str, str]) -> list[bytes]:
        """Answer with a sentence."""
        self.start_response(status, [("Content-Type", "text/plain; charset=utf-8"), *headers])
        return [sentence.encode()]

    def run_websocket(self) -> None:
        """Run the application, and close after it: 1000, or 1011 where it failed, or 1001 where it
        was killed.
        """
        websocket = self.websocket
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

    def log_request(self) -> None:
        """Log requests as pywsgi does."""
        WSGIHandler.log_request(self)


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
