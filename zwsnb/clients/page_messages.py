"""What a page sends: JSON text becomes a typed message, or is refused; and what it is told of a
plot.

Whatever is wrong with a message is found here, before anything is done with it; what fails after
that is an error of zwsnb itself.
"""

from __future__ import annotations

import base64
import json
import math
import secrets
import struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from zwsnb._version import __version__
from zwsnb.derived.face import face_of
from zwsnb.display.picture import MOST_BYTES, Drawing
from zwsnb.protocol.messages import VERSION, InvalidMessage, finite_number
from zwsnb.protocol.names import check_name
from zwsnb.view.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zwsnb.history.plots import Plot

SERVICE: Final = secrets.token_hex(8)
"""By this pages know that their plots are of one relay; it opens nothing."""

BAD: Final = "bad page message"
UNKNOWN: Final = "unknown page message"
"""Kinds under which the relay counts what it refuses."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_WIDEST: Final = 10_000  # pixels of a drawing
_IHDR: Final = struct.Struct(">16x2I")  # its own width and height
_MOST_PIXELS: Final = 50_000_000  # what a few bytes unpack to may be more than a reader's memory


class Rights(NamedTuple):
    """What a page may do, and the way that it has come."""

    edits: bool = True  # rename and remove series, and steer by controls
    editor: str | None = None  # the ticket that does, for a page that has claimed it
    through: str = ""  # the Host of a proxy; empty: directly
    again: Mapping[str, str] | None = None  # what it asks before it brings its key again

    def in_hello(self) -> dict[str, object]:
        """Return the members that tell the page."""
        told = {"editor": self.editor, "again": self.again}
        return {"edits": self.edits} | {key: its for key, its in told.items() if its}


ALL: Final = Rights()
"""Those of a page that has the token."""


class Ack(NamedTuple):
    """The page has painted everything up to patch number `patch`."""

    patch: int


class LookAt(NamedTuple):
    """The page looks at `viewport`; while `paused` it wants no points."""

    viewport: Viewport
    paused: bool


class Clock(NamedTuple):
    """The page's clock showed `sent` seconds: what does the relay's show?"""

    sent: float


class Read(NamedTuple):
    """Which points are nearest to `x`, and which cell of the image is there at `y`, if one is said?
    `number` comes back with the answer.
    """

    number: int
    x: float
    y: float | None = None


class Measure(NamedTuple):
    """What are the statistics of the points from `lo` to `hi`? `number` comes back with the
    answer. is_selected: a reader has just selected that range.
    """

    number: int
    lo: float
    hi: float
    is_selected: bool = False


class Click(NamedTuple):
    """The user has clicked at x, y; point: one of a series, by its number, that is near, x and y as
    they are drawn.
    """

    x: float
    y: float
    series: int | None = None
    point: tuple[float, float] | None = None


class Rename(NamedTuple):
    """The user calls the series of that number `to` from now on."""

    number: int
    to: str


class Remove(NamedTuple):
    """The user wants the series of that number, and its points, to be forgotten."""

    number: int


class Smooth(NamedTuple):
    """The user wants the series of that number to be smoothed by that weight; 0: no more."""

    number: int
    weight: float


class Steer(NamedTuple):
    """The user has given a control that value; a button none. is_released: and has let it go."""

    name: str
    value: object
    is_released: bool


class SetTrigger(NamedTuple):
    """The user changes the trigger of the plot: what is said of it, as in its options."""

    said: dict[str, Any]


class Pong(NamedTuple):
    """The page has heard a ping, and has painted everything up to patch number `patch`; only one
    behind a comm is sent any.
    """

    patch: int


class Drawn(NamedTuple):
    """What the page was asked to draw, by that number; None where it could not."""

    number: int
    drawing: Drawing | None


PageMessage = (
    Ack
    | LookAt
    | Clock
    | Read
    | Measure
    | Click
    | Rename
    | Remove
    | Smooth
    | Steer
    | SetTrigger
    | Pong
    | Drawn
)


def parse(text: str | bytes) -> PageMessage:
    """Return the message in `text`.

    Raises:
        InvalidMessage: it is no JSON object, lacks a member, or has one of the wrong type (`BAD`);
            or its type is none that this version knows (`UNKNOWN`).
    """
    try:
        members = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidMessage(BAD, f"not JSON: {str(error)[:100]}") from error
    if not isinstance(members, dict) or "type" not in members:
        raise InvalidMessage(BAD, "no object with a type")
    kind = members["type"]
    parser = _PARSERS.get(kind) if isinstance(kind, str) else None
    if parser is None:
        raise InvalidMessage(UNKNOWN, f"type {kind!r:.100}")
    try:
        return parser(members)
    except InvalidMessage as error:
        raise InvalidMessage(BAD, str(error)[:100]) from error


def _ack(members: dict[str, Any]) -> Ack:
    return Ack(_integer(members, "patch"))


def _look_at(members: dict[str, Any]) -> LookAt:
    return LookAt(Viewport.of(members), members.get("paused") is True)


def _clock(members: dict[str, Any]) -> Clock:
    return Clock(_number(members, "sent"))


def _read(members: dict[str, Any]) -> Read:
    y = _number(members, "y") if "y" in members else None
    return Read(_integer(members, "id"), _number(members, "x"), y)


def _measure(members: dict[str, Any]) -> Measure:
    lo, hi = _number(members, "from"), _number(members, "to")
    return Measure(_integer(members, "id"), lo, hi, members.get("selected") is True)


def _click(members: dict[str, Any]) -> Click:
    at, point = (_number(members, "x"), _number(members, "y")), members.get("point")
    if point is None:
        return Click(*at)
    if not isinstance(point, dict):
        raise InvalidMessage("not a point", f"{point!r:.100}")
    return Click(*at, _integer(point, "id"), (_number(point, "x"), _number(point, "y")))


def _rename(members: dict[str, Any]) -> Rename:
    try:
        return Rename(_integer(members, "id"), check_name(members.get("to"), "to"))
    except (TypeError, ValueError) as error:
        raise InvalidMessage("not a name", str(error)) from error


def _remove(members: dict[str, Any]) -> Remove:
    return Remove(_integer(members, "id"))


def _smooth(members: dict[str, Any]) -> Smooth:
    return Smooth(_integer(members, "id"), _number(members, "weight"))


def _steer(members: dict[str, Any]) -> Steer:
    try:
        name = check_name(members.get("name"), "name")
    except (TypeError, ValueError) as error:
        raise InvalidMessage("not a name", str(error)) from error
    return Steer(name, members.get("value"), members.get("released") is not False)


def _set_trigger(members: dict[str, Any]) -> SetTrigger:
    said = members.get("trigger")
    # JSON has null for NaN too: from a page it is a mistake, and nothing is taken back.
    if not isinstance(said, dict) or not said or None in said.values():
        raise InvalidMessage("not a trigger", f"{said!r:.100}")
    return SetTrigger(said)


def _pong(members: dict[str, Any]) -> Pong:
    return Pong(_integer(members, "patch") if "patch" in members else 0)


def _drawn(members: dict[str, Any]) -> Drawn:
    number, png = _integer(members, "id"), members.get("png")
    if png is None:
        return Drawn(number, None)
    _check_png(png)
    size = [_number(members, key) for key in ("width", "height")]
    if not all(1 <= each <= _WIDEST for each in size):
        raise InvalidMessage("not a size", f"{size[0]:g} x {size[1]:g}")
    return Drawn(number, Drawing(png, *size))


def _check_png(png: object) -> None:
    """Raise InvalidMessage for what is no PNG in base64, or too large to be kept."""
    if not isinstance(png, str) or len(png) > MOST_BYTES:
        raise InvalidMessage("not a PNG", f"no text of at most {MOST_BYTES} characters")
    try:
        content = base64.b64decode(png, validate=True)
    except ValueError as error:
        raise InvalidMessage("not a PNG", str(error)) from error
    if not content.startswith(_PNG) or len(content) < _IHDR.size:
        raise InvalidMessage("not a PNG", f"{content[:8]!r}")
    if not 0 < math.prod(_IHDR.unpack_from(content)) <= _MOST_PIXELS:
        raise InvalidMessage("not a PNG", "empty, or too many pixels")


_PARSERS: Final[dict[str, Callable[[dict[str, Any]], PageMessage]]] = {
    "ack": _ack,
    "view": _look_at,
    "clock": _clock,
    "read": _read,
    "measure": _measure,
    "click": _click,
    "rename": _rename,
    "remove": _remove,
    "smooth": _smooth,
    "steer": _steer,
    "trigger": _set_trigger,
    "pong": _pong,
    "picture": _drawn,
}


def _integer(members: dict[str, Any], key: str) -> int:
    value = members.get(key)
    if type(value) is not int:
        raise InvalidMessage("not an integer", f"{key} is {value!r:.100}")
    return value


def _number(members: dict[str, Any], key: str) -> float:
    if key not in members:
        raise InvalidMessage("not a number", f"there is no {key}")
    return finite_number(members, key)


def greeting(plot: Plot, rights: Rights, clock: float) -> dict[str, object]:
    """Return the first message to a page; clock: the time now."""
    hello = {"type": "hello", "version": VERSION, "plot": plot.name, "zwsnb": __version__}
    hello |= {"service": SERVICE, "clock": clock}
    return hello | options_of(plot) | rights.in_hello()


def options_of(plot: Plot) -> dict[str, object]:
    """Return the options of a plot, which of them are guessed, and from where its x count."""
    shown = face_of(plot)
    guessed = ["time"] if shown.clock.is_guess else []
    style = {} if shown is plot else {"style": plot.options["style"]}
    options = {**shown.shown_options, **shown.options_in_x, **style}
    return {"options": options, "guessed": guessed, "origin": shown.origin}
