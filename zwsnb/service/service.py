"""The service of this process: a relay and its page in a thread with a gevent hub.

`Service.start` returns when the page can be opened, or raises what went wrong in the thread, so
that there is no service that is not ready.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from zwsnb.delivery import goodbyes
from zwsnb.display.ways import Ways
from zwsnb.history.plots import DEFAULT_BUDGET
from zwsnb.history.runs import Cell, nowhere
from zwsnb.lives import failures, untold
from zwsnb.lives.restarts import again
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection
from zwsnb.protocol.sizes import parse_bytes
from zwsnb.relay.schedule import BOOSTED, SHARE
from zwsnb.server.access import new_token
from zwsnb.server.error_log import ErrorLog
from zwsnb.service import hub_thread
from zwsnb.service.addresses.address import Address
from zwsnb.service.addresses.addressed import Addressed
from zwsnb.service.addresses.reach import check_reach
from zwsnb.service.assembly import Assembly, Settings
from zwsnb.service.connection_file import Info
from zwsnb.service.hub_thread import HubThread
from zwsnb.service.kept import Kept
from zwsnb.service.own import OwnSink, attached, silence
from zwsnb.service.service_options import check_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.comm.comm_socket import Tell
    from zwsnb.display.picture import Drawing
    from zwsnb.events.happened import Told
    from zwsnb.protocol.stats import RestartStats, Stats
    from zwsnb.service.backend import Attachment

T = TypeVar("T")

STOPPED: Final = "The service was stopped."
"""What pages say when nobody gave another reason."""


class Service(Addressed):
    """A relay and its page, running in a thread of this process; `start` makes one."""

    def __init__(
        self, settings: Settings, publisher: Publisher | None, owner: int | None = None
    ) -> None:
        self.token = settings.token
        self._settings = settings
        self._ways = settings.ways
        self._publisher = publisher
        self._owner = owner
        self._errors = ErrorLog()
        self._failure = ""
        self._is_whole = True  # so is what the plots hold
        self._is_stopped = False
        self.notices: tuple[str, ...] = ()  # what is to be said of it, with the repair
        self._live(settings)

    def _live(self, settings: Settings, before: Assembly | None = None) -> None:
        """Have a thread, in which the relay of `before` goes on, if it is given."""
        publisher, errors = self._publisher, self._errors
        hub = HubThread(lambda: Assembly(settings, publisher, errors, before), errors, self._fail)
        self._hub = hub
        self.relay = hub.resident.relay  # use it in the hub's thread, by `call`
        self.port = hub.resident.port
        self.listening = hub.resident.listening  # the addresses of `listen`, with their ports
        self.connection = Connection(self.relay.ingress, self.token)
        self._address = Address.http(settings.host, self.port, self.token)
        ingress, token = self.connection
        self._info = Info(pid=os.getpid(), url=self.url(), ingress=ingress, token=token)
        if self._owner is not None:
            self._info["owner"] = self._owner
        self._attach()

    @classmethod
    def start(  # noqa: PLR0913 - options are keywords, and read well
        cls,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        ingress: str = "",
        listen: Iterable[str] = (),
        subscribe: Iterable[str] = (),
        allow_remote: bool = False,
        memory: int | str = DEFAULT_BUDGET,
        hosts: Iterable[str] = (),
        origins: Iterable[str] = (),
        proxy: str = "",
        switch_interval: float | None = BOOSTED,
        share: float | None = SHARE,
        publisher: Publisher | None = None,
        cell: Cell = nowhere,
        owner: int | None = None,
        token: str = "",
        restarts: RestartStats | None = None,
    ) -> Service:
        """Start a service, and return it when its page can be opened.

        The options are those of `zwsnb.start`. publisher: that of this process, from which the
        relay takes without a socket. cell: returns the number of the notebook cell that runs here.
        owner: the process that it is for, where that is another one. token, restarts: those of a
        service whose place it takes.

        Raises:
            OSError: a port or an address cannot be used.
            FileNotFoundError: the page has not been built.
            ValueError: an option is out of its range, or opens more than was allowed.
        """
        opens = {"host": host, "ingress": ingress, "listen": (listen := tuple(listen))}
        check_reach(opens | {"allow_remote": allow_remote})
        check_values(port=port, memory=memory, share=share, switch_interval=switch_interval)
        settings = Settings(
            host=host,
            port=port,
            ingress=ingress,
            listen=listen,
            subscribe=tuple(subscribe),
            memory=parse_bytes(memory) if isinstance(memory, str) else int(memory),
            hosts=tuple(hosts),
            origins=tuple(origins),
            ways=Ways.of(os.environ, proxy),
            switch_interval=switch_interval,
            share=share,
            token=token or new_token(),
            cell=cell,
            restarts=restarts,
        )
        return cls(settings, publisher, owner)

    def _attach(self) -> None:
        """Let the publisher of this process, and other processes, find the service."""
        if self._publisher is not None:
            self._publisher.why_ended = lambda: self._failure
            self._publisher.sink = OwnSink(self._hub)
            # Last: with a connection and no sink, another thread's point would make a sender.
            self._publisher.connection = self.connection
        self._files = Kept(self.info, self.relay.open_again)
        self.notices = self._files.write()
        self._hub.post(self._hub.resident.keep, self._files)
        goodbyes.register(self._stop_at_exit)

    def _fail(self, error: BaseException) -> None:
        """Say that the thread has ended, which nobody has asked it for; called by it."""
        self._is_whole = failures.was_at_rest(error)
        self._failure = failures.thread_ended(error, is_whole=self._is_whole)
        self._files.remove()
        untold.note(self._failure)

    @property
    def failure(self) -> str:
        """Why it has ended, where nobody has stopped it, with what helps; else empty."""
        return self._failure

    def restart(self) -> None:
        """Go on in a new thread, at the same address if nobody else has taken it, with what the
        plots hold and what waits; pages come back by themselves.

        Raises:
            RuntimeError: it was stopped, or the old thread does not end.
            OSError: a port or an address cannot be used.
        """
        if self._is_stopped:
            raise RuntimeError(hub_thread.STOPPED)
        if self._hub.is_running:
            self._hub.stop(None, 2.0)
        if self._hub.is_running:
            raise RuntimeError("the thread of zwsnb's relay is held up, and does not end")
        before, port = self._hub.resident if self._is_whole else None, self.port
        self._files.remove()  # another port has another file
        came_in = [self.connection.ingress, *self.listening]
        restarts = again(self._settings.restarts, self._failure)
        anew = replace(self._settings, ways=self._ways, restarts=restarts)
        try:
            self._settings = self._live_again(anew, before)
        except OSError as error:
            self._is_whole &= not isinstance(error, TimeoutError)  # that one may live yet
            self._failure = failures.not_again(error, is_whole=self._is_whole)
            raise
        self._failure, self._is_whole = "", True
        come_in = [self.connection.ingress, *self.listening]
        for sentence in failures.all_moved(port, self.port, came_in, come_in):
            untold.note(sentence)

    def _live_again(self, anew: Settings, before: Assembly | None) -> Settings:
        """Live where it was, or with the page's port, which open pages know, or anywhere; return
        the settings.
        """
        port = replace(anew, port=self.port)
        same = replace(port, ingress=self.connection.ingress, listen=tuple(self.listening))
        for settings in (same, port):
            try:
                self._live(settings, before)
            except TimeoutError:  # the thread may begin yet
                raise
            except OSError:
                continue
            return anew
        # Pages that are open, and programs, may have told the token to who has the port now.
        self.token = new_token()
        anew = replace(anew, token=self.token)
        self._live(anew, before)
        return anew

    def __repr__(self) -> str:
        where = f"at {self._address.base}" if self.is_running else "that has stopped"
        return f"<zwsnb service {where}>"

    @property
    def is_running(self) -> bool:
        """True until `stop`; a forked child has no running service."""
        return self._hub.is_running

    @property
    def info(self) -> Info:
        """What other processes need to find the service, a copy."""
        return self._info.copy()

    def attach(
        self, plot: str, tell: Tell, *, everyone: bool = False, edits: bool = True
    ) -> Attachment:
        """Serve a page that is reached by `tell`, which must not wait and may be called by any
        thread; see `Backend.attach`.

        Raises:
            RuntimeError: the service has ended.
            TimeoutError: it is too busy; the page is not served later either.
        """
        return attached(self._running(), plot, tell, everyone=everyone, edits=edits)

    def hear(self, producer: str, tell: Callable[[Told], object]) -> None:
        """Call `tell`, in the hub's thread, for what a publisher is to be told."""
        self.call(self.relay.steering.hear, producer, tell)

    def set_proxy(self, proxy: str) -> str:
        """Lead browsers to the page by this address from now on, or by none; return what is set.

        Raises:
            ValueError: it has no {port}.
        """
        ways = self._ways.by(proxy)
        self.call(self._hub.resident.allow, ways)
        self._ways = ways
        return ways.template

    def call(self, function: Callable[..., T], *args: Any, timeout: float = 30.0) -> T:
        """Call `function` in the hub's thread and return what it returns, or raise what it raises.

        Raises:
            RuntimeError: the service does not run any more.
        """
        return self._running().call(function, *args, timeout=timeout)

    def _running(self) -> HubThread[Assembly]:
        if self._failure:
            raise RuntimeError(self._failure)
        return self._hub

    def stats(self) -> Stats:
        """Return the state of everything, as JSON can carry it."""
        stats = self._running().wait_for(self._hub.resident.app.stats, timeout=30.0)
        return {
            "url": self.url(),
            "plots_url": self.plots_url(),
            "ingress": self.connection.ingress,
            **stats,
            "notices": [*self.notices, *stats["notices"]],
        }

    def listens(self) -> bool:
        """Return False when it has ended."""
        return self.is_running

    def points(self, plot: str, series: str, origin: int = 0) -> NDArray[np.float64]:
        """Return the points of a series that are held, shape (n, 2): x, counted from `origin`, and
        y, a copy; of a scatter shape (n, 4), with color and size.

        Raises:
            KeyError: there is no such plot or series; the text names those there are.
        """
        return self.call(self._hub.resident.points, plot, series, origin)

    def is_seen(self, plot: str) -> bool:
        """Return whether a page of the plot is open that has come by itself, not by a comm."""
        return self.call(self._hub.resident.viewers.is_seen, plot)

    def version(self, plot: str) -> int | None:
        """Return a number that changes with everything that a viewer of a plot may see; None where
        there is no such plot.
        """
        found = self.relay.history.get(plot)  # to read a number needs no turn of the hub
        return None if found is None else found.version

    def snapshot(self, plot: str, *, dated: bool = False) -> str:
        """Return a picture of a plot as it is now, an SVG document; dated: below it is the time.

        Raises:
            KeyError: there is no such plot; the text names those there are.
        """
        import zwsnb.snapshot.render  # noqa: F401 - here, and not in the hub, which pages wait for

        picture = partial(self._hub.resident.snapshot, plot, dated=dated)
        return self._running().wait_for(picture, timeout=60.0)

    def saved_page(self, plot: str) -> bytes:
        """Return a plot as it is now as one page that needs no service, an HTML document.

        Raises:
            KeyError: there is no such plot; the text names those there are.
        """
        return self._running().wait_for(self._hub.resident.saved_page, plot, timeout=60.0)

    def picture(self, plot: str) -> Drawing | None:
        """Return a plot as a page that looks at it draws it; None where none does, or answers."""
        return self._running().wait_for(self._hub.resident.picture, plot)

    def stop(self, reason: str | None = STOPPED, timeout: float = 2.0) -> None:
        """Deliver what was published, close the pages with a reason, and end the thread; pages that
        are told none look for another service at this address. A second stop does nothing.
        """
        self._end(Publisher.stop, reason, timeout)

    def _stop_at_exit(self) -> None:
        self._end(silence, STOPPED, hub_thread.ENDS_WITHIN)

    def _end(
        self, release: Callable[[Publisher], object], reason: str | None, timeout: float
    ) -> None:
        self._is_stopped = True
        if self.is_running:
            if self._publisher is not None:
                release(self._publisher)
            self._files.remove()
            self._hub.stop(reason, timeout)
        goodbyes.unregister(self._stop_at_exit)
