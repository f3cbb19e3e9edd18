"""What a service is to this process, whether it runs in a thread or in another process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from zwsnb.protocol.names import DEFAULT_PLOT

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.comm.comm_socket import Tell
    from zwsnb.display.embed import Embedding
    from zwsnb.display.picture import Drawing
    from zwsnb.events.happened import Told
    from zwsnb.producer.sink import Connection
    from zwsnb.protocol.stats import Stats
    from zwsnb.service.addresses.address import Proved
    from zwsnb.service.connection_file import Info


class Attachment(Protocol):
    """The connection of a page that is reached by a notebook's comm; any thread may use it."""

    def receive(self, text: str) -> None:
        """Take a message of the page."""

    def close(self) -> None:
        """End it: the page has gone. A second close does nothing."""


class Backend(Protocol):
    """A relay and its page: a `Service` of this process, or a `Remote` one."""

    @property
    def connection(self) -> Connection:
        """Where publishers of other processes connect."""

    @property
    def info(self) -> Info:
        """What other processes need to find it, a copy."""

    @property
    def is_running(self) -> bool:
        """True until `stop`; a forked child has no running service."""

    @property
    def failure(self) -> str:
        """Why it has ended, where nobody has stopped it, with what helps; else empty."""

    def restart(self) -> None:
        """Start it anew, at the same address if that is free, with what waits for it.

        Raises:
            RuntimeError: it was stopped, or it is that of another process.
            OSError: it could not start.
        """

    def listens(self) -> bool:
        """Return False when it has ended."""

    def url(self, plot: str = DEFAULT_PLOT, **query: str) -> str:
        """Return the address of a plot's page, with the token that opens it."""

    def url_for_once(self, plot: str = DEFAULT_PLOT) -> str:
        """Return an address of a plot's page that opens it once and soon, and so may stand in the
        arguments of a browser's process, and in the output of a cell, which the notebook keeps.
        """

    def plots_url(self) -> str:
        """Return the address of the page of all plots, with the token that opens it."""

    def plots_url_for_once(self) -> str:
        """Return such an address of the page of all plots."""

    def embedding(self, plot: str, *, claims: bool = True) -> Embedding:
        """Return what a notebook needs to show a plot's page; see `Address.embedding`."""

    def attach(
        self, plot: str, tell: Tell, *, everyone: bool = False, edits: bool = True
    ) -> Attachment:
        """Serve a page that is reached by `tell`, which must not wait and may be called by any
        thread.

        everyone: it is all views of a widget at once, of which none is heard. edits: it may do
        more than look.

        Raises:
            OSError, RuntimeError: the service does not answer, or has ended.
        """

    def hear(self, producer: str, tell: Callable[[Told], object]) -> None:
        """Call `tell` for what that publisher is to be told, in another thread, which it must not
        hold up.

        Raises:
            OSError, RuntimeError: the service does not answer, or has ended.
        """

    def proved(self, path: str, **query: str) -> Proved:
        """Return the address of a route for one request, without the token; see `Address.proved`.

        Raises:
            RuntimeError: the process of the service has ended, or is stopped.
        """

    def set_proxy(self, proxy: str) -> str:
        """Lead browsers to the page by this address from now on, or by none; return what is set.

        Raises:
            ValueError: it has no {port}.
        """

    def stats(self) -> Stats:
        """Return the state of everything, as JSON can carry it."""

    def points(self, plot: str, series: str, origin: int = 0) -> NDArray[np.float64]:
        """Return the points of a series that are held, shape (n, 2): x, counted from `origin`, and
        y, a copy; of a scatter shape (n, 4), with color and size.

        Raises:
            KeyError: there is no such plot or series; the text names those there are.
        """

    def is_seen(self, plot: str) -> bool:
        """Return whether a page of the plot is open that has come by itself, not by a comm.

        Raises:
            OSError, RuntimeError: the service does not answer.
        """

    def version(self, plot: str) -> int | None:
        """Return a number that changes with everything that a viewer of a plot may see, 0 as long
        as that is nothing; None where there is no such plot.
        """

    def snapshot(self, plot: str, *, dated: bool = False) -> str:
        """Return a picture of a plot as it is now, an SVG document; dated: below it is the time.

        Raises:
            KeyError: there is no such plot; the text names those there are.
        """

    def saved_page(self, plot: str) -> bytes:
        """Return a plot as it is now as one page that needs no service, an HTML document.

        Raises:
            KeyError: there is no such plot; the text names those there are.
        """

    def picture(self, plot: str) -> Drawing | None:
        """Return a plot as a page that looks at it draws it for its reader; None where none does,
        or it does not answer within some seconds, for which this waits.

        Raises:
            OSError, RuntimeError: the service does not answer.
        """

    def stop(self) -> None:
        """Deliver what was published, and end."""
