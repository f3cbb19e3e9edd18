"""The options of one series and of one panel, declared once, and what an option is.  [no I/O]

`zwsnb.protocol.options` has those of a plot, and says what a new one needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, Required, TypeAlias, TypedDict, get_args

from zwsnb.protocol.checks import option_checks as checks
from zwsnb.protocol.checks.option_checks import Check
from zwsnb.protocol.checks.style_checks import DENSITY, SPECTRUM, style_of_series

Style: TypeAlias = Literal["line", "points", "step", "area", "bars", "candles", "density"]
PlotStyle: TypeAlias = Style | Literal["spectrum"]
Axis: TypeAlias = Literal["left", "right"]
Dash: TypeAlias = Literal["solid", "dash", "dot", "dashdot"]
Auto: TypeAlias = Literal["auto"]
Xy: TypeAlias = bool | Auto


class SeriesOptions(TypedDict, total=False):
    """The options of one series, as in ``series={"loss": {"style": "step"}}``."""

    style: Style | Auto | None
    points: bool | Auto | None
    xy: Xy | None
    label: str | None
    color: str | None
    dash: Dash | Auto | None
    width: float | Auto | None
    opacity: float | None
    axis: Axis | None
    hidden: bool | None
    band: Sequence[str] | None


Range: TypeAlias = Sequence[float | None] | Literal["auto", "grow"]
"""(low, high), where None follows the values; "auto", which does so at both ends; or "grow", which
never shrinks.
"""


LogY: TypeAlias = Literal["none", "y"]


class Threshold(TypedDict, total=False):
    """A line across a panel at a y, that of the axis with the grid where no axis is said."""

    y: Required[float]
    text: str | None
    axis: Axis | None


Line: TypeAlias = float | Sequence[float | str] | Threshold
"""y, or (y, text), or as in {"y": 80, "text": "limit", "axis": "right"}."""


class PanelOptions(TypedDict, total=False):
    """A panel, as in ``{"series": ["cpu"], "y_unit": "%", "height": 2}``."""

    series: Sequence[str] | None
    height: float | None
    y_range: Range | None
    y2_range: Range | None
    y_label: str | None
    y2_label: str | None
    y_unit: str | None
    y2_unit: str | None
    z_label: str | None
    z_unit: str | None
    log: LogY | None
    lines: Sequence[Line] | None


STYLES: Final[tuple[str, ...]] = get_args(Style)
PLOT_STYLES: Final = (*STYLES, SPECTRUM)
AXES: Final[tuple[str, ...]] = get_args(Axis)
DASHES: Final[tuple[str, ...]] = get_args(Dash)

Kind: TypeAlias = Literal[
    "text",
    "window",
    "choice",
    "flag",
    "list",
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
        "style", "Style | Auto", checks.or_auto(style_of_series(*STYLES)),
        'how this series is drawn: "line", "points", "step", "area", "bars", "candles" or'
        ' "density", by how many points are where; "auto": as the plot',
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
        "label", "str", checks.label, 'what is shown in place of its name; "": the name',
        by_default="its name",
    ),
    Option(
        "color", "str", checks.color,
        'its colour, as "#0072b2", or by its name in CSS, as "teal"; "auto": the next that is free',
        by_default='"auto"',
    ),
    Option(
        "dash", "Dash | Auto", checks.or_auto(checks.one_of(*DASHES)),
        'its line is "solid", or in pieces: "dash", "dot" or "dashdot"; "auto": solid, and in'
        " pieces where colours come again",
        by_default='"auto"', choices=DASHES,
    ),
    Option(
        "width", "float | Auto", checks.or_auto(checks.width),
        'the width of its line in pixels, at most 20; "auto": the page\'s',
        by_default="the page's",
    ),
    Option(
        "opacity", "float", checks.opacity,
        "how much of it is seen before what is behind it: more than 0, and at most 1",
        default=1.0, by_default="1.0",
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

SERIES_DEFAULTS: Final[Mapping[str, Any]] = {
    option.name: option.default for option in SERIES_OPTIONS
}

_PLOTS: Final = "the plot's"


def style_of(options: Mapping[str, Any], series: str) -> str:
    """Return the style of a series, by its published name and the options of its plot."""
    its: str | None = options["series"].get(series, {}).get("style")
    return its or str(options["style"])


def is_log_y(options: Mapping[str, Any], series: str) -> bool:
    """Return whether the y-axes are logarithmic of the panel in which a series stands, by its
    published name: the first that names it, else the last.
    """
    panels = options["panels"] if isinstance(options["panels"], list) else []
    home = next((its for its in panels if series in _names_in(its)), panels[-1] if panels else [])
    own = home.get("log") if isinstance(home, Mapping) else None
    return options["log"] in ("y", "xy") if own is None else own == "y"


def _names_in(panel: Sequence[str] | Mapping[str, Any]) -> Sequence[str]:
    return (panel.get("series") or []) if isinstance(panel, Mapping) else panel


def xy_of(options: Mapping[str, Any], series: str) -> bool | None:
    """Return whether a series is a curve; None where its points say it. Those of a density are held
    in the order of publishing, unless something else is said.
    """
    its: bool | None = options["series"].get(series, {}).get("xy")
    its = options["xy"] if its is None else its
    return True if its is None and style_of(options, series) == DENSITY else its


PANEL_OPTIONS: Final = (
    Option("series", "Sequence[str]", checks.names, "names of the series in it", default=[]),
    Option(
        "height", "float", checks.weight, "how high it is beside the others: 2 is twice as high",
        default=1.0, by_default="1.0",
    ),
    Option("y_range", "Range", checks.y_range, "the range of its y", by_default=_PLOTS),
    Option(
        "y2_range", "Range", checks.y_range, "the range of its axis at the right",
        by_default=_PLOTS,
    ),
    Option("y_label", "str", checks.text, "a label of its y-axis", by_default=_PLOTS),
    Option(
        "y2_label", "str", checks.text, "a label of its axis at the right", by_default=_PLOTS
    ),
    Option("y_unit", "str", checks.text, "the unit of its y, as in V", by_default=_PLOTS),
    Option("y2_unit", "str", checks.text, "the unit of its axis at the right", by_default=_PLOTS),
    Option("z_label", "str", checks.text, "a label of its colours", by_default=_PLOTS),
    Option("z_unit", "str", checks.text, "the unit of what has its colours", by_default=_PLOTS),
    Option(
        "log", "LogY", checks.one_of("none", "y"),
        '"y": its y-axes are logarithmic; "none": they are not', by_default=_PLOTS,
        choices=("none", "y"),
    ),
    Option(
        "lines", "Sequence[Line]", checks.lines,
        "its threshold lines, in place of the plot's; []: none", by_default=_PLOTS,
    ),
)  # fmt: skip
"""What can be given for one panel. What it does not say is as the plot has it."""
