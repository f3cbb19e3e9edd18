"""Modules that take long to import, where the hub does not wait for them."""

from __future__ import annotations

import contextlib
from importlib import import_module
from typing import Final

import gevent
from gevent.event import Event

from zwsnb.producer import native

_loaded: Final[set[str]] = set()


def load(module: str) -> None:
    """Import a module in a thread of the system, and return when that is done; the others of the
    hub go on meanwhile. What that raises is passed over: the import in the hub will raise it.
    """
    if module in _loaded:
        return
    done, loop = Event(), gevent.get_hub().loop

    def run() -> None:
        with contextlib.suppress(Exception):
            import_module(module)
            _loaded.add(module)
        with contextlib.suppress(ValueError):  # the loop has ended
            loop.run_callback_threadsafe(done.set)

    native.thread("zwsnb-load", run).start()
    done.wait()
