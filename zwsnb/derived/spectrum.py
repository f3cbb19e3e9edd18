"""The spectrum of the newest points of a series, as a series of another plot.  [no I/O]"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.history.runs import Arrival

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows
    from zwsnb.protocol.derivation import ShowSpectrum

EVEN: Final = 0.01
"""Of a step of x, how much others may differ for points that stand evenly."""

LEAST: Final = 8
"""Points that have a spectrum."""

POINTS_PER_SECOND: Final = 1 << 17
"""Points of which a spectrum is made in a second: the longer it is, the rarer it is shown."""

SHORTEST: Final = 1 / 60

A_SLICE: Final = 1 << 13
"""Points of which a spectrum is made before others have their turn."""

_STEPS: Final = 4
"""Of what a spectrum takes, each with all of its points."""

_SHORT: Final = 1 << 12
"""Points of which any number will do."""

_FACTORS: Final = (2, 3, 5, 7, 11)
"""Of a number of points, of which a spectrum is made soon: others take 20 times as long."""


class Slices:
    """Says when others are to have their turn: after so much work as a slice is."""

    def __init__(self) -> None:
        self._spent = 0

    def after(self, cost: int) -> Iterator[None]:
        """Count so many points of work; yield when they are a slice."""
        self._spent += cost
        if self._spent >= A_SLICE:
            self._spent = 0
            yield


class Amplitudes(NamedTuple):
    """Frequencies and amplitudes, shape (2, n); and whether the points did not stand evenly."""

    rows: Rows
    is_resampled: bool


def making(x: Column, y: Column, slices: Slices) -> Generator[None, None, Amplitudes | None]:
    """Return the spectrum of points whose x are sorted: of each frequency, per unit of x, the
    amplitude of the sine that is in it, in units of y; None of too few points. Yields after each
    slice of the work.

    The mean is taken off, and the rest has a Hann window. Points that do not stand evenly, or with
    gaps among them, are resampled on the lines between them. Of more than some thousand there are
    as many as have small factors, up to 2 % fewer: of those that stand evenly the newest.
    """
    known = ~np.isnan(y)
    xs, ys = x[known], y[known]
    held = len(xs)
    if held < LEAST or not xs[-1] > xs[0]:
        return None
    step = (float(xs[-1]) - float(xs[0])) / (held - 1)
    with np.errstate(over="ignore", invalid="ignore"):
        is_even = held == len(x) and bool((np.abs(np.diff(xs) - step) <= EVEN * step).all())
    cost = held // _STEPS
    yield from slices.after(cost)
    n = _quick(held)
    if is_even:
        ys = ys[held - n :]
    else:
        step *= (held - 1) / (n - 1)
        with np.errstate(over="ignore", invalid="ignore"):
            ys = np.interp(np.linspace(xs[0], xs[-1], n), xs, ys)
        yield from slices.after(cost)
    window = np.hanning(n + 1)[:-1]
    with np.errstate(over="ignore", invalid="ignore"):
        faded = (ys - ys.mean()) * window
    yield from slices.after(cost)
    with np.errstate(over="ignore", invalid="ignore"):
        transformed = np.fft.rfft(faded)
    yield from slices.after(cost)
    with np.errstate(over="ignore", invalid="ignore"):
        found = np.abs(transformed) * (2 / window.sum())
    # Those of 0 and of half the rate have no second half beyond.
    found[0] /= 2
    if n % 2 == 0:
        found[-1] /= 2
    frequencies = np.fft.rfftfreq(n, step)
    values = np.where(np.isfinite(found), found, np.nan)
    return Amplitudes(np.stack((frequencies, values)), not is_even)


@cache
def _has_small_factors(n: int) -> bool:
    for factor in _FACTORS:
        while n % factor == 0:
            n //= factor
    return n == 1


def _quick(n: int) -> int:
    """Return the largest number of points, `n` at most, of which a spectrum is made soon."""
    while n > _SHORT and not _has_small_factors(n):
        n -= 1
    return n


class Spectrum:
    """Shows the spectrum that `body` asks for, where an `old` one has shown ``series``.

    ``count`` says of how many points that is; ``is_taken`` is True when others have published some
    under its name: they stay as they are.
    """

    def __init__(self, body: ShowSpectrum, old: Spectrum | None = None) -> None:
        self.body = body
        self.is_resampled = self.is_taken = False
        self.series: Series | None = old.series if old is not None else None
        self.count: int = old.count if old is not None else 0

    @property
    def interval(self) -> float:
        """Seconds between two looks."""
        return max(SHORTEST, self.body.points / POINTS_PER_SECOND)

    def making(self, source: Plot) -> Generator[None, None, Amplitudes | None]:
        """Return that of the newest points that are held, and yield after each slice of the work;
        None where there are too few.
        """
        series = _current(source, self.body.series)
        if series is None:
            return None
        end = series.points.end
        points = series.points.slice(end - self.body.points, end)
        return (yield from making(points[0], points[1], Slices()))

    def show(self, found: Amplitudes, target: Plot) -> None:
        """Show what was made."""
        self.is_resampled = found.is_resampled
        self.is_taken = self.is_taken_in(target)
        if not self.is_taken:
            self._show(found.rows, target)

    def is_taken_in(self, plot: Plot) -> bool:
        """True when a plot has something under its name that it has not shown there."""
        name = self.body.series
        runs = [each for each in plot.series.values() if each.of == name]
        is_own = all(each is self.series and each.count == self.count for each in runs)
        return name in plot.catalog.derived or not is_own

    def _show(self, rows: Rows, target: Plot) -> None:
        catalog, old = target.catalog, self.series
        if old is not None and old.points.start and catalog.by_name.get(old.name) is old:
            # Some of it has left the memory: what is no more cannot be rewritten.
            catalog.remove(old.name)
        shown = catalog.runs_of(self.body.series, Arrival()).current
        shown.rewrite(0, rows, -math.inf)
        shown.x_range = (0.0, float(rows[0, -1]))
        self.series, self.count = shown, shown.count
        target.version += 1


def _current(plot: Plot, name: str) -> Series | None:
    """Return the current run of what is published under a name, or the run that has it."""
    current = (s for s in plot.series.values() if s.of == name and not s.number and s.ordered)
    return next(current, None) or plot.series.get(name)


def labels_of(source: Plot) -> dict[str, str]:
    """Return what the axes of a spectrum are called, as options."""
    its = source.options
    is_seconds = source.is_time or its["x_unit"] == "s"
    hertz = {"x_unit": "Hz"} if is_seconds else {}
    unit = {"y_unit": its["y_unit"]} if its["y_unit"] else {}
    return {"x_label": "frequency", "y_label": "amplitude", **hertz, **unit}


def resampled_words(name: str) -> str:
    """Return the sentence that says of a spectrum that its points were resampled."""
    return f"The spectrum of {name} is of points that do not stand evenly in x: it is resampled."
