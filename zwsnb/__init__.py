"""Live plots in notebooks: call ``publish(x, y)`` in a cell, at any rate, and a plot below it moves
while the cell is still running.

In a notebook ``%load_ext zwsnb`` starts everything; in a script ``zwsnb.start()`` does, and prints
nothing: ``start().url()`` is the page.
"""

from __future__ import annotations

import sys
from typing import Any

from zwsnb._version import __version__
from zwsnb.api import connect, flush, publish, start, stats, stop, wait
from zwsnb.metrics.log import log
from zwsnb.metrics.system import system
from zwsnb.metrics.track import track
from zwsnb.plot.plot import Plot

__all__ = [
    "Plot",
    "__version__",
    "connect",
    "flush",
    "log",
    "publish",
    "start",
    "stats",
    "stop",
    "system",
    "track",
    "wait",
]


def __dir__() -> list[str]:
    """Return the public names, for completion; modules and hooks are not among them."""
    return sorted(__all__)


def load_ipython_extension(ipython: Any) -> None:
    """Do what ``%load_ext zwsnb`` asks for."""
    from zwsnb.commands import magics

    magics.load(ipython)


def unload_ipython_extension(ipython: Any) -> None:
    """Do what ``%unload_ext zwsnb`` asks for."""
    from zwsnb.commands import magics

    magics.unload(ipython)


def _offer_magic() -> None:
    """Put `%zwsnb` in place where this is imported in IPython, whoever loads the extension."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        from zwsnb.commands import magics

        magics.offer(shell)


_offer_magic()
