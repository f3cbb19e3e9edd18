"""A plot as one page, made by the relay that has its points."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from zwsnb.saved.contents import contents_of
from zwsnb.saved.document import document
from zwsnb.server.static_files import saved_parts
from zwsnb.turns.turns import last_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from zwsnb.history.plots import Plot


def saved_page(plot: Plot, party: Hashable) -> bytes:
    """Return `plot` as it is now, as an HTML document. It takes seconds where there are millions of
    points, so call it in a greenlet: it lets the others run. party: whose turns it takes.

    Raises:
        FileNotFoundError: the page has not been built.
    """
    parts = saved_parts()
    contents = last_of(party, contents_of(plot, time.time()))
    return document(parts, contents, plot.options["title"] or plot.name).encode()
