"""`Imaged`: what of `Plot` shows images."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from zwsnb import api
from zwsnb.images.histogram import Histograms
from zwsnb.images.inputs import bins_of, cells_of, check_bins, check_origin, ends_of, numbers_of
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
    _options: dict[str, Any]
    _check_series: Callable[[str], object]
    _last_row: tuple[str, int, Any] | None = None  # its image, its length, its x
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
        origin: Literal["lower", "upper"] = "lower",
        series: str = IMAGE,
    ) -> None:
        """Show rows of numbers as colours: ``p.image(t, spectrum)`` adds one row at a time, each at
        its x, as a spectrogram has them; ``p.image(matrix)`` shows a whole one, in place of that
        before.

        A plot has one image, of the newest run, which another one begins as with lines: where x
        goes back to begin again; so do rows over another y, or of another name. A row that is late
        is put in its place. NaN has no colour. Zoomed out, a pixel has the highest of its values.

        Args:
            x_or_matrix: the x of the row, as `publish` takes it; or of several rows; or the
                matrix, shape (n, m): m columns along x, the first of n rows at the lowest y
            row: its values from the lowest y to the highest, shape (n,), at most 4,096; or several,
                shape (m, n)
            x: of a matrix: those of its first and its last column, or of all (default: 0, 1, 2, ..)
            y: those of the first and the last value, or of all, equally spaced (default: 0, 1, ..)
            origin: of a matrix, where its first row stands: "lower", or "upper", as a matrix is
                printed; y is counted from there on
            series: its name (default: "image")

        Raises:
            TypeError, ValueError: they are no numbers, or not of such shapes; or rows that go on
                are not as long as those before.
        """
        series = check_name(series, "series")
        is_down = check_origin(origin, is_matrix=row is None)
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
            elif not isinstance(at, list | tuple | np.ndarray):
                at = list(at)
        bins = cells.shape[1]
        check_bins(bins)
        if not is_whole:
            self._check_row(series, bins, at[0])
        first, last = ends_of(y, bins, "y")
        cells = np.ascontiguousarray(cells[:, ::-1] if (first > last) != is_down else cells)
        first, last = sorted((first, last))
        rows = Rows(self.name, series, _NONE, cells, (first, last))
        rows = rows._replace(is_whole=is_whole, is_down=is_down)
        api.publisher.publish_body(rows._replace(published=time.time()), at)
        self._last_row = None if is_whole else (series, bins, at[-1])

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
        calls the rows are means. The plot gets panels for both, beside those it has; one plot has
        one histogram, which begins anew with another series, other bins or another range.

        Args:
            values: numbers, of any shape; those that are not finite, or None, are not counted, and
                nothing is shown before there is one that is
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

    def _check_row(self, series: str, bins: int, x: object) -> None:
        """Raise ValueError where rows go on with an image whose rows are of another length."""
        name, before, last = self._last_row or (series, bins, x)
        if name == series and before != bins and not _is_back(x, last):
            raise ValueError(
                f"the row has {bins:,} values, those of {name!r} before have {before:,}: "
                f"p.clear({name!r}) begins it anew"
            )

    def _forget_images(self, series: str) -> None:
        """Begin anew, without its panels, where the plot is cleared, or one of its series."""
        if self._last_row is not None and series in ("", self._last_row[0]):
            self._last_row = None
        if self._counted is None:
            return
        (name, *_), histograms = self._counted
        if series not in ("", name, name + OVER_TIME):
            return
        if not histograms.is_blank:
            its = {name: {"style": "auto"}}
            numbers = self._as_numbers(time="auto")
            none: dict[str, Any] = {"panels": [], "series": its, "legend": "auto", **numbers}
            api.publisher.send_command(SetOptions(self.name, check_options(none), is_proposal=True))
        self._counted = None

    def _as_numbers(self, *, time: bool | str) -> dict[str, bool | str]:
        """Return the option that values are no times, however large, unless somebody says so."""
        return {} if "time" in self._options else {"time": time}

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
        colors = self._options.get("z_label") or name
        over_time = {"y_label": "call", "z_label": colors, "log": "none"}
        panels = [{"series": [name]}, {"series": [name + OVER_TIME], **over_time}]
        series = {name: {"style": "bars"}}
        options = {
            "panels": panels,
            "series": series,
            "legend": "none",
            **self._as_numbers(time=False),
        }
        api.publisher.send_command(SetOptions(self.name, check_options(options), is_proposal=True))


def _is_back(x: Any, last: Any) -> bool:
    """True when x has gone back: a run begins that may be another one."""
    try:
        return bool(x < last)
    except TypeError:
        return False
