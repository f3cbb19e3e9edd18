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
    done, loop = Event(), gevent.get_hub().loop

    def run() -> None:
        with contextlib.suppress(Exception):
            import_module(module)
        with contextlib.suppress(ValueError):  # the loop has ended
            loop.run_callback_threadsafe(done.set)

    native.thread("zwsnb-load", run).start()
    done.wait()
