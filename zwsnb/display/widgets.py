"""A plot as an ipywidget, for layouts of widgets, and controls bound to a plot; the only room that
knows ipywidgets.

The widget holds the same frame as a cell shows; the controls say to the plot what `Plot.style`
says, for every page that shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from zwsnb.plot import frame
from zwsnb.protocol.options import STYLES

if TYPE_CHECKING:
    from zwsnb.plot import Plot


def widget(plot: Plot) -> ipywidgets.HTML:
    """Return `plot` as a widget, to stand in a box beside others."""
    layout = ipywidgets.Layout(width="100%", min_width="240px")
    return ipywidgets.HTML(frame(plot.url, plot.name, plot.height), layout=layout)


def controls(plot: Plot) -> ipywidgets.HBox:
    """Return controls of `plot`: how much of x to follow, how it is drawn, what y shows, and a
    button that clears it.
    """
    window = ipywidgets.FloatText(
        value=plot.options.get("window") or 0, description="window", min=0
    )
    window.tooltip = "how much of x to follow; 0 shows everything"
    style = ipywidgets.Dropdown(
        options=STYLES, value=plot.options.get("style") or "line", description="style"
    )
    y_range = ipywidgets.Dropdown(options=["auto", "grow"], value="auto", description="y range")
    points = ipywidgets.Checkbox(
        value=bool(plot.options.get("points")), description="points", indent=False
    )
    clear = ipywidgets.Button(description="Clear", tooltip="forget all points")
    for name, control in {
        "window": window,
        "style": style,
        "y_range": y_range,
        "points": points,
    }.items():
        _bind(plot, name, control)
    clear.on_click(lambda _: plot.clear())
    for control in (window, style, y_range):
        control.layout.width = "170px"
    points.layout.width = "90px"
    return ipywidgets.HBox([window, style, y_range, points, clear])


def _bind(plot: Plot, name: str, control: Any) -> None:
    def tell(change: dict[str, Any]) -> None:
        value = change["new"]
        plot.style(**{name: max(0.0, value) if name == "window" else value})

    control.observe(tell, names="value")
