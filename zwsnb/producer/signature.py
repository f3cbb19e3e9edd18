"""The signature of `publish`, as a user sees it.  [no I/O]"""

from __future__ import annotations

from typing import Any, Protocol

from zwsnb.producer.inputs import MISSING


class Publish(Protocol):
    """A `publish` function, bound to a default plot."""

    def __call__(
        self,
        x: Any,
        y: Any = MISSING,
        series: str | None = None,
        plot: str | None = None,
        **named: Any,
    ) -> None:
        """Put points on the plot, and return at once.

        publish(x, y)                     one point; or equal-length sequences or arrays
        publish(x, y, series="loss")      a named series
        publish(x, loss=0.3, acc=0.9)     several series at one x
        publish(x, {"any name": 0.3})     the same, for any name
        publish(frame)                    a DataFrame, a series for each column; x is its index
        publish(x, y, plot="accel")       another plot, made on first use
        publish(x, y, run="lr=0.01")      a run of that name, beside the others of its series

        x: a number or a time (datetime, numpy.datetime64, pandas.Timestamp), finite. y: a
        number; what is missing, NaN and infinity are gaps. A quantity of astropy or pint is
        converted to the unit of its axis; the first one gives it its unit. The first call starts a
        service when none runs.

        Raises TypeError or ValueError for what is no point, and RuntimeError when zwsnb was
        stopped; never for the network.
        """
