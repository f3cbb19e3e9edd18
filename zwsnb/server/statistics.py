"""The statistics that `/stats` and `zwsnb.stats()` give."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, cast

from zwsnb._version import __version__
from zwsnb.answers.members import Items, Members, made
from zwsnb.quick.pairs import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        SeriesStats,
    )
    from zwsnb.relay.relay import Relay
    from zwsnb.server.about import About
    from zwsnb.server.error_log import ErrorLog
    from zwsnb.vitals.vitals import Vitals


class Sources(NamedTuple):
    """What is asked for its state."""

    relay: Relay
    viewers: Viewers
    vitals: Vitals
    errors: ErrorLog
    about: About


def hub_members(sources: Sources) -> Members:
    """Return the state of everything, as JSON can carry it: each part as it is when it is made, for
    of a thousand plots it takes its time.
    """
    return Members(_of_all(sources))


def _of_all(sources: Sources) -> Iterator[tuple[str, object]]:
    relay, viewers, vitals, errors, about = sources
    yield "zwsnb", __version__
    yield "program", about.program
    yield "pid", about.pid
    yield "started", about.started
    yield "publish", LANGUAGE
    yield "points", relay.history.count()
    yield "bytes", relay.history.nbytes
    yield "viewers", len(viewers)
    yield "listening", relay.listening
    yield "counts", _counts(relay, errors)
    yield "notices", relay.notices()
    yield "producers", relay.stats()
    yield "vitals", vitals.stats(errors.exceptions)
    plots = list(relay.history.plots.values())
    yield "plots", Members((plot.name, plot_members(plot, relay, viewers)) for plot in plots)


def hub_stats(sources: Sources) -> HubStats:
    """Return all of it at once."""
    *_, found = made(hub_members(sources))
    return cast("HubStats", found)


def _counts(relay: Relay, errors: ErrorLog) -> Counts:
    """Return what went wrong so far, without zeros; with the relay's errors those of the server."""
    counts = relay.counts()
    if errors.exceptions:
        counts["errors"] = counts.get("errors", 0) + errors.exceptions
    return counts


def plot_members(plot: Plot, relay: Relay, viewers: Viewers) -> Members:
    """Return the state of a plot and of its viewers."""
    return Members(_of_plot(plot, relay, viewers))


def _of_plot(plot: Plot, relay: Relay, viewers: Viewers) -> Iterator[tuple[str, object]]:
    origin = plot.origin
    head = {
        "points": plot.count,
        "bytes": plot.nbytes,
        "options": plot.shown_options,
        "origin": origin,
        "counts": relay.counts(plot),
    }
    yield from head.items()
    yield "viewers", Items(client.stats() for client in viewers.readers(plot))
    yield "progress", [bar.text for bar in plot.progress]
    yield "controls", list(plot.controls.held)
    yield "alerts", [alert_stats(alert, origin) for alert in plot.watches.alerts]
    yield "triggers", plot.trigger.triggers
    yield "sweeps", plot.trigger.sweeps
    series = list(plot.series.values())
    yield "series", Members((each.name, series_stats(each, origin)) for each in series)
    yield "image", image_stats(plot.image)
    yield "derived", {name: source.text for name, source in plot.catalog.derived.items()}


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
