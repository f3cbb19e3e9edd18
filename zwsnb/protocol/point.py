"""Points of plain programs, as JSON objects: the messages of producers over ZeroMQ, and lines of
`zwsnb pipe`.  [no I/O]

An object is ``{"x": .., "y": ..}``, with an optional "series" and "plot", or has its numbers by
name: ``{"step": 3, "train": {"loss": 0.5}}`` is a point of the series ``train/loss``. Null and NaN
are gaps. Which member is x, and what is left out, stands in docs/protocol.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeGuard

from zwsnb.kinds.times import seconds_of_text
from zwsnb.kinds.values import LARGEST
from zwsnb.kinds.words import kind_of
from zwsnb.protocol.messages import MAX_JSON, InvalidMessage, JsonObject, json_object
from zwsnb.protocol.names import DEFAULT_PLOT, DEFAULT_SERIES, MAX_NAME, check_name

X_NAMES: Final = ("x", "step", "t", "time", "timestamp")
"""Members that may be x, the first one that there is."""

MAX_MEMBERS: Final = 1_000
"""Members of an object: a plot has no more series."""

_ARTICLE: Final = {"x", "y", "series", "plot"}


@dataclass(slots=True, frozen=True)
class Point:
    """One point of a plain program.

    x: finite, a whole number as it came, seconds since 1970 if ``is_time``; None where the program
    has said none. values: y by series, at least one; NaN is a gap. plot: None where none is named.
    left_out: the members that are no values, and why.
    """

    x: float | None
    values: dict[str, float]
    is_time: bool = False
    plot: str | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)


def decode_point(message: bytes) -> Point:
    """Return the point in `message`, a JSON object.

    Raises:
        InvalidMessage: it is no point; ``kind`` is one of the table in docs/protocol.md.
    """
    if len(message) > MAX_JSON:
        raise InvalidMessage("too large", f"{len(message)} bytes; a point has at most {MAX_JSON}")
    members = json_object(message)
    try:
        return point_of(members)
    except InvalidMessage as refusal:
        plot = members.get("plot") or DEFAULT_PLOT
        refusal.plot = plot if isinstance(plot, str) else ""
        raise


def point_of(members: JsonObject, x_names: Sequence[str] = X_NAMES) -> Point:
    """Return the point that a JSON object is; ``x_names`` are the members that may be x.

    Raises:
        InvalidMessage: it is none.
    """
    if x_names is X_NAMES and members.keys() <= _ARTICLE:
        x, y = members.get("x"), members.get("y")
        # The article's own point, which is the most frequent one: the rest is looked at closely.
        if _is_plain(x) and _is_plain(y):
            series = _optional_name(members, "series") or DEFAULT_SERIES
            return Point(x, {series: float(y)}, plot=_optional_name(members, "plot"))
    members = flattened(members)
    plot = _optional_name(members, "plot")
    if "y" not in members:
        return named_point({k: v for k, v in members.items() if k != "plot"}, x_names, plot)
    key, x, is_time = _x_of(members, x_names, _called_x(members, x_names))
    y = _value(members["y"])
    if y is None:
        raise InvalidMessage("not a number", f"y is {_shown(members['y'])}")
    more = {name: "beside y" for name in members if name not in ("y", "series", "plot", key)}
    series = _optional_name(members, "series") or DEFAULT_SERIES
    return Point(x, {series: y}, is_time, plot, more)


def _is_plain(value: object) -> TypeGuard[float]:
    return (type(value) is float or type(value) is int) and -LARGEST <= value <= LARGEST


def named_point(
    members: Mapping[str, object], x_names: Sequence[str] = X_NAMES, plot: str | None = None
) -> Point:
    """Return the point that has its values by name.

    Raises:
        InvalidMessage: it has none, or none that can be named.
    """
    if len(members) > MAX_MEMBERS:
        raise InvalidMessage("too large", f"{len(members)} members; at most {MAX_MEMBERS}")
    called_x = _called_x(members, x_names)
    key, x, is_time = _x_of(members, x_names, called_x)
    values: dict[str, float] = {}
    left_out: dict[str, str] = {}
    for name, member in members.items():
        if name == key:
            continue
        value = _value(member)
        # Beside a step, seconds since 1970 would be a curve that leaves the others no room.
        may_be_x = name in called_x and key not in ("x", "X")
        if may_be_x and key is not None:
            left_out[name] = f"{key} is x"
        elif value is None:
            left_out[name] = "no number"
        elif not may_be_x or not math.isnan(value):
            values[_checked(name, "series")] = value
    if not values:
        raise InvalidMessage("not a point", 'it has no "y", and no number by name')
    return Point(x, values, is_time, plot, left_out)


def flattened(members: JsonObject) -> JsonObject:
    """Return `members` with those of nested objects beside them, as ``train/loss``.

    Raises:
        InvalidMessage: they are nested too deep for a name.
    """
    if not any(isinstance(value, dict) for value in members.values()):
        return members
    return dict(_leaves(members))


def _leaves(members: JsonObject) -> Iterator[tuple[str, object]]:
    levels = [("", iter(members.items()))]
    while levels:
        prefix, items = levels[-1]
        for key, value in items:
            name = prefix + key
            if isinstance(value, dict):
                if len(name) > MAX_NAME:
                    raise InvalidMessage("bad name", f"{name[:40]!r}.. is nested too deep")
                levels.append((f"{name}/", iter(value.items())))
                break
            yield name, value
        else:
            levels.pop()


def _x_of(
    members: Mapping[str, object], x_names: Sequence[str], called_x: Mapping[str, str]
) -> tuple[str | None, float | None, bool]:
    """Return the name of the member that is x, x, and whether it is a time; without one, None."""
    for wanted in x_names if called_x else ():
        word = wanted.casefold()
        same = next((name for name, its in called_x.items() if its == word), None)
        key = wanted if wanted in members else same
        if key is None:
            continue
        found = _x_number(members[key], key)
        if found is not None:
            return key, *found
        if wanted == "x" or len(x_names) == 1:  # it is meant to be x and nothing else
            raise InvalidMessage("not a number", f"{key} is {_shown(members[key])}")
    return None, None, False


def _called_x(members: Mapping[str, object], x_names: Sequence[str]) -> dict[str, str]:
    """Return the members that are called as x may be, in any case of letters, and how."""
    words = {wanted.casefold() for wanted in x_names}
    return {name: word for name in members if (word := name.casefold()) in words}


def _x_number(value: object, key: str) -> tuple[float, bool] | None:
    """Return a number or a date, and whether it is a time; None for what is neither."""
    is_time = False
    if isinstance(value, str):
        try:
            seconds = seconds_of_text(value)
        except ValueError as error:
            raise InvalidMessage("not a number", str(error)) from None
        is_time, number = seconds is not None, seconds if seconds is not None else _double(value)
    else:
        number = _double(value)
        # Not what only rounds to the largest double: less another number it may be more than that.
        if type(value) is int and -LARGEST <= value <= LARGEST:
            return value, False  # a double would lose its last digits
    if number is None:
        return None
    if not math.isfinite(number):
        raise InvalidMessage("not finite", f"{key} is {number}")
    return number, is_time


def _value(value: object) -> float | None:
    """Return a y: NaN for a gap, and None for what is no number."""
    number = math.nan if value is None else _double(value)
    return number if number is None or math.isfinite(number) else math.nan


def _double(value: object) -> float | None:
    """Return a number, or a text that is one, as a double; None for what is neither."""
    if isinstance(value, bool) or not isinstance(value, float | int | str):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf
    except ValueError:
        return None


def _shown(value: object) -> str:
    return kind_of(value) if isinstance(value, list) else json.dumps(value)[:40]


def _optional_name(members: JsonObject, key: str) -> str | None:
    return None if members.get(key) is None else _checked(members[key], key)


def _checked(name: object, what: str) -> str:
    try:
        return check_name(name, what)
    except (TypeError, ValueError) as error:
        raise InvalidMessage("bad name", str(error)) from error
