"""Showing something below a cell by IPython's display system."""

from __future__ import annotations

import contextlib
import math
import os
import sys
import time
from collections.abc import Callable

from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.getipython import get_ipython
from IPython.display import display

from zwsnb.display import place
from zwsnb.display.front_end import FrontEnd, front_end_of
from zwsnb.display.picture import Output
from zwsnb.display.unseen import Cell


def is_terminal() -> bool:
    """Return whether IPython runs here and shows text only."""
    formatter = getattr(get_ipython(), "display_formatter", None)
    return formatter is not None and bool(formatter.active_types == ["text/plain"])


def front_end() -> FrontEnd | None:
    """Return how plots are shown by whatever shows what this kernel does; None outside a notebook.

    A kernel that nobody looks at is taken for one of JupyterLab, Notebook or Voila.
    """
    shell = get_ipython()
    if shell is None or is_terminal():
        return None
    return front_end_of(place.cell(), shell.user_ns, sys.modules, os.environ)


def show(shown: object) -> None:
    """Show an object below the cell, in the richest form that its reader can render."""
    display(shown)  # type: ignore[no-untyped-call]


def is_notebook() -> bool:
    """Return whether IPython runs here and shows more than text."""
    return get_ipython() is not None and not is_terminal()


def show_output(output: Output, display_id: str = "", *, update: bool = False) -> None:
    """Show an output below the cell, or update those of its display_id, wherever they are."""
    display(  # type: ignore[no-untyped-call]
        output.data,
        metadata=output.metadata,
        raw=True,
        display_id=display_id or None,
        update=update,
    )


def before_cells(call: Callable[[object], None]) -> None:
    """Have a function called at the begin of each cell, with what is known of it; of several times
    once.
    """
    if (shell := get_ipython()) is not None:
        shell.events.register("pre_run_cell", call)


def after_cells(call: Callable[[object], None]) -> None:
    """Have a function called at the end of each cell, with its result; of several times once."""
    if (shell := get_ipython()) is not None:
        shell.events.register("post_run_cell", call)


def no_more_before_cells(call: Callable[[object], None]) -> None:
    """Take back `before_cells`."""
    _unregister("pre_run_cell", call)


def no_more_after_cells(call: Callable[[object], None]) -> None:
    """Take back `after_cells`."""
    _unregister("post_run_cell", call)


def _unregister(event: str, call: Callable[[object], None]) -> None:
    if (shell := get_ipython()) is not None:
        with contextlib.suppress(ValueError):
            shell.events.unregister(event, call)


def when_sent(hook: Callable[[object], object]) -> None:
    """Have a function see each message by which this thread shows something, or clears what it has
    shown; it returns the message. Of several times once; nothing outside a kernel.
    """
    no_more_when_sent(hook)
    getattr(_publisher(), "register_hook", lambda _: None)(hook)


def no_more_when_sent(hook: Callable[[object], object]) -> None:
    """Take back `when_sent`."""
    getattr(_publisher(), "unregister_hook", lambda _: None)(hook)


def _publisher() -> object:
    return getattr(get_ipython(), "display_pub", None)


def is_clearing(message: object) -> bool:
    """Return whether a message clears the output of a cell, as `clear_output` sends it."""
    header = message.get("header") if isinstance(message, dict) else None
    return isinstance(header, dict) and header.get("msg_type") == "clear_output"


def has_number(cell: object) -> bool:
    """Return whether a cell is the user's, as `before_cells` tells of it: what a tool runs behind
    the user's back has no number.
    """
    return bool(getattr(cell, "store_history", False))


def is_in_cell() -> bool:
    """Return whether a cell runs: IPython has a result for as long as one does."""
    shell = get_ipython()
    return shell is not None and shell.displayhook.exec_result is not None


def is_captured() -> bool:
    """Return whether what is shown now is kept from the notebook, as `%%capture` does."""
    return isinstance(_publisher(), CapturingDisplayPublisher)


def cell() -> Cell:
    """Return the cell that runs."""
    return Cell(place.cell(), page())


def page() -> str:
    """Return by what the page of a notebook that has sent the running cell is told from others: a
    page that is loaded anew is another one. Empty where nothing tells.
    """
    request: object = getattr(get_ipython(), "get_parent", dict)()
    header = request.get("header") if isinstance(request, dict) else None
    return str(header.get("session") or "") if isinstance(header, dict) else ""


class CellWatch:
    """Knows whether a cell runs, for any thread: then a kernel may not hear what widgets say."""

    def __init__(self) -> None:
        self._since = math.inf
        if (shell := get_ipython()) is not None:
            if not is_in_cell():
                self._since = time.monotonic()
            shell.events.register("pre_run_cell", self._begins)
            shell.events.register("post_run_cell", self._ends)

    def hears_since(self) -> float:
        """Return since when no cell runs, in the seconds of `time.monotonic`; infinity while one
        does, and outside IPython, where nothing tells.
        """
        return self._since

    def _begins(self, info: object) -> None:
        del info
        self._since = math.inf

    def _ends(self, result: object) -> None:
        del result
        self._since = time.monotonic()


def is_unattended() -> bool:
    """Return whether the running cell was sent by a program that takes no input, as nbclient does
    for papermill and nbconvert: nobody looks, and what comes after the last cell is lost.
    """
    request: object = getattr(get_ipython(), "get_parent", dict)()
    content = request.get("content") if isinstance(request, dict) else None
    return isinstance(content, dict) and content.get("allow_stdin") is False
