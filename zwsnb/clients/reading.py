"""What a page is told that asks for the true values at an x."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.derived.face import face_of
from zwsnb.history.queries import nearest
from zwsnb.images.cell import cell_at

if TYPE_CHECKING:
    from zwsnb.clients.page_messages import Read
    from zwsnb.history.plots import Plot


def reading(plot: Plot, asked: Read) -> dict[str, object]:
    """Return the answer to `Read`: the point of each series whose x is nearest, and, where a y is
    asked for, the cell of the image there.
    """
    shown = face_of(plot).series.values()
    points = [point for series in shown if (point := nearest(series, asked.x)) is not None]
    answer: dict[str, object] = {"type": "read", "id": asked.number, "x": asked.x, "points": points}
    if asked.y is not None:
        answer |= {"y": asked.y, "cell": cell_at(plot.image, asked.x, asked.y)}
    return answer
