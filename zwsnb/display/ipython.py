"""Showing something below a cell by IPython's display system."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from IPython.core.getipython import get_ipython
from IPython.display import display

from zwsnb.display import place
from zwsnb.display.picture import Output


def is_terminal() -> bool:
    """Return whether IPython runs here and shows text only."""
    formatter = getattr(get_ipython(), "display_formatter", None)
    return formatter is not None and bool(formatter.active_types == ["text/plain"])


def runs_javascript() -> bool:
    """Return whether what is shown here is rendered by a front end of Jupyter's own, which runs
    application/javascript: JupyterLab, Notebook, Voila, and a kernel that nobody looks at.

    VS Code, which has its kernels' cells named so, is shown a frame.
    """
    shell = get_ipython()
    if shell is None or is_terminal() or "__vsc_ipynb_file__" in shell.user_ns:
        return False
    return not place.cell().startswith("vscode-")


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


def after_cells(call: Callable[[object], None]) -> None:
    """Have a function called at the end of each cell, with its result; of several times once."""
    if (shell := get_ipython()) is not None:
        shell.events.register("post_run_cell", call)


def no_more_after_cells(call: Callable[[object], None]) -> None:
    """Take back `after_cells`."""
    if (shell := get_ipython()) is not None:
        with contextlib.suppress(ValueError):
            shell.events.unregister("post_run_cell", call)


def is_unattended() -> bool:
    """Return whether the running cell was sent by a program that takes no input, as nbclient does
    for papermill and nbconvert: nobody looks, and what comes after the last cell is lost.
    """
    request: object = getattr(get_ipython(), "get_parent", dict)()
    content = request.get("content") if isinstance(request, dict) else None
    return isinstance(content, dict) and content.get("allow_stdin") is False
