"""The statistics that `/stats` and `zwsnb.stats()` give."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from zwsnb._version import __version__

if TYPE_CHECKING:
    from zwsnb.clients.viewers import Viewers
    from zwsnb.events.held import Alert
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series
    from zwsnb.images.image import Image
    from zwsnb.protocol.stats import (
        AlertStats,
        Counts,
        HubStats,
        ImageStats,
        PlotStats,
        SeriesStats,
    )
    from zwsnb.relay.relay import Relay
    from zwsnb.server.about import About
    from zwsnb.server.error_log import ErrorLog


def hub_stats(relay: Relay, viewers: Viewers, errors: ErrorLog, about: About) -> HubStats:
    """Return the state of everything, as JSON can carry it."""
    plots = relay.history.plots.values()
    return {
        "zwsnb": __version__,
        "program": about.program,
        "pid": about.pid,
        "started": about.started,
        "points": relay.history.count(),
        "bytes": relay.history.nbytes,
        "viewers": len(viewers),
        "listening": relay.listening,
        "counts": _counts(relay, errors),
        "notices": relay.notices(),
        "producers": relay.stats(),
        "plots": {plot.name: plot_stats(plot, relay, viewers) for plot in plots},
    }


def _counts(relay: Relay, errors: ErrorLog) -> Counts:
    """Return what went wrong so far, without zeros; with the relay's errors those of the server."""
    counts = relay.counts()
    if errors.exceptions:
        counts["errors"] = counts.get("errors", 0) + errors.exceptions
    return counts


def plot_stats(plot: Plot, relay: Relay, viewers: Viewers) -> PlotStats:
    """Return the state of a plot and of its viewers."""
    return {
        "points": plot.count,
        "bytes": plot.nbytes,
        "options": plot.shown_options,
        "origin": plot.origin,
        "counts": relay.counts(plot),
        "viewers": [client.stats() for client in viewers.readers(plot)],
        "progress": [bar.text for bar in plot.progress],
        "controls": list(plot.controls.held),
        "alerts": [alert_stats(alert, plot.origin) for alert in plot.watches.alerts],
        "triggers": plot.trigger.triggers,
        "sweeps": plot.trigger.sweeps,
        "series": {
            series.name: series_stats(series, plot.origin) for series in plot.series.values()
        },
        "image": image_stats(plot.image),
        "derived": {name: origin.text for name, origin in plot.catalog.derived.items()},
    }


def image_stats(image: Image) -> ImageStats | None:
    """Return the size of an image; None where there is none."""
    run = image.run
    if run is None:
        return None
    return {"name": run.name, "rows": run.count, "values": run.bins, "before": run.began}


def series_stats(series: Series, origin: int = 0) -> SeriesStats:
    """Return the state of a series, whose times are counted from `origin`."""
    x, y = series.last
    return {
        "of": series.of,
        "run": series.run,
        "number": series.number,
        "cell": series.cell,
        "points": series.count,
        "last": [_json_number(value) for value in (x + origin, y)],
        "x_range": [_json_number(value + origin) for value in series.x_range],
        "xy": not series.ordered,
        "marked": series.marks is not None,
        "held": series.held(),
    }


def alert_stats(alert: Alert, origin: int) -> AlertStats:
    """Return an alert, whose x is counted from `origin`."""
    its = alert._asdict()
    return cast("AlertStats", its | {"x": alert.x + origin})


def _json_number(value: float) -> float | None:
    return value if math.isfinite(value) else None
