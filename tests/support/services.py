"""Real services for tests, and those who come to them: HTTP clients, pages, plain producers."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any, Self
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import zmq
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from support.eventually import PATIENCE, eventually
from support.fake_image import FakeImage
from support.fake_page import FakePage
from zwsnb.delivery.doors import unlock
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection
from zwsnb.protocol.images.image_patch import MAGIC, decode_image
from zwsnb.protocol.messages import VERSION
from zwsnb.protocol.stats import HubStats, ViewerStats
from zwsnb.service.service import Service

PATIENT = 2 * PATIENCE
DIRECT = build_opener(ProxyHandler({}))
"""Asks without a proxy. One for all: from Python 3.12 on, each reads all certificates there are."""


@contextlib.contextmanager
def running(**options: Any) -> Iterator[Service]:
    """A service with a publisher of its own, apart from that of `zwsnb.publish`."""
    service = Service.start(publisher=Publisher(), **options)
    try:
        yield service
    finally:
        service.stop()


def address(service: Service, path: str, scheme: str = "http", **query: Any) -> str:
    """Return the address of a route, with the token unless another is given; a query of None is
    left out.
    """
    asked = {
        key: value for key, value in ({"token": service.token} | query).items() if value is not None
    }
    return f"{scheme}://127.0.0.1:{service.port}{path}?{urlencode(asked)}"


def get(
    service: Service, path: str, headers: dict[str, str] | None = None, **query: Any
) -> tuple[int, Any, bytes]:
    """The status, headers and body of an answer."""
    request = Request(address(service, path, **query), headers=headers or {})  # noqa: S310 - an address of ours
    try:
        with DIRECT.open(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def strict(text: str | bytes) -> Any:
    """What JSON holds, as a browser reads it: NaN and Infinity are no JSON."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


def stats(service: Service) -> HubStats:
    """What /stats returns."""
    found: HubStats = strict(get(service, "/stats")[2])
    return found


def viewers(service: Service, plot: str) -> list[ViewerStats]:
    """The accounts of a plot's viewers, which always add up."""
    found = stats(service)["plots"][plot]["viewers"]
    for viewer in found:
        parts = [viewer["delivered"], viewer["conflated"], viewer["dropped"], viewer["queued"]]
        assert min(parts) >= 0
        assert sum(parts) == viewer["accepted"]
    return found


def own(service: Service) -> Publisher:
    """The publisher of the service's process."""
    assert service._publisher is not None
    return service._publisher


class Page:
    """A page over a real WebSocket: it keeps what it hears, and acknowledges when it is told to,
    however long it should rest.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.page = FakePage()
        self.image = FakeImage()
        self.said: list[dict[str, Any]] = []
        self.owed: list[int] = []
        self.rest = 0.0

    def look(self, width: int = 500, mode: str = "all", **more: Any) -> Self:
        """Say what the page looks at."""
        return self.say("view", width=width, mode=mode, **more)

    def say(self, kind: str, **members: Any) -> Self:
        """Say anything."""
        self.socket.send(json.dumps({"type": kind} | members))
        return self

    def hear(self, timeout: float = PATIENCE) -> dict[str, Any] | None:
        """Take the next message: return it if it is text, None if it was a patch."""
        message = self.socket.recv(timeout)
        if isinstance(message, bytes) and message.startswith(MAGIC):
            self.image.apply(decode_image(message))
            return self.hear(timeout)
        if isinstance(message, bytes):
            patch = self.page.take(message)
            self.owed.append(patch.number)
            self.rest = patch.rest
            return None
        self.said.append(json.loads(message))
        return self.said[-1]

    def hear_of(self, kind: str) -> dict[str, Any]:
        """Take messages, and acknowledge patches, until one of this kind has come."""
        while (said := self.hear()) is None or said["type"] != kind:
            self.ack()
        return said

    def ack(self) -> None:
        """Acknowledge all that was taken."""
        for number in self.owed:
            self.say("ack", patch=number)
        self.owed.clear()

    def until_x(self, x: float, series: int = 0) -> None:
        """Take and acknowledge patches until the newest point is at `x`."""
        while self.page.newest.get(series, (None, None))[0] != x:
            self.ack()
            self.hear()
        self.ack()


def closing(viewer: Page) -> tuple[int, str]:
    """Take messages until the connection ends; return its code and reason."""
    with contextlib.suppress(ConnectionClosed):
        while True:
            viewer.hear()
            viewer.ack()
    return viewer.socket.close_code or 0, viewer.socket.close_reason or ""


@contextlib.contextmanager
def page(service: Service, **query: Any) -> Iterator[Page]:
    """A page that has connected, and heard the greeting."""
    with connect(
        address(service, "/ws", "ws", **({"v": VERSION} | query)), proxy=None, open_timeout=PATIENCE
    ) as socket:
        opened = Page(socket)
        opened.hear()
        yield opened


@contextlib.contextmanager
def producer(address: str, kind: int = zmq.PUB) -> Iterator[zmq.Socket[bytes]]:
    """A plain producer's socket, connected to `address`."""
    with _socket(kind) as socket:
        socket.connect(address)
        yield socket


@contextlib.contextmanager
def dealer(to: Connection) -> Iterator[zmq.Socket[bytes]]:
    """The socket of a publisher in another process."""
    with _socket(zmq.DEALER) as socket:
        unlock(socket, to.ingress, to.token)
        socket.connect(to.ingress)
        yield socket


@contextlib.contextmanager
def _socket(kind: int) -> Iterator[zmq.Socket[bytes]]:
    with zmq.Context() as context, context.socket(kind) as socket:
        socket.linger = 1000
        socket.sndhwm = 0  # a PUB socket drops what is beyond it
        yield socket


def send_until_heard(service: Service, socket: zmq.Socket[bytes]) -> None:
    """Send points to a plot of their own until one arrives: a PUB socket loses what it sends before
    it is connected.
    """

    def is_heard() -> bool:
        socket.send(b'{"x": 0, "y": 0, "plot": "heard?"}')
        return "heard?" in service.stats()["plots"]

    eventually(is_heard)
