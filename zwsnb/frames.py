"""Points as a pandas DataFrame. pandas is imported when one is asked for.  [no I/O]"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from zwsnb.kinds.times import are_times

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from zwsnb.protocol.stats import SeriesStats

    Series: TypeAlias = Mapping[str, tuple[SeriesStats, NDArray[np.float64]]]

_PANDAS: Final = 9.2e9
"""Seconds before and after 1970 that fit into 64 bits of nanoseconds."""


def frame(series: Series, *, is_time: bool, is_long: bool) -> pd.DataFrame:
    """Return the points of series, each shape (n, 2), by their names: a column each, or with
    `is_long` a row for each point.

    Raises:
        ImportError: pandas is not installed.
    """
    return _long(series, is_time=is_time) if is_long else _wide(series, is_time=is_time)


def _wide(series: Series, *, is_time: bool) -> pd.DataFrame:
    import pandas as pd

    columns = []
    for name, (_, points) in series.items():
        x = pd.Series(points[:, 0])
        # Of several points at one x each has a row of its own.
        index = pd.MultiIndex.from_arrays([x, x.groupby(x).cumcount()])
        columns.append(pd.Series(points[:, 1], index=index, name=name))
    if not columns:
        return pd.DataFrame().rename_axis("x")
    # The points of a curve that is alone stay in its order.
    joined = pd.concat(columns, axis=1, sort=len(columns) > 1).droplevel(1)
    if is_time:
        joined.index = _times(joined.index)
    return joined.rename_axis("x")


def _long(series: Series, *, is_time: bool) -> pd.DataFrame:
    import pandas as pd

    parts = [
        pd.DataFrame(
            {
                "x": points[:, 0],
                "series": its["of"],
                "run": its["run"],
                "number": its["number"],
                "y": points[:, 1],
            }
        )
        for its, points in series.values()
    ]
    columns = ["x", "series", "run", "number", "y"]
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    if is_time:
        joined["x"] = _times(joined["x"])
    return joined


def _times(seconds: pd.Index | pd.Series) -> pd.Index:
    """Return times, exact to the microsecond; of years that no calendar has, the numbers."""
    import pandas as pd

    numbers = seconds.to_numpy(np.float64)
    if not are_times(numbers):
        return pd.Index(numbers)
    # Not by pandas' own nanoseconds, which are those of 1678 to 2261 only.
    whole = np.floor(numbers)
    microseconds = whole.astype(np.int64) * 10**6
    microseconds += np.rint((numbers - whole) * 1e6).astype(np.int64)
    times = pd.DatetimeIndex(microseconds.view("M8[us]"), tz="UTC")
    return times.as_unit("ns") if _fits_pandas(numbers) else times


def _fits_pandas(seconds: NDArray[np.float64]) -> bool:
    return bool(np.all(np.abs(seconds) < _PANDAS))
