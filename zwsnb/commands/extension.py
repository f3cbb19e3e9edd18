"""The extension of IPython: `%load_ext zwsnb`, and what stands for `%zwsnb` until it is used."""

from __future__ import annotations

import functools
import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from zwsnb import api
from zwsnb.display.ipython import is_notebook
from zwsnb.lives import untold
from zwsnb.notebook import outputs, unused
from zwsnb.protocol.names import DEFAULT_PLOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

    LineMagic = Callable[[str], object]

_LOADING: Final = ("load_ext", "reload_ext")
"""Magics of IPython that call `load`: the one for the first time only, the other after `unload`."""


def load(shell: InteractiveShell) -> None:
    """Start the service unless it runs, put `publish` and `%zwsnb` in place, and show the default
    plot, in a small frame as long as it has no points.

    `%load_ext zwsnb` and `%reload_ext zwsnb` do this as often as they are run: after a stop, and
    after `%reset`, which takes `publish` away. The points of a running service stay.
    """
    is_new = api.current() is None
    try:
        with _nothing_collected():
            _load(shell)
    except BaseException as error:
        if is_new and not isinstance(error, Exception):  # an interrupt leaves nothing
            api.stop()
        raise


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Modules that are imported stay: to look for garbage among all that a kernel holds would take
    a quarter of the time of loading, and find next to nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _load(shell: InteractiveShell) -> None:
    api.start()
    shell.push({"publish": api.publish}, interactive=False)  # type: ignore[no-untyped-call]
    offer(shell)
    shell.events.register("post_run_cell", _after_cell)
    lines = shell.magics_manager.magics["line"]
    for word in _LOADING:
        if not isinstance(lines[word], _Loader):
            lines[word] = _Loader(shell, lines[word])
    if not unused.show(DEFAULT_PLOT):
        from zwsnb.plot.plot import Plot

        Plot().show()


def unload(shell: InteractiveShell) -> None:
    """Stop the service, and leave nothing behind."""
    api.stop()
    outputs.leave()
    for event, call in (("pre_run_cell", _tell), ("post_run_cell", _after_cell)):
        if call in shell.events.callbacks[event]:
            shell.events.unregister(event, call)
    lines = shell.magics_manager.magics["line"]
    for word in _LOADING:
        if isinstance(loader := lines[word], _Loader):
            lines[word] = loader.ipythons
    lines.pop("zwsnb", None)
    shell.drop_by_id({"publish": api.publish})  # type: ignore[no-untyped-call]


def offer(shell: InteractiveShell) -> None:
    """Put `%zwsnb` in place, and have plots shown that nothing shows."""
    if is_notebook():
        outputs.attend()
    shell.events.register("pre_run_cell", _tell)
    shell.register_magic_function(magic, "line", "zwsnb")  # type: ignore[arg-type]  # it takes any function


class _Loader:
    """A magic of IPython, which this calls for every extension but zwsnb, once that is loaded."""

    def __init__(self, shell: InteractiveShell, ipythons: LineMagic) -> None:
        self.ipythons = ipythons
        self._shell = shell
        functools.update_wrapper(self, ipythons)

    def __call__(self, line: str) -> object:
        """Run the line."""
        if line.strip() != "zwsnb":
            return self.ipythons(line)
        load(self._shell)
        return None


def _after_cell(result: ExecutionResult | None) -> None:
    """Deliver what the cell has published."""
    api.publisher.flush(1.0)
    _tell(result)


def _tell(cell: object) -> None:
    """Say, once, what has happened to the service meanwhile."""
    del cell
    for sentence in untold.taken():
        print(sentence, file=sys.stderr)  # noqa: T201 - it stands below the cell


def magic(line: str) -> None:
    """Show plots of zwsnb, change them, or print its state; see `%zwsnb --help`."""
    from zwsnb.commands import magics  # its words take a while to import

    magics.run(line)


def _help() -> str:
    """Return all words of `%zwsnb`, and the options of a plot with their defaults."""
    from zwsnb.commands import magics

    return magics.help_text()


# What IPython shows for `%zwsnb?`.
vars(magic)["getdoc"] = _help
