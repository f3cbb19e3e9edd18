"""A service in another process, with the face of one in this process.

It has its page's address, its statistics, its points, and its end; it asks for them by HTTP.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

import numpy as np

from zwsnb.producer.sink import Connection
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.service.service_options import serve_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.producer.publisher import Publisher
    from zwsnb.service.connection_file import Info


ARRIVED_WITHIN: Final = 2.0
"""Seconds that an answer waits for the points of this process to arrive."""

_direct = build_opener(ProxyHandler({}))
"""A service of this user is not asked through a proxy."""


class Remote:
    """A service elsewhere: started by this process (`spawn`), or found by its connection file."""

    def __init__(
        self, publisher: Publisher, info: Info, child: subprocess.Popen[str] | None = None
    ) -> None:
        self._publisher = publisher
        self._child = child
        self._pid = os.getpid()
        self._stopped = False
        parts = urlsplit(info["url"])
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._token = parse_qs(parts.query)["token"][0]
        self.connection = Connection(info["ingress"], info["token"])

    @classmethod
    def spawn(cls, publisher: Publisher, **options: Any) -> Remote:
        """Start `zwsnb serve` as a child that ends with this process, and use it.

        Raises:
            OSError: it could not start; the text is what it said.
        """
        words = serve_words({"port": 0, **options})
        child = subprocess.Popen(
            [sys.executable, "-m", "zwsnb", "serve", "--child", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Of a process group of its own: a notebook's kernel interrupts its group, and at its
            # end waits for it.
            start_new_session=True,
        )
        line = child.stdout.readline() if child.stdout else ""
        if not line:
            _, said = child.communicate(timeout=10)
            raise OSError(f"the relay's process could not start: {said.strip()[-500:]}")
        info: Info = json.loads(line)
        publisher.connection = Connection(info["ingress"], info["token"])
        remote = cls(publisher, info, child)
        atexit.register(remote.stop)
        return remote

    @property
    def is_running(self) -> bool:
        """True until `stop`, or the end of the child; a forked child has no running service."""
        return (
            not self._stopped
            and self._pid == os.getpid()
            and (self._child is None or self._child.poll() is None)
        )

    def url(self, plot: str = DEFAULT_PLOT, **more: str) -> str:
        """Return the address of a plot's page, with the token that opens it."""
        named = {} if plot == DEFAULT_PLOT else {"plot": plot}
        return self._address("/", **named, **more)

    def plots_url(self) -> str:
        """Return the address of the page of all plots, with the token that opens it."""
        return self._address("/plots")

    def _address(self, path: str, **query: str) -> str:
        return f"{self._base}{path}?{urlencode({'token': self._token, **query})}"

    def _get(self, path: str, **query: str) -> bytes:
        try:
            with _direct.open(self._address(path, **query), timeout=60) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            raise KeyError(error.read().decode(errors="replace")) from None
        except URLError as error:
            raise RuntimeError(
                f"the zwsnb service at {self._base} does not answer ({error.reason})"
            ) from None

    def stats(self) -> dict[str, Any]:
        """Return the state of everything, as JSON can carry it, when all that this process sent has
        arrived.
        """
        deadline = time.monotonic() + ARRIVED_WITHIN
        while True:
            said: dict[str, Any] = json.loads(
                self._get("/stats", producer=self._publisher.producer)
            )
            if said.pop("delivered") >= self._publisher.taken or time.monotonic() > deadline:
                return {
                    "url": self.url(),
                    "plots_url": self.plots_url(),
                    "ingress": self.connection.ingress,
                } | said
            time.sleep(0.01)

    def _settle(self) -> None:
        """Wait until what was published has arrived: an answer that lacks the last points would
        surprise.
        """
        self._publisher.flush()
        self.stats()

    def points(self, plot: str, series: str) -> NDArray[np.float64]:
        """Return the points of a series that are held, shape (n, 2)."""
        self._settle()
        return (
            np.frombuffer(self._get("/data", plot=plot, series=series), dtype="<f8")
            .reshape(-1, 2)
            .copy()
        )

    def draw(self, plot: str) -> str:
        """Return a still picture of a plot, an SVG document."""
        self._settle()
        return self._get("/snapshot", plot=plot).decode()

    def stop(self) -> None:
        """Deliver what was published; end the child, if there is one, and otherwise only leave."""
        atexit.unregister(self.stop)
        self._stopped = True
        self._publisher.stop()
        if self._child is None or self._pid != os.getpid():
            return
        try:
            self._child.communicate(timeout=5)  # which closes its standard input: that ends it
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.communicate()
