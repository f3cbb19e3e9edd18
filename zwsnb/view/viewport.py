"""What a page shows of a plot: the viewport that it asks for, and the x range that this is at the
moment.  [no I/O]
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from zwsnb.history.pixel_grid import SMALLEST, Grid
from zwsnb.kinds.values import LARGEST
from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.triggers.trigger import Sweep

MAX_PIXELS: Final = 16_384

ROWS: Final = 512
"""Pixels in the height of an image, where a page has not said how many there are."""


@dataclass(slots=True, frozen=True)
class Viewport:
    """What a page shows: x from ``lo`` to ``hi``, or (``hi`` None) up to the newest point, on
    ``pixels`` device pixels.

    ``lo`` None and ``window`` None: everything. ``window``: the last so much of x. ``rows``: device
    pixels in the height of an image.
    """

    pixels: int
    lo: float | None = None
    hi: float | None = None
    window: float | None = None
    rows: int = ROWS

    def home(self, window: float | None) -> Viewport:
        """Return that of a page of this size that has come to a plot with such a window."""
        return Viewport(self.pixels, window=window, rows=self.rows)

    @classmethod
    def of(cls, message: Mapping[str, object]) -> Viewport:
        """Return the viewport of a page's `view` message.

        Raises:
            InvalidMessage: it has no width, or a range that is none.
        """
        pixels, rows = _pixels(message, "width"), ROWS
        if "height" in message:
            rows = _pixels(message, "height")
        mode = message.get("mode")
        if mode == "all":
            return cls(pixels, rows=rows)
        if mode == "follow" and (window := _number(message, "window")) > 0:
            return cls(pixels, window=window, rows=rows)
        if mode == "range" and (lo := _number(message, "from")) < (hi := _number(message, "to")):
            return cls(pixels, lo, hi, rows=rows)
        raise InvalidMessage("not a view", f"mode {mode!r} without a range")


def _pixels(message: Mapping[str, object], key: str) -> int:
    return int(min(max(_number(message, key), 1), MAX_PIXELS))


def _number(message: Mapping[str, object], key: str) -> float:
    value = message.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise InvalidMessage("not a view", f"{key} is {value!r}, not a finite number")
    return float(value)


class VisibleRange(NamedTuple):
    """A viewport on a plot as it is now: x from ``lo`` to before ``hi`` (infinite when the newest
    points are followed), in the columns of ``grid``, on so many device pixels; the last ``window``
    of x where one is followed, y on a logarithmic axis where ``log_y``, as far as no panel says
    another.
    """

    lo: float
    hi: float
    grid: Grid
    pixels: int
    rows: int
    window: float | None = None
    log_y: bool = False

    @classmethod
    def of(cls, viewport: Viewport, plot: Plot, sweep: Sweep | None = None) -> VisibleRange:
        """Return what `viewport` shows of `plot`: where it follows, that sweep, if there is one."""
        lo, largest = plot.x_range
        hi, span = math.inf, largest - lo
        log_y = plot.options["log"] in ("y", "xy")
        size = viewport.pixels, viewport.rows, viewport.window, log_y
        if viewport.window is not None:
            # Not the difference of its ends, whose rounding would change the width of the columns
            # now and then.
            span = viewport.window
            lo = max(lo, largest - span)
            if sweep is not None:
                lo, largest, hi = sweep.lo, sweep.hi, math.nextafter(sweep.hi, math.inf)
        elif viewport.lo is not None and viewport.hi is not None:
            lo, largest = viewport.lo, viewport.hi
            hi, span = math.nextafter(largest, math.inf), largest - lo
        if plot.is_log_x:
            # Where no x has a place there are no points in sight either.
            lo = max(lo, plot.least_x_above(SMALLEST), SMALLEST)
            return cls(lo, hi, Grid.logarithmic(lo, largest, viewport.pixels), *size)
        return cls(lo, hi, Grid.linear(lo, span, viewport.pixels), *size)
