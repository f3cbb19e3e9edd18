"""Showing something below a cell by IPython's display system."""

from __future__ import annotations

from IPython.core.getipython import get_ipython
from IPython.display import display

from zwsnb.display import place


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


def show_picture(svg: str, text: str) -> None:
    """Show an SVG document below the cell, and `text` where there are no pictures."""
    display({"image/svg+xml": svg, "text/plain": text}, raw=True)  # type: ignore[no-untyped-call]
