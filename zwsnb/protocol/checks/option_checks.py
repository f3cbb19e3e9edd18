"""The checks of option values: each takes a value and the name to use in its error, and returns the
value as JSON can carry it.  [no I/O]

All raise TypeError for a value of a type that the option cannot have, and ValueError for a value
that it cannot have. What a check returns it takes again, and returns as it is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, SupportsFloat, TypeAlias, cast

import numpy as np

from zwsnb.kinds.colors import NAMES, hex_of
from zwsnb.kinds.times import UNITS, zone_of
from zwsnb.kinds.values import as_number
from zwsnb.kinds.words import kind_of
from zwsnb.protocol.names import check_name, did_you_mean, no_option, writable
from zwsnb.protocol.sizes import history_bytes, seconds_of

Check: TypeAlias = Callable[[object, str], object]

MAX_ITEMS: Final = 1000
MAX_PANELS: Final = 16
MAX_WEIGHT: Final = 100
"""How many times as high as another panel one may be."""

MAX_TEXT: Final = 1000
MAX_WIDTH: Final = 20
"""Pixels."""


def text(value: object, key: str) -> str:
    """Check a text of at most 1000 characters."""
    if not isinstance(value, str):
        raise TypeError(f"{key} is {kind_of(value)}; it is a text")
    if len(value) > MAX_TEXT:
        raise ValueError(f"{key} has {len(value)} characters; at most {MAX_TEXT}")
    return writable(value)


def flag(value: object, key: str) -> bool:
    """Check True or False."""
    if not isinstance(value, bool):
        raise TypeError(f"{key} is {value!r}; it is True or False")
    return value


def flag_or_auto(value: object, key: str) -> bool | str:
    """Check True, False or "auto"."""
    if isinstance(value, str) and value == "auto":
        return value
    if not isinstance(value, bool):
        raise TypeError(f'{key} is {value!r}; it is True, False or "auto"')
    return value


def or_auto(check: Check) -> Check:
    """Return the check of what `check` accepts, or "auto"."""

    def check_it(value: object, key: str) -> object:
        return value if isinstance(value, str) and value == "auto" else check(value, key)

    return check_it


def time(value: object, key: str) -> bool | str:
    """Check True, False, "auto", or a unit of time."""
    if not isinstance(value, bool) and not (isinstance(value, str) and value in ("auto", *UNITS)):
        units = ", ".join(f'"{unit}"' for unit in UNITS)
        raise TypeError(f'{key} is {value!r}; it is True, False, "auto", or a unit: {units}')
    return value


def zone(value: object, key: str) -> str:
    """Check the name of a time zone, or an empty text, which is the reader's own."""
    name = text(value, key)
    if name:
        zone_of(name, key)
    return name


def number(value: object, key: str) -> float:
    """Check a finite number of any type that has a float."""
    try:
        found = float(cast("SupportsFloat", value))
    except OverflowError:
        found = math.inf
    except (TypeError, ValueError):
        raise TypeError(f"{key} is {value!r}; it is a number") from None
    if not math.isfinite(found):
        raise ValueError(f"{key} is {found}; it is a finite number")
    return found


def window(value: object, key: str) -> float:
    """Check how much of x to follow, a number or a span of time, which becomes its seconds; 0 is
    everything.
    """
    if isinstance(value, str | timedelta | np.timedelta64):
        value = seconds_of(value, key)
    found = number(value, key)
    if found < 0:
        raise ValueError(
            f"{key} is {found:g}; it is 0 or more, in the units of x (seconds, for times)"
        )
    return found


def y_range(value: object, key: str) -> list[float | None] | str:
    """Check a pair, of which an end may be None and follows the values; "auto", where both do; or
    "grow", which never shrinks.
    """
    if isinstance(value, str):
        if value not in ("auto", "grow"):
            raise ValueError(f'{key} is {value!r}; it is a pair (low, high), "auto" or "grow"')
        return value
    ends = _two(value, key)
    if all(end is None for end in ends):
        return "auto"
    if None in ends:
        return [None if end is None else number(end, key) for end in ends]
    return [*_pair(ends, key)]


def _two(value: object, key: str) -> Sequence[object]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) != 2:
        raise TypeError(f"{key} is {value!r}; it is a pair (low, high)")
    return value


def _pair(value: object, key: str) -> list[float]:
    low, high = (number(end, key) for end in _two(value, key))
    if low >= high:
        raise ValueError(f"{key} is ({low:g}, {high:g}); low must be below high")
    return [low, high]


def history(value: object, key: str) -> int | str:
    """Check a number of points, a size in bytes, or "auto": what the memory of all plots allows."""
    if value == "auto":
        return "auto"
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(
            f'{key} is {value!r}; give points as a number, or bytes as a text such as "500 MB"'
        )
    if history_bytes(value) <= 0:
        raise ValueError(f"{key} is {value!r}; it is more than nothing")
    return value


def one_of(*choices: str) -> Callable[[object, str], str]:
    """Return the check of a value that is one of `choices`."""

    def check(value: object, key: str) -> str:
        if value not in choices:
            raise ValueError(f"{key} is {value!r}; it is one of {', '.join(choices)}")
        return str(value)

    return check


def color(value: object, key: str) -> str:
    """Check a colour of 3 or 6 hexadecimal digits, a name of CSS, which becomes its digits, or
    "auto", the series' own.
    """
    if isinstance(value, str):
        if value == "auto" or re.fullmatch(r"#([0-9a-fA-F]{3}){1,2}", value):
            return value
        if digits := hex_of(value):
            return digits
    guess = did_you_mean(value, NAMES) if isinstance(value, str) else ""
    raise ValueError(
        f'{key} is {value!r}; {guess + " W" if guess else "w"}rite a colour as in "#0072b2", by'
        ' its name in CSS, or "auto"'
    )


def label(value: object, key: str) -> str:
    """Check a text that stands for a name; an empty one does not."""
    return "" if value == "" else check_name(value, key)


def opacity(value: object, key: str) -> float:
    """Check how much of a series hides what is behind it."""
    found = number(value, key)
    if not 0 < found <= 1:
        raise ValueError(f"{key} is {found:g}; it is more than 0 and at most 1")
    return found


def width(value: object, key: str) -> float:
    """Check the width of a line, in pixels."""
    found = number(value, key)
    if not 0 < found <= MAX_WIDTH:
        raise ValueError(f"{key} is {found:g}; it is pixels, more than 0 and at most {MAX_WIDTH}")
    return found


def band(value: object, key: str) -> list[str]:
    """Check the names of two series, low and high; or none at all."""
    ends = names(value, key)
    if ends and len(ends) != 2:
        raise ValueError(f"{key} names {len(ends)} series; it names two, low and high")
    return ends


def weight(value: object, key: str) -> float:
    """Check how high a panel is beside the others."""
    found = number(value, key)
    if not 0 < found <= MAX_WEIGHT:
        raise ValueError(
            f"{key} is {found:g}; it is more than 0 and at most {MAX_WEIGHT}: 2 is twice as high"
            " as 1"
        )
    return found


def panels_of(checks: Mapping[str, Check]) -> Callable[[object, str], list[Any] | str]:
    """Return the check of panels, none at all is one panel; or "groups". Each is a list of names,
    or a mapping whose values have `checks`; one that has nothing but names becomes a list of them.
    """

    def check(value: object, key: str) -> list[Any] | str:
        if isinstance(value, str):
            if value != "groups":
                raise TypeError(f'{key} is {value!r}; it is a list, or "groups"')
            return value
        items = _items(value, key)
        if len(items) > MAX_PANELS:
            raise ValueError(f"{key} has {len(items)} panels; it has at most {MAX_PANELS}")
        return [_panel(item, f"panel {i}", key, checks) for i, item in enumerate(items, 1)]

    return check


def _panel(value: object, which: str, key: str, checks: Mapping[str, Check]) -> object:
    if not isinstance(value, Mapping):
        return names(value, f"a panel in {key}")
    for name in value:
        if name not in checks:
            raise TypeError(_nothing_such(name, f"{which} has no option", checks))
    its = {
        name: check(value[name], f"{which}'s {name}")
        for name, check in checks.items()
        if value.get(name) is not None
    }
    return {"series": [], **its} if its.keys() - {"series"} else its.get("series", [])


def _nothing_such(name: object, begin: str, known: Iterable[str]) -> str:
    guess = did_you_mean(name, known)
    they = f"{guess} They" if guess else "they"
    return f"{begin} {str(name)[:40]!r}; {they} are {', '.join(known)}"


def names(value: object, key: str) -> list[str]:
    """Check a list of names of series."""
    return [check_name(name, f"a name in {key}") for name in _items(value, key)]


def tiles(value: object, key: str) -> list[str] | str:
    """Check names of series, or "all"."""
    return "all" if isinstance(value, str) and value == "all" else names(value, key)


def _items(value: object, key: str) -> Sequence[object]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sequence):
        raise TypeError(f"{key} is {kind_of(value)}; it is a list")
    if len(value) > MAX_ITEMS:
        raise ValueError(f"{key} has {len(value)} items; at most {MAX_ITEMS}")
    return value


def lines(value: object, key: str) -> list[dict[str, float | str]]:
    """Check threshold lines: each y, (y, text), or a mapping with y, text and axis."""
    return [_line(item, f"{key}[{i}]") for i, item in enumerate(_items(value, key))]


def _line(item: object, key: str) -> dict[str, float | str]:
    axis: dict[str, float | str] = {}
    if isinstance(item, Mapping):
        for name in item:
            if name not in ("y", "text", "axis"):
                raise TypeError(_nothing_such(name, f"{key} has no", ("y", "text", "axis")))
        if item.get("axis") is not None:
            axis = {"axis": one_of("left", "right")(item["axis"], f"the axis of {key}")}
        item = (item.get("y"), item.get("text") or "")
    is_pair = isinstance(item, Sequence) and not isinstance(item, str) and len(item) == 2
    y, words = cast("Sequence[object]", item) if is_pair else (item, "")
    return {"y": number(y, key), "text": text(words, key), **axis}


def regions(value: object, key: str) -> list[dict[str, float | str]]:
    """Check stretches of x: each (from, to), (from, to, text), or what this returns for one."""
    return [_region(item, f"{key}[{i}]") for i, item in enumerate(_items(value, key))]


def _region(item: object, key: str) -> dict[str, float | str]:
    if isinstance(item, Mapping):
        item = (item.get("from"), item.get("to"), item.get("text") or "")
    if isinstance(item, str) or not isinstance(item, Sequence) or not 2 <= len(item) <= 3:
        raise TypeError(f"{key} is {item!r}; it is (from, to) or (from, to, text)")
    low, high = _pair([as_number(end, key)[0] for end in item[:2]], key)
    return {"from": low, "to": high, "text": text(item[2] if len(item) == 3 else "", key)}


def series_of(checks: Mapping[str, Check]) -> Callable[[object, str], dict[str, dict[str, Any]]]:
    """Return the check of options by series, each of which has one of `checks`."""

    def check(value: object, key: str) -> dict[str, dict[str, Any]]:
        if not isinstance(value, Mapping):
            raise TypeError(
                f'{key} is {kind_of(value)}; it is as in {{"loss": {{"style": "step"}}}}'
            )
        return {
            check_name(name, f"a name in {key}"): _of_one_series(its, f"{key}[{name!r}]", checks)
            for name, its in value.items()
        }

    return check


def _of_one_series(value: object, key: str, checks: Mapping[str, Check]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f'{key} is {kind_of(value)}; it is as in {{"style": "step"}}')
    for name in value:
        if name not in checks:
            raise TypeError(no_option(name, checks, " of a series", "they are"))
    return {
        name: checks[name](its, f"{key}[{name!r}]")
        for name, its in value.items()
        if its is not None
    }
