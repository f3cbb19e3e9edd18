"""The options of a plot, declared once: `Plot(...)`, `p.style(...)`, `%zwsnb show`, the command
line, the wire and the docs have them from here, or are compared with this by a test.  [no I/O]

A new option is a row of `OPTIONS` (or of `SERIES_OPTIONS`), a parameter of `Plot` and of
`Plot.style`, and a property in static/link/options.js. Where an option is not given, or None, it
is not said; where it has no other default, a word of its own takes it back: "auto", 0, "", [] or
{}. The page gets all of them, with the defaults of this table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypedDict, get_args

import numpy as np

from zwsnb.protocol import option_checks as checks
from zwsnb.protocol.option_checks import Check
from zwsnb.protocol.suggestions import no_option

Style: TypeAlias = Literal["line", "points", "step", "area", "bars"]
Log: TypeAlias = Literal["none", "x", "y", "xy"]
Axis: TypeAlias = Literal["left", "right"]
Auto: TypeAlias = Literal["auto"]
Range: TypeAlias = Sequence[float | None] | Literal["auto", "grow"]
"""(low, high), where None follows the values; "auto", which does so at both ends; or "grow", which
never shrinks.
"""

Window: TypeAlias = float | str | timedelta | np.timedelta64
"""A number, or a span of time: "10s"."""

Time: TypeAlias = bool | Literal["auto", "s", "ms", "us", "ns"]
"""x are times; or the unit of numbers that are times."""

Xy: TypeAlias = bool | Auto

Line: TypeAlias = float | Sequence[float | str]
"""y, or (y, text)."""

Region: TypeAlias = Sequence[float | date | np.datetime64 | str]
"""(from, to), or (from, to, text)."""


class SeriesOptions(TypedDict, total=False):
    """The options of one series, as in ``series={"loss": {"style": "step"}}``."""

    style: Style | Auto | None
    points: bool | Auto | None
    xy: Xy | None
    color: str | None
    width: float | Auto | None
    axis: Axis | None
    hidden: bool | None
    band: Sequence[str] | None


STYLES: Final[tuple[str, ...]] = get_args(Style)
LOGS: Final[tuple[str, ...]] = get_args(Log)
AXES: Final[tuple[str, ...]] = get_args(Axis)

Kind: TypeAlias = Literal[
    "text",
    "window",
    "choice",
    "flag",
    "xy",
    "time",
    "range",
    "size",
    "json",
    "names",
    "line",
    "region",
]


class Argument(NamedTuple):
    """How an option is given on a command line.

    ``flag`` and ``help`` are the option's own where they are empty; the kinds "names", "line" and
    "region" may be repeated, and add one item each. Each kind has a way back
    there, a word or a flag with "no".
    """

    kind: Kind
    metavar: str | None = None
    flag: str = ""
    help: str = ""


class Option(NamedTuple):
    """One option of a plot or of a series.

    ``type`` is its annotation in Python; ``default`` what a page uses until the option is given,
    and ``by_default`` what this means, in words; ``help`` a line about it.
    """

    name: str
    type: str
    check: Check
    help: str
    default: object = None
    by_default: str = "none"
    argument: Argument = Argument("text", "TEXT")
    choices: tuple[str, ...] = ()


SERIES_OPTIONS: Final = (
    Option(
        "style", "Style | Auto", checks.or_auto(checks.one_of(*STYLES)),
        'how this series is drawn: "line", "points", "step", "area" or "bars"; "auto": as the plot',
        by_default="the plot's", choices=STYLES,
    ),
    Option(
        "points", "bool | Auto", checks.flag_or_auto, 'mark its points; "auto": as the plot',
        by_default="the plot's",
    ),
    Option(
        "xy", "Xy", checks.flag_or_auto,
        'it is drawn in the order of publishing, as a curve; "auto": as the plot',
        by_default="the plot's",
    ),
    Option(
        "color", "str", checks.color, 'its colour, as "#0072b2"; "auto": that of its name',
        by_default='"auto"',
    ),
    Option(
        "width", "float | Auto", checks.or_auto(checks.width),
        'the width of its line in pixels, at most 20; "auto": the page\'s',
        by_default="the page's",
    ),
    Option(
        "axis", "Axis", checks.one_of(*AXES), 'the y-axis that it belongs to: "left" or "right"',
        default="left", by_default='"left"', choices=AXES,
    ),
    Option(
        "hidden", "bool", checks.flag, "hidden until the reader shows it",
        default=False, by_default="False",
    ),
    Option(
        "band", "Sequence[str]", checks.band,
        "names of two series, [low, high], that are drawn as an area around it; []: none",
    ),
)  # fmt: skip
"""What can be given for one series."""

_SERIES = checks.series_of({option.name: option.check for option in SERIES_OPTIONS})

OPTIONS: Final = (
    Option("title", "str", checks.text, "a title"),
    Option(
        "window", "Window", checks.window,
        "how much of x to follow: a number, in its units (seconds, for times), or a span of time"
        ' such as "10s", "5m", "2h", or a timedelta; 0: everything',
        by_default="0",
        argument=Argument(
            "window", "W",
            help="how much of x to follow, in its units, or a span of time such as 10s, 5m, 2h; 0:"
            " everything",
        ),
    ),
    Option(
        "y_range", "Range", checks.y_range,
        'the range of y: (low, high), of which one may be None and follows the values; or "auto",'
        ' where both do; or "grow", which never shrinks',
        by_default='"auto"',
        argument=Argument(
            "range", "LOW HIGH",
            help='a fixed range of y, of which an end may be "auto" and follows the values; or'
            ' "auto", where both do, or "grow", which never shrinks',
        ),
    ),
    Option(
        "y2_range", "Range", checks.y_range, "the range of the axis at the right, as y_range",
        by_default='"auto"',
        argument=Argument("range", "LOW HIGH"),
    ),
    Option(
        "style", "Style", checks.one_of(*STYLES),
        'how series are drawn: "line", "points", "step", "area" or "bars"',
        default="line", by_default='"line"', choices=STYLES,
        argument=Argument("choice", help="how series are drawn (line)"),
    ),
    Option(
        "points", "bool", checks.flag, "mark the points of a line",
        default=False, by_default="False",
        argument=Argument("flag"),
    ),
    Option(
        "time", "Time", checks.time,
        'x is a time: its numbers are seconds since 1970, or in the unit "s", "ms", "us" or "ns";'
        ' False: x is a number; "auto": as it looks. x given as times needs no word',
        by_default='"auto"',
        argument=Argument(
            "time", "UNIT",
            help="x is seconds since 1970, or in the unit s, ms, us or ns; no: it is a number;"
            " auto: as it looks",
        ),
    ),
    Option(
        "tz", "str", checks.zone,
        'the time zone in which times are shown, as "America/New_York"; "": the reader\'s own',
        by_default="the reader's own",
    ),
    Option(
        "log", "Log", checks.one_of(*LOGS),
        'logarithmic axes: "x", "y" or "xy"; or "none"',
        by_default='"none"', choices=LOGS,
        argument=Argument("choice", help="logarithmic axes"),
    ),
    Option(
        "xy", "Xy", checks.flag_or_auto,
        "x swings, as that of a circle, and points are drawn in the order of publishing; False:"
        ' they are put in the order of x; "auto": as the points have it',
        by_default='"auto"',
        argument=Argument(
            "xy", "WORD",
            help="x swings: draw points in the order of publishing; no: in that of x; auto: as the"
            " points have it",
        ),
    ),
    Option("x_label", "str", checks.text, "a label of the x-axis"),
    Option("y_label", "str", checks.text, "a label of the y-axis"),
    Option("y2_label", "str", checks.text, "a label of the axis at the right"),
    Option("x_unit", "str", checks.text, "the unit of x, as in V"),
    Option("y_unit", "str", checks.text, "the unit of y, as in V"),
    Option("y2_unit", "str", checks.text, "the unit of the axis at the right"),
    Option(
        "series", "Mapping[str, SeriesOptions]", _SERIES,
        'options of single series, as in {"loss": {"style": "step", "axis": "right"}}; {}: none',
        default={},
        argument=Argument(
            "json", "JSON",
            help="options of single series, as in"
            ' \'{"loss": {"style": "step", "axis": "right"}}\'',
        ),
    ),
    Option(
        "panels", "Sequence[Sequence[str]]", checks.panels,
        'plots one above the other that share x, as in [["loss"], ["acc", "val_acc"]]; at most'
        " 16; []: one",
        by_default="one",
        argument=Argument(
            "names", "SERIES", "--panel",
            "a panel with these series; repeat it, and the panels are stacked",
        ),
    ),
    Option(
        "lines", "Sequence[Line]", checks.lines, "threshold lines, each y or (y, text)",
        default=[],
        argument=Argument(
            "line", "Y TEXT", "--line",
            "a threshold line at Y, with a text; may be repeated",
        ),
    ),
    Option(
        "regions", "Sequence[Region]", checks.regions,
        "stretches of x that are shaded, each (from, to) or (from, to, text)",
        default=[],
        argument=Argument(
            "region", "FROM TO TEXT", "--region",
            "shade x from FROM to TO, with a text; may be repeated",
        ),
    ),
    Option(
        "history", "int | str", checks.history,
        'how much of this plot is kept: a number of points, or bytes as in "500 MB"; or "auto"',
        by_default="what the memory of all plots allows",
        argument=Argument("size", "N"),
    ),
)  # fmt: skip
"""What can be given for a plot, in the order in which it is listed everywhere."""

DEFAULTS: Final[Mapping[str, Any]] = {option.name: option.default for option in OPTIONS}
SERIES_DEFAULTS: Final[Mapping[str, Any]] = {
    option.name: option.default for option in SERIES_OPTIONS
}

_OF_A_PLOT: Final = {option.name: option for option in OPTIONS}
_OF_A_SERIES: Final = {option.name: option for option in SERIES_OPTIONS}


def check_options(options: Mapping[str, object]) -> dict[str, Any]:
    """Return those of `options` that are not None, as JSON can carry them.

    Raises:
        TypeError: an option does not exist, or is of a type that it cannot have.
        ValueError: an option has a value that it cannot have.
    """
    check_option_names(options)
    return {
        key: _OF_A_PLOT[key].check(value, key)
        for key, value in options.items()
        if value is not None
    }


def check_option_names(names: Iterable[object]) -> None:
    """Raise TypeError unless each of `names` is an option of a plot."""
    for name in names:
        if name not in DEFAULTS:
            raise TypeError(no_option(name, DEFAULTS, "", "the options of a plot are"))


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return `old` options with the `new` ones, without those that these take back; the options of
    single series are merged by name, and no series at all takes back those of all.
    """
    series = {} if new.get("series") == {} else dict(old.get("series", {}))
    for name, its in new.get("series", {}).items():
        series[name] = _standing({**series.get(name, {}), **its}, _OF_A_SERIES)
    standing = _standing({**old, **new}, _OF_A_PLOT)
    return {**standing, "series": series} if series else standing


def _standing(options: Mapping[str, Any], table: Mapping[str, Option]) -> dict[str, Any]:
    """Return `options` without those that say to be as if they were not said."""
    return {
        name: value
        for name, value in options.items()
        if value is not None and not _takes_back(value, table[name])
    }


def _takes_back(value: object, option: Option) -> bool:
    if option.default is not None:
        return False
    if option.check in (checks.text, checks.zone):
        return value == ""
    if isinstance(value, float):
        return value == 0
    return value == [] or (isinstance(value, str) and value in ("auto", "none"))
