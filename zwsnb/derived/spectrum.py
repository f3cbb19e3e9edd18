"""The spectrum of the newest points of a series, as a series of another plot.  [no I/O]"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from zwsnb.history.runs import Arrival

if TYPE_CHECKING:
    from zwsnb.history.plots import History, Plot
    from zwsnb.history.series import Series
    from zwsnb.kinds.arrays import Column, Rows
    from zwsnb.protocol.derivation import ShowSpectrum

EVEN: Final = 0.01
"""Of a step of x, how much others may differ for points that stand evenly."""

LEAST: Final = 8
"""Points that have a spectrum."""

MAX_SPECTRA: Final = 100

POINTS_PER_SECOND: Final = 1 << 17
"""Points of which a spectrum is made in a second: the longer it is, the rarer it is shown."""

SHORTEST: Final = 1 / 60


class Amplitudes(NamedTuple):
    """Frequencies and amplitudes, shape (2, n); and whether the points did not stand evenly."""

    rows: Rows
    is_resampled: bool


def amplitudes(x: Column, y: Column) -> Amplitudes | None:
    """Return the spectrum of points whose x are sorted: of each frequency, per unit of x, the
    amplitude of the sine that is in it, in units of y; None of too few points.

    The mean is taken off, and the rest has a Hann window. Points that do not stand evenly, or with
    gaps among them, are resampled on the lines between them.
    """
    known = ~np.isnan(y)
    xs, ys = x[known], y[known]
    n = len(xs)
    span = float(xs[-1] - xs[0]) if n else 0.0
    if n < LEAST or not span > 0:
        return None
    step = span / (n - 1)
    is_even = n == len(x) and bool((np.abs(np.diff(xs) - step) <= EVEN * step).all())
    if not is_even:
        ys = np.interp(np.linspace(xs[0], xs[-1], n), xs, ys)
    window = np.hanning(n + 1)[:-1]
    with np.errstate(over="ignore", invalid="ignore"):
        found = np.abs(np.fft.rfft((ys - ys.mean()) * window)) * (2 / window.sum())
    # Those of 0 and of half the rate have no second half beyond.
    found[0] /= 2
    if n % 2 == 0:
        found[-1] /= 2
    frequencies = np.fft.rfftfreq(n, step)
    values = np.where(np.isfinite(found), found, np.nan)
    return Amplitudes(np.stack((frequencies, values)), not is_even)


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

    def update(self, source: Plot, target: Plot) -> int:
        """Show that of the newest points that are held; return by how many bytes it has grown."""
        series = _current(source, self.body.series)
        if series is None:
            return 0
        end = series.points.end
        points = series.points.slice(end - self.body.points, end)
        found = amplitudes(points[0], points[1])
        if found is None:
            return 0
        self.is_resampled = found.is_resampled
        self.is_taken = self.is_taken_in(target)
        before = 0 if self.series is None else self.series.nbytes
        if not self.is_taken:
            self._show(found.rows, target)
        return 0 if self.series is None else max(0, self.series.nbytes - before)

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


class Spectra:
    """All spectra of a `history`, by the plot and the name under which they are shown."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._shown: dict[tuple[str, str], Spectrum] = {}
        self._due: dict[tuple[str, str], None] = {}

    def show(self, body: ShowSpectrum) -> None:
        """Show a spectrum from now on; the same again changes nothing.

        Raises:
            ValueError: there are as many as there may be, or it would take the place of a series.
        """
        key = body.plot, body.series
        old = self._shown.get(key)
        if old is not None and old.body == body:
            return
        if old is None and len(self._shown) >= MAX_SPECTRA:
            raise ValueError(f"there are {MAX_SPECTRA} spectra: remove some")
        if body.plot == body.of:
            raise ValueError(f"the spectrum of {body.series!r} needs a plot of its own")
        source, target = (self._history.get_or_create(name) for name in (body.of, body.plot))
        new = Spectrum(body, old)
        if new.is_taken_in(target):
            raise ValueError(f"plot {body.plot!r} has a series {body.series!r} already")
        self._shown[key] = new
        self._due[key] = None
        its = source.options
        is_seconds = source.is_time or its["x_unit"] == "s"
        hertz = {"x_unit": "Hz"} if is_seconds else {}
        unit = {"y_unit": its["y_unit"]} if its["y_unit"] else {}
        target.propose({"x_label": "frequency", "y_label": "amplitude", **hertz, **unit})

    def note(self, plot: str) -> None:
        """Note that a plot has changed."""
        for key, spectrum in self._shown.items():
            if spectrum.body.of == plot:
                self._due[key] = None

    def withdraw(self, plot: str, series: str) -> None:
        """Show a spectrum no longer."""
        self._shown.pop((plot, series), None)
        self._due.pop((plot, series), None)

    def forget(self, plot: str) -> None:
        """Show none any longer in a plot, which was closed."""
        for key in [key for key in self._shown if key[0] == plot]:
            self.withdraw(*key)

    @property
    def due(self) -> int:
        """Those that have changed."""
        return len(self._due)

    @property
    def interval(self) -> float:
        """Seconds to wait before those that have changed are shown."""
        return max((self._shown[key].interval for key in self._due), default=SHORTEST)

    def update(self) -> list[Plot]:
        """Show that of those that have changed which has waited longest, and return its plot."""
        if not self._due:
            return []
        key = next(iter(self._due))
        del self._due[key]
        spectrum = self._shown[key]
        source = self._history.get(spectrum.body.of)
        target = self._history.get_or_create(key[0])
        if source is not None:
            self._history.grown(target, spectrum.update(source, target))
        return [target]

    def notices(self, plot: str) -> list[str]:
        """Return what a user should know of those in a plot, in plain words."""
        here = {key[1]: its for key, its in self._shown.items() if key[0] == plot}
        return [
            f"The spectrum of {name} is of points that do not stand evenly in x: it is resampled."
            for name, its in here.items()
            if its.is_resampled and not its.is_taken
        ] + [
            f"The spectrum of {name} is not shown: points are published here under its name."
            for name, its in here.items()
            if its.is_taken
        ]
