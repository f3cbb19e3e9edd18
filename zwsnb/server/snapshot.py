"""A picture of a plot, made by the relay that has its points."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zwsnb.painting.rows import has_rows_only, rows_svg
from zwsnb.snapshot.render import rendering
from zwsnb.turns.turns import last_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from zwsnb.history.plots import Plot


def snapshot(plot: Plot, party: Hashable, *, dated: bool = False) -> str:
    """Return a picture of `plot` as it is now, an SVG document. Of a curve of millions of points it
    takes a second, so call it in a greenlet: it lets the others run. party: whose turns it takes.
    dated: it says when that was.
    """
    date = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}" if dated else ""
    if has_rows_only(plot):
        return rows_svg(plot, date)
    return last_of(party, rendering(plot, date))
