"""What a program wants to be told of a plot: that a reader has selected or clicked, or that a
series has crossed a level.  [no I/O]

A program declares a watch; the relay, which is a peer, checks it by the same rules.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from zwsnb.protocol.names import MAX_NAME, check_name

Kind: TypeAlias = Literal["select", "click", "cross"]

MAX_WATCHES: Final = 50
"""Of one plot."""

AGAIN: Final = 1.0
"""Seconds from one alert of a watch to the next one at least."""

_KINDS: Final = get_args(Kind)
_LARGEST: Final = 2**53


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing to be told of, by a name that no other of its plot has.

    series, level, back, is_above, again: of a cross. The series is beyond the level when it is
    above it, or below it; when it has come to ``back`` it may cross again, and ``again`` seconds
    later it is told. number: rises with each word of its program, so that what was meant for one
    that was declared before is known.
    """

    name: str
    kind: Kind
    series: str = ""
    level: float = 0.0
    back: float = 0.0
    is_above: bool = True
    again: float = AGAIN
    number: int = 0

    def declared(self) -> dict[str, object]:
        """Return what a program says of it to the relay."""
        its: dict[str, object] = {"name": self.name, "kind": self.kind, "number": self.number}
        if self.kind == "cross":
            side = "above" if self.is_above else "below"
            its |= {"series": self.series, side: self.level, "back": self.back}
            its["again"] = self.again
        return its


def gesture(kind: Literal["select", "click"], name: str) -> Watch:
    """Return a watch for what a hand does.

    Raises:
        TypeError, ValueError: that is no name.
    """
    return Watch(_name(name), kind)


def cross(
    series: str, *, above: object, below: object, back: object, again: object, name: str | None
) -> Watch:
    """Return a watch for a series that crosses a level, called after both where it has no name.

    Raises:
        TypeError, ValueError: it cannot be.
    """
    series = check_name(series, "series")
    if (above is None) == (below is None):
        raise ValueError("say above= or below=, one of them; for both, call on_cross twice")
    is_above = below is None
    side, level = (
        ("above", _number(above, "above")) if is_above else ("below", _number(below, "below"))
    )
    text = f"{series[: MAX_NAME - 40]} {side} {level:g}" if name is None else name
    until = level if back is None else _number(back, "back")
    if until != level and (until > level) == is_above:
        raise ValueError(f"back is {until:g}, which is {side} {level:g} as well")
    rest = _number(again, "again")
    if rest < 0:
        raise ValueError(f"again is {rest:g}; it is 0 seconds or more")
    return Watch(_name(text), "cross", series, level, until, is_above, rest)


def watch_of(members: Mapping[str, object]) -> Watch:
    """Return the watch that a program has described.

    Raises:
        TypeError, ValueError: it is none.
    """
    name, number = check_name(members.get("name"), "the name of a watch"), members.get("number")
    if type(number) is not int or not 0 <= number < _LARGEST:
        raise ValueError(f"number is {number!r:.40}")
    return replace(_watch_in(name, members), number=number)


def _watch_in(name: str, members: Mapping[str, object]) -> Watch:
    match members.get("kind"):
        case "select" | "click" as kind:
            return gesture(kind, name)
        case "cross":
            above, below, back = (members.get(key) for key in ("above", "below", "back"))
            series = check_name(members.get("series"), "series")
            again = members.get("again", AGAIN)
            return cross(series, above=above, below=below, back=back, again=again, name=name)
    raise ValueError(f"kind is {members.get('kind')!r:.40}; it is one of {', '.join(_KINDS)}")


def _number(value: object, what: str) -> float:
    is_number = not isinstance(value, str | bool | np.bool_)
    try:
        found = float(value) if is_number else math.nan  # type: ignore[arg-type]  # what has a float
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(f"{what} is {value!r:.100}; it is a finite number")
    return found


def _name(name: str) -> str:
    return check_name(name, "name")
