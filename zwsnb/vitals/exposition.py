"""What a service knows of itself in the formats of Prometheus.

This imports `prometheus_client`, which takes a while: whoever is asked for it loads it then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector, CollectorRegistry
from prometheus_client.samples import Sample

from zwsnb.turns.pause import pause

if TYPE_CHECKING:
    from zwsnb.protocol.stats import LostStats, ShownStats, VitalStats
    from zwsnb.vitals.vitals import PlotVitals, Vitals

T = TypeVar("T")

_OPEN: Final = "application/openmetrics-text"

_BUNCH: Final = 16
"""Samples that are written before others may have their turn: a third of a millisecond."""


class Figure(NamedTuple):
    """A metric: its name and help, and how it is read; of several values each has a `label`. A name
    that ends in ``_total`` is that of a counter.
    """

    name: str
    help: str
    read: Callable[[VitalStats], float | Mapping[str, int] | None]
    label: str = ""


class PlotFigure(NamedTuple):
    """A metric of each plot."""

    name: str
    help: str
    read: Callable[[PlotVitals], int]


def _table(counts: LostStats | ShownStats, but: str = "") -> dict[str, int]:
    return {key: n for key, n in counts.items() if key != but and isinstance(n, int)}


FIGURES: Final = (
    Figure(
        "zwsnb_uptime_seconds",
        "Time since the relay was started, or started anew.",
        lambda its: its["uptime"],
    ),
    Figure(
        "zwsnb_restarts_total",
        "How often the relay was started anew, by itself or by hand.",
        lambda its: its["restarts"]["count"],
    ),
    Figure(
        "zwsnb_hub_lag_seconds",
        "How late the newest timer of the relay came: there are four a second, and eight while "
        "points come.",
        lambda its: its["lag"]["last"],
    ),
    Figure(
        "zwsnb_hub_lag_worst_seconds",
        "How late a timer of the relay came at worst in the last minute.",
        lambda its: its["lag"]["worst"],
    ),
    Figure(
        "zwsnb_errors_total",
        "Errors of zwsnb itself; its log has them.",
        lambda its: its["errors"],
    ),
    Figure(
        "zwsnb_points_total",
        "Points, and rows of images, that all plots took, those that are closed included.",
        lambda its: its["points"],
    ),
    Figure(
        "zwsnb_points_per_second",
        "Points that plots took in a second, over the last five.",
        lambda its: its["rates"]["points"],
    ),
    Figure(
        "zwsnb_lost_points_total",
        "Points that are in no plot: dropped by producers faster than the relay, missing on their "
        "way, late since their place was no longer held, or refused.",
        lambda its: _table(its["lost"]),
        "reason",
    ),
    Figure(
        "zwsnb_refused_messages_total",
        "Messages of producers and pages that were refused.",
        lambda its: its["refused"]["messages"],
        "reason",
    ),
    Figure(
        "zwsnb_refused_requests_total",
        "HTTP requests that were refused, and connections that were given up.",
        lambda its: its["refused"]["requests"],
        "reason",
    ),
    Figure(
        "zwsnb_viewer_points_total",
        "Points by what became of them for viewers: delivered as they are, conflated into columns "
        "of pixels, or dropped since they were forgotten before.",
        lambda its: _table(its["shown"], but="bytes"),
        "outcome",
    ),
    Figure(
        "zwsnb_viewer_points_per_second",
        "Points that viewers were shown in a second, delivered or conflated, over the last five.",
        lambda its: its["rates"]["shown"],
    ),
    Figure(
        "zwsnb_viewer_bytes_total",
        "Bytes that viewers were sent.",
        lambda its: its["shown"]["bytes"],
    ),
    Figure(
        "zwsnb_viewer_bytes_per_second",
        "Bytes that viewers were sent in a second, over the last five.",
        lambda its: its["rates"]["bytes"],
    ),
    Figure(
        "zwsnb_viewers",
        "Viewers of all plots: pages, and readers of /json.",
        lambda its: its["viewers"],
    ),
    Figure(
        "zwsnb_history_bytes",
        "Memory that the points of all plots take.",
        lambda its: its["memory"]["history"],
    ),
    Figure(
        "zwsnb_history_budget_bytes",
        "Memory that they may take.",
        lambda its: its["memory"]["budget"],
    ),
    Figure(
        "zwsnb_resident_memory_bytes",
        "Memory of the process in which the relay runs; on Linux.",
        lambda its: its["memory"]["resident"],
    ),
)

PLOT_FIGURES: Final = (
    PlotFigure(
        "zwsnb_plot_points_total",
        "Points, and rows of its image, that a plot took.",
        lambda its: its.points,
    ),
    PlotFigure(
        "zwsnb_plot_bytes",
        "Memory that the points of a plot take.",
        lambda its: its.bytes,
    ),
    PlotFigure(
        "zwsnb_plot_viewers",
        "Viewers of a plot.",
        lambda its: its.viewers,
    ),
)


def exposing(vitals: Vitals, errors: int, accept: str) -> Iterator[tuple[str, bytes]]:
    """Yield the content type and the text of all metrics, once, in turns.

    errors: as `Vitals.stats`. accept: the header of the request, which may ask for OpenMetrics.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Exposed(vitals, errors))
    # Nothing else of the header goes on: the answer would repeat it.
    encode, content_type = choose_encoder(_OPEN if _OPEN in accept else "")
    yield content_type, encode(registry)


class _Exposed(Collector):
    """The metrics of a service, as they are now."""

    def __init__(self, vitals: Vitals, errors: int) -> None:
        self._vitals, self._errors = vitals, errors

    def collect(self) -> Iterator[Metric]:
        """Yield them one by one."""
        stats = self._vitals.stats(self._errors)
        for figure in FIGURES:
            found = figure.read(stats)
            if isinstance(found, Mapping):
                yield _family(figure, figure.label, found.items())
            elif found is not None:
                yield _family(figure, "", [("", found)])
        plots = list(_with_pauses(self._vitals.plots()))
        for each in PLOT_FIGURES:
            yield _family(each, "plot", ((its.name, each.read(its)) for its in plots))


def _family(figure: Figure | PlotFigure, label: str, values: Iterable[tuple[str, float]]) -> Metric:
    is_counter = figure.name.endswith("_total")
    family = Metric(
        figure.name.removesuffix("_total"), figure.help, "counter" if is_counter else "gauge"
    )
    family.samples = _Samples(
        Sample(figure.name, {label: key} if label else {}, value) for key, value in values
    )
    return family


class _Samples(list[Sample]):
    """Samples between which others may have their turn: of a thousand plots to write them takes
    some 20 ms each metric.
    """

    def __iter__(self) -> Iterator[Sample]:
        return _with_pauses(super().__iter__())


def _with_pauses(items: Iterable[T]) -> Iterator[T]:
    for count, item in enumerate(items, 1):
        yield item
        if count % _BUNCH == 0:
            pause()
