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

MAX_PIXELS: Final = 16_384


@dataclass(slots=True, frozen=True)
class Viewport:
    """What a page shows: x from ``lo`` to ``hi``, or (``hi`` None) up to the newest point, on
    ``pixels`` device pixels.

    ``lo`` None and ``window`` None: everything. ``window``: the last so much of x.
    """

    pixels: int
    lo: float | None = None
    hi: float | None = None
    window: float | None = None

    @classmethod
    def of(cls, message: Mapping[str, object]) -> Viewport:
        """Return the viewport of a page's `view` message.

        Raises:
            InvalidMessage: it has no width, or a range that is none.
        """
        pixels = int(min(max(_number(message, "width"), 1), MAX_PIXELS))
        mode = message.get("mode")
        if mode == "all":
            return cls(pixels)
        if mode == "follow" and (window := _number(message, "window")) > 0:
            return cls(pixels, window=window)
        if mode == "range" and (lo := _number(message, "from")) < (hi := _number(message, "to")):
            return cls(pixels, lo, hi)
        raise InvalidMessage("not a view", f"mode {mode!r} without a range")


def _number(message: Mapping[str, object], key: str) -> float:
    value = message.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise InvalidMessage("not a view", f"{key} is {value!r}, not a finite number")
    return float(value)


class VisibleRange(NamedTuple):
    """A viewport on a plot as it is now: x from ``lo`` to before ``hi`` (infinite when the newest
    points are followed), in the columns of ``grid``.
    """

    lo: float
    hi: float
    grid: Grid
    pixels: int

    @classmethod
    def of(cls, viewport: Viewport, plot: Plot) -> VisibleRange:
        """Return what `viewport` shows of `plot`."""
        lo, largest = plot.x_range
        hi, span = math.inf, largest - lo
        if viewport.window is not None:
            # Not the difference of its ends, whose rounding would change the width of the columns
            # now and then.
            span = viewport.window
            lo = max(lo, largest - span)
        elif viewport.lo is not None and viewport.hi is not None:
            lo, largest = viewport.lo, viewport.hi
            hi, span = math.nextafter(largest, math.inf), largest - lo
        if plot.is_log_x:
            lo = max(lo, plot.least_x_above(SMALLEST))
            return cls(lo, hi, Grid.logarithmic(lo, largest, viewport.pixels), viewport.pixels)
        return cls(lo, hi, Grid.linear(lo, span, viewport.pixels), viewport.pixels)
