"""Batches, from a producer to the relay, as bytes: points of one series, rows of an image,
or a command about a plot.  [no I/O]

What a batch carries is a value of one class for each kind: `Points`, `Rows`, or a command. The
envelope, `Batch`, numbers it when a producer takes the body out of its queue. The layout, with
examples in bytes, is in ``docs/protocol.md``; this module is its only implementation.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from zwsnb.kinds.arrays import Column
from zwsnb.kinds.words import kind_of
from zwsnb.protocol import marks
from zwsnb.protocol.derivation import Derive, ShowSpectrum, derive_of, spectrum_of
from zwsnb.protocol.images import rows
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.messages import (
    MAX_JSON,
    VERSION,
    Declare,
    InvalidMessage,
    JsonObject,
    Listen,
    Progress,
    declaration_in,
    finite_number,
    json_object,
    origin_in,
    progress_in,
    seconds_in,
    watch_in,
)
from zwsnb.protocol.names import MAX_NAME, check_name

MAX_COLUMN: Final = 4 * 1024 * 1024
"""Bytes of a column at most."""

MAX_BATCH_POINTS: Final = MAX_COLUMN // 8

Frame: TypeAlias = bytes | memoryview
"""One frame of a ZeroMQ message."""


# All are tuples, which are made in less than half the time; and so are their classes.
class Points(NamedTuple):
    """Points of one series, one after the other.

    x, y: shape (n,), of one length. is_time: x are times, in seconds since 1970. published: when
    the oldest of the points was published, in seconds since 1970; NaN where nobody knows. run: the
    name of the run for which they were published, or empty. origin: what x are counted from, a
    whole number in their unit: added to them, it may cost a double their last digits. marks: shape
    (2, n), the colour and the size of each, if they are of a scatter.
    """

    plot: str
    series: str
    x: Column
    y: Column
    is_time: bool = False
    published: float = math.nan
    run: str = ""
    origin: int = 0
    marks: Column | None = None


class SetOptions(NamedTuple):
    """Change options of a plot: those that `zwsnb.Plot` takes. is_whole: all others are at their
    defaults again. is_proposal: they hold where nobody says others.
    """

    plot: str
    options: Mapping[str, object]
    is_whole: bool = False
    is_proposal: bool = False


class Clear(NamedTuple):
    """Forget the points and marks of a plot, or the points of one published name."""

    plot: str
    series: str = ""


class Remove(NamedTuple):
    """Forget a series, past run or not, and its points."""

    plot: str
    series: str


class Rename(NamedTuple):
    """Give a series, past run or not, the name `to`."""

    plot: str
    series: str
    to: str


class Close(NamedTuple):
    """Forget a plot, and end the connections of its pages."""

    plot: str


class Mark(NamedTuple):
    """Put an annotation on a plot, at `x`, as an x of `Points`."""

    plot: str
    x: float
    text: str
    is_time: bool = False
    origin: int = 0


Others: TypeAlias = Progress | Declare | Listen | Derive | ShowSpectrum
Command: TypeAlias = SetOptions | Clear | Remove | Rename | Close | Mark | Others
Body: TypeAlias = Points | Rows | Command


def forgets_points(command: Command) -> bool:
    """True when a command leaves no points of its plot, so that the next ones may be of another
    kind.
    """
    return isinstance(command, Close) or (isinstance(command, Clear) and not command.series)


def size_of(body: Body) -> int:
    """Return how many points, or rows of an image, there are in `body`."""
    return len(body.x) if isinstance(body, Points | Rows) else 0


class Batch(NamedTuple):
    """One message of one producer.

    producer: its own name. number: 0, 1, 2, ... over all bodies. points_before: points that it had
    accepted before this batch, dropped ones included. dropped: points that it has dropped so far.
    """

    producer: str
    number: int
    points_before: int
    dropped: int
    body: Body


# -- to bytes --------------------------------------------------------------------------------------


def encode_batch(batch: Batch, token: str) -> list[Frame]:
    """Return the frames of `batch`; the columns are views, not copies.

    Raises:
        ValueError: its columns are not of one length, or do not fit into one message.
    """
    body = batch.body
    header: JsonObject = {
        "v": VERSION,
        "token": token,
        "producer": batch.producer,
        "batch": batch.number,
        "points": batch.points_before,
        "dropped": batch.dropped,
        "kind": _KINDS[type(body)],
        "plot": body.plot,
    }
    if isinstance(body, SetOptions):
        header |= {"whole": True} if body.is_whole else {}
        header |= {"proposal": True} if body.is_proposal else {}
    if isinstance(body, Rows):
        more, arrays = rows.encoded(body)
        return [json.dumps(header | more).encode(), *arrays]
    if not isinstance(body, Points):
        return [json.dumps(header | {"options": _members_of(body)}).encode()]
    header |= {"series": body.series, "time": body.is_time, "t": body.published}
    if body.run:
        header["run"] = body.run
    if body.origin:
        header["origin"] = body.origin
    _check_columns(body)
    beside = marks.frames_of(body.marks, len(body.x))
    return [json.dumps(header).encode(), _bytes_of(body.x), _bytes_of(body.y), *beside]


def _members_of(command: Command) -> JsonObject:
    """Return what the member "options" of a command holds."""
    if isinstance(command, SetOptions):
        return dict(command.options)
    if isinstance(command, Mark):
        more = {"time": command.is_time, "origin": command.origin}
        return {"x": command.x, "text": command.text, **{k: v for k, v in more.items() if v}}
    if isinstance(command, Others):
        return command.members()
    names = {key: getattr(command, key, "") for key in ("series", "to")}
    return {key: name for key, name in names.items() if name}


def _check_columns(points: Points) -> None:
    """Raise ValueError unless the columns are of one length and fit into one message."""
    if points.x.shape != points.y.shape:
        raise ValueError("a batch of points has two columns of one length")
    if points.x.size > MAX_BATCH_POINTS:
        raise ValueError(
            f"a batch has {points.x.size} points; at most {MAX_BATCH_POINTS} fit into a message"
        )


def _bytes_of(column: Column) -> memoryview:
    return np.ascontiguousarray(column, dtype="<f8").data.cast("B")


# -- from bytes ------------------------------------------------------------------------------------


def header_in(frames: Sequence[Frame]) -> JsonObject:
    """Return the header of a message: a JSON object, of this version.

    Raises:
        InvalidMessage: it has none.
    """
    if not frames or len(frames[0]) > MAX_JSON:
        raise InvalidMessage("too large", "the header of a batch has at most 64 KiB")
    header = json_object(bytes(frames[0]))
    if header.get("v") != VERSION:
        raise InvalidMessage(
            "other version", f"batch of version {header.get('v')!r}, relay of version {VERSION}"
        )
    return header


def body_in(header: JsonObject, frames: Sequence[Frame]) -> Body:
    """Return the body of a batch, of which `header` is in the first of `frames`.

    Raises:
        InvalidMessage: it has none; nothing of it was taken.
    """
    try:
        return _body_of(header, frames)
    except InvalidMessage as refusal:
        refusal.plot = plot_in(header)
        raise
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InvalidMessage("not a batch", str(error), plot_in(header)) from error


def plot_in(header: JsonObject) -> str:
    """Return the plot that a header is about, or nothing where it names none."""
    plot = header.get("plot")
    return plot if isinstance(plot, str) else ""


def _body_of(header: JsonObject, frames: Sequence[Frame]) -> Body:
    kind, plot = header.get("kind", "points"), check_name(header["plot"], "plot")
    if kind == "points":
        return _points_of(plot, header, frames)
    if kind == rows.KIND:
        return rows.decoded(plot, header, frames)
    options = header.get("options", {})
    if not isinstance(options, dict):
        raise TypeError("options is no object")
    if kind == "options":
        is_whole, is_proposal = (header.get(key) is True for key in ("whole", "proposal"))
        return SetOptions(plot, options, is_whole, is_proposal)
    if not isinstance(kind, str) or kind not in _COMMANDS:
        raise ValueError(f"kind {kind!r}")
    return _COMMANDS[kind](plot, options)


def _points_of(plot: str, header: JsonObject, frames: Sequence[Frame]) -> Points:
    series, (x, y) = check_name(header["series"], "series"), _columns_of(frames)
    is_time, published = header.get("time") is True, seconds_in(header.get("t", math.nan))
    run = check_name(header["run"], "run") if "run" in header else ""
    its = marks.marks_in(frames)
    return Points(plot, series, x, y, is_time, published, run, origin_in(header), its)


def _mark_of(plot: str, options: JsonObject) -> Mark:
    text = options.get("text")
    if not isinstance(text, str):
        raise InvalidMessage("not a mark", f"its text is {kind_of(text)}")
    x, is_time = finite_number({"x": None, **options}, "x"), options.get("time") is True
    return Mark(plot, x, text[:MAX_NAME], is_time, origin_in(options))


def _clear_of(plot: str, options: JsonObject) -> Clear:
    return Clear(plot, check_name(options["series"], "series") if "series" in options else "")


def _remove_of(plot: str, options: JsonObject) -> Remove:
    return Remove(plot, check_name(options.get("series"), "series"))


def _rename_of(plot: str, options: JsonObject) -> Rename:
    return Rename(plot, *(check_name(options.get(key), key) for key in ("series", "to")))


def count_in(value: object) -> int:
    """Return a count of a header; ValueError where it is none."""
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(f"{value!r} is no count")
    return value


def _columns_of(frames: Sequence[Frame]) -> tuple[Column, Column]:
    if len(frames) not in (3, 4) or len(frames[1]) != len(frames[2]) or len(frames[1]) % 8:
        raise InvalidMessage(
            "not a batch", "two columns of float64 of one length follow the header"
        )
    if len(frames[1]) > MAX_COLUMN:
        raise InvalidMessage("too large", f"a column has at most {MAX_COLUMN} bytes")
    x, y = (np.frombuffer(frame, dtype="<f8") for frame in frames[1:3])
    if not np.isfinite(x).all() or np.isinf(y).any():
        raise InvalidMessage("not finite", "every x is a finite number, and every y one or NaN")
    return x, y


_KINDS: Final[Mapping[type[Body], str]] = {
    Points: "points",
    Rows: rows.KIND,
    SetOptions: "options",
    Clear: "clear",
    Remove: "remove",
    Rename: "rename",
    Close: "close",
    Mark: "mark",
    Progress: "progress",
    Declare: "control",
    Listen: "listen",
    Derive: "derive",
    ShowSpectrum: "spectrum",
}
_COMMANDS: Final[Mapping[str, Callable[[str, JsonObject], Command]]] = {
    "clear": _clear_of,
    "remove": _remove_of,
    "rename": _rename_of,
    "close": lambda plot, _: Close(plot),
    "mark": _mark_of,
    "progress": progress_in,
    "control": declaration_in,
    "listen": watch_in,
    "derive": derive_of,
    "spectrum": spectrum_of,
}
