"""The thread with the hub, and who may call into it.

A `Service` owns one daemon thread with a gevent hub of its own, in which everything else is made,
used and closed; nothing is ever monkey-patched. `start` returns when the service is ready, or
raises what went wrong in the thread. From outside one does three things: `call` a function in the
hub's thread, wake the relay, and `stop`.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlencode

import gevent
import numpy as np
from gevent.event import Event

from zwsnb.history.plots import DEFAULT_BUDGET, History
from zwsnb.producer.publisher import Connection, Publisher
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.protocol.options import parse_bytes
from zwsnb.relay.cpu_budget import SHARE, CpuBudget
from zwsnb.relay.relay import Relay
from zwsnb.relay.switch_interval import BRISK, SwitchInterval
from zwsnb.server.access import Access, new_token
from zwsnb.server.app import App, load_static, make_server
from zwsnb.server.http import ErrorLog
from zwsnb.service import connection_file
from zwsnb.snapshot import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

T = TypeVar("T")

READY_WITHIN: Final = 10.0


class Service:
    """A relay and its page, running in a thread of this process.

    host, port: where the page is served; port 0 is a free one. ingress: where publishers of other
    processes connect. listen, subscribe: addresses of plain PUB producers, to bind and to connect.
    memory: for the points of all plots together, in bytes or as a text such as "1 GB". hosts,
    origins: further names that the server answers to, as whole Host and Origin headers.
    switch_interval: see `BRISK`; None leaves the interpreter's alone. share: of the time in which
    this process computes, what its plots may take; None for as much as they need.
    """

    def __init__(  # noqa: PLR0913 - options are keywords, and read well
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        ingress: str = "tcp://127.0.0.1:*",
        listen: Iterable[str] = (),
        subscribe: Iterable[str] = (),
        memory: int | str = DEFAULT_BUDGET,
        hosts: Iterable[str] = (),
        origins: Iterable[str] = (),
        switch_interval: float | None = BRISK,
        share: float | None = SHARE,
        publisher: Publisher | None = None,
    ) -> None:
        self.host, self.port = host, port
        self.token = new_token()
        self.listening: list[str] = []
        self._ingress, self._listen, self._subscribe = ingress, list(listen), list(subscribe)
        self._hosts, self._origins = list(hosts), list(origins)
        self._budget = memory if isinstance(memory, int) else parse_bytes(memory)
        self.pace = SwitchInterval(switch_interval)
        self._share = share
        self._publisher = publisher
        self._pid = os.getpid()
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="zwsnb-hub", daemon=True)

    def start(self) -> Service:
        """Start the thread, and return when the page can be opened.

        Raises:
            OSError: a port or an address cannot be used.
            FileNotFoundError: the page has not been built.
        """
        self._thread.start()
        self._ready.result(READY_WITHIN)
        if self._publisher is not None:
            self._publisher.connection = self.connection
            self._publisher.sink = _OwnSink(self)
        try:
            connection_file.write(self)
        except OSError:
            self.stop()
            raise
        atexit.register(self.stop)
        return self

    @property
    def connection(self) -> Connection:
        """Where publishers of other processes connect."""
        return Connection(self.relay.ingress, self.token)

    @property
    def is_running(self) -> bool:
        """True until `stop`; a forked child has no running service."""
        return self._pid == os.getpid() and self._thread.is_alive()

    def url(self, plot: str = DEFAULT_PLOT, **more: str) -> str:
        """Return the address of a plot's page, with the token that opens it."""
        named = {} if plot == DEFAULT_PLOT else {"plot": plot}
        shown = "127.0.0.1" if self.host in ("", "0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return f"http://{shown}:{self.port}/?{urlencode({'token': self.token, **named, **more})}"

    def plots_url(self) -> str:
        """Return the address of the page of all plots, with the token that opens it."""
        return self.url().replace("/?", "/plots?", 1)

    def call(self, function: Callable[..., T], *args: Any, timeout: float = 30.0) -> T:
        """Call `function` in the hub's thread and return what it returns, or raise what it raises.

        Raises:
            RuntimeError: the service does not run any more.
        """
        if not self.is_running:
            raise RuntimeError("this zwsnb service has stopped: zwsnb.start() starts another")
        if threading.current_thread() is self._thread:
            return function(*args)
        future: Future[T] = Future()
        self._hub.loop.run_callback_threadsafe(_fulfil, future, function, args)
        return future.result(timeout)

    def stats(self) -> dict[str, Any]:
        """Return the state of everything, as JSON can carry it."""
        return {
            "url": self.url(),
            "plots_url": self.plots_url(),
            "ingress": self.relay.ingress,
        } | self.call(self.site.stats)

    def points(self, plot: str, series: str) -> NDArray[np.float64]:
        """Return the points of a series that are held, shape (n, 2).

        Raises:
            KeyError: there is no such series.
        """

        def copy() -> NDArray[np.float64]:
            self.relay.take_all()
            found = self.site.history.get_or_create(plot).series[series]
            return np.ascontiguousarray(found.points.slice(found.points.start, found.count).T)

        return self.call(copy)

    def draw(self, plot: str) -> str:
        """Return a still picture of a plot, an SVG document."""

        def draw() -> str:
            self.relay.take_all()
            return render.render_svg(self.site.history.get_or_create(plot))

        return self.call(draw)

    def stop(self, reason: str = "The service was stopped.", timeout: float = 2.0) -> None:
        """Tell the pages, close everything, and end the thread. A second stop does nothing."""
        atexit.unregister(self.stop)
        if not self.is_running:
            return
        if self._publisher is not None:
            self._publisher.stop()
        connection_file.remove(self)
        self._hub.loop.run_callback_threadsafe(self._end, reason)
        self._thread.join(timeout)

    # -- in the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        self._hub = gevent.get_hub()
        # An exception of the hub would be printed under a cell; the log takes it, a line a second.
        self._hub.print_exception = ErrorLog().exception  # type: ignore[method-assign]  # gevent's own way
        self._stopping = Event()
        self._reason = ""
        try:
            self._open()
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits for it
            self._hub.destroy(destroy_loop=True)
            self._ready.set_exception(error)
            return
        self._ready.set_result(None)
        self._stopping.wait()
        self._close()

    def _open(self) -> None:
        static = load_static()
        with contextlib.ExitStack() as undo:
            allowance = CpuBudget(self._share, lambda: self.pace.is_flood)
            self.relay = Relay(History(self._budget), self.token, self._publisher, allowance)
            undo.callback(self.relay.stop)
            self.site = App(self.relay.history, self.relay, static)
            self._server = make_server(self.site, self.host, self.port)
            undo.callback(self._server.close)
            self.port = int(self._server.server_port or 0)
            self.site.access = Access.loopback(
                self.port, token=self.token, hosts=self._hosts, origins=self._origins
            )
            self.relay.start(self._ingress)
            self.listening = [self.relay.listen(address) for address in self._listen]
            for address in self._subscribe:
                self.relay.subscribe(address)
            undo.pop_all()
        self._server.start()
        self.pacer = gevent.spawn(self.pace.run, self.site)

    def _end(self, reason: str) -> None:
        self._reason = reason
        self._stopping.set()

    def _close(self) -> None:
        self.pacer.kill()
        self.pace.restore()
        self.relay.take_all()
        self.site.end(self._reason)
        with gevent.Timeout(1.5, exception=False):  # type: ignore[arg-type]  # the stubs know no silent time-out
            self._server.stop(timeout=0.2)
        self.relay.stop()
        self._hub.destroy(destroy_loop=True)


def _fulfil(future: Future[T], function: Callable[..., T], args: tuple[Any, ...]) -> None:
    try:
        future.set_result(function(*args))
    except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits for it
        future.set_exception(error)


class _OwnSink:
    """What wakes the relay for the publisher of its own process."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def wake(self) -> None:
        """Have the relay take soon."""
        self._service.pace.hurry()
        self._service.relay.wake()

    def flush(self, timeout: float) -> bool:
        """Have the relay take now."""
        with contextlib.suppress(RuntimeError, TimeoutError):
            self._service.call(self._service.relay.take_all, timeout=timeout)
            return True
        return False

    def close(self, timeout: float) -> None:
        """Have the relay take for the last time."""
        self.flush(timeout)
