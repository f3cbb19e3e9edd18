"""Live plots in notebooks: call ``publish(x, y)`` in a cell, at any rate, and a plot below it moves
while the cell is still running.

In a notebook ``%load_ext zwsnb`` starts everything; in a script ``zwsnb.start()`` does, and prints
nothing: ``start().url()`` is the page.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any, Final

from zwsnb._version import __version__
from zwsnb.api import connect, flush, publish, restart, start, stats, stop

if TYPE_CHECKING:
    from zwsnb.metrics.log import log
    from zwsnb.metrics.system import system
    from zwsnb.metrics.track import track
    from zwsnb.plot.plot import Plot
    from zwsnb.staying import wait

__all__ = [
    "Plot",
    "__version__",
    "connect",
    "flush",
    "log",
    "publish",
    "restart",
    "start",
    "stats",
    "stop",
    "system",
    "track",
    "wait",
]


_LATER: Final = {
    "Plot": "zwsnb.plot.plot",
    "log": "zwsnb.metrics.log",
    "system": "zwsnb.metrics.system",
    "track": "zwsnb.metrics.track",
    "wait": "zwsnb.staying",
}
"""Public names by their modules, which are imported with the first use of a name: a program that
only publishes starts in half the time.
"""


if not TYPE_CHECKING:  # a checker of types would take every name for one of these

    def __getattr__(name: str) -> Any:
        """Return a public name whose module has not been imported (PEP 562)."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        from zwsnb.producer.native import no_fork

        with no_fork():
            found = globals()[name] = getattr(importlib.import_module(_LATER[name]), name)
        return found


def __dir__() -> list[str]:
    """Return the public names, for completion; modules and hooks are not among them."""
    return sorted(__all__)


def load_ipython_extension(ipython: Any) -> None:
    """Do what ``%load_ext zwsnb`` asks for."""
    from zwsnb.commands import extension

    extension.load(ipython)


def unload_ipython_extension(ipython: Any) -> None:
    """Do what ``%unload_ext zwsnb`` asks for."""
    from zwsnb.commands import extension

    extension.unload(ipython)


def _offer_magic() -> None:
    """Put `%zwsnb` in place where this is imported in IPython, whoever loads the extension."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        from zwsnb.commands import extension

        extension.offer(shell)


_offer_magic()
