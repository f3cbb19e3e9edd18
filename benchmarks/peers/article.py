"""The program that zwsnb grew from, as its article of 2011 has it, for a cell that takes the
producer's part.

A SUB socket takes JSON points; a relay copies them to a PUB socket inside the process; every
WebSocket has a SUB socket there and sends on each message as it is; the page keeps the last 100
points and redraws at each message. ("Gevent, ZeroMQ, WebSockets, and Flot FTW!")

    python article.py        serves until its standard input ends; prints the page's address and
    that of the SUB socket
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import gevent
import zmq.green as zmq
from gevent.pywsgi import WSGIServer
from geventwebsocket import WebSocketError
from geventwebsocket.handler import WebSocketHandler

LIBRARIES = Path(__file__).parent.parent.parent / "node_modules"
FILES = {
    "/jquery.js": LIBRARIES / "jquery/dist/jquery.min.js",
    "/flot.js": LIBRARIES / "flot/dist/es5/jquery.flot.js",
}
PAGE = """<!doctype html><html><body><h1>Plot</h1><span id="conn_status">Not Connected</span>
<div id="placeholder" style="width:600px;height:300px;"></div>
<script src="/jquery.js"></script><script src="/flot.js"></script><script>
const data = [];
const shown = { lines: { show: true, fill: true }, points: { show: true } };
const series = { data: data, label: "Value", ...shown };
const options = { yaxis: { min: -1.2, max: 1.2, autoScale: "none" }, legend: { show: false } };
let plot = null;
const ws = new WebSocket(`ws://${location.host}/ws`);
ws.onopen = () => $("#conn_status").text("Connected");
ws.onmessage = (event) => {
  const point = JSON.parse(event.data);
  data.push([point.x, point.y]);
  while (data.length > 100) data.shift();
  if (data.length < 10) return;
  if (plot === null) plot = $.plot($("#placeholder"), [series], options);
  plot.setData([series]);
  plot.setupGrid(true);
  plot.draw();
};
ws.onerror = () => $("#conn_status").text("Error");
ws.onclose = () => $("#conn_status").text("Closed");
</script></body></html>"""


def main() -> None:
    """Serve until standard input ends."""
    context = zmq.Context()
    incoming = context.socket(zmq.SUB)
    incoming.setsockopt(zmq.SUBSCRIBE, b"")
    port = incoming.bind_to_random_port("tcp://127.0.0.1")
    outgoing = context.socket(zmq.PUB)
    outgoing.bind("inproc://queue")
    gevent.spawn(_relay, incoming, outgoing)
    server = WSGIServer(
        ("127.0.0.1", 0),
        _application(context),
        handler_class=WebSocketHandler,
        log=None,
        error_log=None,
    )
    server.start()
    print(
        json.dumps(
            {"url": f"http://127.0.0.1:{server.server_port}/", "address": f"tcp://127.0.0.1:{port}"}
        ),
        flush=True,
    )
    gevent.get_hub().threadpool.apply(sys.stdin.read)


def _relay(incoming: Any, outgoing: Any) -> None:
    while True:
        outgoing.send(incoming.recv())


def _application(context: Any) -> Any:
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        if path == "/ws":
            _send_all(context, environ["wsgi.websocket"])
            return []
        start_response(
            "200 OK", [("Content-Type", "text/javascript" if path in FILES else "text/html")]
        )
        return [FILES[path].read_bytes() if path in FILES else PAGE.encode()]

    return application


def _send_all(context: Any, websocket: Any) -> None:
    socket = context.socket(zmq.SUB)
    socket.setsockopt(zmq.SUBSCRIBE, b"")
    socket.connect("inproc://queue")
    try:
        while True:
            websocket.send(socket.recv().decode())
    except WebSocketError:
        pass
    finally:
        socket.close()


if __name__ == "__main__":
    main()
