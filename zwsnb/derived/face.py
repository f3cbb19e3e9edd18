"""What pages and pictures show of a plot: itself, or the spectra of its series.  [no I/O]

A plot whose style is "spectrum" has a face: another plot, with the same series by the same numbers,
whose points are amplitudes over frequencies. Whatever shows points asks for the face; whatever is
done to the plot, or kept of it, is its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from zwsnb.derived.spectrum import (
    POINTS_PER_SECOND,
    SHORTEST,
    Amplitudes,
    Slices,
    labels_of,
    making,
    resampled_words,
)
from zwsnb.history.catalog import listed
from zwsnb.history.plots import Plot
from zwsnb.history.series import Series
from zwsnb.protocol.checks.style_checks import DENSITY, SPECTRUM
from zwsnb.protocol.derivation import MAX_SPECTRUM
from zwsnb.protocol.options import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from zwsnb.kinds.arrays import Rows

MOST_SERIES: Final = 100
"""Of a plot, whose spectra are shown: as many as `zwsnb.derived.spectrum.MAX_SPECTRA`."""

A_TURN: Final = 1 << 15
"""Points of which spectra are made before others have their turn: some milliseconds of work."""

A_SERIES: Final = 1 << 11
"""Points that take as long as what a spectrum costs of however few."""

AT_ONCE: Final = 8
"""So many times as many points a second are taken of a plot with many series, as of one."""

_NEARLY: Final = 1 - 1e-9
"""Of a window: of points that stand evenly there are as many in it at any time, or nearly so."""

_KEPT: Final = (
    *("title", "y_range", "y2_range", "points", "log", "y_label", "y2_label", "y_unit", "y2_unit"),
    *("legend", "panels", "lines"),
)
"""Options that say how a spectrum looks as well: all but those of x and of its points."""


class _Spectrum(NamedTuple):
    """Of which points of a series the spectrum was made, and how."""

    made_of: object = None
    points: int = 0
    is_resampled: bool = False
    is_cut: bool = False


class Face(Plot):
    """The spectra of the series of one plot, `source`, which is handed over by whoever has it.

    ``is_behind`` is True when an update has left some for the next one.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._twins: dict[Series, Series] = {}
        self._made: dict[Series, _Spectrum] = {}
        self._left: list[Series] = []
        self._mirrored: object = None

    @property
    def is_behind(self) -> bool:
        """True when the last update has not come to the end."""
        return bool(self._left)

    @property
    def interval(self) -> float:
        """Seconds between two looks at all."""
        counts = [each.points for each in self._made.values()]
        if self._left or not counts:
            return SHORTEST
        return max(SHORTEST, max(*counts, sum(counts) / AT_ONCE) / POINTS_PER_SECOND)

    def mirror(self, source: Plot) -> None:
        """Have the series and the options that the plot has by now."""
        state = source.catalog.version, source.options_version
        if state == self._mirrored:
            return
        self._mirrored = state
        self.options = _options_of(source)
        self.origin = source.origin
        self._mirror_series(source)
        self.catalog.derived = source.catalog.derived
        self.catalog.version, self.options_version = state
        self.version += 1

    def _mirror_series(self, source: Plot) -> None:
        old = self._twins
        self._twins = {each: old.get(each) or _twin_of(each) for each in source.series.values()}
        for gone in old.keys() - self._twins.keys():
            self.held.drop(old[gone])
        for each, twin in self._twins.items():
            twin.name, twin.number, twin.slot = each.name, each.number, each.slot
            twin.resized = self.held.note
            self.held.note(twin)
        self.catalog.by_name = {twin.name: twin for twin in self._twins.values()}
        self.catalog.cleared += sum(old[each].count for each in old.keys() - self._twins.keys())
        self._made = {each: its for each, its in self._made.items() if each in self._twins}
        self._left = [each for each in self._left if each in self._twins]

    def turn(self, source: Plot) -> Iterator[None]:
        """Make a turn's worth of those spectra whose points have changed, and yield after each
        slice of the work.
        """
        self.mirror(source)
        if not self._left:
            self._left = self._changed_in(source)
        room, slices = A_TURN, Slices()
        while self._left and room > 0:
            made = yield from self._make(self._left.pop(0), source.options["window"], slices)
            room -= A_SERIES + made.points
            self.version += 1
            yield from slices.after(A_SERIES)

    def is_old(self, source: Plot) -> bool:
        """Return whether points have come that no spectrum is made of."""
        return bool(self._left or self._changed_in(source))

    def _changed_in(self, source: Plot) -> list[Series]:
        window = source.options["window"]
        return [
            each
            for each in list(self._twins)[:MOST_SERIES]
            if self._made.get(each, _Spectrum()).made_of != _state_of(each, window)
        ]

    def catch_up(self, source: Plot) -> Iterator[None]:
        """Make all spectra of what has come before, and yield after each slice of the work, and
        after each turn but the last.
        """
        self._left = []
        yield from self.turn(source)
        while self._left:
            yield
            yield from self.turn(source)

    def _make(
        self, series: Series, window: float | None, slices: Slices
    ) -> Generator[None, None, _Spectrum]:
        """Have the twin of a series be its spectrum, as far as there is one, and it is there."""
        points, is_cut = _in_window(series, window)
        made_of, count = _state_of(series, window), points.shape[1]
        found = yield from making(points[0], points[1], slices)
        its = _Spectrum(made_of)
        if found is not None:
            its = _Spectrum(made_of, count, found.is_resampled, is_cut)
        if series in self._twins:
            self._made[series] = its
            _show(found, self._twins[series])
        return its

    def notices(self, source: Plot) -> Iterator[str]:
        """Yield what a user should know of the spectra, in plain words with the repair."""
        made = [(each.name, its) for each, its in self._made.items()]
        if resampled := [name for name, its in made if its.is_resampled]:
            yield resampled_words(listed(resampled))
        if cut := [name for name, its in made if its.is_cut]:
            yield f"The spectrum of {listed(cut)} is of the newest {MAX_SPECTRUM:,} points."
        if curves := [each.name for each in self._twins if not each.ordered]:
            yield f"There is no spectrum of {listed(curves)}: its points are in no order of x."
        if len(self._twins) > MOST_SERIES:
            yield f"Spectra are shown of the first {MOST_SERIES} series."
        if source.image.count:
            yield 'An image has no spectrum: style="line" shows it.'
        if self._is_below(source.options["y_range"]):
            yield 'The spectrum lies below y_range: y_range="auto" shows it.'

    def _is_below(self, y_range: object) -> bool:
        """True when nothing is seen in a range that was meant for the points, as it seems."""
        low = y_range[0] if isinstance(y_range, list) else None
        highest = [each.last[1] for each in self._twins.values() if each.count]
        return low is not None and bool(highest) and max(highest) < low


def face_of(plot: Plot) -> Plot:
    """Return what is shown of a plot, with the series and options that it has by now; a spectrum
    may be some milliseconds old.
    """
    if plot.options["style"] != SPECTRUM:
        plot.face = None
        return plot
    face = plot.face
    if not isinstance(face, Face):
        face = plot.face = Face(plot.name)
        next(face.turn(plot), None)  # what is soon made is there at once
    face.mirror(plot)
    return face


def _show(found: Amplitudes | None, twin: Series) -> None:
    if found is None:
        twin.rewrite(0, np.empty((2, 0)), -math.inf)
        twin.last = twin.x_range = (math.nan, math.nan)
        return
    twin.rewrite(0, found.rows, -math.inf)
    twin.x_range = (0.0, float(found.rows[0, -1]))
    # What a legend says of it: the last amplitude is as good as nothing.
    x, y = found.rows[:, np.where(found.rows[1] >= 0, found.rows[1], -1).argmax()]
    twin.last = (float(x), float(y))


def _twin_of(series: Series) -> Series:
    return Series(
        series.ident,
        series.name,
        of=series.of,
        run=series.run,
        cell=series.cell,
        slot=series.slot,
    )


def _options_of(source: Plot) -> dict[str, Any]:
    """Return the options of the face: of those of a plot what says how a spectrum looks as well."""
    kept = {key: source.options[key] for key in _KEPT if source.options[key] is not None}
    said = source.options["series"]
    series = {name: _look_of(its) for name, its in said.items()}
    for its in said.values():
        # A spectrum of the lower end is not below that of the upper one.
        for end in its.get("band") or ():
            series[end] = {**series.get(end, {}), "hidden": True}
    return {**DEFAULTS, **labels_of(source), **kept, "series": series}


def _look_of(said: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in said.items() if key not in ("xy", "band")}
    if kept.get("style") in ("candles", DENSITY):
        del kept["style"]
    return kept


def _state_of(series: Series, window: float | None) -> object:
    """Return what changes with the points that a spectrum is made of."""
    return series.count, series.rewrites.count, series.generation, series.points.start, window


def _in_window(series: Series, window: float | None) -> tuple[Rows, bool]:
    """Return the points of a series that are in the window which ends with the newest, shape
    (2, n), none of a curve; and whether there would have been more.
    """
    points = series.points
    if not series.ordered or not points.end:
        return np.empty((2, 0)), False
    begin = points.find(series.last[0] - _NEARLY * window) if window else points.start
    first = max(begin, points.end - MAX_SPECTRUM)
    return points.slice(first, points.end), bool(window) and first > begin
