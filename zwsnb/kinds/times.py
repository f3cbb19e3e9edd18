"""Times and spans of time as seconds.  [no I/O]

A time becomes seconds in UTC, by the rule of the library that it comes from: a datetime without a
zone is local time, as for its ``timestamp()``; a numpy.datetime64 and a pandas.Timestamp without a
zone are UTC. The seconds count from an origin, in whole seconds since 1970: a double of today's
seconds since 1970 has steps of 0.24 us, one of the seconds since midnight tells nanoseconds apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.kinds.arrays import least_double

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column, Mask

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

_FIRST, _END = -62_135_596_800, 253_402_300_800
"""The years 1 to 9999: other times no calendar has."""

_YEAR: Final = 31_556_952
_DAY: Final = 86_400
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

NANOSECONDS: Final = 2.0**23
"""Seconds, 97 days, around an origin in which a double tells two nanoseconds apart."""

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


def per_second(unit: str) -> int:
    """Return how many of a unit of `UNITS` are a second."""
    return int(_SHORT.get(unit, 1))


def are_times(x: Column, unit: str = "s", origin: int = 0) -> bool:
    """True when all numbers since `origin`, in one unit of `UNITS`, are of years 1 to 9999."""
    return not len(x) or (
        is_time(float(x.min()), unit, origin) and is_time(float(x.max()), unit, origin)
    )


def is_time(x: float, unit: str = "s", origin: int = 0) -> bool:
    """True for a number since `origin`, both in a unit, that is of the years 1 to 9999."""
    count = per_second(unit)
    return _FIRST * count - origin <= x < _END * count - origin


def which_are_times(x: Column, unit: str, origin: int) -> Mask:
    """Return of which numbers `is_time` is true."""
    first, end = [least_double(its * per_second(unit) - origin) for its in (_FIRST, _END)]
    return (first <= x) & (x < end)


def midnight(seconds: float) -> int:
    """Return the whole seconds since 1970 of the midnight, in UTC, before a time."""
    return math.floor(seconds / _DAY) * _DAY


def counted(numbers: NDArray[Any] | Sequence[float], unit: str) -> tuple[Column, int]:
    """Return numbers since 1970, in a unit of `UNITS`, as doubles that count from an origin, and
    this, in the same unit: the midnight before the first whole number, so that whole numbers keep
    all their digits; where there is none, or it is no time, 0.
    """
    array = np.asarray(numbers)
    if array.dtype.kind in "fO" and not isinstance(numbers, np.ndarray):
        # Floats among them, or what fits into no 64 bits, which must not round the others.
        return _counted_one_by_one(numbers, unit)
    if array.dtype.kind not in "iu" or not len(array) or not is_time(int(array[0]), unit):
        return array.astype(np.float64), 0
    count = per_second(unit)
    whole, rest = np.divmod(array, array.dtype.type(count))
    first = midnight(int(whole[0]))
    return (whole.astype(np.float64) - first) * count + rest, first * count


def _counted_one_by_one(numbers: Sequence[float], unit: str) -> tuple[Column, int]:
    first = next((n for n in numbers if isinstance(n, int | np.integer) and is_time(n, unit)), None)
    if first is None:
        return np.array(numbers, np.float64), 0
    origin = midnight(int(first) // per_second(unit)) * per_second(unit)
    return np.array([float(n - origin) for n in numbers]), origin


def moved(seconds: Column, by: int) -> Column:
    """Return times with so many whole seconds added. Where doubles have nanoseconds they are the
    same whatever they were counted from before.
    """
    if not by:
        return seconds
    times = seconds + float(by)
    # Those beyond are left as they are: what is made of them here must not overflow either.
    near = np.clip(times, -NANOSECONDS, NANOSECONDS)
    return np.where(np.abs(times) < NANOSECONDS, np.rint(near * 1e9) / 1e9, times)


def whole_and_nanoseconds(seconds: Column) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return times since an origin as whole seconds, and their nanoseconds: rounded to microseconds
    where a double has no nanoseconds.
    """
    whole = np.floor(seconds)
    rest = seconds - whole
    nanoseconds = np.where(
        np.abs(seconds) < NANOSECONDS, np.rint(rest * 1e9), np.rint(rest * 1e6) * 1e3
    )
    return whole.astype(np.int64), nanoseconds.astype(np.int64)


def iso_text(seconds: float, origin: int) -> str:
    """Return a time since `origin` in ISO 8601, in UTC, as `whole_and_nanoseconds` has it; a number
    of which no calendar has one.
    """
    whole = math.floor(seconds)
    rest = seconds - whole
    nanoseconds = round(rest * 1e9) if abs(seconds) < NANOSECONDS else round(rest * 1e6) * 1_000
    carried, nanoseconds = divmod(nanoseconds, 10**9)
    if not is_time(whole + carried, "s", origin):
        return repr(seconds + origin)
    time = _EPOCH + timedelta(seconds=whole + carried + origin, microseconds=nanoseconds // 1_000)
    text = time.isoformat()
    if more := nanoseconds % 1_000:
        text = f"{time:%FT%T}.{time.microsecond:06}{more:03}+00:00"
    return text


def seconds_of_numbers(numbers: Any, unit: str, origin: int = 0, since: int = 0) -> Any:
    """Return numbers since `origin`, both in a unit, as seconds since `since`, whole seconds: a
    float or a column.
    """
    count = per_second(unit)
    if count == 1:
        return moved(numbers, origin - since)
    return (numbers + float(origin - since * count)) / count


def why_no_time(x: float, unit: str, origin: int = 0) -> str:
    """Return what is wrong with a number that `is_time` denies, and the repair."""
    x += origin
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


def check_calendar(x: float | Column, origin: int = 0) -> None:
    """Raise ValueError unless times, as seconds since `origin`, are of the years 1 to 9999."""
    seconds = np.atleast_1d(x)
    if not are_times(seconds, "s", origin):
        wrong = next(one for one in seconds.tolist() if not is_time(one, "s", origin))
        raise ValueError(
            f"x is a time in the year {_year_of(wrong + origin)}; a time is of the years 1 to 9999"
        )


def check_unit(x: float | Column, unit: str, origin: int = 0) -> None:
    """Raise ValueError unless numbers since `origin`, in one unit, are of years 1 to 9999."""
    numbers = np.atleast_1d(x)
    if not are_times(numbers, unit, origin):
        wrong = next(n for n in numbers.tolist() if not is_time(n, unit, origin))
        raise ValueError(why_no_time(wrong, unit, origin))


def zone_of(name: str, what: str = "tz") -> tzinfo:
    """Return the time zone of that name of the IANA.

    Raises:
        ValueError: there is none.
    """
    if name == "UTC":
        return UTC  # also where there is no database of zones
    if (found := _zone(name)) is not None:
        return found
    if _zone(_A_ZONE) is not None:  # a list of all would be read from their files
        raise ValueError(f'{what} is {name[:40]!r}; it is a time zone, as "{_A_ZONE}"')
    raise ValueError(
        f"{what} is {name[:40]!r}, and this machine has no time zones: pip install tzdata"
    )


_A_ZONE: Final = "America/New_York"


def _zone(name: str) -> tzinfo | None:
    import zoneinfo

    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def seconds_of_date(value: date, what: str, origin: int = 0) -> float:
    """Return a datetime or a date, which begins at midnight, as seconds since `origin`: one of
    pandas, which knows nanoseconds, as numpy has it.

    Raises:
        ValueError: the machine does not know the time.
    """
    if type(value) is not datetime:
        exact = getattr(value, "asm8", None)
        if isinstance(exact, np.datetime64):
            return float(seconds_of_times(np.asarray(exact), origin))
        if not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a date without a zone is local, as a datetime is
    try:
        if value.utcoffset() is None:
            value = datetime.fromtimestamp(value.timestamp(), UTC)
        span = value - _EPOCH
    except (OverflowError, OSError, ValueError) as error:
        raise ValueError(f"{what} is {value!r}, which is no time here: {error}") from None
    # Whole numbers, whose quotient is rounded once.
    whole = span.days * _DAY + span.seconds - origin
    seconds = (whole * 10**6 + span.microseconds) / 10**6
    # The last microseconds of all would be rounded into the year 10000.
    return min(seconds, math.nextafter(_END - origin, 0))


_DATE: Final = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{4}/\d\d/\d\d)"
    r"(?:[T ](\d\d(?::\d\d)*(?:[.,]\d+)?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?)?",
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


def seconds_of_times(array: NDArray[Any], origin: int = 0) -> Column:
    """Return an array of numpy.datetime64 as seconds since `origin`, NaN for NaT, of its shape."""
    unit = np.datetime_data(array.dtype)[0]
    if unit in ("Y", "M", "generic"):
        # Years and months are not of one length; without a unit there is NaT only.
        array = array.astype("datetime64[D]")
    elif _SHORT.get(unit, 0) > 1e9:
        array = array.astype("datetime64[ns]")
    unit, step = np.datetime_data(array.dtype)
    if unit not in _SHORT:
        return _seconds(array) - origin
    count, times = int(_SHORT[unit]), array.astype(np.int64)
    before = origin * count
    if step == 1 and times.size and _fit(int(times.min()) - before, int(times.max()) - before):
        return (times - before) / count
    both = math.gcd(count, step)  # a unit of numpy may be several, as in "M8[10ms]"
    whole, rest = np.divmod(times, count // both)
    whole, rest = whole * (step // both) - origin, rest * step
    # Where all digits have room they are rounded once, and not twice.
    is_near = np.abs(whole) < 2**53 // count
    seconds = np.where(is_near, (whole * float(count) + rest) / count, whole + rest / count)
    return np.where(np.isnat(array), np.nan, seconds)


def _fit(*whole: int) -> bool:
    """True when doubles hold whole numbers; NaT is none."""
    return all(abs(each) < 2**53 for each in whole)


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
