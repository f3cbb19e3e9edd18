"""What all messages have in common: the version, the close codes, and how one is refused.  [no
I/O]

A message of a peer that is not what it should be raises `InvalidMessage`, whose ``kind`` is what
the relay counts; a caller's own mistake is a ValueError or TypeError.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from zwsnb.kinds.words import kind_of
from zwsnb.protocol.names import check_name

JsonObject: TypeAlias = dict[str, object]
"""A JSON object whose members have not been checked."""

VERSION: Final = 2
MAX_JSON: Final = 64 * 1024

MAX_PAGE_TEXT: Final = 128 * 1024
"""Bytes of a message of a page: a picture is in it."""

MAX_TEXT: Final = 512
"""Characters of a bar's text."""

OTHER_VERSION: Final = 4002
"""Close code of ours: the page is of another version."""

ENDED: Final = 4000
"""Close code of ours: the service stops, or the plot was closed."""

POLICY_VIOLATION: Final = 1008
"""Close code of RFC 6455, for a request that cannot be served."""

TOO_BIG: Final = 1009
"""Close code of RFC 6455, for a message that is too long."""


class InvalidMessage(Exception):
    """A peer's message was not what it should be; ``kind`` names the counter it goes to, ``plot``
    the plot that it is about, or nothing where it has said none. ``points``: so many of its points
    are refused, where that is not all of them.
    """

    def __init__(self, kind: str, why: str, plot: str = "") -> None:
        super().__init__(f"{kind}: {why}")
        self.kind = kind
        self.plot = plot
        self.points: int | None = None


MAX_BARS: Final = 4


class Bar(NamedTuple):
    """How far a loop is, in words, and as a part of 1; None where that is not known."""

    text: str
    part: float | None


class Progress(NamedTuple):
    """Show how far the loops of a plot are, the outermost first."""

    plot: str
    bars: tuple[Bar, ...]

    def members(self) -> JsonObject:
        """Return its members in a batch."""
        return {"bars": [bar._asdict() for bar in self.bars]}


def progress_in(plot: str, members: JsonObject) -> Progress:
    """Return the progress in an object, of a few bars at most.

    Raises:
        TypeError, KeyError, InvalidMessage: they are none.
    """
    bars = members["bars"]
    if not isinstance(bars, list) or not all(isinstance(bar, dict) for bar in bars):
        raise TypeError("bars is no list of objects")
    return Progress(plot, tuple(_bar_in(bar) for bar in bars[:MAX_BARS]))


def _bar_in(bar: JsonObject) -> Bar:
    part = None if bar["part"] is None else min(max(0.0, finite_number(bar, "part")), 1.0)
    return Bar(str(bar["text"])[:MAX_TEXT], part)


class Declare(NamedTuple):
    """Put a control on a plot, in the place of one of that name; or take it away, where nothing is
    said of it.
    """

    plot: str
    name: str
    control: Mapping[str, object] | None

    def members(self) -> JsonObject:
        """Return its members in a batch."""
        return dict(self.control or {"name": self.name})


class Listen(NamedTuple):
    """Tell a program what happens on a plot, in the place of what it was told by that name; or no
    more of it, where nothing is said.
    """

    plot: str
    name: str
    watch: Mapping[str, object] | None

    def members(self) -> JsonObject:
        """Return its members in a batch."""
        return dict(self.watch or {"name": self.name})


def declaration_in(plot: str, members: JsonObject) -> Declare:
    """Return the declaration in an object; what it says of its control is not looked at.

    Raises:
        TypeError, ValueError: it has no name.
    """
    name = check_name(members.get("name"), "the name of a control")
    return Declare(plot, name, members if "kind" in members else None)


def watch_in(plot: str, members: JsonObject) -> Listen:
    """Return what a program wants to be told of, as `declaration_in`."""
    name = check_name(members.get("name"), "the name of a watch")
    return Listen(plot, name, members if "kind" in members else None)


def json_object(message: bytes) -> JsonObject:
    """Return the JSON object in `message`.

    Raises:
        InvalidMessage: it is no JSON, or no object.
    """
    try:
        value = json.loads(message.decode())
    except (ValueError, RecursionError) as error:
        raise InvalidMessage("not JSON", str(error)[:100]) from error
    if not isinstance(value, dict):
        raise InvalidMessage("not a point", f"JSON, but {kind_of(value)} and no object")
    return value


def json_text(message: object) -> str:
    """Return a message as JSON, in which a number that JSON has not, NaN or an infinite one, is
    null: a page could not read the text, and would end the connection.
    """
    try:
        return json.dumps(message, allow_nan=False)
    except ValueError:
        return json.dumps(_readable(message), allow_nan=False)


def _readable(value: object) -> object:
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {key: _readable(its) for key, its in value.items()}
        case list() | tuple():
            return [_readable(its) for its in value]
        case _:
            return value


def finite_number(members: Mapping[str, object], key: str) -> float:
    """Return the number at `key`.

    Raises:
        InvalidMessage: it is no number, or not finite.
    """
    value = members[key]
    if type(value) is not float and type(value) is not int:
        raise InvalidMessage("not a number", f"{key} is {kind_of(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise InvalidMessage("not finite", f"{key} is {number}")
    return number


def origin_in(members: Mapping[str, object]) -> int:
    """Return from where x are counted; 0 where it is not said.

    Raises:
        ValueError: it is no whole number of a size that there is.
    """
    value = members.get("origin", 0)
    if type(value) is not int or abs(value) >= 2**64:
        raise ValueError(f"origin is {value!r:.40}")
    return value


def seconds_in(value: object) -> float:
    """Return a number, which may be NaN.

    Raises:
        TypeError: it is none.
    """
    if type(value) is not float and type(value) is not int:
        raise TypeError(f"t is {kind_of(value)}")
    return float(value)
