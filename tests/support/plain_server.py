"""A server of somebody else's, of plain pywsgi, with our handler: it echoes what comes."""

from __future__ import annotations

import threading
from wsgiref.types import StartResponse, WSGIEnvironment

import gevent
from gevent.event import Event
from gevent.pywsgi import WSGIServer

from support.raw_websocket import PATIENCE
from zwsnb.websocket import WebSocket, WebSocketHandler


def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """As the users of gevent-websocket write it."""
    ws: WebSocket | None = environ.get("wsgi.websocket")
    if ws is None:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["REQUEST_METHOD"].encode(), environ["wsgi.input"].read()]
    if environ["PATH_INFO"] == "/bye":
        ws.close(4001, "bye")
        ws.close(4002, b"twice")
        return []
    while True:
        message = ws.receive()
        if message is None:
            break
        if message == "as binary":
            ws.send(message, binary=True)
        elif message == b"as text":
            ws.send(message, False)
        else:
            ws.send(message)
    return []


class Plain(threading.Thread):
    """A plain server of pywsgi in a thread with a hub of its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ready = threading.Event()
        self.start()
        assert self._ready.wait(PATIENCE)

    def run(self) -> None:
        self._hub, self._over = gevent.get_hub(), Event()
        server = WSGIServer(
            ("127.0.0.1", 0), application, handler_class=WebSocketHandler, log=None, error_log=None
        )
        server.start()
        self.port = int(server.server_port or 0)
        self._ready.set()
        self._over.wait()
        server.stop(timeout=0)
        self._hub.destroy(destroy_loop=True)

    def stop(self) -> None:
        self._hub.loop.run_callback_threadsafe(self._over.set)
        self.join(PATIENCE)
