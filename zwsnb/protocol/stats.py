"""The statistics of a service, as `zwsnb.stats()` returns them and `/stats` sends them in JSON.

Counts are of points where nothing else is said. Numbers that JSON cannot carry, such as the last y
of a series when that is a gap, are None.
"""

from __future__ import annotations

from typing import Any, Final, NotRequired, TypedDict

COMM: Final = "the notebook"
"""What a page has come through whose connection is the comm of a widget."""

EVERYONE: Final = "*"
"""Likewise all views of a widget together, as long as the kernel has heard none of them."""


class HeldRows(TypedDict):
    """What is held of a series at one resolution."""

    points_per_row: int
    rows: int
    from_point: int


class SeriesStats(TypedDict):
    """A series; ``xy`` is True when it is a curve, drawn in the order of publishing.

    It is a run of the published name ``of``, for which ``run`` is what the publisher called it (or
    empty), ``cell`` the number of the notebook cell in which it began, if it is known, and
    ``number`` counts the past ones (0: it is the current one).
    """

    of: str
    run: str
    number: int
    cell: int | None
    points: int
    last: list[float | None]
    x_range: list[float | None]
    xy: bool
    marked: bool  # it is a scatter, whose points have colours and sizes
    held: list[HeldRows]  # the points themselves first, then coarser and coarser


class ViewerStats(TypedDict):
    """A viewer: ``accepted == delivered + conflated + dropped + queued``.

    Only a page has the others: the patches that it was sent, those of them that it has not yet
    painted, whether it is paused, and the Host of the proxy that it came through, empty for none;
    or `COMM`.
    """

    accepted: int
    delivered: int
    conflated: int
    dropped: int
    queued: int
    in_flight: NotRequired[int]
    patches: NotRequired[int]
    paused: NotRequired[bool]
    through: NotRequired[str]


class Counts(TypedDict, total=False):
    """What went wrong, without zeros; ``late`` are points that came when their place was no longer
    held, ``runs`` past ones that had to go, ``refused`` messages by kind, ``errors`` those of zwsnb
    itself.
    """

    missing: int
    dropped: int
    late: int
    runs: int
    gaps: int
    refused: dict[str, int]
    errors: int


class AlertStats(TypedDict):
    """A series has crossed a level that a program watches, with its point x, y.

    ``name`` is that of the watch, ``time`` when it was seen, in seconds since 1970; ``skipped``
    crossings came before it and too soon after another one to be told.
    """

    name: str
    series: str
    run: str
    x: float
    y: float
    time: float
    skipped: int


class ImageStats(TypedDict):
    """The image of a plot: its ``rows``, of so many ``values`` each, and how many rows of others
    came ``before``.
    """

    name: str
    rows: int
    values: int
    before: int


class PlotStats(TypedDict):
    """A plot, and those who look at it; its times are counted from ``origin``, whole seconds since
    1970, everywhere but here.
    """

    points: int  # and rows of images
    bytes: int
    options: dict[str, Any]
    origin: int
    counts: Counts  # since it was made or cleared
    viewers: list[ViewerStats]
    progress: list[str]  # what its bars say
    controls: list[str]  # their names
    alerts: list[AlertStats]  # the newest 100, the oldest of them first
    triggers: int  # how often the series of its trigger has crossed the level
    sweeps: int  # that were begun there
    series: dict[str, SeriesStats]
    image: ImageStats | None
    derived: dict[str, str]  # what the series are that nobody publishes, by name


class ProducerStats(TypedDict):
    """Those who publish: in the process of the service, in others, and plain ones by SUB.

    ``taken`` of the own one are those that came, ``refused`` among them where there are any: they
    are in no plot. Of others ``accepted == delivered + dropped + missing + refused``; plain points
    are those that were delivered.
    """

    own: dict[str, int] | None
    remote: dict[str, int]
    plain: int


class RateStats(TypedDict):
    """How much a second, over the last five: ``points`` that came, those that viewers were
    ``shown``, and ``bytes`` that they were sent.
    """

    points: float
    shown: float
    bytes: float


class MemoryStats(TypedDict):
    """Bytes: what the points of all plots take, and may take, and what the process has in memory;
    None where the system does not say.
    """

    history: int
    budget: int
    resident: int | None


class ShownStats(TypedDict):
    """What became of points for all viewers, those included that have gone, as for each in
    `ViewerStats`; and how many bytes they were sent.
    """

    delivered: int
    conflated: int
    dropped: int
    bytes: int


class LostStats(TypedDict):
    """Points that are in no plot: ``dropped`` by producers that were faster than the relay,
    ``missing`` on their way, ``late``, since their place was no longer held, or ``refused``.
    """

    dropped: int
    missing: int
    late: int
    refused: int


class RefusedStats(TypedDict):
    """What was refused, by reason: ``messages`` of producers and pages; ``requests`` by HTTP, with
    connections that were given up.
    """

    messages: dict[str, int]
    requests: dict[str, int]


class LagStats(TypedDict):
    """How many seconds late a timer of the hub came, the ``last`` one and the ``worst`` of a
    minute.
    """

    last: float
    worst: float


class RestartStats(TypedDict):
    """How often the relay was started anew, and why it was the last time, or nothing."""

    count: int
    reason: str


class VitalStats(TypedDict):
    """What a service knows of itself. What is counted is so from its start, and never becomes less,
    whoever leaves and whatever is cleared or closed.
    """

    uptime: float  # seconds
    points: int  # that were taken, and rows of images
    viewers: int
    rates: RateStats
    memory: MemoryStats
    shown: ShownStats
    lost: LostStats
    refused: RefusedStats
    errors: int  # of zwsnb itself
    lag: LagStats
    restarts: RestartStats


class HubStats(TypedDict):
    """What the hub knows: all of `Stats` but the addresses; ``notices`` say what helps."""

    zwsnb: str
    program: str  # a notebook, a script or a command
    pid: int
    started: float  # in seconds since 1970
    publish: str  # the language in which it runs there: "C" or "Python"
    points: int
    bytes: int
    viewers: int
    listening: list[str]
    counts: Counts
    notices: list[str]
    producers: ProducerStats
    vitals: VitalStats
    plots: dict[str, PlotStats]


class Stats(HubStats):
    """The state of a service, its page's address with the token included."""

    url: str
    plots_url: str
    ingress: str
