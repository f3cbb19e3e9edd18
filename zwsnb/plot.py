"""`Plot`, the user's handle: a name, what is wanted of it, and the ways in and out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from zwsnb import api
from zwsnb.display.embed import HEIGHT, iframe
from zwsnb.protocol.batch import Clear, Close, Mark, SetOptions
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_PLOT, check_name
from zwsnb.protocol.options import (
    DEFAULTS,
    Line,
    Log,
    Range,
    Region,
    SeriesOptions,
    Style,
    check_option_names,
    check_options,
    merged,
)
from zwsnb.protocol.values import as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from zwsnb.display.widgets import Controls, PlotWidget
    from zwsnb.protocol.stats import PlotStats


class Plot:
    """A plot by its name; two handles of one name are one plot. The last expression of a cell shows
    it.

    An option that is not given, or None, stays as it was.

    Args:
        name: 1 to 256 characters (default: "plot")
        height: pixels of the plot below a cell (default: 360)
        title: a title (default: none)
        window: how much of x to follow, in its units (seconds, for times); 0: everything
            (default: 0)
        y_range: the range of y: (low, high), or "auto", which follows the values, or "grow", which
            never shrinks (default: "auto")
        y2_range: the range of the axis at the right, as y_range (default: "auto")
        style: how series are drawn: "line", "points", "step", "area" or "bars" (default: "line")
        points: mark the points of a line (default: False)
        time: x is seconds since 1970; not needed for x given as times (default: False)
        log: logarithmic axes: "x", "y" or "xy"; or "none" (default: "none")
        x_label: a label of the x-axis (default: none)
        y_label: a label of the y-axis (default: none)
        y2_label: a label of the axis at the right (default: none)
        x_unit: the unit of x, as in V (default: none)
        y_unit: the unit of y, as in V (default: none)
        y2_unit: the unit of the axis at the right (default: none)
        series: options of single series, as in {"loss": {"style": "step", "axis": "right"}}
            (default: none)
        panels: plots one above the other that share x, as in [["loss"], ["acc", "val_acc"]]; at
            most 16 (default: one)
        lines: threshold lines, each y or (y, text) (default: none)
        regions: stretches of x that are shaded, each (from, to) or (from, to, text) (default: none)
        history: how much of this plot is kept: a number of points, or bytes as in "500 MB"
            (default: what the memory of all plots allows)

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
        window: float | None = None,
        y_range: Range | None = None,
        y2_range: Range | None = None,
        style: Style | None = None,
        points: bool | None = None,
        time: bool | None = None,
        log: Log | None = None,
        x_label: str | None = None,
        y_label: str | None = None,
        y2_label: str | None = None,
        x_unit: str | None = None,
        y_unit: str | None = None,
        y2_unit: str | None = None,
        series: Mapping[str, SeriesOptions] | None = None,
        panels: Sequence[Sequence[str]] | None = None,
        lines: Sequence[Line] | None = None,
        regions: Sequence[Region] | None = None,
        history: int | str | None = None,
    ) -> None:
        options = _options_in(locals())
        self.name = check_name(name, "plot")
        self.height = height
        self._options = check_options(options)
        self.publish = api.publisher.bind(name)
        api.ensure()
        if self._options:
            api.publisher.send_command(SetOptions(name, self._options))

    @public(check_option_names)
    def style(  # noqa: PLR0913 - options are keywords, and read well
        self,
        style: Style | None = None,
        *,
        title: str | None = None,
        window: float | None = None,
        y_range: Range | None = None,
        y2_range: Range | None = None,
        points: bool | None = None,
        time: bool | None = None,
        log: Log | None = None,
        x_label: str | None = None,
        y_label: str | None = None,
        y2_label: str | None = None,
        x_unit: str | None = None,
        y_unit: str | None = None,
        y2_unit: str | None = None,
        series: Mapping[str, SeriesOptions] | None = None,
        panels: Sequence[Sequence[str]] | None = None,
        lines: Sequence[Line] | None = None,
        regions: Sequence[Region] | None = None,
        history: int | str | None = None,
    ) -> None:
        """Change options of the plot, for every page that shows it.

        They are those of `Plot`, whose docstring explains each; what is not given, or None, stays
        as it was.

        Raises:
            TypeError, ValueError: an option does not exist, or has a value that it cannot have.
        """
        self._change(_options_in(locals()))

    def _change(self, options: Mapping[str, object]) -> None:
        changes = check_options(options)
        self._options = merged(self._options, changes)
        api.publisher.send_command(SetOptions(self.name, changes))

    @public()
    def mark(self, x: Any, text: str) -> None:
        """Put an annotation at `x`: a line across the plot, and a text of at most 256 characters.

        Raises:
            TypeError, ValueError: x is neither a finite number nor a time, or the text is none.
        """
        number, _ = as_number(x, "x")
        if not math.isfinite(number):
            raise ValueError(f"x is {number}; x must be finite")
        api.publisher.send_command(Mark(self.name, number, check_name(text, "text")))

    @property
    def url(self) -> str:
        """The address of the plot's page, with the token that opens it."""
        return api.service().url(self.name)

    def open(self) -> str:
        """Open the plot's page in a browser; return its address, and print it where no browser
        could be opened.
        """
        from zwsnb.display import browser

        url = self.url
        if not browser.open_page(url):
            print(url)  # noqa: T201 - to open it elsewhere
        return url

    def show(self) -> None:
        """Show the plot below the cell."""
        from zwsnb.display import ipython

        ipython.show(self)

    @property
    def options(self) -> dict[str, Any]:
        """The options that were given by this handle, as a copy."""
        return dict(self._options)

    def widget(self) -> PlotWidget:
        """Return the plot as an ipywidget, to stand in a box beside others."""
        from zwsnb.display import widgets

        return widgets.widget(self._html())

    def controls(self) -> Controls:
        """Return ipywidgets bound to the plot: window, style, y-range, points, and a button that
        clears it.
        """
        from zwsnb.display import widgets

        return widgets.controls(self._options, self._change, self.clear)

    @public()
    def clear(self) -> None:
        """Forget all points; the series keep their colours."""
        api.publisher.send_command(Clear(self.name))

    @public()
    def freeze(self) -> None:
        """Show a still picture of the plot as it is now, which a saved notebook keeps; the plot
        goes on.
        """
        from zwsnb.display import ipython

        # Asking for a picture makes no plot, but its handle does: an empty one has a picture too.
        api.publisher.send_command(SetOptions(self.name, {}))
        api.publisher.flush()
        ipython.show_picture(api.service().snapshot(self.name), f"zwsnb plot {self.name!r}, frozen")

    @public()
    def close(self) -> None:
        """Forget the plot: its points, its series and its options. Pages that show it say so."""
        api.publisher.send_command(Close(self.name))

    @public()
    def stats(self) -> PlotStats:
        """Return the state of the plot: points, series, what is held at which resolution, viewers
        and their accounts.

        Raises:
            KeyError: nothing was published to it.
        """
        plots = api.stats()["plots"]
        if self.name not in plots:
            raise KeyError(f"plot {self.name!r} has had no points; the plots are {_listed(plots)}")
        return plots[self.name]

    @public()
    def to_numpy(self, series: str = "y") -> NDArray[np.float64]:
        """Return the points of a series that are held: shape (n, 2), x and y; gaps are NaN, times
        are seconds since 1970.

        Raises:
            KeyError: there is no such series.
        """
        names = self._series()
        if series not in names:
            raise KeyError(f"plot {self.name!r} has no series {series!r}; it has {_listed(names)}")
        return api.service().points(self.name, series)

    @public()
    def to_pandas(self) -> pd.DataFrame:
        """Return the points that are held: a column for each series, x as the index (UTC, for
        times).

        Of several points of a series at one x the last one is taken.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas as pd

        columns = {}
        for name in self._series():
            points = api.service().points(self.name, name)
            column = pd.Series(points[:, 1], index=points[:, 0], name=name)
            columns[name] = column[~column.index.duplicated(keep="last")]
        frame = pd.DataFrame(columns)
        if self._is_time():
            frame.index = pd.to_datetime(frame.index, unit="s", utc=True).round("us")
        return frame.rename_axis("x")

    def _series(self) -> list[str]:
        plot = api.stats()["plots"].get(self.name)
        return list(plot["series"]) if plot else []

    def _is_time(self) -> bool:
        plot = api.stats()["plots"].get(self.name)
        return bool(plot and plot["options"]["time"])

    def _text(self) -> str:
        options = "".join(f", {key}={value!r}" for key, value in self._options.items())
        return f"Plot({self.name!r}{options})"

    def __repr__(self) -> str:
        running = api.current()
        return self._text() if running is None else f"{self._text()} at {running.url(self.name)}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the plot as a frame, for a notebook, and as a line of text for everybody else:
        with the address, where there are no frames.
        """
        from zwsnb.display import ipython

        text = repr(self) if ipython.is_terminal() else self._text()
        return {"text/html": self._html(), "text/plain": text}

    def _html(self) -> str:
        return iframe(self.url, self.name, self.height)

    def __getstate__(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "height": self.height,
            "options": self._options,
            "to": None if (service := api.current()) is None else service.info,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.name, self.height, self._options = state["name"], state["height"], state["options"]
        self.publish = api.publisher.bind(self.name)
        if not api.join(state["to"]) and self._options:
            api.publisher.send_command(SetOptions(self.name, self._options))


def _options_in(arguments: Mapping[str, object]) -> dict[str, object]:
    """Return the options among the arguments of a call, which are its `locals()`."""
    return {name: arguments[name] for name in DEFAULTS}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "none"
