"""`Plot`, the user's handle: a name, what is wanted of it, and the ways in and out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from zwsnb import api, widgets
from zwsnb.display.embed import HEIGHT
from zwsnb.notebook import outputs
from zwsnb.plot import handles
from zwsnb.plot.deriving import Deriving
from zwsnb.plot.imaged import Imaged
from zwsnb.plot.reader import PlotReader
from zwsnb.plot.run import Blocks, Run
from zwsnb.plot.scattered import Scattered
from zwsnb.plot.shown import Shown
from zwsnb.plot.triggered import Triggered
from zwsnb.protocol.batch import Clear, Close, Mark, Remove, Rename, SetOptions
from zwsnb.protocol.checks.range_checks import XRange
from zwsnb.protocol.checks.style_checks import check_styles
from zwsnb.protocol.checks.trigger_checks import TriggerOptions
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_PLOT, check_name
from zwsnb.protocol.option_types import (
    Aspect,
    Legend,
    Link,
    Log,
    Panels,
    Region,
    Tiles,
    Time,
    Window,
)
from zwsnb.protocol.options import DEFAULTS, check_option_names, check_options, merged
from zwsnb.protocol.series_options import Line, PlotStyle, Range, SeriesOptions, Xy
from zwsnb.steering.listening import Listens
from zwsnb.steering.steered import Steered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import FrameType

    from zwsnb.widget.controls import Controls


class Plot(PlotReader, Shown, Steered, Listens, Deriving, Imaged, Scattered, Triggered):
    """A plot by its name; two handles of one name are one plot. The last expression of a cell shows
    it.

    The options of a call are the whole truth: what it does not say is at its default again, also
    what `style` has changed. A call without any leaves the plot as it is, wherever else its options
    were given; only where the call itself had some before, in the same cell or function, they are
    gone. ``Plot("p").to_numpy()``, which uses the plot at once, leaves it as it is anyway.

    Args:
        name: 1 to 256 characters (default: "plot")
        height: pixels of the plot below a cell (default: 360, and up to 900 for its panels)
        title: a title (default: none)
        window: how much of x to follow: a number, in its units (seconds, for times), or a span of
            time such as "10s", "5m", "2h", or a timedelta; 0: everything (default: 0)
        x_range: the range of x that is to be filled, (low, high), which is seen from the start; one
            of them may be None and follows the points; "auto": both do (default: "auto")
        trigger: a sweep, as wide as the window, whenever a series crosses a level, as in
            {"series": "y", "level": 0.5, "slope": "rising", "mode": "normal", "holdoff": 0,
            "pre": 0.1, "persist": 0}, which p.trigger explains; {}: none (default: none)
        y_range: the range of y: (low, high), of which one may be None and follows the values; or
            "auto", where both do; or "grow", which never shrinks (default: "auto")
        y2_range: the range of the axis at the right, as y_range (default: "auto")
        style: how series are drawn: "line", "points", "step", "area", "bars" or "candles";
            "density": by how many points are where; "spectrum": by frequency (default: "line")
        period: how much of x a candle spans at least: a number, in its units (seconds, for times),
            or a span of time such as "1m", "4h", "1d"; 0: as little as there is room for
            (default: 0)
        points: mark the points of a line (default: False)
        time: x is a time: its numbers are seconds since 1970, or in the unit "s", "ms", "us" or
            "ns"; False: x is a number; "auto": as it looks. x given as times needs no word
            (default: "auto")
        tz: the time zone in which times are shown, as "America/New_York"; "": the reader's own
            (default: the reader's own)
        log: logarithmic axes: "x", "y" or "xy"; or "none" (default: "none")
        xy: x swings, as that of a circle, and points are drawn in the order of publishing; False:
            they are put in the order of x; "auto": as the points have it (default: "auto")
        aspect: how long a unit of x is beside one of y: "equal", so that a circle is round; or
            "auto", as there is room (default: "auto")
        x_label: a label of the x-axis (default: none)
        y_label: a label of the y-axis (default: none)
        y2_label: a label of the axis at the right (default: none)
        x_unit: the unit of x, as in V (default: none)
        y_unit: the unit of y, as in V (default: none)
        y2_unit: the unit of the axis at the right (default: none)
        z_range: values of the first and the last colour of an image or scatter, as y_range
            (default: "auto")
        z_log: logarithmic colours of an image, whose values <= 0 have none (default: False)
        z_label: a label of the colours of an image or scatter (default: none)
        z_unit: the unit of the values of an image or scatter, as in dB (default: none)
        legend: where the series stand by name: "top", "right" or "none"; "auto": at the top, and
            at the right where there are very many (default: "auto")
        tiles: the newest values as large figures above the plot: names of series, as in
            ["loss", "acc"], or "all"; []: none (default: none)
        series: options of single series, as in {"loss": {"style": "step", "axis": "right"}};
            {}: none (default: none)
        panels: plots one above the other that share x, as in [["loss"], ["acc", "val_acc"]], at
            most 16, each with options of its own as in {"series": ["acc"], "y_range": (0, 1)}; or
            "groups", one for each group of names, as in train/loss; []: one (default: one)
        lines: threshold lines in every panel, each y, (y, text), or as in
            {"y": 80, "axis": "right"} (default: none)
        regions: stretches of x that are shaded, each (from, to) or (from, to, text) (default: none)
        link: what the plot shares with the others that say so: "x", its zoom in x and its
            crosshair; or "none" (default: "none")
        history: how much of this plot is kept: a number of points, or bytes as in "500 MB"; or
            "auto" (default: what the memory of all plots allows)

    A service is started when none runs. A plot can be copied and pickled: in another process it
    publishes to the same service, or to that which the process has of its own.

    Raises:
        TypeError, ValueError: an option does not exist, or has a value that it cannot have.
    """

    @public(check_option_names)
    def __init__(  # noqa: PLR0913 - options are keywords, and read well
        self,
        name: str = DEFAULT_PLOT,
        *,
        height: int = HEIGHT,
        title: str | None = None,
        window: Window | None = None,
        x_range: XRange | None = None,
        trigger: TriggerOptions | None = None,
        y_range: Range | None = None,
        y2_range: Range | None = None,
        style: PlotStyle | None = None,
        period: Window | None = None,
        points: bool | None = None,
        time: Time | None = None,
        tz: str | None = None,
        log: Log | None = None,
        xy: Xy | None = None,
        aspect: Aspect | None = None,
        x_label: str | None = None,
        y_label: str | None = None,
        y2_label: str | None = None,
        x_unit: str | None = None,
        y_unit: str | None = None,
        y2_unit: str | None = None,
        z_range: Range | None = None,
        z_log: bool | None = None,
        z_label: str | None = None,
        z_unit: str | None = None,
        legend: Legend | None = None,
        tiles: Tiles | None = None,
        series: Mapping[str, SeriesOptions] | None = None,
        panels: Panels | None = None,
        lines: Sequence[Line] | None = None,
        regions: Sequence[Region] | None = None,
        link: Link | None = None,
        history: int | str | None = None,
    ) -> None:
        self._options = check_options(_options_in(locals()))
        self._begin(check_name(name, "plot"), height, sys._getframe(2))  # noqa: SLF001 - behind `public`

    def _begin(self, name: str, height: int, caller: FrameType) -> None:
        """Have a service, and say all options, if this call says all that there are."""
        self.name, self.height = name, height
        self._bind()
        outputs.made(self.name, self.height)
        api.ensure()
        if handles.is_whole_truth(self.name, self._options, caller):
            self._say_all()

    def _bind(self) -> None:
        self.blocks = Blocks(api.publisher.bind(self.name))
        self.publish = self.blocks.outside

    def _say_all(self) -> None:
        """Have the plot have the options of this handle, and no others."""
        api.publisher.send_command(SetOptions(self.name, self._options, is_whole=True))
        widgets.changed(self.name, self._options, is_whole=True)

    @public(check_option_names)
    def style(  # noqa: PLR0913 - options are keywords, and read well
        self,
        style: PlotStyle | None = None,
        *,
        title: str | None = None,
        window: Window | None = None,
        x_range: XRange | None = None,
        trigger: TriggerOptions | None = None,
        y_range: Range | None = None,
        y2_range: Range | None = None,
        period: Window | None = None,
        points: bool | None = None,
        time: Time | None = None,
        tz: str | None = None,
        log: Log | None = None,
        xy: Xy | None = None,
        aspect: Aspect | None = None,
        x_label: str | None = None,
        y_label: str | None = None,
        y2_label: str | None = None,
        x_unit: str | None = None,
        y_unit: str | None = None,
        y2_unit: str | None = None,
        z_range: Range | None = None,
        z_log: bool | None = None,
        z_label: str | None = None,
        z_unit: str | None = None,
        legend: Legend | None = None,
        tiles: Tiles | None = None,
        series: Mapping[str, SeriesOptions] | None = None,
        panels: Panels | None = None,
        lines: Sequence[Line] | None = None,
        regions: Sequence[Region] | None = None,
        link: Link | None = None,
        history: int | str | None = None,
    ) -> None:
        """Change options of the plot, for every page that shows it.

        They are those of `Plot`, whose docstring explains each; what is not given, or None, stays
        as it was. One is taken back by its default, or by "auto", 0, "", [] or {} where that is
        none.

        Raises:
            TypeError, ValueError: an option does not exist, or has a value that it cannot have.
        """
        self._change(_options_in(locals()))

    def _change(self, options: Mapping[str, object]) -> None:
        changes = check_options(options)
        whole = merged(self._options, changes)
        check_styles(whole)
        api.publisher.send_command(SetOptions(self.name, changes))
        self._options = whole
        widgets.changed(self.name, changes)

    @public()
    def mark(self, x: Any, text: str) -> None:
        """Put an annotation at `x`: a line across the plot, and a text of at most 256 characters.

        Raises:
            TypeError, ValueError: x is none that `publish` takes, or the text is none.
        """
        words = check_name(text, "text")
        at = api.publisher.x_of(self.name, x)
        api.publisher.send_command(Mark(self.name, float(at.x), words, at.is_time, at.origin))

    @property
    def options(self) -> dict[str, Any]:
        """The options that were given by this handle, as a copy."""
        return dict(self._options)

    def controls(self) -> Controls:
        """Return ipywidgets bound to the plot both ways: window, style, y-range, points, and a
        button that clears it.
        """
        return widgets.controls(self.name, self.clear)

    @public()
    def run(self, name: str) -> Run:
        """Return a named run: ``with p.run("lr=0.01"):`` publishes to it, and so does its own
        ``publish``.

        Raises:
            TypeError, ValueError: it is no name.
        """
        return Run(self, name, api.publisher.bind(self.name, check_name(name, "run")))

    @public()
    def clear(self, series: str | None = None) -> None:
        """Forget all points; or those of one series, with its past runs. Colours stay."""
        name = "" if series is None else check_name(series, "series")
        api.publisher.send_command(Clear(self.name, name))
        self._forget_images(name)

    @public()
    def remove(self, name: str) -> None:
        """Forget one run: a series by its name in the legend, as in ``p.remove("loss (1)")``; or
        what was derived under that name, with all its runs.

        Raises:
            KeyError: there is none of that name.
        """
        if name not in self.derived:
            self._check_removable(name)
        api.publisher.send_command(Remove(self.name, name))

    @public()
    def rename(self, name: str, to: str) -> None:
        """Give one run, a series by its name in the legend, another name there.

        Raises:
            KeyError: there is none of that name.
            ValueError: another one has the new name.
        """
        to = check_name(to, "to")
        if to in self._check_series(name):
            raise ValueError(f"plot {self.name!r} has a series {to!r} already")
        api.publisher.send_command(Rename(self.name, name, to))

    @public()
    def close(self) -> None:
        """Forget the plot: its points, its series and its options. Pages that show it say so."""
        outputs.close(self.name)
        self._counted = self._last_row = None
        api.publisher.send_command(Close(self.name))
        widgets.forget(self.name)
        handles.forget(self.name)
        api.closed(self.name)

    def __getstate__(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "height": self.height,
            "options": self._options,
            "to": None if (service := api.current()) is None else service.info,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.name, self.height, self._options = state["name"], state["height"], state["options"]
        self._bind()
        api.publisher.learn(self.name, self._options)
        if not api.join(state["to"]) and self._options:
            api.publisher.send_command(SetOptions(self.name, self._options))


def _options_in(arguments: Mapping[str, object]) -> dict[str, object]:
    """Return the options among the arguments of a call, which are its `locals()`."""
    return {name: arguments[name] for name in DEFAULTS}
