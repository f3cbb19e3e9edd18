"""What a front end is shown that does not run what an output brings: nobody asks there whose the
port is, so it has a frame only where another program that has the port would be kept apart.
"""

from __future__ import annotations

import sys

from zwsnb import api
from zwsnb.display.embed import iframe, link
from zwsnb.display.front_end import only_looks
from zwsnb.notebook.service_plots import height_of


def takes_widget(plot: str, front_end: str | None) -> bool:
    """Return whether a plot is shown as its widget, in place of a frame: VS Code and marimo show
    one.
    """
    has_widgets = front_end == "frame" or (front_end is None and _is_marimo())
    return has_widgets and not api.service().embedding(plot).ways.is_apart


def html(plot: str, height: int) -> str:
    """Return a frame with a plot, or the link to its page; readers only look there."""
    page = api.service().embedding(plot, claims=not only_looks(sys.modules))
    return iframe(page, height_of(plot, height)) if page.ways.is_apart else link(page)


def _is_marimo() -> bool:
    """Return whether a notebook of marimo's runs here; to import marimo is not to be in one."""
    marimo = sys.modules.get("marimo")
    return bool(getattr(marimo, "running_in_notebook", lambda: False)())
