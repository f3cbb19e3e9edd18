"""The one service and publisher of this process: those of `zwsnb.start()`, `stop` and `publish`."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from zwsnb.delivery import goodbyes
from zwsnb.lives.whole import to_the_end, whole
from zwsnb.producer import native
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import NOT_RUNNING, Connection, Sink, Source
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.service import parent
from zwsnb.service.launching import launch, remote
from zwsnb.service.service_options import asked_for, check_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zwsnb.producer.publisher import OnFull
    from zwsnb.protocol.stats import Stats
    from zwsnb.service.backend import Backend
    from zwsnb.service.connection_file import Info
    from zwsnb.service.remote import Remote


def _make_sender(source: Source, connection: Connection) -> Sink:
    # zmq and logging come with the first point for another process, not with `import zwsnb`.
    with native.no_fork():
        from zwsnb.delivery.sender import Sender
    return Sender(source, connection)


publisher = Publisher(make_sender=_make_sender)
"""What `publish` and every `Plot` of this process append to."""

publish = publisher.bind(DEFAULT_PLOT, module="zwsnb")

_service: Backend | None = None

_is_joined = False
"""The service is the parent's, or that of a foreign plot: `start` and `connect` go before it."""

_parents: list[Backend] = []
"""In a forked child, what stood for the service before: its parents' to use and to free."""

before_stop: Final[list[Callable[[], object]]] = []
"""Called by `stop` before it stops anything."""

after_close: Final[list[Callable[[str], object]]] = []
"""Called by `closed` with the name of the plot."""

_starting = native.RLock()
"""Held while a service is started: of two threads whose first points come together, one starts."""


@public(check_names)
def start(  # noqa: PLR0913 - options are keywords, and read well
    *,
    process: bool = False,
    on_full: OnFull | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    ingress: str = "",
    listen: Iterable[str] = (),
    subscribe: Iterable[str] = (),
    allow_remote: bool = False,
    memory: int | str = "1 GiB",
    hosts: Iterable[str] = (),
    origins: Iterable[str] = (),
    proxy: str = "",
    switch_interval: float | None = 0.0005,
    share: float | None = 0.025,
) -> Backend:
    """Start the service of this process and return it; the one that runs already, when nothing is
    asked of it.

    Args:
        process: run the relay in a process of its own, for cells that hold the interpreter's lock
            for long (default: False)
        on_full: what `publish` does when the relay cannot keep up: "drop" the oldest points, after
            waiting 4 ms once, or "block" (default: "drop")
        host: the address to serve the page at (default: "127.0.0.1")
        port: its port; 0 is a free one (default: 0)
        ingress: where zwsnb's own publishers connect, as in tcp://127.0.0.1:5001, which is
            encrypted; without it, a socket file that only you can reach (default: "")
        listen: bind a SUB socket for plain producers, which send {"x": .., "y": ..} by PUB, at
            tcp://127.0.0.1:5000, say (default: none)
        subscribe: connect a SUB socket to a plain producer that binds (default: none)
        allow_remote: let other machines reach what host, ingress and listen open to them (default:
            False)
        memory: for the points of all plots together, in bytes or as a text such as 1 GiB
            (default: "1 GiB")
        hosts: a further Host header to answer to, as in lab.example:8000 (default: none)
        origins: a further Origin whose pages may connect (default: none)
        proxy: an address that leads to a port of this machine, with {port} for it, where browsers
            reach no other; without it, that in $ZWSNB_PROXY_URL (default: "")
        switch_interval: seconds after which a busy cell hands over the interpreter's lock, while it
            publishes 100,000 points a second or more and somebody looks; None leaves it alone
            (default: 0.0005)
        share: of the time in which this process computes, what its plots may take; None: as much
            as they need (default: 0.025)

    Raises:
        TypeError: an option does not exist.
        ValueError: an option has a value that it cannot have.
        RuntimeError: one runs already, and options were given for another.
        OSError: a port or an address cannot be used.
        FileNotFoundError: the page has not been built.
    """
    asked = asked_for(locals())
    if on_full not in (None, "drop", "block"):
        raise ValueError(f'on_full is {on_full!r}; it is "drop" or "block"')
    return to_the_end(partial(_start, asked, on_full, in_a_process=process), _take_back)[0]


def _start(
    asked: dict[str, Any], on_full: OnFull | None, *, in_a_process: bool
) -> tuple[Backend, bool]:
    """Return the service that runs, or start one as it was asked for, and whether it is new."""
    global _service, _is_joined
    with _starting:
        running = None if _is_joined else current()
        if running is None and failure() and not (asked or in_a_process):
            running = restart()
        if running is None:
            _is_joined = False
            _service = _launch(asked, on_full or "drop", in_a_process=in_a_process)
            return _service, True
        if asked or in_a_process:
            where = running.url().partition("?")[0]  # no token in an error
            raise RuntimeError(f"zwsnb runs already at {where}: use it, or zwsnb.stop() first")
        publisher.on_full = on_full or publisher.on_full
        return running, False


def _take_back(started: tuple[Backend, bool]) -> None:
    """Stop what an interrupted `start` has started."""
    with _starting:
        if started == (_service, True):
            stop()


def failure() -> str:
    """Return why the service of this process has ended by itself, with what helps, or nothing."""
    return "" if _service is None or _is_joined else _service.failure


@public()
@whole
def restart() -> Backend:
    """Start the service of this process anew, at the same address, so that open pages come back by
    themselves; what was published and has not been delivered is kept.

    What the plots hold is kept as well; of a relay in a process of its own their options only.

    Raises:
        RuntimeError: none runs, or it is that of another process.
        OSError: a port or an address cannot be used.
    """
    with _starting:
        found = _service if failure() else service()
        if found is None or _is_joined:
            raise RuntimeError("the zwsnb service of another process is restarted there")
        found.restart()
        parent.announce(found.info)
        return found


def ensure() -> None:
    """Find something to publish to: what there is, or the parent's service, or else a new one.

    Raises:
        RuntimeError, OSError: there is nothing, and no service could be started.
    """
    if publisher.connection is None or _is_joined:
        to_the_end(_find)


def _find() -> None:
    with _starting:
        joined = current() if _is_joined else None
        has_ended = _is_joined and (joined is None or not joined.listens())
        if publisher.connection is not None and not has_ended:
            return
        parent.withdraw()  # what this process has said, not what it was told
        if (found := parent.find(None if joined is None else joined.info)) is None:
            start()
        else:
            _use(found, is_joined=True)


publisher.find_service = ensure


@whole
def join(info: Info | None) -> bool:
    """Publish to the service of a plot that has come from another process, where it still runs and
    this process has none of its own; False when another is used, which does not know the plot.

    Where nothing is left to publish to, `publish` says so.
    """
    with _starting:
        if publisher.connection is None or _is_joined:
            if info is None or _is_used(info):
                return True
            if remote(publisher, info).listens():
                _use(info, is_joined=True)
                return True
        if publisher.connection is None:
            publisher.find_service = parent.nobody_listens
            return True
        return info is not None and _is_used(info)


def _is_used(info: Info) -> bool:
    return publisher.connection == (info["ingress"], info["token"])


def _launch(asked: dict[str, Any], on_full: OnFull, *, in_a_process: bool) -> Backend:
    has_failed = failure()
    if publisher.connection is not None:  # what is left of one that ended would take points away
        (leave if has_failed else stop)()
    if not has_failed:  # else what waits is for the one that starts
        publisher.reset()
    publisher.on_full = on_full
    started = launch(publisher, asked, in_a_process=in_a_process)
    parent.announce(started.info)
    return started


@public()
@whole
def connect(to: str | os.PathLike[str] | None = None) -> Remote:
    """Use a service of another process: the only one of this user, or the one of a connection file.

    Raises:
        RuntimeError: there is none, or more than one, or this process has one.
    """
    with native.no_fork():
        from zwsnb.service import connection_file

    with _starting:
        if not _is_joined and current() is not None:
            raise RuntimeError("this process has a zwsnb service: zwsnb.stop() first")
        return _use(connection_file.find(to), is_joined=False)


def _use(info: Info, *, is_joined: bool) -> Remote:
    """Publish to a service of another process from now on."""
    global _service, _is_joined
    is_anew = _is_used(info)  # in another process: what waits goes on there
    if not is_anew:
        if publisher.connection is not None:
            stop()
        publisher.reset()
    _service = used = remote(publisher, info)
    _is_joined = is_joined
    publisher.connection = used.connection
    if is_anew:
        publisher.say_again()
    parent.announce(info)
    return used


@public()
def flush(timeout: float = 2.0) -> bool:
    """Deliver what was published; True when all of it has come to the service within `timeout`
    seconds: then a process may end in any way.
    """
    return publisher.flush(timeout) & publisher.is_whole()


def stop() -> None:
    """Deliver what was published, and stop the service of this process, if there is one; what could
    not be delivered is lost, and said. From then on `publish` raises, until something starts
    another: the loop of a thread that publishes on does not.
    """
    goodbyes.say(leave())


@publisher.giving_way()
def leave() -> str:
    """Do what `stop` does, and return what it would say."""
    for call in before_stop:
        call()
    return _stopped()


@whole
def _stopped() -> str:
    global _service, _is_joined
    with _starting:
        publisher.loss = ""
        if _service is not None:
            _service.stop()
        publisher.stop()  # that of a forked child too
        parent.withdraw()
        _service, _is_joined = None, False
        return publisher.loss


def closed(plot: str) -> None:
    """Tell those who keep something about a plot that it is gone."""
    for call in after_close:
        call(plot)


def current() -> Backend | None:
    """Return the service of this process, or None when none runs."""
    global _service
    if _parents and _service is _parents[-1] and publisher.connection is not None:
        _service = remote(publisher, _parents[-1].info)
    return _service if _service is not None and _service.is_running else None


def service() -> Backend:
    """Return the service of this process.

    Raises:
        RuntimeError: none runs.
    """
    if (found := current()) is None:
        raise RuntimeError(failure() or NOT_RUNNING)
    return found


@public()
def stats() -> Stats:
    """Return the state of the service: address, plots, series, viewers, what was lost and why."""
    return service().stats()


def _after_fork() -> None:
    """In a forked child, use the service of the parent as another process does."""
    global _starting, _is_joined
    _starting = native.RLock()
    if _service is not None:
        _parents.append(_service)
        _is_joined = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
