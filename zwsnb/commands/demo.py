"""The program that zwsnb grew from: a sine against time, published by a process of its own as JSON
over PUB, with the page opened on it.

After "Gevent, ZeroMQ, WebSockets, and Flot FTW!" (2011): the producer is written as the article has
it, and the page shows its last 100 points, x as a time, y from 0 to 5, filled and with its points
marked.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from typing import Final

from zwsnb.lives.interpreter import words_for

OPTIONS: Final[dict[str, object]] = {
    "title": "Gevent, ZeroMQ, WebSockets, and Flot",
    "window": 10.0,
    "y_range": [0.0, 5.0],
    "style": "area",
    "points": True,
    "time": True,
}
SERIES: Final = "Value"
PERIOD: Final = 0.1
"""Seconds between two points: a window of 10 s shows the last 100."""


def produce(address: str, parent: int, count: float = math.inf) -> None:
    """Publish the sine to `address` until `count` points are sent, or the process `parent` ends."""
    import zmq

    context = zmq.Context()
    socket = context.socket(zmq.PUB)
    socket.setsockopt(zmq.LINGER, 0)  # what nobody takes any more must not keep it
    socket.connect(address)
    while count > 0 and os.getppid() == parent:  # no orphan publishes on
        x = time.time()
        y = 2.5 * (1 + math.sin(x / 500))
        socket.send(json.dumps({"x": x, "y": y, "series": SERIES}).encode())
        time.sleep(PERIOD)
        count -= 1
    socket.close()
    context.term()


def start_producer(address: str) -> subprocess.Popen[bytes]:
    """Start `produce` in a process of its own; whoever starts it ends it."""
    # By its number: this process may have ended before that one looks who has started it.
    words = [*words_for("zwsnb.commands.demo"), address, str(os.getpid())]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        produce(sys.argv[1], int(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit(130)
