"""What a page sends: JSON text becomes a typed message, or is refused; and what it is told of a
plot.

Whatever is wrong with a message is found here, before anything is done with it; what fails after
that is an error of zwsnb itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zwsnb.protocol.messages import InvalidMessage, finite_number
from zwsnb.protocol.names import check_name
from zwsnb.view.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series

BAD: Final = "bad page message"
UNKNOWN: Final = "unknown page message"
"""Kinds under which the relay counts what it refuses."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a page may do, and the way that it has come."""

    edits: bool = True  # rename and remove series
    editor: str | None = None  # the ticket that does, for a page that has claimed it
    through: str = ""  # the Host of a proxy; empty: directly

    def in_hello(self) -> dict[str, object]:
        """Return the members that tell the page."""
        return {"edits": self.edits} | ({"editor": self.editor} if self.editor else {})


ALL: Final = Rights()
"""Those of a page that has the token."""


@dataclass(frozen=True, slots=True)
class Ack:
    """The page has painted everything up to patch number `patch`."""

    patch: int


@dataclass(frozen=True, slots=True)
class LookAt:
    """The page looks at `viewport`; while `paused` it wants no points."""

    viewport: Viewport
    paused: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The page's clock showed `sent` seconds: what does the relay's show?"""

    sent: float


@dataclass(frozen=True, slots=True)
class Read:
    """Which points are nearest to `x`? `number` comes back with the answer."""

    number: int
    x: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What are the statistics of the points from `lo` to `hi`? `number` comes back with the
    answer.
    """

    number: int
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Rename:
    """The user calls the series of that number `to` from now on."""

    number: int
    to: str


@dataclass(frozen=True, slots=True)
class Remove:
    """The user wants the series of that number, and its points, to be forgotten."""

    number: int


PageMessage = Ack | LookAt | Clock | Read | Measure | Rename | Remove


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
    return Read(_integer(members, "id"), _number(members, "x"))


def _measure(members: dict[str, Any]) -> Measure:
    return Measure(_integer(members, "id"), _number(members, "from"), _number(members, "to"))


def _rename(members: dict[str, Any]) -> Rename:
    try:
        return Rename(_integer(members, "id"), check_name(members.get("to"), "to"))
    except (TypeError, ValueError) as error:
        raise InvalidMessage("not a name", str(error)) from error


def _remove(members: dict[str, Any]) -> Remove:
    return Remove(_integer(members, "id"))


_PARSERS: Final[dict[str, Callable[[dict[str, Any]], PageMessage]]] = {
    "ack": _ack,
    "view": _look_at,
    "clock": _clock,
    "read": _read,
    "measure": _measure,
    "rename": _rename,
    "remove": _remove,
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


def options_of(plot: Plot) -> dict[str, object]:
    """Return the options of a plot, and which of them are only guessed."""
    guessed = ["time"] if plot.clock.is_guess else []
    return {"options": plot.shown_options, "guessed": guessed}


def described(series: Series) -> dict[str, object]:
    """Return what a page has to know of a series, and of which run of what it is."""
    return {
        "id": series.ident,
        "name": series.name,
        "of": series.of,
        "run": series.run,
        "number": series.number,
        "cell": series.cell,
    }
