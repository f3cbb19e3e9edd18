"""What a call of `publish` gives, as numbers by series, or an error that names what is wrong.
[no I/O]
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np

from zwsnb.kinds.arrays import Column
from zwsnb.kinds.plain import EXACT_NUMBERS, PLAIN, is_missing, plain
from zwsnb.kinds.times import counted, midnight
from zwsnb.kinds.units import Unit
from zwsnb.kinds.values import LARGEST, as_column, as_number, check_lengths, check_x, is_many
from zwsnb.kinds.words import kind_of
from zwsnb.producer.quantities import opened
from zwsnb.protocol.batch import Points
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.names import DEFAULT_SERIES, check_name

if TYPE_CHECKING:
    from numpy.typing import NDArray


class NotGiven:
    """The type of `MISSING`, which shows in the signature of `publish`."""

    def __repr__(self) -> str:
        return "<not given>"


MISSING: Final = NotGiven()
"""What y is when the caller has left it out."""

_FLAT: Final = (PLAIN | {list, tuple}) - {dict}
_TEXTS: Final = frozenset({str})


class Given(NamedTuple):
    """What a call gives: one point, or columns of them.

    x, y: floats, or columns of shape (n,); y by series. is_time: x are times, in seconds. units: by
    series, and by None that of x; nothing for what has none. origin: as that of `Points`.
    """

    x: Any
    is_time: bool
    y: dict[str, Any]
    units: Mapping[str | None, Unit]
    origin: int = 0


class Count(NamedTuple):
    """How the times of a plot are counted: from which whole second since 1970, None where nothing
    has said that x is a time; and in which unit its numbers are, empty where these are no times.
    """

    origin: int | None = None
    unit: str = ""

    @property
    def is_time(self) -> bool:
        """True when x are known to be times, in seconds."""
        return self.origin is not None

    @property
    def has_numbers(self) -> bool:
        """True when x are numbers that are times, and may have more digits than a double: as
        seconds they have not.
        """
        return self.unit not in ("", "s") and not self.is_time


UNKNOWN: Final = Count()
"""How the times of a plot are counted of which nothing is known."""


def by_series(y: object, series: str | None, named: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values by the name of their series; those of a dict in a dict are "outer/inner".

    Raises:
        TypeError: there is none, or their series is named twice.
        ValueError: two of them have one name.
    """
    if isinstance(y, Mapping):
        if series is not None:
            raise TypeError("publish(x, {name: y, ...}) names its series itself; leave out series=")
        return _flat({**y, **named})
    if y is not MISSING:
        name = DEFAULT_SERIES if series is None else check_name(series, "series")
        return _flat({name: y, **named})
    if not named:
        raise TypeError(
            "publish needs y: publish(x, y), publish(x, {name: y}) or publish(x, name=y)"
        )
    return _flat(named)


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


def _flat(values: Mapping[str, object]) -> Mapping[str, object]:
    if _FLAT.issuperset(map(type, values.values())) and _TEXTS.issuperset(map(type, values)):
        return values  # no dict among them: no look at each
    found: dict[str, object] = {}
    for name, value in _leaves(values, ""):
        if name in found:
            raise ValueError(f"there are two values for series {name!r}; rename one")
        found[name] = value
    return found


def _leaves(values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for name, value in values.items():
        # Checked at each depth: a dict that holds itself comes to an end.
        whole = check_name(prefix + check_name(name, "series"), "series")
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{whole}/")
        else:
            yield whole, value


def point_of(
    x: object, x_unit: Unit | None, values: Mapping[str, object], count: Count = UNKNOWN
) -> Given:
    """Return one point of each series; x is opened already. A whole number stays one: what it
    counts from is found when all that has gathered is.

    Raises:
        TypeError, ValueError: x is no finite number and no time, or a y is no number.
    """
    number, is_time = finite_x(x, count.origin or 0)
    origin = 0
    if is_time:
        origin = midnight(number) if count.origin is None else count.origin
        number = finite_x(x, origin)[0] if count.origin is None else number
    elif count.has_numbers and (whole := _whole(np.asarray(x))) is not None:
        number = int(whole)
    units: dict[str | None, Unit] = {} if x_unit is None else {None: x_unit}
    y = {}
    for name, value in values.items():
        y[name], unit = y_number(value, name)
        if unit is not None:
            units[name] = unit
    return Given(number, is_time, y, units, origin)


def alone(given: Given, count: Count) -> Given:
    """Return one point with its x as it goes out where no others are gathered."""
    if not count.has_numbers:
        return given
    (x,), origin = counted([given.x], count.unit)
    return given._replace(x=float(x), origin=origin)


def columns_of(
    x: object, x_unit: Unit | None, values: Mapping[str, object], count: Count = UNKNOWN
) -> Given:
    """Return columns of points of each series; x is opened already.

    Raises:
        TypeError, ValueError: x are no finite numbers and no times, or y no numbers, or not as
            many.
    """
    column, is_time, origin = _x_column(x, count)
    units: dict[str | None, Unit] = {} if x_unit is None else {None: x_unit}
    y = {}
    for name, value in values.items():
        y[name], unit = y_column(column, value, name)
        if unit is not None:
            units[name] = unit
    return Given(column, is_time, y, units, origin)


def columns_beside(
    x: object, x_unit: Unit | None, body: Rows | Points, y: object, count: Count = UNKNOWN
) -> Given:
    """Return the x of the rows of an image, or the points of a scatter, as `columns_of`.

    Raises:
        TypeError, ValueError: as `columns_of`, or they are not as many as rows, or marks.
    """
    if isinstance(body, Rows):
        given = columns_of(x, x_unit, {}, count)
        check_lengths(given.x, body.cells, "the image")
        return given
    given = columns_of(x, x_unit, {body.series: y}, count)
    if body.marks is not None:
        check_lengths(given.x, body.marks[0], "color or size")
    return given


def _x_column(x: object, count: Count) -> tuple[Column, bool, int]:
    """Return x as a column, whether they are times, and from where they are counted."""
    column, is_time = as_column(x, "x", count.origin or 0)
    check_x(column)
    if is_time and count.origin is None and len(column):
        origin = midnight(float(column[0]))
        return as_column(x, "x", origin)[0], True, origin
    if count.has_numbers and not is_time and (whole := _whole(plain(x, "x"))) is not None:
        column, origin = counted(whole.reshape(-1), count.unit)
        return column, False, origin
    return column, is_time, (count.origin or 0) if is_time else 0


def _whole(x: Any) -> NDArray[Any] | None:
    """Return whole numbers as an array of them; None for others."""
    array = np.asarray(x)
    if array.dtype.kind == "O":
        array = np.array(array.tolist())
    return array if array.dtype.kind in "iu" else None


def finite_x(x: object, origin: int = 0) -> tuple[float, bool]:
    """Return one x as a float, and whether it is a time, in seconds since `origin`.

    Raises:
        TypeError, ValueError: it is neither a finite number nor a time.
    """
    number, is_time = as_number(x, "x", origin)
    if not math.isfinite(number):
        words = "missing" if is_missing(x) else number
        raise ValueError(f"x is {words}; x must be finite")
    return number, is_time


def what_of(series: str) -> str:
    """Return what an error calls the y of a series."""
    return "y" if series == DEFAULT_SERIES else f"y of {series!r}"


def y_number(y: object, name: str) -> tuple[float, Unit | None]:
    """Return the y of one point of series `name`, and its unit; NaN for what is missing.

    Raises:
        TypeError, ValueError: it is no number.
    """
    check_name(name, "series")
    if type(y) in EXACT_NUMBERS and -LARGEST <= (number := cast("float", y)) <= LARGEST:
        return float(number), None
    what = what_of(name)
    found, unit = opened(y, what)
    if is_many(found):
        raise ValueError(f"x is one value, {what} is {kind_of(y)}: publish as many of both")
    number, is_time = as_number(found, what)
    if is_time:
        raise TypeError(f"{what} is a time; only x may be one")
    return number, unit


def y_column(x: Column, y: object, name: str) -> tuple[Column, Unit | None]:
    """Return the y of series `name` at all of `x`, shape (n,), and their unit; NaN for what is
    missing.

    Raises:
        TypeError, ValueError: they are no numbers, or not as many as `x`.
    """
    check_name(name, "series")
    what = what_of(name)
    found, unit = opened(y, what)
    if not is_many(found):
        raise ValueError(f"x has {len(x)} values, {what} is only one: publish as many of both")
    column, is_time = as_column(found, what)
    if is_time and not all(map(math.isnan, column)):
        raise TypeError(f"{what} holds times; only x may")
    check_lengths(x, column, what)
    return column, unit
