"""The one service and the one publisher of this process: what `zwsnb.start()`, `zwsnb.stop()` and
`publish` are about.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection, Sink, Source
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.service import connection_file

if TYPE_CHECKING:
    from zwsnb.producer.publisher import OnFull
    from zwsnb.protocol.stats import Stats
    from zwsnb.service.backend import Backend
    from zwsnb.service.remote import Remote


def _make_sender(source: Source, connection: Connection) -> Sink:
    # zmq and logging come with the first point for another process, not with `import zwsnb`.
    from zwsnb.producer.sender import Sender

    return Sender(source, connection)


publisher = Publisher(make_sender=_make_sender)
"""What `publish` and every `Plot` of this process append to."""

publish = publisher.bind(DEFAULT_PLOT)

_service: Backend | None = None


def start(*, process: bool = False, on_full: OnFull | None = None, **options: Any) -> Backend:
    """Start the service of this process and return it; the one that runs already, when nothing is
    asked of it.

    process: run the relay in a process of its own, for cells that hold the interpreter's lock for
    long.
    on_full: what `publish` does when the relay cannot keep up: "drop" the oldest points, after
    waiting 4 ms once, or "block". options: as `zwsnb.service.service.Service.start`.

    Raises:
        RuntimeError: one runs already, and options were given for another.
        OSError: a port or an address cannot be used.
        FileNotFoundError: the page has not been built.
    """
    global _service
    running = current()
    if on_full not in (None, "drop", "block"):
        raise ValueError(f'on_full is {on_full!r}; it is "drop" or "block"')
    if running is not None:
        if options or process:
            raise RuntimeError(
                f"zwsnb runs already at {running.url()}: use it, or zwsnb.stop() first"
            )
        publisher.on_full = on_full or publisher.on_full
        return running
    # What is left of one that ended by itself, and a sender to it, would take points away.
    stop()
    publisher.stop()
    publisher.reset()
    publisher.on_full = on_full or "drop"
    if process:
        from zwsnb.service.remote import Remote

        _service = Remote.spawn(publisher, **options)
    else:
        # gevent and zmq come with the service, not with `import zwsnb`.
        from zwsnb.service.service import Service

        _service = Service.start(publisher=publisher, **options)
    return _service


def connect(to: str | os.PathLike[str] | None = None) -> Remote:
    """Use a service of another process: the only one of this user, or the one of a connection file.

    Raises:
        RuntimeError: there is none, or more than one, or this process has one.
    """
    global _service
    from zwsnb.service.remote import Remote

    if current() is not None:
        raise RuntimeError("this process has a zwsnb service: zwsnb.stop() first")
    info = connection_file.find(to)
    _service = remote = Remote(publisher, info)
    publisher.connection = remote.connection
    return remote


def stop() -> None:
    """Deliver what was published, and stop the service of this process, if there is one."""
    global _service
    if _service is not None:
        _service.stop()
        _service = None


def current() -> Backend | None:
    """Return the service of this process, or None when none runs."""
    return _service if _service is not None and _service.is_running else None


def service() -> Backend:
    """Return the service of this process.

    Raises:
        RuntimeError: none runs.
    """
    found = current()
    if found is None:
        raise RuntimeError("zwsnb is not running: %load_ext zwsnb or zwsnb.start() starts it")
    return found


def stats() -> Stats:
    """Return the state of the service: its address, plots, series, viewers, and what was dropped or
    refused and why.
    """
    publisher.flush()
    return service().stats()
