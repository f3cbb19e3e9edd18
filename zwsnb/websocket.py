"""WebSockets for any server of pywsgi: ``WSGIServer(address, application,
handler_class=WebSocketHandler)``.

The application finds a `WebSocket` in ``environ["wsgi.websocket"]`` where a request asks for one,
as with gevent-websocket, and calls its `receive`, `send` and `close`. What a client may cost is
bounded: the `limits` of the handler's class.
"""

from __future__ import annotations

from zwsnb.clients.page_socket import Closed
from zwsnb.server.doors.handshake import WebSocketHandler
from zwsnb.server.websocket import Limits, WebSocket

__all__ = ["Closed", "Limits", "WebSocket", "WebSocketHandler"]
