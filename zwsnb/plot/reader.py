"""What a plot holds, read: its statistics, its runs, its points."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zwsnb import api, frames
from zwsnb.notebook import service_plots
from zwsnb.plot.run import RunInfo, run_infos
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_SERIES

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from zwsnb.protocol.stats import PlotStats, SeriesStats


class PlotReader:
    """Reads the plot of that ``name``."""

    name: str

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
    def to_numpy(self, series: str = DEFAULT_SERIES, run: str | None = None) -> NDArray[np.float64]:
        """Return the points of a series that are held: shape (n, 2), x and y; gaps are NaN, times
        are seconds since 1970, of which a double knows the microsecond.

        series: its name in the legend; or, with the name of a run, that under which it was
        published.

        Raises:
            KeyError: there is no such series.
        """
        name = series if run is None else self._name_in_run(series, run)
        known = next(its for its in self._check_series(name) if its == name)
        return api.service().points(self.name, known)

    def _name_in_run(self, series: str, run: str) -> str:
        """Return the name of what was published as `series` for the newest run of that name."""
        runs = run_infos(self._series())
        for each in runs:
            if (each.series, each.run, each.number) == (series, run, 0):
                return each.name
        names = _listed(each.name for each in runs)
        raise KeyError(f"plot {self.name!r} has no {series!r} of a run {run!r}; it has {names}")

    @public()
    def to_pandas(self, *, long: bool = False) -> pd.DataFrame:
        """Return all points that are held: a column for each series and run, x as the index (UTC,
        for times), which has an x as often as a series does.

        long: a row for each point instead, with the columns x, series, run, number and y; number
        counts past runs, 0 is the current one.

        Raises:
            ImportError: pandas is not installed.
        """
        series, origin = self._points()
        return frames.frame(series, origin=origin, is_long=long)

    @public()
    def save(self, path: str | os.PathLike[str], *, scale: float = 2) -> Path:
        """Write the plot as it is now to a file, and return its path: a picture to one whose name
        ends in .png, .svg or .pdf, all points that are held to .csv or .parquet, a page that opens
        without Python to .html.

        A picture shows what the plot's window shows, in light colours, 800 pixels wide. CSV has the
        columns series, x and y; Parquet those of ``to_pandas(long=True)``. A page can be zoomed and
        read as the live one; of many points it holds what fits in 3 MB, every extreme among it.

        scale: pixels of a PNG for each of the picture.

        Raises:
            ValueError: the name ends otherwise.
            ImportError: something is to be installed; the message says what.
            OSError: the file cannot be written; one that was there stays as it was.
        """
        from zwsnb.plot import saving  # here, for few programs save

        target = Path(path)
        source = saving.Source(
            lambda: service_plots.snapshot(self.name, dated=True),
            lambda: saving.Points(*self._points()),
            lambda: service_plots.saved_page(self.name),
        )
        saving.save(source, target, scale)
        return target

    def _points(self) -> tuple[Mapping[str, tuple[SeriesStats, NDArray[np.float64]]], int | None]:
        """Return the points of all series, and from where x are counted, None where they are no
        times.
        """
        stats = api.stats()["plots"].get(self.name)
        if stats is None:
            return {}, None
        origin = stats["origin"]
        series = {
            name: (its, api.service().points(self.name, name, origin))
            for name, its in stats["series"].items()
        }
        return series, origin if stats["options"]["time"] else None

    def _series(self) -> dict[str, SeriesStats]:
        plot = api.stats()["plots"].get(self.name)
        return plot["series"] if plot else {}

    def _check_series(self, name: str) -> dict[str, SeriesStats]:
        """Return all series, or raise KeyError when there is none of that name."""
        names = self._series()
        if name not in names:
            raise KeyError(f"plot {self.name!r} has no series {name!r}; it has {_listed(names)}")
        return names

    @public()
    def runs(self) -> list[RunInfo]:
        """Return the runs that the plot holds, of each series the newest first."""
        return run_infos(self._series())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "none"
