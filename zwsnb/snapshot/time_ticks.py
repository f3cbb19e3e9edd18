"""Ticks of a time axis: at round local times, with the day where a reader would not know it.

The rules are those of the page, ``static/axes/time_ticks.js``, with three differences. A snapshot
is looked at on another day, so its date is always there; by readers anywhere, so a zone that was
asked for is always named; and it has no reader's language, so its months and days of the week are
those of the process.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from zwsnb.kinds.times import zone_of
from zwsnb.snapshot.svg import width_of
from zwsnb.snapshot.ticks import (
    CALM_SPACING,
    LABEL_GAP,
    MOST_TICKS,
    Measure,
    Tick,
    Ticks,
    labelled_ticks,
    multiples,
    units_per_pixel,
)


class _Step(NamedTuple):
    """A step between times: of seconds that are counted, of days and hours by the clock, or of
    months.
    """

    kind: str
    size: float
    seconds: float


_DAY: Final = 86_400.0
_STEPS: Final = (
    *(
        _Step("second", float(f"{m}e{e}"), float(f"{m}e{e}"))
        for e in range(-6, 0)
        for m in (1, 2, 5)
    ),
    *(_Step("second", n, n) for n in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)),
    *(_Step("clock", n * 3600, n * 3600) for n in (1, 2, 3, 6, 12)),
    *(_Step("clock", n * _DAY, n * _DAY) for n in (1, 2, 7)),
    *(_Step("month", n, n * 2_629_746) for n in (1, 3, 6)),
    *(_Step("month", 12 * n, n * 31_556_952) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
)

_FIRST_MONDAY: Final = datetime(1969, 12, 29)  # noqa: DTZ001 - a clock on the wall
"""From here days and weeks are counted, so that weeks begin on Mondays."""

_EARLIEST, _LATEST = -30_610_224_000, 253_370_764_800
"""The years that have four digits, 1000 to 9998: times before and after them are numbers."""


def time_ticks(
    low: float, high: float, pixels: float, tz: str | None = None, measure: Measure = width_of
) -> Ticks:
    """Return round local times in the zone of that name, else in that of the process, x being
    seconds since 1970.
    """
    if low < _EARLIEST or high > _LATEST:
        return labelled_ticks(low, high, pixels, measure=measure)
    per_pixel = units_per_pixel(low, high, pixels)
    fits = (step for step in _STEPS if step.seconds / per_pixel >= _spacing_of(step, measure))
    step = next(fits, _STEPS[-1])
    zone = zone_of(tz) if tz else None
    first = _local(low, zone)
    times = _times(step, low, high, first, zone)
    ticks = [Tick(time, _time_label(time, step, zone)) for time in times]
    return Ticks(ticks, " · ".join(filter(None, [_context(step, ticks, first), tz])))


def _spacing_of(step: _Step, measure: Measure) -> float:
    if step.kind == "month":
        widest = "0000"
    elif step.seconds >= 60:
        widest = "00 May"
    else:
        widest = "00:00:00" + (f".{0:0{_fraction_digits(step)}}" if step.seconds < 1 else "")
    return max(CALM_SPACING, measure(widest) + LABEL_GAP)


def _fraction_digits(step: _Step) -> int:
    return max(0, math.ceil(-math.log10(step.seconds) - 1e-9))


def _times(
    step: _Step, low: float, high: float, first: datetime, zone: tzinfo | None
) -> Iterator[float]:
    if step.kind == "second" and step.size < 1:
        yield from multiples(low, high, step.size)
        return
    if step.kind == "second":
        # Round in local time: zones are offset by hours, halves and quarters of them.
        offset = (first.utcoffset() or timedelta()).total_seconds()
        yield from (time - offset for time in multiples(low + offset, high + offset, step.size))
        return
    last = -math.inf
    for clock in _clocks(step, first.replace(tzinfo=None)):
        time = clock.replace(tzinfo=zone).timestamp()
        if time > high:
            return
        # The hour that comes twice in autumn comes once here.
        if time >= low and time > last:
            yield time
            last = time


def _clocks(step: _Step, first: datetime) -> Iterator[datetime]:
    """Yield round times on the wall, from before `first` on, up to the year 9999."""
    if step.kind == "clock":
        length = timedelta(seconds=step.size)
        begin = _FIRST_MONDAY + (first - _FIRST_MONDAY) // length * length
        yield from (begin + i * length for i in range(MOST_TICKS))
        return
    size = int(step.size)
    begin_month = (12 * first.year + first.month - 1) // size * size
    for month in range(begin_month, min(begin_month + size * MOST_TICKS, 120_000), size):
        if month >= 12:  # there was no year 0
            yield datetime(month // 12, month % 12 + 1, 1)  # noqa: DTZ001 - on the wall


def _local(time: float, zone: tzinfo | None) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=time)).astimezone(zone)


def _time_label(time: float, step: _Step, zone: tzinfo | None) -> str:
    whole = math.floor(time + 1e-7)
    date = _local(whole, zone)
    if step.kind == "month":
        return f"{date.year}" if date.month == 1 else f"{date:%b}"
    if step.seconds < 60:
        digits = _fraction_digits(step)
        part = math.floor(max(0.0, time - whole) * 10**digits + 0.5)
        return f"{date:%H:%M:%S}" + (f".{part:0{digits}}" if digits else "")
    # At midnight the day is the news.
    is_midnight = date.hour == date.minute == 0
    return f"{date.day} {date:%b}" if step.seconds >= _DAY or is_midnight else f"{date:%H:%M}"


def _context(step: _Step, ticks: Sequence[Tick], first: datetime) -> str:
    """Return the date, or the year, as far as the labels leave it out."""
    if step.kind == "month":
        has_years = step.size >= 12 or any(tick.label.isdecimal() for tick in ticks)
        return "" if has_years else f"{first.year}"
    if step.seconds >= _DAY:
        return f"{first.year}"
    return f"{first:%a} {first.day} {first:%b} {first.year}"
