"""What a snapshot shows of a plot: the lines of each panel, with their colours, axes and bands.

The rules are those of the page: ``static/picture/composition.js`` and
``static/link/options.js``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypedDict

import numpy as np

from zwsnb.axes.scales import positions_of
from zwsnb.kinds.arrays import Vertices
from zwsnb.painting.dots import Dots, dots_of
from zwsnb.painting.looks import (
    SHORT,
    color_of,
    dashes_of,
    paler,
    short_names,
    shown_name,
    slot_of_run,
)
from zwsnb.protocol.marks import Marks
from zwsnb.protocol.patch import XY, Entry
from zwsnb.protocol.series_options import SERIES_DEFAULTS
from zwsnb.snapshot.arrange import arrange
from zwsnb.turns.pause import pause
from zwsnb.view.entries import entries_of, viewport_of

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.view.streams.plot_streams import StreamCache

_NOT_SHOWN: Final = "≤\u202f0 not shown"
_NOTHING: Final = np.empty((0, 2))


class SeriesLook(TypedDict):
    """How one series is drawn: what is set for it, else what is set for the plot."""

    style: str
    points: bool
    label: str | None
    color: str | None
    dash: str | None
    width: float | None
    opacity: float
    axis: str
    hidden: bool
    band: Sequence[str] | None
    age: int  # of a past run, 1 of the newest one; 0: it is current


Looks: TypeAlias = Mapping[str, SeriesLook]
"""By the names of the series."""


@dataclass(slots=True, frozen=True)
class Line:
    """One series as it is drawn: ``points`` are positions, shape (n, 2), ``band`` those below and
    above it. ``label`` is shown in place of its ``name``, ``short`` where there is little room.

    ``kind`` is that of its `Entry`, None where it has no points. ``impossible`` is how many of its
    vertices have no logarithm, and are not there. ``head`` is what stands at its newest point, None
    where not even a dot does. ``dotted`` is how a scatter is drawn, of which ``marks`` came.
    """

    name: str
    label: str
    short: str
    color: str
    dashes: str | None
    opacity: float
    style: str
    dots: bool
    width: float | None
    side: str
    points: Vertices
    band: tuple[Vertices, Vertices] | None
    kind: int | None
    impossible: int
    head: str | None = None
    derived: bool = False
    in_crowd: bool = False  # one of so many that each is thin, and has no dots unasked
    is_earlier: bool = False  # it is of a sweep before the one that is seen
    marks: Marks | None = None
    dotted: Dots | None = None
    newest: float = math.nan  # its value
    value: str = ""  # the same in words

    @property
    def tag(self) -> str:
        """What stands beside its name."""
        xy = "XY" if self.kind == XY and not self.marks else ""
        side = self.side if self.side == "right" else ""
        return ", ".join(filter(None, (xy, side, _NOT_SHOWN if self.impossible else "")))

    @property
    def is_curve(self) -> bool:
        """True when it is a line whose x swings."""
        return self.kind == XY and self.style == "line"

    @property
    def is_grounded(self) -> bool:
        """True when it stands on 0, where there is a 0."""
        return self.style in ("bars", "area") and len(self.points) > 0

    @property
    def curves(self) -> Sequence[Vertices]:
        """All that it has to show."""
        return (self.points, *(self.band or ()))


def panel_options(plot: Plot, index: int) -> dict[str, Any]:
    """Return the options of one panel: what is set for it, else what is set for the plot; "log" is
    whether its y-axes are logarithmic.
    """
    panels = plot.options["panels"]
    said = panels[index] if isinstance(panels, list) and index < len(panels) else ()
    its = said if isinstance(said, Mapping) else {}
    log = its["log"] == "y" if "log" in its else is_log(plot, "y")
    return {"height": 1.0, **plot.options, **its, "log": log}


def is_log(plot: Plot, axis: str) -> bool:
    """Return whether an axis, "x" or "y", is logarithmic; one of times never is."""
    return axis in (plot.options["log"] or "none") and not (axis == "x" and plot.is_time)


def compose(
    plot: Plot, window: float | None, pixels: int, streams: StreamCache | None = None
) -> list[list[Line]]:
    """Return the lines of each panel, from the top to the bottom and from the back to the front.
    streams: those that have taken in what is seen, if there are any.
    """
    entries = entries_of(plot, viewport_of(plot, window, pixels), streams)
    looks = {series.of: look_of(plot, series.of) for series in plot.series.values()}
    ends = band_ends(looks)
    drawn = [series for series in plot.series.values() if series.of not in ends]
    in_runs = list(dict.fromkeys(series.of for series in drawn if series.run))
    labels = {series.name: _label_of(series, looks) for series in drawn}
    names = _Names(labels, short_names(labels.values(), SHORT))
    current = {series.name for series in drawn if not series.number}
    of_run = _current_of_runs(plot)
    places = {series.name: plot.catalog.places_of(series.of) for series in drawn}
    arranged = arrange(plot.options["panels"], [series.name for series in drawn], places)
    # All series now: one may go while others have their turn.
    panels = [_in_front([plot.series[name] for name in panel]) for panel in arranged]
    return [
        with_heads(_with_dots(plot, [
            _line(
                plot, series, _look_of_run(series, drawn, looks), _slot(series, in_runs), entries,
                of_run[series.run], names, log_y=panel_options(plot, index)["log"],
            )
            for series in panel
            if not looks[series.of]["hidden"]
        ]), current)
        for index, panel in enumerate(panels)
    ]  # fmt: skip


def with_heads(lines: Sequence[Line], current: Container[str]) -> list[Line]:
    """Return the lines of a panel with heads: the current curves have a dot where they are now, and
    a name beside it where there are several.
    """
    heads = {its.name for its in lines if its.is_curve and its.name in current}
    return [
        replace(its, head=its.short if len(heads) > 1 else "") if its.name in heads else its
        for its in lines
    ]


def _with_dots(plot: Plot, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a panel, its scatters with the dots that they are."""
    marked = {its.name: its.marks for its in lines if its.marks}
    dots = dict(zip(marked, dots_of(list(marked.values()), plot.options["z_range"]), strict=True))
    return [
        replace(its, dotted=dots[its.name], style="points") if its.name in dots else its
        for its in lines
    ]


def _current_of_runs(plot: Plot) -> Mapping[str, Mapping[str, str]]:
    """Return by run, and by published name, the series that are no past ones."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for series in plot.series.values():
        if not series.number:
            found[series.run][series.of] = series.name
    return found


class _Names(NamedTuple):
    """What is shown in place of the names of series, and in place of that where there is little
    room.
    """

    labels: Mapping[str, str]
    short: Mapping[str, str]


def _label_of(series: Series, looks: Looks) -> str:
    label = looks[series.of]["label"]
    return shown_name(series.name, series.of, series.run, series.number, label)


def _slot(series: Series, in_runs: Sequence[str]) -> int:
    """Return the slot of a series: the series of a named run have that of the run, and differ by
    dashes.
    """
    return slot_of_run(series.slot, in_runs.index(series.of)) if series.run else series.slot


def _in_front(series: Iterable[Series]) -> list[Series]:
    """Return series as they are painted: the current runs in front of the past ones, the newest of
    these in front of the others.
    """
    return sorted(series, key=lambda each: each.number or math.inf)


def _look_of_run(series: Series, drawn: Sequence[Series], looks: Looks) -> SeriesLook:
    pause()  # there are as many as lines
    look = looks[series.of]
    if series.run:
        look = {**look, "color": None}
    if not series.number:
        return {**look, "age": 0}
    newest = max(s.number for s in drawn if (s.of, s.run) == (series.of, series.run))
    return {**look, "band": None, "age": 1 + newest - series.number}


def look_of(plot: Plot, name: str) -> SeriesLook:
    """Return how a series is drawn: what is set for it, else what is set for the plot."""
    said = plot.options["series"]
    its = {**SERIES_DEFAULTS, **said.get(name, {})}
    axes = [said.get(each, {}).get("axis") for each in plot.catalog.places_of(name)]
    style, dots = (
        plot.options[key] if its[key] is None else its[key] for key in ("style", "points")
    )
    return SeriesLook(
        style=style,
        points=dots,
        label=its["label"],
        color=its["color"],
        dash=its["dash"],
        width=its["width"],
        opacity=its["opacity"],
        axis=next(filter(None, axes), its["axis"]),
        hidden=its["hidden"],
        band=its["band"],
        age=0,
    )


def band_ends(looks: Looks) -> set[str]:
    """Return the names of the series that bound a band, and so are not drawn by themselves.

    A series that bounds its own band is drawn, and so is what bounds the band of a series that has
    not come yet: it would be seen nowhere.
    """
    return {end for name, its in looks.items() for end in its["band"] or () if end != name}


def _line(
    plot: Plot,
    series: Series,
    look: SeriesLook,
    slot: int,
    entries: Mapping[str, Entry],
    current: Mapping[str, str],
    names: _Names,
    *,
    log_y: bool,
) -> Line:
    """Return a line of a series. current: by published name, the series of its run now."""
    name = series.name
    entry = entries.get(name)

    def positions(of: str) -> tuple[Vertices, int]:
        vertices = entries[of].vertices if of in entries else _NOTHING
        return positions_of(vertices, log_x=is_log(plot, "x"), log_y=log_y)

    points, impossible = positions(name)
    ends = [current.get(end, "") for end in look["band"] or ()]
    bounds = [end for end in ends if end in entries and entries[end].kind != XY]
    color = look["color"] or color_of(slot)
    return Line(
        name=name,
        label=names.labels[name],
        short=names.short[names.labels[name]],
        color=paler(color, look["age"]) if look["age"] else color,
        dashes=dashes_of(slot, look["dash"]),
        opacity=look["opacity"],
        style=look["style"],
        dots=look["points"],
        width=look["width"],
        side=look["axis"],
        points=points,
        band=(positions(bounds[0])[0], positions(bounds[1])[0]) if len(bounds) == 2 else None,
        kind=entry.kind if entry else None,
        impossible=impossible,
        marks=_marks_of(entry, len(points)),
        derived=series.of in plot.catalog.derived,
        newest=series.last[1],
    )


def _marks_of(entry: Entry | None, points: int) -> Marks | None:
    """Return the marks of the last so many vertices: those before have no place on the axes."""
    if entry is None or entry.marks is None:
        return None
    values = entry.marks.values
    return entry.marks._replace(values=values[len(values) - points :])
