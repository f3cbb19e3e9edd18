"""What can be said of a plot, in the same words everywhere: `Plot(...)`, `%zwsnb show`, the command
line, the wire.  [no I/O]

An option that is None is as it was; the page gets all of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from zwsnb.protocol.names import check_name
from zwsnb.protocol.values import as_number

STYLES: Final = ("line", "points", "step", "area", "bars")
LOGS: Final = ("x", "y", "xy")
AXES: Final = ("left", "right")

DEFAULTS: Final[Mapping[str, Any]] = {
    "title": None,
    "window": None,
    "y_range": None,
    "y2_range": None,
    "style": "line",
    "points": False,
    "time": False,
    "log": None,
    "x_label": None,
    "y_label": None,
    "y2_label": None,
    "x_unit": None,
    "y_unit": None,
    "y2_unit": None,
    "series": {},
    "panels": None,
    "lines": [],
    "regions": [],
    "history": None,
}

SERIES_DEFAULTS: Final[Mapping[str, Any]] = {
    "style": None,
    "points": None,
    "color": None,
    "width": None,
    "axis": "left",
    "hidden": False,
    "band": None,
}
"""What can be said of one series, as in ``series={"loss": {"style": "step"}}``. ``band`` names two
series, low and high, that are drawn as an area around it.
"""

MAX_ITEMS: Final = 1000

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


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return `old` options with the `new` ones; what is said of single series is added to what was
    said of them.
    """
    series = dict(old.get("series", {}))
    for name, its in new.get("series", {}).items():
        series[name] = {**series.get(name, {}), **its}
    return {**old, **new, "series": series}


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
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:([kmg]?)(i?)b)?\s*", text.lower())
    if match is None:
        raise ValueError(f'{text!r} is no size; write bytes as in "500 MB"')
    thousand = 1024 if match[3] else 1000
    return int(float(match[1]) * thousand ** "\0kmg".index(match[2] or "\0"))


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{key} is a {type(value).__name__}; it is a text")
    if len(value) > 1000:
        raise ValueError(f"{key} has {len(value)} characters; at most 1000")
    return value


def _number(value: Any, key: str) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
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


def _flag(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{key} is {value!r}; it is True or False")
    return value


def _history(value: Any, key: str) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(
            f'{key} is {value!r}; give points as a number, or bytes as a text such as "500 MB"'
        )
    if history_bytes(value) <= 0:
        raise ValueError(f"{key} is {value!r}; it is more than nothing")
    return value


def y_range(value: Any, key: str) -> list[float] | str:
    """A pair, or "auto" (which follows the values), or "grow" (which never shrinks)."""
    if isinstance(value, str):
        if value not in ("auto", "grow"):
            raise ValueError(f'{key} is {value!r}; it is a pair (low, high), "auto" or "grow"')
        return value
    return _range(value, key)


def _one_of(*choices: str) -> Callable[[Any, str], str]:
    def check(value: Any, key: str) -> str:
        if value not in choices:
            raise ValueError(f"{key} is {value!r}; it is one of {', '.join(choices)}")
        return str(value)

    return check


def _color(value: Any, key: str) -> str | None:
    if value == "auto":
        return None
    if (
        not isinstance(value, str)
        or re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", value) is None
    ):
        raise ValueError(f'{key} is {value!r}; write a colour as in "#0072b2", or "auto"')
    return value


def _width(value: Any, key: str) -> float:
    number = _number(value, key)
    if not 0 < number <= 20:
        raise ValueError(f"{key} is {number:g}; it is pixels, more than 0 and at most 20")
    return number


def _band(value: Any, key: str) -> list[str]:
    names = _names(value, key)
    if len(names) != 2:
        raise ValueError(f"{key} names {len(names)} series; it names two, low and high")
    return names


def _names(value: Any, key: str) -> list[str]:
    return [check_name(name, f"a name in {key}") for name in _items(value, key)]


def _items(value: Any, key: str) -> Sequence[Any]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
        raise TypeError(f"{key} is a {type(value).__name__}; it is a list")
    if len(value) > MAX_ITEMS:
        raise ValueError(f"{key} has {len(value)} items; at most {MAX_ITEMS}")
    return value


def _series(value: Any, key: str) -> dict[str, dict[str, Any]]:
    if not isinstance(value, Mapping):
        raise TypeError(
            f'{key} is a {type(value).__name__}; it is as in {{"loss": {{"style": "step"}}}}'
        )
    return {
        check_name(name, f"a name in {key}"): _one_series(its, f"{key}[{name!r}]")
        for name, its in value.items()
    }


def _one_series(value: Any, key: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f'{key} is a {type(value).__name__}; it is as in {{"style": "step"}}')
    for word in value:
        if word not in _SERIES_CHECKS:
            known = ", ".join(_SERIES_CHECKS)
            raise TypeError(f"there is no option {str(word)[:40]!r} of a series; they are {known}")
    return {
        word: _SERIES_CHECKS[word](its, f"{key}[{word!r}]")
        for word, its in value.items()
        if its is not None
    }


def _panels(value: Any, key: str) -> list[list[str]] | None:
    panels = [_names(names, f"a panel in {key}") for names in _items(value, key)]
    if len(panels) > 16:
        raise ValueError(f"{key} has {len(panels)} panels; it has at most 16")
    return panels or None


def _lines(value: Any, key: str) -> list[dict[str, Any]]:
    """Threshold lines: a number, or (number, text)."""
    return [_line(item, f"{key}[{i}]") for i, item in enumerate(_items(value, key))]


def _line(item: Any, key: str) -> dict[str, Any]:
    if isinstance(item, Mapping):
        item = (item.get("y"), item.get("text") or "")
    y, text = (
        item
        if isinstance(item, Sequence) and not isinstance(item, str) and len(item) == 2
        else (item, "")
    )
    return {"y": _number(y, key), "text": _text(text, key)}


def _regions(value: Any, key: str) -> list[dict[str, Any]]:
    """Shaded stretches of x: (from, to), or (from, to, text)."""
    return [_region(item, f"{key}[{i}]") for i, item in enumerate(_items(value, key))]


def _region(item: Any, key: str) -> dict[str, Any]:
    if isinstance(item, Mapping):
        item = (item.get("from"), item.get("to"), item.get("text") or "")
    if isinstance(item, str) or not isinstance(item, Sequence) or not 2 <= len(item) <= 3:
        raise TypeError(f"{key} is {item!r}; it is (from, to) or (from, to, text)")
    low, high = _range([as_number(end, key)[0] for end in item[:2]], key)
    return {"from": low, "to": high, "text": _text(item[2] if len(item) == 3 else "", key)}


_SERIES_CHECKS: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "style": _one_of(*STYLES),
    "points": _flag,
    "color": _color,
    "width": _width,
    "axis": _one_of(*AXES),
    "hidden": _flag,
    "band": _band,
}

_CHECKS: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "title": _text,
    "window": _window,
    "y_range": y_range,
    "y2_range": y_range,
    "style": _one_of(*STYLES),
    "points": _flag,
    "time": _flag,
    "log": _one_of("none", *LOGS),
    "x_label": _text,
    "y_label": _text,
    "y2_label": _text,
    "x_unit": _text,
    "y_unit": _text,
    "y2_unit": _text,
    "series": _series,
    "panels": _panels,
    "lines": _lines,
    "regions": _regions,
    "history": _history,
}
