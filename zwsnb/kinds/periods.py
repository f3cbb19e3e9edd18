"""Round periods of x: how much of it a candle spans, where it begins, and where it ends.  [no I/O]

Those of times begin with the clock's: a quarter of an hour at :00, :15, :30 and :45, four hours at
midnight, a day at midnight of its zone also where a clock was put forward, a week on Monday.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

HOUR: Final = 3600
DAY: Final = 24 * HOUR

_LARGEST, _LEAST = 1e308, 1e-300  # so that a product with less than 10 is still a number

_SPANS: Final = (
    *(1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800),
    *(HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR),
    *(DAY, 7 * DAY, 28 * DAY, 84 * DAY, 364 * DAY),
)
"""Seconds that are round."""


@dataclass(slots=True, frozen=True)
class Periods:
    """Stretches of x of a `width`, one after the other. ``zone`` is that of times, which are
    seconds since ``origin``; None where x are numbers.
    """

    width: float
    zone: tzinfo | None = None
    origin: int = 0

    def bounds(self, x: float) -> tuple[float, float]:
        """Return where the period of an `x` begins and where it ends, as x are counted: begin <= x
        < end.
        """
        if self.zone is not None and self.width >= HOUR:
            found = self._by_days(x, self.zone)
            if found is not None and found[0] <= x < found[1]:
                return found
        shift = self.origin % self.width if self.zone is not None and self.width >= 1 else 0.0
        return _multiples(x, self.width, shift)

    def _by_days(self, x: float, zone: tzinfo) -> tuple[float, float] | None:
        """Return the same for periods that begin with local days; None for those that do not, and
        beyond the calendar.
        """
        whole, rest = divmod(self.width, DAY)
        if rest and (whole or DAY % self.width):
            return None
        try:
            days = int(whole) or 1
            day = datetime.fromtimestamp(x + self.origin, zone).toordinal()
            first = day - (day - 1) % days  # day 1 was a Monday
            begin, end = (self._midnight(each, zone) for each in (first, first + days))
        except (ValueError, OverflowError, OSError):
            return None
        if whole:
            return begin, end
        low, high = _multiples(x - begin, self.width, 0.0)
        return begin + low, min(begin + high, end)

    def _midnight(self, day: int, zone: tzinfo) -> float:
        at = datetime.combine(date.fromordinal(day), time(), zone)
        return at.astimezone(UTC).timestamp() - self.origin


def _multiples(x: float, width: float, shift: float) -> tuple[float, float]:
    """Return the multiples of a width about x, less `shift`, as far as doubles tell them apart."""
    ratio = (x + shift) / width
    if not math.isfinite(ratio):
        return x, math.nextafter(x, math.inf)
    number = math.floor(ratio)
    begin, end = number * width - shift, (number + 1) * width - shift
    if x >= end:  # it was rounded down
        begin, end = end, (number + 2) * width - shift
    return min(begin, x), end if end > x else math.nextafter(x, math.inf)


def round_width(least: float, finest: float, *, is_time: bool) -> float:
    """Return the narrowest round width that is not below `least`: `finest` itself, where that is
    enough, else a multiple of it. With a `finest` of 0, or one that doubles cannot multiply so
    far, there is no such bound.
    """
    if finest >= least:
        return finest
    least = min(max(least, _LEAST), _LARGEST)
    if finest and not math.isfinite(least / finest):
        finest = 0.0
    if is_time and least > _SPANS[0] / 2:
        for span in _SPANS:
            if span >= least and not (finest and span % finest):
                return float(span)
    unit = finest or 1.0
    return min(unit * _round(least / unit, is_whole=finest > 0), _LARGEST)


def _round(ratio: float, *, is_whole: bool) -> float:
    """Return the least of 1, 2, 5, 10, .. that is not below a ratio."""
    ratio = max(ratio, 1.0) if is_whole else ratio
    decade = 10.0 ** math.floor(math.log10(ratio))
    return next(each * decade for each in (1, 2, 5, 10) if each * decade >= ratio * (1 - 1e-12))
