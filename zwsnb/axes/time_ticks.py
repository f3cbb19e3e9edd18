"""Ticks of a time axis: at round local times, with the day where a reader would not know it.

The rules are those of the page, ``static/axes/time_ticks.js``, with three differences. A snapshot
is looked at on another day, so its date is always there; by readers anywhere, so a zone that was
asked for is always named; and it has no reader's language, so its months and days of the week are
those of the process.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from zwsnb.axes.text_width import width_of
from zwsnb.axes.ticks import (
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
from zwsnb.kinds.times import NANOSECONDS, zone_of


class _Step(NamedTuple):
    """A step between times: of seconds that are counted, of days and hours by the clock, or of
    months.
    """

    kind: str
    size: float
    seconds: float


class _Wall(NamedTuple):
    """Clocks on the wall: of a zone, None that of the process, where x is counted from `origin`."""

    zone: tzinfo | None
    origin: int

    def at(self, x: int) -> datetime:
        """Return what they show."""
        return (_EPOCH + timedelta(seconds=x + self.origin)).astimezone(self.zone)

    def x_of(self, clock: datetime) -> float:
        """Return when they show it."""
        return clock.replace(tzinfo=self.zone).timestamp() - self.origin


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = 86_400.0
_STEPS: Final = (
    *(
        _Step("second", float(f"{m}e{e}"), float(f"{m}e{e}"))
        for e in range(-9, 0)
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

_MICROSECOND: Final = 1e-6
"""Seconds, the finest step where doubles have no nanoseconds."""

_FEWEST_COLUMNS: Final = 2
"""Columns that are seen, for which no label stands within one."""

_ABOUT: Final = 0.9
"""Of its width: days and months are not all as long as one another."""

_EARLIEST, _LATEST = -30_610_224_000, 253_370_764_800
"""The years that have four digits, 1000 to 9998: times before and after them are numbers."""


def time_ticks(
    low: float,
    high: float,
    pixels: float,
    tz: str | None = None,
    measure: Measure = width_of,
    origin: int = 0,
    first: tuple[float, float] | None = None,
) -> Ticks:
    """Return round local times in the zone of that name, else in that of the process, x being
    seconds since `origin`, whole seconds since 1970.

    `first` are the x and the width of the first column of an image that is seen: its date is said,
    and no time within it.
    """
    if low + origin < _EARLIEST or high + origin > _LATEST:
        # A range that is too narrow for such numbers is one of differences.
        by = origin if low + origin < high + origin else 0
        numbers = labelled_ticks(low + by, high + by, pixels, measure=measure)
        moved = [Tick(position - by, label) for position, label in numbers.list]
        return replace(numbers, list=moved)
    wall = _Wall(zone_of(tz) if tz else None, origin)
    begin, width = first or (low, 0.0)
    within = 0 if high - low < _FEWEST_COLUMNS * width else _ABOUT * width
    step = _step_of(low, high, pixels, measure, within)
    ticks = [Tick(x, _time_label(x, step, wall)) for x in _times(step, low, high, wall)]
    earliest = wall.at(math.floor(begin if within and begin <= high else low))
    return Ticks(ticks, " · ".join(filter(None, [_context(step, ticks, earliest), tz])))


def _step_of(low: float, high: float, pixels: float, measure: Measure, within: float) -> _Step:
    per_pixel = units_per_pixel(low, high, pixels)
    finest = max(within, 0 if max(-low, high) < NANOSECONDS else _MICROSECOND)
    fits = (
        step
        for step in _STEPS
        if step.seconds >= finest and step.seconds / per_pixel >= _spacing_of(step, measure)
    )
    return next(fits, _STEPS[-1])


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


def _times(step: _Step, low: float, high: float, wall: _Wall) -> Iterator[float]:
    if step.kind == "second" and step.size < 1:
        yield from multiples(low, high, step.size)
        return
    first = wall.at(math.floor(low))
    if step.kind == "second":
        # Round in local time: zones are offset by hours, halves and quarters of them.
        offset = wall.origin + (first.utcoffset() or timedelta()).total_seconds()
        yield from (shown - offset for shown in multiples(low + offset, high + offset, step.size))
        return
    last = -math.inf
    for clock in _clocks(step, first.replace(tzinfo=None)):
        x = wall.x_of(clock)
        if x > high:
            return
        # The hour that comes twice in autumn comes once here.
        if x >= low and x > last:
            yield x
            last = x


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


def _time_label(x: float, step: _Step, wall: _Wall) -> str:
    digits = _fraction_digits(step)
    whole = math.floor(x)
    part = math.floor((x - whole) * 10**digits + 0.5)
    if part == 10**digits:  # a whole second, but for the rounding of the double
        whole, part = whole + 1, 0
    date = wall.at(whole)
    if step.kind == "month":
        return f"{date.year}" if date.month == 1 else f"{date:%b}"
    if step.seconds < 60:
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
