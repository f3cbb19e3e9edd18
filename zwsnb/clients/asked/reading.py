"""What a page is told that asks for the true values at an x."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zwsnb.clients.asked.answering import Answering
from zwsnb.derived.face import face_of
from zwsnb.history.queries import nearest
from zwsnb.images.cell import cell_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwsnb.clients.page_messages import Read
    from zwsnb.history.plots import Plot


def reader_of(
    plot: Plot, send_json: Callable[[dict[str, Any]], object], party: object
) -> Answering[Read]:
    """Return what reads for one page; party: whose turns it takes."""
    return Answering(send_json, lambda asked: reading(plot, asked), party)


def reading(plot: Plot, asked: Read) -> Iterator[dict[str, Any] | None]:
    """Yield None after each series, and at last the answer to `Read`: the point of each series
    whose x is nearest, and, where a y is asked for, the cell of the image there.
    """
    points = []
    for series in list(face_of(plot).series.values()):
        if (point := nearest(series, asked.x)) is not None:
            points.append(point)
        yield None
    answer: dict[str, Any] = {"type": "read", "id": asked.number, "x": asked.x, "points": points}
    if asked.y is not None:
        answer |= {"y": asked.y, "cell": cell_at(plot.image, asked.x, asked.y)}
    yield answer
