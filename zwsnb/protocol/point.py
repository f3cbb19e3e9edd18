"""Points of plain producers, as JSON.  [no I/O]"""

from __future__ import annotations

from dataclasses import dataclass

from zwsnb.protocol.messages import (
    MAX_JSON,
    InvalidMessage,
    JsonObject,
    finite_number,
    json_object,
)
from zwsnb.protocol.names import check_name


@dataclass(slots=True, frozen=True)
class Point:
    """One point of a plain producer; None where it names no series or plot."""

    x: float
    y: float
    series: str | None
    plot: str | None


def decode_point(message: bytes) -> Point:
    """Return the point in `message`, the JSON object ``{"x": .., "y": ..}`` with an optional
    "series" and "plot".

    Raises:
        InvalidMessage: it is no point; ``kind`` is one of the table in docs/protocol.md.
    """
    if len(message) > MAX_JSON:
        raise InvalidMessage("too large", f"{len(message)} bytes; a point has at most {MAX_JSON}")
    point = json_object(message)
    if "x" not in point or "y" not in point:
        raise InvalidMessage("not a point", 'a point has "x" and "y"')
    return Point(
        finite_number(point, "x"),
        finite_number(point, "y"),
        _optional_name(point, "series"),
        _optional_name(point, "plot"),
    )


def _optional_name(point: JsonObject, key: str) -> str | None:
    if point.get(key) is None:
        return None
    try:
        return check_name(point[key], key)
    except (TypeError, ValueError) as error:
        raise InvalidMessage("bad name", str(error)) from error
