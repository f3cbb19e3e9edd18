"""The options of a plot as words of a command line: for `zwsnb serve` and for `%zwsnb show`.  [no
I/O]
"""

from __future__ import annotations

import json
from argparse import Action, ArgumentParser, Namespace
from typing import Any

from zwsnb.protocol.options import DEFAULTS, LOGS, STYLES, check_options, y_range

_RANGE = 'a fixed range of y; or "auto", which follows the values, or "grow", which never shrinks'
_SERIES = 'what is said of single series, as in \'{"loss": {"style": "step", "axis": "right"}}\''
_PANEL = "a panel with these series; repeat it, and the panels are stacked"
_LINE = "a threshold line at Y, with a text; may be repeated"
_REGION = "shade x from FROM to TO, with a text; may be repeated"
_TEXTS = {
    "title": "a title",
    "x-label": "a label of the x axis",
    "y-label": "a label of the y axis",
    "y2-label": "a label of the axis at the right",
    "x-unit": "the unit of x",
    "y-unit": "the unit of y, as in V",
    "y2-unit": "the unit of the axis at the right",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Give `parser` the options of a plot, in the words of the command line."""
    add = parser.add_argument_group("options of the plot").add_argument
    add(
        "--window",
        type=float,
        metavar="W",
        help="follow the last W of x (seconds, for times); 0: everything",
    )
    add("--y-range", nargs="+", action=_Range, metavar="LOW HIGH", help=_RANGE)
    add(
        "--y2-range",
        nargs="+",
        action=_Range,
        metavar="LOW HIGH",
        help="the same for the axis at the right",
    )
    add("--style", choices=STYLES, help="how series are drawn (line)")
    add("--points", action="store_true", default=None, help="mark the points of a line")
    add("--time", action="store_true", default=None, help="x is seconds since 1970")
    add("--log", choices=("none", *LOGS), help="logarithmic axes")
    for name, what in _TEXTS.items():
        add(f"--{name}", metavar="TEXT", help=what)
    add("--series", type=json.loads, metavar="JSON", help=_SERIES)
    add("--panel", dest="panels", nargs="+", action="append", metavar="SERIES", help=_PANEL)
    add("--line", dest="lines", nargs="+", action=_AppendLine, metavar="Y TEXT", help=_LINE)
    add(
        "--region",
        dest="regions",
        nargs="+",
        action=_AppendRegion,
        metavar="FROM TO TEXT",
        help=_REGION,
    )
    add(
        "--history",
        type=_points_or_bytes,
        metavar="N",
        help='how much to keep: points, or bytes as in "500 MB"',
    )


def options_of(arguments: Namespace) -> dict[str, Any]:
    """Return the options that were given to a parser of `add_arguments`."""
    return check_options(
        {key: value for key in DEFAULTS if (value := getattr(arguments, key, None)) is not None}
    )


class _Range(Action):
    """Two numbers, or one word."""

    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: Any, option: str | None = None
    ) -> None:
        value = values[0] if len(values) == 1 else values
        try:
            checked = value if isinstance(value, str) else [float(v) for v in value]
            setattr(namespace, self.dest, y_range(checked, option or self.dest))
        except (TypeError, ValueError) as error:
            parser.error(str(error))


class _AppendLine(Action):
    """A number, and perhaps words."""

    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: Any, option: str | None = None
    ) -> None:
        _append(namespace, self.dest, (values[0], " ".join(values[1:])))


class _AppendRegion(Action):
    """Two numbers, and perhaps words."""

    def __call__(
        self, parser: ArgumentParser, namespace: Namespace, values: Any, option: str | None = None
    ) -> None:
        try:
            _append(
                namespace, self.dest, (float(values[0]), float(values[1]), " ".join(values[2:]))
            )
        except (IndexError, ValueError):
            parser.error(f"{option} takes FROM and TO, two numbers")


def _append(namespace: Namespace, key: str, value: Any) -> None:
    setattr(namespace, key, [*(getattr(namespace, key) or []), value])


def _points_or_bytes(text: str) -> int | str:
    return int(text) if text.isdecimal() else text
