"""A new service for this process: in a thread of it, or in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# With `import zwsnb`, so that what a program registers at exit comes before it.
import zwsnb.delivery.goodbyes  # noqa: F401
from zwsnb.producer import native

if TYPE_CHECKING:
    from zwsnb.producer.publisher import Publisher
    from zwsnb.service.backend import Backend
    from zwsnb.service.connection_file import Info
    from zwsnb.service.remote import Remote


def launch(publisher: Publisher, options: dict[str, Any], *, in_a_process: bool) -> Backend:
    """Start a service with the options that were asked for.

    Raises:
        OSError: too few descriptors are left, or a port or an address cannot be used.
    """
    with native.no_fork():
        from zwsnb.limits.descriptors import FOR_A_SERVICE, check_descriptors

    check_descriptors(FOR_A_SERVICE, "a service")
    started = _launch(publisher, options, in_a_process=in_a_process)
    if options.get("allow_remote"):
        with native.no_fork():
            from zwsnb.service.addresses.reach import exposure

        print(f"zwsnb: {exposure(options)}")  # noqa: T201 - whoever opens a door is told which
    return started


def _launch(publisher: Publisher, options: dict[str, Any], *, in_a_process: bool) -> Backend:
    if in_a_process:
        with native.no_fork():
            from zwsnb.service.spawned import Spawned

        return Spawned(publisher, **options)
    # gevent and zmq come with the service, not with `import zwsnb`; some of it in the hub's thread.
    with native.no_fork():
        from zwsnb.display.cell import running_cell
        from zwsnb.service.service import Service

        return Service.start(publisher=publisher, cell=running_cell, **options)


def remote(publisher: Publisher, info: Info) -> Remote:
    """Return a service of another process, which `info` describes."""
    with native.no_fork():
        from zwsnb.service.remote import Remote

    return Remote(publisher, info)
