"""Controls of a plot, bound to its settings both ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

import ipywidgets

from zwsnb.protocol.series_options import PLOT_STYLES
from zwsnb.widget.settings import Change, Settings

Controls: TypeAlias = ipywidgets.HBox

FIXED: Final = "fixed"
"""What the control of a range says that it cannot set."""


class _Binding(NamedTuple):
    """How an option is shown by a control, and what the control's value means."""

    shown: Callable[[object], object]
    meant: Callable[[object], object]


def _window_shown(value: object) -> object:
    return value if isinstance(value, float) else 0.0


def _window_meant(value: object) -> object:
    # A text field has no lower end; below 0 means everything, as 0 does.
    return max(0.0, value) if isinstance(value, float) else value


def _range_shown(value: object) -> object:
    return "auto" if value is None else value if isinstance(value, str) else FIXED


def _same(value: object) -> object:
    return value


_BINDINGS: Final[Mapping[str, _Binding]] = {
    "window": _Binding(_window_shown, _window_meant),
    "style": _Binding(lambda value: value or "line", _same),
    "y_range": _Binding(_range_shown, _same),
    "points": _Binding(bool, _same),
}


def controls(settings: Settings, clear: Callable[[], None]) -> Controls:
    """Return controls of a plot: its window, style and y-range, whether points are marked, and a
    button that clears it.

    clear: called when the button is pressed.
    """
    made = _controls()
    for name, control in made.items():
        _bind(control, settings, name)
    button = ipywidgets.Button(description="Clear", tooltip="forget all points")
    button.on_click(lambda _: clear())
    return ipywidgets.HBox([*made.values(), button])


def _controls() -> dict[str, ipywidgets.DOMWidget]:
    """Return a control for each option that has one, by the option's name."""
    return {
        "window": ipywidgets.FloatText(
            description="window",
            tooltip="how much of x to follow; 0 shows everything",
            layout={"width": "170px"},
        ),
        "style": ipywidgets.Dropdown(
            options=PLOT_STYLES, description="style", layout={"width": "170px"}
        ),
        "y_range": ipywidgets.Dropdown(
            options=["auto", "grow", FIXED], description="y range", layout={"width": "170px"}
        ),
        "points": ipywidgets.Checkbox(description="points", indent=False, layout={"width": "90px"}),
    }


def _bind(control: ipywidgets.DOMWidget, settings: Settings, name: str) -> None:
    binding = _BINDINGS[name]

    def show(_: Change | None = None) -> None:
        control.value = binding.shown(getattr(settings, name))

    def on_value(change: Change) -> None:
        if change["new"] == FIXED:  # which it can show, but not set
            show()
        elif change["new"] != binding.shown(getattr(settings, name)):
            settings.set_trait(name, binding.meant(change["new"]))

    show()
    settings.observe(show, name)
    control.observe(on_value, "value")
