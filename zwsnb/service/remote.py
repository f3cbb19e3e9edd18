"""A service in another process, behind the same interface as one of this process.

Statistics, points and snapshots are asked for by HTTP. Whoever has the service's port by then is
not sent the token, but the proof that this process knows it, and is believed when it answers with
its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import weakref
from http.client import HTTPException
from typing import TYPE_CHECKING, Final, cast
from urllib.error import URLError

import numpy as np

from zwsnb.controls.control import after_hearing
from zwsnb.display.picture import Drawing
from zwsnb.display.ways import Ways
from zwsnb.events.happened import told_of
from zwsnb.lives.child import is_stopped
from zwsnb.producer.sink import Connection
from zwsnb.protocol.messages import VERSION
from zwsnb.protocol.stats import COMM, EVERYONE
from zwsnb.service import connection_file
from zwsnb.service.addresses.address import Address, Proved
from zwsnb.service.addresses.addressed import Addressed
from zwsnb.service.addresses.asking import Refused, ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from zwsnb.comm.bridge import Bridge
    from zwsnb.comm.comm_socket import Message, Tell
    from zwsnb.events.happened import Told
    from zwsnb.producer.publisher import Publisher
    from zwsnb.protocol.stats import Stats
    from zwsnb.service.backend import Attachment
    from zwsnb.service.connection_file import Info

COMES_WITHIN: Final = 1.0
"""Seconds that an answer waits for the points of this process to come."""


class Silent(RuntimeError):
    """The service does not answer."""


class Remote(Addressed):
    """A service in another process, found by its connection file; `Spawned` is one that this
    process has started.

    info: what its connection file holds.
    """

    def __init__(self, publisher: Publisher, info: Info) -> None:
        self._publisher = publisher
        self._ways = Ways.of(os.environ)
        self._pid = os.getpid()  # a forked child has this object, but not the service
        self._stopped = False
        self._bridges: weakref.WeakSet[Bridge] = weakref.WeakSet()
        self._answered = time.time()
        self._use(info)

    def _use(self, info: Info) -> None:
        """Have it be the service of a connection file."""
        self.connection = Connection(info["ingress"], info["token"])
        self._address = Address.of(info["url"])
        self._info = info.copy()  # last: whoever waits for another one asks it then

    def __repr__(self) -> str:
        where = f"at {self._address.base}" if self.is_running else "that has stopped"
        return f"<zwsnb service of another process {where}>"

    @property
    def is_running(self) -> bool:
        """True until `stop`; a forked child has no running service."""
        return not self._stopped and self._pid == os.getpid()

    @property
    def failure(self) -> str:
        """Why it has ended, where nobody has stopped it, with what helps; else empty."""
        return ""

    def restart(self) -> None:
        """Raise RuntimeError: it belongs to another process."""
        raise RuntimeError("the zwsnb service of another process is started anew there")

    @property
    def info(self) -> Info:
        """What other processes need to find the service, a copy."""
        return self._info.copy()

    def attach(
        self, plot: str, tell: Tell, *, everyone: bool = False, edits: bool = True
    ) -> Attachment:
        """Serve a page that is reached by `tell`; see `Backend.attach`.

        Raises:
            OSError, Silent: the service does not answer.
        """
        from zwsnb.comm.bridge import Bridge  # websockets comes with the first page

        self._check_process()
        how = {"comm": EVERYONE if everyone else "1", "edits": "1" if edits else "0"}
        asked = self._address.proved("/ws", plot=plot, v=str(VERSION), **how)
        bridge = Bridge(asked.url, tell, asked.answer)
        self._bridges.add(bridge)
        return bridge

    def hear(self, producer: str, tell: Callable[[Told], object]) -> None:
        """Call `tell`, in a thread of its own, for what a publisher is to be told; at the end of
        the connection, those of `after_hearing`.

        Raises:
            OSError, Silent: the service does not answer.
        """
        from zwsnb.comm.bridge import Bridge  # websockets comes with the first control
        from zwsnb.comm.comm_socket import Ended

        def hand_on(message: Message) -> None:
            if isinstance(message, str):
                tell(told_of(message))
            elif isinstance(message, Ended):
                for call in after_hearing:
                    call(producer)

        self._check_process()
        asked = self._address.proved("/steer", producer=producer)
        self._bridges.add(Bridge(asked.url, hand_on, asked.answer))

    def proved(self, path: str, **query: str) -> Proved:
        """Return the address of a route, as `Backend.proved`."""
        self._check_process()
        return super().proved(path, **query)

    def set_proxy(self, proxy: str) -> str:
        """Lead browsers to the page by this address from now on, or by none; return what is set.

        Another name than the Jupyter server's has to be known to the other process, by its own
        option `proxy`.

        Raises:
            ValueError: it has no {port}.
        """
        self._ways = self._ways.by(proxy)
        return self._ways.template

    def listens(self) -> bool:
        """Return False when the service has ended, be it that another has its port now; one that
        is too busy to say so listens.
        """
        with contextlib.suppress(OSError):
            if connection_file.is_there(self._info):
                return True
        try:
            self._get("/plots", patience=1.0)
        except TimeoutError:
            return True
        except (OSError, RuntimeError, KeyError):
            return False
        return True

    def _get(self, path: str, patience: float = 60.0, **query: str) -> bytes:
        """Return the body of an answer.

        Raises:
            KeyError: what is asked for is not there; the text is the service's.
            PermissionError: the service refuses this process; the text says why.
            RuntimeError: it does not answer, or answers with another error.
            TimeoutError: it has not answered within `patience` seconds.
        """
        self._check_process()
        try:
            content = ask(self._address.proved(path, **query), patience)
        except Refused as error:
            raise self._error(error.status, str(error)) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise error.reason from None
            raise self._silent(error.reason) from None
        except (HTTPException, ConnectionError) as error:  # ended, or another's port
            raise self._silent(error) from None
        self._answered = time.time()
        return content

    def _check_process(self) -> None:
        """Raise Silent where the process of the service is stopped, or has ended: who has its port
        would be waited for.
        """
        if not connection_file.is_alive(self._info["pid"]):
            raise self._silent(f"its process {self._info['pid']} has ended")
        if is_stopped(self._info["pid"]):
            raise self._silent(f"its process {self._info['pid']} is stopped")

    def _silent(self, why: object) -> Silent:
        since = time.strftime("%H:%M:%S", time.localtime(self._answered))
        return Silent(
            f"the zwsnb service at {self._address.base} does not answer since {since} ({why})"
        )

    def _error(self, status: int, sentence: str) -> KeyError | PermissionError | RuntimeError:
        if status == 404:
            return KeyError(sentence)
        service = f"the zwsnb service at {self._address.base}"
        if status == 403:
            return PermissionError(
                f"{service} refuses this process: {sentence} If it was started anew, zwsnb.stop() "
                "and zwsnb.connect() find it."
            )
        return RuntimeError(f"{service} has failed with status {status}: {sentence}")

    def stats(self) -> Stats:
        """Return the state of everything, as JSON can carry it, when all that this process sent has
        come.
        """
        self._settle()
        found = json.loads(self._get("/stats"))
        found["url"], found["plots_url"] = self.url(), self.plots_url()
        found["ingress"] = self.connection.ingress
        return cast("Stats", found)

    def _settle(self) -> None:
        """Wait until what was published has come: an answer that lacks the last points would
        surprise.
        """
        self._check_process()
        self._publisher.flush(COMES_WITHIN)

    def points(self, plot: str, series: str, origin: int = 0) -> NDArray[np.float64]:
        """Return the points of a series that are held, shape (n, 2): x, counted from `origin`, and
        y, a copy; of a scatter shape (n, 4), with color and size.

        Raises:
            KeyError: there is no such plot or series; the text names those there are.
        """
        self._settle()
        its = json.loads(self._get("/stats"))["plots"].get(plot, {"series": {}})["series"]
        columns = 4 if its.get(series, {}).get("marked") else 2
        answer = self._get(
            "/data", plot=plot, series=series, origin=str(origin), columns=str(columns)
        )
        return np.frombuffer(answer, dtype="<f8").reshape(-1, columns).copy()

    def is_seen(self, plot: str) -> bool:
        """Return whether a page of the plot is open that has come by itself, not by a comm."""
        its = json.loads(self._get("/stats"))["plots"].get(plot)
        return its is not None and any(
            "patches" in each and each.get("through") != COMM for each in its["viewers"]
        )

    def version(self, plot: str) -> int | None:
        """Return a number that changes with everything that a viewer of a plot may see; None where
        there is no such plot.
        """
        try:
            return int(json.loads(self._get("/version", plot=plot))["version"])
        except KeyError:
            return None

    def snapshot(self, plot: str, *, dated: bool = False) -> str:
        """Return a picture of a plot as it is now, an SVG document; dated: below it is the time.

        Raises:
            KeyError: there is no such plot; the text names those there are.
        """
        self._settle()
        return self._get("/snapshot", plot=plot, dated="1" if dated else "").decode()

    def saved_page(self, plot: str) -> bytes:
        """Return a plot as it is now as one page that needs no service, an HTML document.

        Raises:
            KeyError: there is no such plot; the text names those there are.
        """
        self._settle()
        return self._get("/html", plot=plot)

    def picture(self, plot: str) -> Drawing | None:
        """Return a plot as a page that looks at it draws it; None where none does, or answers."""
        self._settle()
        try:
            found = json.loads(self._get("/picture", plot=plot))
        except KeyError:
            return None
        return None if found is None else Drawing(**found)

    def stop(self) -> None:
        """Deliver what was published, and disconnect."""
        self._stopped = True
        self._publisher.stop()
        for bridge in list(self._bridges):
            bridge.close()
