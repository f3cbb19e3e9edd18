"""`Scattered`: what of `Plot` shows scatters."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sized
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from zwsnb import api
from zwsnb.kinds.values import as_column, is_many
from zwsnb.kinds.words import kind_of
from zwsnb.protocol.batch import Points
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_SERIES, check_name

if TYPE_CHECKING:
    from zwsnb.kinds.arrays import Column
    from zwsnb.plot.run import Blocks

_NONE: Final = np.empty(0)


class Scattered:
    """Shows scatters on the plot of that ``name``."""

    name: str
    blocks: Blocks

    @public()
    def scatter(
        self,
        x: Any,
        y: Any,
        *,
        color: Any = None,
        size: Any = None,
        series: str = DEFAULT_SERIES,
    ) -> None:
        """Show points as dots, each of a colour and a size by a value of its own, in the order in
        which they are published: ``p.scatter(x, y, color=z, size=w)``. Some thousand calls a second
        cost little; give columns of points that come faster.

        Colours are those of an image, with their scale beside the plot: from the least value to
        the largest, or as `z_range` says, with `z_label` and `z_unit`. The area of a dot grows with
        its size; the largest is 24 pixels wide. A point without a color has that of its series, and
        one without a size is 6 pixels wide. Of very many points in sight the newest of each place
        are drawn; or, where none has a colour or a size, colours by how many are where.

        Args:
            x, y: one or several of what `publish` takes: numbers, and times for x
            color: a number for each, or one for all; NaN for none (default: none)
            size: the same, from 0 on (default: none)
            series: its name (default: "y")

        Raises:
            TypeError, ValueError: they are no numbers, or not as many as x.
        """
        points = Points(self.name, check_name(series, "series"), _NONE, _NONE, run=self.blocks.run)
        publish_dots(points, (x, y), color, size)


def publish_dots(points: Points, at: tuple[Any, Any], color: object, size: object) -> None:
    """Publish a scatter `at` x and y, as points of its plot, series and run, which are empty yet.

    Raises:
        TypeError, ValueError: as `Scattered.scatter`.
    """
    x, y = _many_of(*at)
    marks = [_column_of(color, "color", x), _column_of(size, "size", x)]
    for its, what in zip(marks, ("color", "size"), strict=True):
        if len(its) != len(x):
            raise ValueError(f"x has {len(x)} values, {what} has {len(its)}")
    if np.any(marks[1] < 0):
        raise ValueError(f"size is {np.nanmin(marks[1]):g}; the area of a dot is 0 or more")
    points = points._replace(published=time.time(), marks=np.stack(marks))
    api.publisher.publish_body(points, x, y)


def _many_of(x: Any, y: Any) -> tuple[Any, Any]:
    """Return x and y of one point or several as several, whose number is known."""
    if isinstance(y, Mapping):
        raise TypeError("scatter shows one series: y is a number or several; name it by series=")
    if not is_many(x):
        if is_many(y):
            raise ValueError(f"x is one value, y is {kind_of(y)}: give as many of both")
        return [x], [y]
    return (x if isinstance(x, Sized) else list(x)), y


def _column_of(values: object, what: str, x: Any) -> Column:
    """Return the values of as many points as there are x, infinite ones as NaN."""
    if values is None:
        return np.full(len(x), np.nan)
    column, is_time = as_column(values if is_many(values) else [values], what)
    if is_time:
        raise TypeError(f"{what} holds times; give numbers")
    column[np.isinf(column)] = np.nan
    return column if is_many(values) else np.repeat(column, len(x))
