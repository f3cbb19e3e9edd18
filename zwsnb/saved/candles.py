"""The candles of a series in a file: of ever wider periods, for a page that chooses.  [no I/O]

Periods begin with the clock's, by rules that only the relay has; so it makes them all, from the
shortest of which there is room for enough to those of which a few are the whole series.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.kinds.periods import Periods, round_width
from zwsnb.view.streams.candle_stream import candle_of, periods_of
from zwsnb.view.viewport import Viewport, VisibleRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Rows

AT_ONCE: Final = 64
"""Candles that one step makes: some milliseconds of work."""

_WIDER: Final = 1.5
"""The next round width is so many times wider at least."""

_LEAST, _FEW = 100, 8
"""Candles of the shortest period, and of the widest one."""


class Level(NamedTuple):
    """The candles of one period, four vertices each, shape (2, 4 n)."""

    width: float
    vertices: Rows


def levels_of(plot: Plot, series: Series, most: int) -> Iterator[Sequence[Level] | None]:
    """Yield None after each step, and at last the candles of a series, those of the shortest
    period, about `most`, first; none where it is drawn otherwise, as curves and scatters are.
    """
    levels: list[Level] = []
    seen = VisibleRange.of(Viewport(10 * max(most, _LEAST)), plot)
    periods = periods_of(plot, series, seen) if series.ordered else None
    while periods is not None and not (levels and levels[-1].vertices.shape[1] <= 4 * _FEW):
        pieces: list[Rows] = [np.empty((2, 0))]
        for candle in _candles(series, periods):
            pieces.append(candle)
            if len(pieces) % AT_ONCE == 0:
                yield None
        levels.append(Level(periods.width, np.concatenate(pieces, axis=1)))
        yield None
        periods = _wider(plot, periods)
    yield levels


def _candles(series: Series, periods: Periods) -> Iterator[Rows]:
    number, count = series.find(series.x_range[0]), series.count
    while number < count:
        begin, after = periods.bounds(series.pyramid.x_of(number))
        last = min(count, series.find(after, after=True))
        yield candle_of(series, number, last, begin, after)
        number = max(number + 1, last)


def _wider(plot: Plot, periods: Periods) -> Periods:
    finest = plot.options["period"] or 0.0
    width = round_width(_WIDER * periods.width, finest, is_time=plot.is_time)
    return replace(periods, width=width)
