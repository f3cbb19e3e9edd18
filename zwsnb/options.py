"""What can be said of a plot, in the same words everywhere: `Plot(...)`, `%zwsnb show`, the command line, the
wire.  [no I/O]

An option that is None is as it was; the page gets all of them.
"""

from __future__ import annotations

import math
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

STYLES: Final = ("line", "points", "step", "area", "bars")

DEFAULTS: Final[Mapping[str, Any]] = {
    "title": None,
    "window": None,
    "y_range": None,
    "style": "line",
    "points": False,
    "time": False,
    "x_label": None,
    "y_label": None,
    "history": None,
}

_UNITS: Final = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}
_POINT_BYTES: Final = 18


def check_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of `options` that say something, as JSON can carry them.

    Raises:
        TypeError: an option does not exist, or is of a type that it cannot have.
        ValueError: an option has a value that it cannot have.
    """
    for key in options:
        if key not in DEFAULTS:
            raise TypeError(
                f"there is no option {str(key)[:40]!r}; the options of a plot are {', '.join(DEFAULTS)}"
            )
    return {key: _CHECKS[key](value, key) for key, value in options.items() if value is not None}


def history_bytes(history: int | str) -> int:
    """Return the bytes that `history` allows: a number of points, or a text such as "500 MB"."""
    if isinstance(history, int):
        return history * _POINT_BYTES
    return parse_bytes(history)


def parse_bytes(text: str) -> int:
    """Return the bytes that a text such as "500 MB" names.

    Raises:
        ValueError: it names none.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmg]?)i?b\s*", text.lower())
    if match is None:
        raise ValueError(f'{text!r} is no size; write bytes as in "500 MB"')
    return int(float(match[1]) * _UNITS[match[2]])


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{key} is a {type(value).__name__}; it is a text")
    if len(value) > 1000:
        raise ValueError(f"{key} has {len(value)} characters; at most 1000")
    return value


def _number(value: Any, key: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{key} is {value!r}; it is a number") from None
    if not math.isfinite(number):
        raise ValueError(f"{key} is {number}; it is a finite number")
    return number


def _window(value: Any, key: str) -> float | None:
    number = _number(value, key)
    if number < 0:
        raise ValueError(
            f"{key} is {number:g}; it is how much of x to follow, in the units of x (seconds, for times), or 0 for everything"
        )
    return number or None


def _range(value: Any, key: str) -> list[float]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        raise TypeError(f"{key} is {value!r}; it is a pair (low, high)")
    low, high = (_number(v, key) for v in value)
    if low >= high:
        raise ValueError(f"{key} is ({low:g}, {high:g}); low must be below high")
    return [low, high]


def _style(value: Any, key: str) -> str:
    if value not in STYLES:
        raise ValueError(f"{key} is {value!r}; it is one of {', '.join(STYLES)}")
    return str(value)


def _flag(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{key} is {value!r}; it is True or False")
    return value


def _history(value: Any, key: str) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f'{key} is {value!r}; give points as a number, or bytes as a text such as "500 MB"')
    if history_bytes(value) <= 0:
        raise ValueError(f"{key} is {value!r}; it is more than nothing")
    return value


_CHECKS: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "title": _text,
    "window": _window,
    "y_range": _range,
    "style": _style,
    "points": _flag,
    "time": _flag,
    "x_label": _text,
    "y_label": _text,
    "history": _history,
}


def add_arguments(parser: ArgumentParser) -> None:
    """Give `parser` the options of a plot, in the words of the command line."""
    add = parser.add_argument_group("options of the plot").add_argument
    add(
        "--window",
        type=float,
        metavar="W",
        help="follow the last W of x (seconds, for times); 0 shows everything",
    )
    add(
        "--y-range",
        type=float,
        nargs=2,
        metavar=("LOW", "HIGH"),
        help="a fixed range of y, instead of one that follows",
    )
    add("--style", choices=STYLES, help="how series are drawn (line)")
    add("--points", action="store_true", default=None, help="mark the points of a line")
    add("--time", action="store_true", default=None, help="x is seconds since 1970")
    add("--title", help="a title")
    add("--x-label", metavar="TEXT", help="a label of the x axis")
    add("--y-label", metavar="TEXT", help="a label of the y axis")
    add(
        "--history",
        type=_points_or_bytes,
        metavar="N",
        help='how much to keep: points, or bytes as in "500 MB"',
    )


def options_of(arguments: Namespace) -> dict[str, Any]:
    """Return the options that were given to a parser of `add_arguments`."""
    return check_options(
        {key: value for key in DEFAULTS if (value := getattr(arguments, key, None)) is not None}
    )


def _points_or_bytes(text: str) -> int | str:
    return int(text) if text.isdecimal() else text
