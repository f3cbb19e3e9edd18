"""The options of a plot, declared once: `Plot(...)`, `p.style(...)`, `%zwsnb show`, the command
line, the wire and the docs have them from here, or are compared with this by a test.  [no I/O]

A new option is a row of `OPTIONS` (or of those of series or panels), a parameter of `Plot` and of
`Plot.style`, and a property in static/link/options.js. Where an option is not given, or None, it
is not said; where it has no other default, a word of its own takes it back: "auto", 0, "", [] or
{}. The page gets all of them, with the defaults of this table.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from zwsnb.protocol.checks import option_checks as checks
from zwsnb.protocol.checks.range_checks import x_range
from zwsnb.protocol.checks.style_checks import check_styles
from zwsnb.protocol.checks.trigger_checks import trigger
from zwsnb.protocol.names import no_option
from zwsnb.protocol.option_types import ASPECTS, LEGENDS, LINKS, LOGS
from zwsnb.protocol.series_options import (
    PANEL_OPTIONS,
    PLOT_STYLES,
    SERIES_OPTIONS,
    Argument,
    Option,
)

MAX_STYLED: Final = 2_000
"""Series of a plot that have options of their own."""

_SERIES = checks.series_of({option.name: option.check for option in SERIES_OPTIONS})
_PANELS = checks.panels_of({option.name: option.check for option in PANEL_OPTIONS})

OPTIONS: Final = (
    Option("title", "str", checks.text, "a title"),
    Option(
        "window", "Window", checks.window,
        "how much of x to follow: a number, in its units (seconds, for times), or a span of time"
        ' such as "10s", "5m", "2h", or a timedelta; 0: everything',
        by_default="0",
        argument=Argument(
            "window", "SPAN",
            help="how much of x to follow, in its units or as in 10s, 5m, 2h; 0: everything",
        ),
    ),
    Option(
        "x_range", "XRange", x_range,
        "the range of x that is to be filled, (low, high), which is seen from the start; one of"
        ' them may be None and follows the points; "auto": both do',
        by_default='"auto"',
        argument=Argument(
            "range", "LOW HIGH",
            help="the range of x that is to be filled, seen from the start; an end that is auto"
            " follows the points; auto alone: both do",
        ),
    ),
    Option(
        "trigger", "TriggerOptions", trigger,
        'a sweep, as wide as the window, whenever a series crosses a level, as in'
        ' {"series": "y", "level": 0.5, "slope": "rising", "mode": "normal", "holdoff": 0,'
        ' "pre": 0.1, "persist": 0}, which p.trigger explains; {}: none',
        argument=Argument(
            "json", "JSON",
            help="a sweep, as wide as the window, whenever a series crosses a level, as in"
            ' \'{"series": "y", "level": 0.5, "slope": "falling", "pre": 0.2}\'',
        ),
    ),
    Option(
        "y_range", "Range", checks.y_range,
        'the range of y: (low, high), of which one may be None and follows the values; or "auto",'
        ' where both do; or "grow", which never shrinks',
        by_default='"auto"',
        argument=Argument(
            "range", "LOW HIGH",
            help="the range of y; an end that is auto follows the values; auto alone: both do; grow"
            " alone: both do, and never shrink",
        ),
    ),
    Option(
        "y2_range", "Range", checks.y_range, "the range of the axis at the right, as y_range",
        by_default='"auto"',
        argument=Argument("range", "LOW HIGH", help="the range at the right axis, as --y-range"),
    ),
    Option(
        "style", "PlotStyle", checks.one_of(*PLOT_STYLES),
        'how series are drawn: "line", "points", "step", "area", "bars" or "candles"; "density":'
        ' by how many points are where; "spectrum": by frequency',
        default="line", by_default='"line"', choices=PLOT_STYLES,
        argument=Argument("choice", help="how series are drawn; spectrum: by frequency"),
    ),
    Option(
        "period", "Window", checks.window,
        'how much of x a candle spans at least: a number, in its units (seconds, for times), or a'
        ' span of time such as "1m", "4h", "1d"; 0: as little as there is room for',
        by_default="0",
        argument=Argument(
            "window", "SPAN",
            help="how much of x a candle spans at least, in its units or as in 1m, 4h, 1d; 0: as"
            " little as there is room for",
        ),
    ),
    Option(
        "points", "bool", checks.flag, "mark the points of a line",
        default=False, by_default="False", argument=Argument("flag"),
    ),
    Option(
        "time", "Time", checks.time,
        'x is a time: its numbers are seconds since 1970, or in the unit "s", "ms", "us" or "ns";'
        ' False: x is a number; "auto": as it looks. x given as times needs no word',
        by_default='"auto"',
        argument=Argument(
            "time", "UNIT|no|auto",
            help="x is seconds since 1970, or in the unit s, ms, us or ns; no: it is a number;"
            " auto: as it looks",
        ),
    ),
    Option(
        "tz", "str", checks.zone,
        'the time zone in which times are shown, as "America/New_York"; "": the reader\'s own',
        by_default="the reader's own",
        argument=Argument("text", "ZONE", help="the zone in which times are shown, as Asia/Tokyo"),
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
            "xy", "yes|no|auto",
            help="x swings: draw points in the order of publishing; no: in that of x; auto: as the"
            " points have it",
        ),
    ),
    Option(
        "aspect", "Aspect", checks.one_of(*ASPECTS),
        'how long a unit of x is beside one of y: "equal", so that a circle is round; or "auto", as'
        " there is room",
        default="auto", by_default='"auto"', choices=ASPECTS,
        argument=Argument("choice", help="equal: a unit of x is as long as one of y"),
    ),
    Option("x_label", "str", checks.text, "a label of the x-axis"),
    Option("y_label", "str", checks.text, "a label of the y-axis"),
    Option("y2_label", "str", checks.text, "a label of the axis at the right"),
    Option("x_unit", "str", checks.text, "the unit of x, as in V"),
    Option("y_unit", "str", checks.text, "the unit of y, as in V"),
    Option("y2_unit", "str", checks.text, "the unit of the axis at the right"),
    Option(
        "z_range", "Range", checks.y_range,
        "values of the first and the last colour of an image or scatter, as y_range",
        by_default='"auto"',
        argument=Argument("range", "LOW HIGH", help="as --y-range, of the colours' values"),
    ),
    Option(
        "z_log", "bool", checks.flag,
        "logarithmic colours of an image, whose values <= 0 have none",
        default=False, by_default="False", argument=Argument("flag"),
    ),
    Option("z_label", "str", checks.text, "a label of the colours of an image or scatter"),
    Option("z_unit", "str", checks.text, "the unit of the values of an image or scatter, as in dB"),
    Option(
        "legend", "Legend", checks.one_of(*LEGENDS),
        'where the series stand by name: "top", "right" or "none"; "auto": at the top, and at the'
        " right where there are very many",
        default="auto", by_default='"auto"', choices=LEGENDS,
        argument=Argument("choice", help="where the series stand by name"),
    ),
    Option(
        "tiles", "Tiles", checks.tiles,
        'the newest values as large figures above the plot: names of series, as in ["loss", "acc"],'
        ' or "all"; []: none',
        argument=Argument(
            "list", "SERIES", help="the newest values of these series as large figures; or all"
        ),
    ),
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
        "panels", "Panels", _PANELS,
        'plots one above the other that share x, as in [["loss"], ["acc", "val_acc"]], at most'
        ' 16, each with options of its own as in {"series": ["acc"], "y_range": (0, 1)}; or'
        ' "groups", one for each group of names, as in train/loss; []: one',
        by_default="one",
        argument=Argument(
            "names", "SERIES", "--panel",
            "a panel with these series, or as JSON with its options, as in"
            ' \'{"series": ["cpu"], "y_unit": "V", "height": 2}\'; repeat it, and the panels are'
            " stacked; groups alone: one for each group of names, as in train/loss",
        ),
    ),
    Option(
        "lines", "Sequence[Line]", checks.lines,
        'threshold lines in every panel, each y, (y, text), or as in {"y": 80, "axis": "right"}',
        default=[],
        argument=Argument(
            "line", "Y [TEXT ...]", "--line",
            'a threshold line at Y, with a text, or as JSON, as in \'{"y": 80, "axis": "right"}\';'
            " may be repeated",
        ),
    ),
    Option(
        "regions", "Sequence[Region]", checks.regions,
        "stretches of x that are shaded, each (from, to) or (from, to, text)",
        default=[],
        argument=Argument(
            "region", "FROM TO [TEXT ...]", "--region",
            "shade x from FROM to TO, with a text; may be repeated",
        ),
    ),
    Option(
        "link", "Link", checks.one_of(*LINKS),
        'what the plot shares with the others that say so: "x", its zoom in x and its crosshair; or'
        ' "none"',
        by_default='"none"', choices=LINKS,
        argument=Argument("choice", help="x: zoom in x and crosshair are those of all that say so"),
    ),
    Option(
        "history", "int | str", checks.history,
        'how much of this plot is kept: a number of points, or bytes as in "500 MB"; or "auto"',
        by_default="what the memory of all plots allows",
        argument=Argument("size", "N|SIZE"),
    ),
)  # fmt: skip
"""What can be given for a plot, in the order in which it is listed everywhere."""

DEFAULTS: Final[Mapping[str, Any]] = {option.name: option.default for option in OPTIONS}
_OF_A_PLOT: Final = {option.name: option for option in OPTIONS}
_OF_A_SERIES: Final = {option.name: option for option in SERIES_OPTIONS}


def check_options(options: Mapping[str, object]) -> dict[str, Any]:
    """Return those of `options` that are not None, as JSON can carry them.

    Raises:
        TypeError: an option does not exist, or is of a type that it cannot have.
        ValueError: an option has a value that it cannot have.
    """
    check_option_names(options)
    given = {name: value for name, value in options.items() if value is not None}
    checked = {name: _OF_A_PLOT[name].check(value, name) for name, value in given.items()}
    return check_styles(checked)


def check_option_names(names: Iterable[object]) -> None:
    """Raise TypeError unless each of `names` is an option of a plot."""
    for name in names:
        if name not in DEFAULTS:
            raise TypeError(no_option(name, DEFAULTS, "", "the options of a plot are"))


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return `old` options with the `new` ones, without those that these take back; the options of
    single series are merged by name, and no series at all takes back those of all; a trigger keeps
    of itself what is not said anew.

    Raises:
        ValueError: too many series would have options of their own, whether they are there or not.
    """
    if new.get("trigger"):
        new = {**new, "trigger": {**(old.get("trigger") or {}), **new["trigger"]}}
    series = {} if new.get("series") == {} else dict(old.get("series", {}))
    for name, its in new.get("series", {}).items():
        series[name] = _standing({**series.get(name, {}), **its}, _OF_A_SERIES)
    if len(series) > max(MAX_STYLED, len(old.get("series", {}))):
        raise ValueError(
            f"{len(series):,} series have options of their own; a plot keeps those of"
            f" {MAX_STYLED:,}: series={{}} takes back those of all"
        )
    standing = _standing({**old, **new}, _OF_A_PLOT)
    return {**standing, "series": series} if series else standing


def _standing(options: Mapping[str, Any], table: Mapping[str, Option]) -> dict[str, Any]:
    """Return `options` without those that say to be as if they were not said."""
    return {
        name: value
        for name, value in options.items()
        if value is not None and not _takes_back(value, table[name])
    }


def taking_back(name: str) -> object:
    """Return the value of an option of a plot that takes it back."""
    option = _OF_A_PLOT[name]
    if option.default is not None:
        return option.default
    words: tuple[object, ...] = ("", 0.0, [], {}, "auto", "none")
    for value in words:
        with contextlib.suppress(TypeError, ValueError):
            if _takes_back(option.check(value, name), option):
                return value
    raise AssertionError(f"nothing takes back {name}")


def _takes_back(value: object, option: Option) -> bool:
    if option.default is not None:
        return False
    if option.check in (checks.text, checks.zone, checks.label):
        return value == ""
    if isinstance(value, float):
        return value == 0
    return value in ([], {}) or (isinstance(value, str) and value in ("auto", "none"))
