"""`Imaged`: what of `Plot` shows images."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb import api
from zwsnb.images.histogram import Histograms
from zwsnb.images.inputs import bins_of, cells_of, check_bins, ends_of, numbers_of
from zwsnb.kinds.values import is_many
from zwsnb.protocol.batch import Clear, SetOptions
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import check_name
from zwsnb.protocol.options import check_options

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGE: Final = "image"
COUNT: Final = "count"
OVER_TIME: Final = " over time"
"""What the name of the image ends with that shows earlier histograms."""

_NONE: Final = np.empty(0)


class Imaged:
    """Shows images on the plot of that ``name``."""

    name: str
    _check_series: Callable[[str], object]
    _counted: tuple[tuple[str, int, tuple[float, float] | None], Histograms] | None = None

    @public()
    def image(
        self,
        x_or_matrix: Any,
        row: Any = None,
        /,
        *,
        x: Any = None,
        y: Any = None,
        series: str = IMAGE,
    ) -> None:
        """Show rows of numbers as colours: ``p.image(t, spectrum)`` adds one row at a time, each at
        its x, as a spectrogram has them; ``p.image(matrix)`` shows a whole one, in place of that
        before.

        A plot has one image, of the newest run: rows that are longer or shorter, over another y, of
        another name, or at an x that goes back begin it anew. NaN has no colour. Zoomed out, a
        pixel has the highest of its values.

        Args:
            x_or_matrix: the x of the row, as `publish` takes it; or of several rows; or the
                matrix, shape (n, m): m columns along x, the first of n rows at the lowest y
            row: its values from the lowest y to the highest, shape (n,), at most 4,096; or several,
                shape (m, n)
            x: of a matrix: those of its first and its last column, or of all (default: 0, 1, 2, ..)
            y: those of the first and the last value, or of all, equally spaced (default: 0, 1, ..)
            series: its name (default: "image")

        Raises:
            TypeError, ValueError: they are no numbers, or not of such shapes.
        """
        check_name(series, "series")
        if row is None:
            cells, is_whole = cells_of(x_or_matrix, "the matrix", (2,)).T, True
            at: Any = np.linspace(*ends_of(x, len(cells), "x"), len(cells))
            if at[0] > at[-1]:
                at, cells = at[::-1], cells[::-1]
        elif x is not None:
            raise TypeError("x is given twice: image(x, row), or image(matrix, x=(low, high))")
        else:
            cells, is_whole, at = cells_of(row, "the row", (1, 2)), False, x_or_matrix
            if cells.ndim == 1:
                cells, at = cells[np.newaxis], [x_or_matrix]
            elif not is_many(at):
                raise ValueError(f"x is one value, there are {len(cells)} rows: give as many x")
        bins = cells.shape[1]
        check_bins(bins)
        first, last = ends_of(y, bins, "y")
        if first > last:
            first, last, cells = last, first, cells[:, ::-1]
        cells = np.ascontiguousarray(cells)
        rows = Rows(self.name, series, _NONE, cells, (first, last), is_whole=is_whole)
        api.publisher.publish_body(rows._replace(published=time.time()), at)

    @public()
    def histogram(
        self,
        values: Any,
        bins: int = 50,
        *,
        range: tuple[float, float] | None = None,  # noqa: A002 - as numpy calls it
        series: str = COUNT,
    ) -> None:
        """Show how often values are how large, as bars; and below them, called again and again, how
        that has changed: an image with the same values along x, a row for each call, the newest at
        the top.

        The bins follow the values, on round edges, and each count stays exact. Of more than 128
        calls the rows are means. The plot gets panels for both, unless it has others; one plot has
        one histogram, which begins anew with another series, other bins or another range.

        Args:
            values: numbers, of any shape; those that are not finite are not counted, and nothing
                is shown before there is one that is
            bins: how many there are, up to twice as many where they follow the values
            range: from where to where the bins reach, all that there are; values outside are not
                counted (default: as the values have it)
            series: the name of the bars (default: "count")

        Raises:
            TypeError, ValueError: they are no numbers, or bins or range are none.
        """
        name = check_name(series, "series")
        numbers = numbers_of(values)
        wanted = name, *bins_of(bins, range)
        if self._counted is not None and self._counted[0] == wanted:
            before = self._counted[1]
        else:
            before = Histograms(*wanted[1:])
        histograms = before.having(numbers)
        if not histograms.is_blank and (before.is_blank or not before.calls):
            self._propose_panels(name)
        self._counted = wanted, histograms
        if histograms.is_blank:
            return  # no value so far says where bins are to be
        centres = histograms.bins.centres
        api.publisher.send_command(Clear(self.name, name))
        api.publisher.publish(centres, histograms.newest, name, self.name, {})
        ends = (float(centres[0]), float(centres[-1]))
        self.image(histograms.rows, x=ends, y=histograms.numbers, series=name + OVER_TIME)

    def _forget_histogram(self, series: str) -> None:
        """Begin anew, without its panels, where the plot is cleared, or one of its series."""
        if self._counted is None:
            return
        (name, *_), histograms = self._counted
        if series not in ("", name, name + OVER_TIME):
            return
        if not histograms.is_blank:
            its = {name: {"style": "auto"}}
            none = {"panels": [], "series": its, "z_label": "", "legend": "auto"}
            api.publisher.send_command(SetOptions(self.name, check_options(none), is_proposal=True))
        self._counted = None

    def _check_removable(self, name: str) -> None:
        """Raise KeyError where there is no series of that name; it says what forgets an image."""
        try:
            self._check_series(name)
        except KeyError as error:
            raise KeyError(
                f"{error.args[0]}; p.clear({name!r}) forgets an image, and .remove() of a slider"
                " or another control takes it away"
            ) from None

    def _propose_panels(self, name: str) -> None:
        panels = [
            {"series": [name]},
            {"series": [name + OVER_TIME], "y_label": "call", "log": "none"},
        ]
        series = {name: {"style": "bars"}}
        options = {"panels": panels, "series": series, "z_label": name, "legend": "none"}
        api.publisher.send_command(SetOptions(self.name, check_options(options), is_proposal=True))
