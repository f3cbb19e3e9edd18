"""What a page is told of the series of a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.derived.face import face_of

if TYPE_CHECKING:
    from zwsnb.history.catalog import Catalog
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series


def described(plot: Plot) -> list[dict[str, object]]:
    """Return what a page has to know of each series: of which run of what it is, what it is derived
    from, and by how much it is smoothed by hand.
    """
    return [_described(series, plot.catalog) for series in face_of(plot).series.values()]


def _described(series: Series, catalog: Catalog) -> dict[str, object]:
    origin = catalog.derived.get(series.of)
    derived = {} if origin is None else {"source": origin.source, "derived": origin.text}
    weight = _weight_of(catalog, series.of) if catalog.derived else 0.0
    smooth = {"smooth": weight} if weight else {}
    return {
        "id": series.ident,
        "name": series.name,
        "of": series.of,
        "run": series.run,
        "number": series.number,
        "cell": series.cell,
        "slot": series.slot,
        **derived,
        **smooth,
    }


def _weight_of(catalog: Catalog, of: str) -> float:
    from zwsnb.derived.smoothing import weight_of  # where something is derived, it is loaded

    return weight_of(catalog, of)
