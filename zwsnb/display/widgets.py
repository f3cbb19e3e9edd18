"""A plot as an ipywidget, for layouts of widgets, and controls that change its options.

They know no `Plot`: they get the HTML to hold, the options to begin with, and the functions to
call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypedDict

import ipywidgets

from zwsnb.protocol.options import STYLES

PlotWidget: TypeAlias = ipywidgets.HTML
Controls: TypeAlias = ipywidgets.HBox


class _Change(TypedDict):
    """What traitlets passes to an observer, as far as it is used here."""

    new: object


def widget(html: str) -> PlotWidget:
    """Return `html` as a widget, to stand in a box beside others."""
    layout = ipywidgets.Layout(width="100%", min_width="240px")
    return ipywidgets.HTML(html, layout=layout)


def controls(
    options: Mapping[str, object],
    change: Callable[[Mapping[str, object]], None],
    clear: Callable[[], None],
) -> Controls:
    """Return controls of a plot: its window, style and y-range, and a button that clears it.

    Args:
        options: what the plot has now.
        change: called with the one option that the user has changed.
        clear: called when the button is pressed.
    """
    controls = _controls(options)
    for name, control in controls.items():
        _bind(control, name, change)
    button = ipywidgets.Button(description="Clear", tooltip="forget all points")
    button.on_click(lambda _: clear())
    return ipywidgets.HBox([*controls.values(), button])


def _controls(options: Mapping[str, object]) -> dict[str, ipywidgets.DOMWidget]:
    """Return a control for each option that has one, by the option's name."""
    return {
        "window": ipywidgets.FloatText(
            value=options.get("window") or 0,
            description="window",
            tooltip="how much of x to follow; 0 shows everything",
            layout={"width": "170px"},
        ),
        "style": ipywidgets.Dropdown(
            options=STYLES,
            value=options.get("style") or "line",
            description="style",
            layout={"width": "170px"},
        ),
        "y_range": ipywidgets.Dropdown(
            options=["auto", "grow"],
            value="auto",
            description="y range",
            layout={"width": "170px"},
        ),
        "points": ipywidgets.Checkbox(
            value=bool(options.get("points")),
            description="points",
            indent=False,
            layout={"width": "90px"},
        ),
    }


def _bind(
    control: ipywidgets.DOMWidget, name: str, change: Callable[[Mapping[str, object]], None]
) -> None:
    def on_value(changed: _Change) -> None:
        value = changed["new"]
        # A text field has no lower end; below 0 means everything, as 0 does.
        change({name: max(0.0, value) if isinstance(value, float) else value})

    control.observe(on_value, names="value")
