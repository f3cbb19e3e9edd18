"""Times and spans of time as seconds.  [no I/O]

A time becomes seconds since 1970 in UTC, exact to the microsecond, by the rule of the library that
it comes from: a datetime without a zone is local time, as for its ``timestamp()``; a
numpy.datetime64 and a pandas.Timestamp without a zone are UTC.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column: TypeAlias = NDArray[np.float64]

_LONG: Final[Mapping[str, float]] = {"W": 604800, "D": 86400, "h": 3600, "m": 60, "s": 1}
"""Seconds of each unit of numpy."""

_SHORT: Final[Mapping[str, float]] = {
    "ms": 1e3, "us": 1e6, "ns": 1e9, "ps": 1e12, "fs": 1e15, "as": 1e18,
}  # fmt: skip
"""How many of each unit are a second: to divide by 1e9 rounds once, to multiply by 1e-9 twice."""

UNITS: Final[Mapping[str, str]] = {
    "s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds",
}  # fmt: skip
"""The units of numbers that are times, and their names."""

_FIRST, _LAST = -62_135_596_800, math.nextafter(253_402_300_800, 0)
"""The years 1 to 9999: other times no calendar has."""

_YEAR: Final = 31_556_952

_Y2000, _Y2100 = 946_684_800.0, 4_102_444_800.0


def looks_like_seconds(x: float) -> bool:
    """True for a number that is likely to be seconds since 1970: of the years 2000 to 2100."""
    return _Y2000 <= x <= _Y2100


def unit_of(said: object) -> str | None:
    """Return the unit of numbers that are times by the option `time`; None: it says that they are
    none, or nothing.
    """
    if isinstance(said, str):
        return said if said in UNITS else None
    return "s" if said else None


def are_times(x: Column, unit: str = "s") -> bool:
    """True when all numbers since 1970, in a unit of `UNITS`, are of the years 1 to 9999."""
    per_second = _SHORT.get(unit, 1)
    return not len(x) or bool(x.min() >= _FIRST * per_second and x.max() <= _LAST * per_second)


def is_time(x: float, unit: str = "s") -> bool:
    """True for a number since 1970 that is of the years 1 to 9999."""
    per_second = _SHORT.get(unit, 1)
    return _FIRST * per_second <= x <= _LAST * per_second


def seconds_of_numbers(numbers: Any, unit: str) -> Any:
    """Return numbers since 1970 in a unit, a float or a column, as seconds."""
    return numbers / _SHORT[unit] if unit in _SHORT else numbers


def why_no_time(x: float, unit: str) -> str:
    """Return what is wrong with a number that `is_time` denies, and the repair."""
    year = _year_of(seconds_of_numbers(x, unit))
    sentence = f"x is {_short(x)}: {UNITS[unit]} since 1970 would be in the year {year}"
    fits = next((other for other in UNITS if is_time(x, other)), None)
    return (
        f'{sentence}; say time="{fits}"'
        if fits
        else f"{sentence}; a time is of the years 1 to 9999"
    )


def _year_of(seconds: float) -> str:
    """Return the year of what `is_time` denies; no closer to those of the calendar than it is."""
    day = math.copysign(86_400, seconds)
    return _short(math.floor(1970 + (seconds + day) / _YEAR))


def _short(number: float) -> str:
    return f"{number:.0f}" if abs(number) < 1e6 else re.sub(r"e\+0*", "e", f"{number:g}")


def check_calendar(x: float | Column) -> None:
    """Raise ValueError unless times, as seconds since 1970, are of the years 1 to 9999."""
    seconds = np.atleast_1d(x)
    if not are_times(seconds):
        wrong = next(one for one in seconds.tolist() if not is_time(one))
        raise ValueError(
            f"x is a time in the year {_year_of(wrong)}; a time is of the years 1 to 9999"
        )


def check_unit(x: float | Column, unit: str) -> None:
    """Raise ValueError unless numbers since 1970, in a unit, are of the years 1 to 9999."""
    numbers = np.atleast_1d(x)
    if not are_times(numbers, unit):
        raise ValueError(
            why_no_time(next(n for n in numbers.tolist() if not is_time(n, unit)), unit)
        )


def zone_of(name: str, what: str = "tz") -> tzinfo:
    """Return the time zone of that name of the IANA.

    Raises:
        ValueError: there is none.
    """
    if name == "UTC":
        return UTC  # also where there is no database of zones
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    if available_timezones():
        raise ValueError(f'{what} is {name[:40]!r}; it is a time zone, as "America/New_York"')
    raise ValueError(
        f"{what} is {name[:40]!r}, and this machine has no time zones: pip install tzdata"
    )


def seconds_of_date(value: date, what: str) -> float:
    """Return a datetime or a date, which begins at midnight, as seconds since 1970.

    Raises:
        ValueError: the machine does not know the time.
    """
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a date without a zone is local, as a datetime is
    try:
        # The last microseconds of all would be rounded into the year 10000.
        return min(value.timestamp(), _LAST)
    except (OverflowError, OSError, ValueError) as error:
        raise ValueError(f"{what} is {value!r}, which is no time here: {error}") from None


_DATE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)"
    r"(?:[T ](\d\d(?::\d\d)*(?:[.,]\d+)?) ?(Z|UTC|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


def seconds_of_text(text: str) -> float | None:
    """Return an ISO 8601 date, or date and time, as seconds since 1970; None for other text. The
    date may have slashes.

    Without a zone it is local time, as a datetime without one.

    Raises:
        ValueError: it is before or after what the system's clock can tell.
    """
    parts = _DATE.fullmatch(text.strip())
    if parts is None:
        return None
    day, clock, zone = parts.groups()
    try:
        found = datetime.fromisoformat(
            f"{day.replace('/', '-')}T{clock or '00:00'}{'Z' if zone == 'UTC' else zone or ''}"
        )
    except ValueError:
        return None
    return seconds_of_date(found, "x")


def seconds_of_times(array: NDArray[Any]) -> Column:
    """Return an array of numpy.datetime64 as seconds since 1970, NaN for NaT, of its shape."""
    unit = np.datetime_data(array.dtype)[0]
    if unit in ("Y", "M", "generic"):
        # Years and months are not of one length; without a unit there is NaT only.
        array = array.astype("datetime64[D]")
    elif _SHORT.get(unit, 0) > 1e6:
        array = array.astype("datetime64[us]")
    return _seconds(array)


def seconds_of_spans(array: NDArray[Any], what: str) -> Column:
    """Return an array of numpy.timedelta64 as seconds, NaN for NaT, of its shape.

    Raises:
        ValueError: its unit has no length in seconds.
    """
    unit = np.datetime_data(array.dtype)[0]
    if unit not in _LONG and unit not in _SHORT and not np.isnat(array).all():
        name = "no unit" if unit == "generic" else f"the unit {unit!r}"
        raise ValueError(f"{what} is a span with {name}, which has no length in seconds")
    return _seconds(array)


def seconds_of_span(value: timedelta, what: str) -> float:
    """Return a timedelta as seconds: one of pandas, which knows nanoseconds, as numpy has it."""
    exact = getattr(value, "asm8", None)
    if isinstance(exact, np.timedelta64):
        return float(seconds_of_spans(np.asarray(exact), what))
    return value.total_seconds()


def _seconds(array: NDArray[Any]) -> Column:
    unit, step = np.datetime_data(array.dtype)
    count = array.astype(np.int64).astype(np.float64) * step
    seconds = count / _SHORT[unit] if unit in _SHORT else count * _LONG.get(unit, 1)
    return np.where(np.isnat(array), np.nan, seconds)
