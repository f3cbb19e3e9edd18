"""What a page asks to be done with a series, as a program would ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.clients.page_messages import BAD, Remove, Rename, Smooth
from zwsnb.protocol import batch
from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series


def edit_of(plot: Plot, message: Rename | Remove | Smooth) -> batch.Command:
    """Return the command that a message about a series of `plot` stands for.

    Raises:
        InvalidMessage: there is no such series, or it cannot be done.
    """
    series = series_of(plot, message.number)
    match message:
        case Rename():
            return batch.Rename(plot.name, series.name, message.to)
        case Remove():
            return batch.Remove(plot.name, series.name)
        case Smooth():
            try:
                from zwsnb.derived.smoothing import smoothing

                return smoothing(plot.catalog, series.of, message.weight)
            except ValueError as error:
                raise InvalidMessage(BAD, str(error)) from error


def series_of(plot: Plot, number: int) -> Series:
    """Return the series of that number; raises InvalidMessage where the plot has none."""
    for series in plot.series.values():
        if series.ident == number:
            return series
    raise InvalidMessage(BAD, f"there is no series {number}")
