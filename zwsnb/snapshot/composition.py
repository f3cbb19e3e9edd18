"""What a still picture shows of a plot: the lines of each panel, with their colours, axes and
bands.  [no I/O]

The rules are those of the page: ``static/chart/composition.js``, ``static/chart/arrange.js`` and
``static/chart/panel_options.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb.history.series import XY_POINTS
from zwsnb.protocol.options import SERIES_DEFAULTS
from zwsnb.protocol.patch import XY, Entry
from zwsnb.snapshot.colors import LIGHT, color_of, slots
from zwsnb.snapshot.scales import places_of
from zwsnb.view.subscription import Subscription
from zwsnb.view.viewport import Viewport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.history.plots import Plot

    Vertices = NDArray[np.float64]

_LACKS: Final = "≤\u202f0 not shown"
_NOTHING: Final = np.empty((0, 2))
_DASHES: Final = (None, "6 3", "2 3", "9 3 2 3")
"""After a full turn the colours come again, with dashes."""


@dataclass(slots=True, frozen=True)
class Line:
    """One series as it is drawn: ``points`` in places, its band, and what was said of it.

    ``kind`` is that of its `Entry`, None where it has no points. ``lacks``: some of its vertices
    have no logarithm, and are not there.
    """

    name: str
    color: str
    dashes: str | None
    style: str
    dots: bool
    width: float | None
    side: str
    points: Vertices
    band: tuple[Vertices, Vertices] | None
    kind: int | None
    lacks: bool

    @property
    def tag(self) -> str:
        """What is to be said beside its name."""
        xy = f"XY, newest {XY_POINTS:,}" if self.kind == XY else ""
        side = self.side if self.side == "right" else ""
        return ", ".join(filter(None, (xy, side, _LACKS if self.lacks else "")))

    @property
    def is_grounded(self) -> bool:
        """True when it stands on 0, where there is a 0."""
        return self.style in ("bars", "area") and len(self.points) > 0

    @property
    def curves(self) -> Sequence[Vertices]:
        """All that it has to show."""
        return (self.points, *(self.band or ()))


def is_log(plot: Plot, axis: str) -> bool:
    """Return whether an axis, "x" or "y", is logarithmic. Times have no logarithm that says
    anything.
    """
    return axis in (plot.options["log"] or "none") and not (axis == "x" and plot.options["time"])


def compose(plot: Plot, window: float | None, pixels: int) -> list[list[Line]]:
    """Return the lines of each panel, from the top to the bottom and from the back to the front."""
    entries = _entries(plot, window, pixels)
    said = {name: {**SERIES_DEFAULTS, **its} for name, its in plot.options["series"].items()}
    ends = {end for name, its in said.items() for end in its["band"] or () if end != name}
    names = [name for name in plot.series if name not in ends]
    # A band is there even if its own series has no points.
    names += [
        name for name, its in said.items() if name not in {*names, *ends} and _has_band(plot, its)
    ]
    taken = slots(names)

    def line(name: str) -> Line:
        its = said.get(name, SERIES_DEFAULTS)
        return _line(plot, name, its, taken[name], entries)

    return [
        [line(name) for name in panel if not said.get(name, SERIES_DEFAULTS)["hidden"]]
        for panel in arrange(plot.options["panels"], names)
    ]


def arrange(panels: Sequence[Sequence[str]] | None, names: Iterable[str]) -> list[list[str]]:
    """Return the names in each panel: a series stands in the first that names it, else in the last."""
    wanted = panels or [[]]
    homes: dict[str, int] = {}
    for index, panel in enumerate(wanted):
        for name in panel:
            homes.setdefault(name, index)
    found: list[list[str]] = [[] for _ in wanted]
    for name in names:
        found[homes.get(name, -1)].append(name)
    return found


def _has_band(plot: Plot, its: Mapping[str, Any]) -> bool:
    return its["band"] is not None and all(end in plot.series for end in its["band"])


def _entries(plot: Plot, window: float | None, pixels: int) -> dict[str, Entry]:
    """Return what a page so wide would have been sent, by the name of the series."""
    view = Subscription(plot)
    view.set_viewport(Viewport(pixels, window=window))
    patch = view.next_patch()
    names = {series.ident: series.name for series in plot.series.values()}
    return {names[entry.series]: entry for entry in patch.entries} if patch else {}


def _line(
    plot: Plot, name: str, its: Mapping[str, Any], slot: int, entries: Mapping[str, Entry]
) -> Line:
    options, entry = plot.options, entries.get(name)

    def points(of: str) -> Vertices:
        vertices = entries[of].vertices if of in entries else _NOTHING
        return places_of(vertices, log_x=is_log(plot, "x"), log_y=is_log(plot, "y"))

    own = points(name)
    bounds = [end for end in its["band"] or () if end in entries and entries[end].kind != XY]
    gaps = np.isnan(entry.vertices[:, 1]) if entry else np.empty(0, dtype=bool)
    return Line(
        name=name,
        color=its["color"] or color_of(slot),
        dashes=_DASHES[slot // len(LIGHT) % len(_DASHES)],
        style=its["style"] or options["style"],
        dots=options["points"] if its["points"] is None else its["points"],
        width=its["width"],
        side=its["axis"],
        points=own,
        band=(points(bounds[0]), points(bounds[1])) if len(bounds) == 2 else None,
        kind=entry.kind if entry else None,
        lacks=bool((np.isnan(own[:, 1]) & ~gaps).any()),
    )
