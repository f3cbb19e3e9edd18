"""The y of a call of `publish`, by series, or an error that names what is wrong.  [no I/O]"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zwsnb.protocol.arrays import Column
from zwsnb.protocol.names import DEFAULT_SERIES, check_name
from zwsnb.protocol.values import as_column, as_number, check_lengths, is_many


class NotGiven:
    """The type of `MISSING`, which shows in the signature of `publish`."""

    def __repr__(self) -> str:
        return "<not given>"


MISSING: Final = NotGiven()
"""What y is when the caller has left it out."""


def by_series(y: object, series: str | None, named: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values by the name of their series.

    Raises:
        TypeError: there is none, or their series is named twice.
    """
    if isinstance(y, Mapping):
        if series is not None:
            raise TypeError("publish(x, {name: y, ...}) names its series itself; leave out series=")
        return {**y, **named}
    if y is not MISSING:
        return {DEFAULT_SERIES if series is None else check_name(series, "series"): y, **named}
    if not named:
        raise TypeError(
            "publish needs y: publish(x, y), publish(x, {name: y}) or publish(x, name=y)"
        )
    return named


def run_among(named: Mapping[str, object], run: str) -> tuple[str, Mapping[str, object]]:
    """Return the run that is named among the values, as in ``run="lr=0.01"``, else `run`; and the
    other values. A number of that name is the value of a series.

    Raises:
        ValueError: it is no name.
    """
    if not isinstance(named.get("run"), str):
        return run, named
    others = dict(named)
    return check_name(others.pop("run"), "run"), others


def y_number(y: object, name: str) -> float:
    """Return the y of one point of series `name`.

    Raises:
        TypeError, ValueError: it is no number.
    """
    check_name(name, "series")
    what = "y" if name == DEFAULT_SERIES else f"y of {name!r}"
    if is_many(y):
        raise ValueError(f"x is one value, {what} is a {type(y).__name__}: publish as many of both")
    number, is_time = as_number(y, what)
    if is_time:
        raise TypeError(f"{what} is a time; only x may be one")
    return number


def y_column(x: Column, y: object, name: str) -> Column:
    """Return the y of series `name` at all of `x`, shape (n,).

    Raises:
        TypeError, ValueError: they are no numbers, or not as many as `x`.
    """
    check_name(name, "series")
    what = "y" if name == DEFAULT_SERIES else f"y of {name!r}"
    if not is_many(y):
        raise ValueError(f"x has {len(x)} values, {what} is only one: publish as many of both")
    column, is_time = as_column(y, what)
    if is_time:
        raise TypeError(f"{what} holds times; only x may")
    check_lengths(x, column, what)
    return column
