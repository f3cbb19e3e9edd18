"""Modules that take long to import, where the hub does not wait for them."""

from __future__ import annotations

import contextlib
from importlib import import_module

import gevent
from gevent.event import Event

from zwsnb.producer import native


def load(module: str) -> None:
    """Import a module in a thread of the system, and return when that is done; the others of the
    hub go on meanwhile. What that raises is passed over: the import in the hub will raise it.
    """
    done = Event()
    # Keeps the loop going where it has nothing else to wait for.
    watcher = gevent.get_hub().loop.async_()
    watcher.start(done.set)

    def run() -> None:
        with contextlib.suppress(Exception):
            import_module(module)
        with contextlib.suppress(Exception):  # the loop has ended, or nobody waits any more
            watcher.send()

    native.thread("zwsnb-load", run).start()
    try:
        done.wait()
    finally:
        watcher.stop()
        watcher.close()
