"""Points as a pandas DataFrame. pandas is imported when one is asked for.  [no I/O]"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from zwsnb.kinds.times import are_times, whole_and_nanoseconds

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from zwsnb.protocol.stats import SeriesStats

    Series: TypeAlias = Mapping[str, tuple[SeriesStats, NDArray[np.float64]]]

_PANDAS: Final = 9.2e9
"""Seconds before and after 1970 that fit into 64 bits of nanoseconds."""


def frame(series: Series, *, origin: int | None, is_long: bool) -> pd.DataFrame:
    """Return the points of series, each shape (n, 2), by their names: a column each, or with
    `is_long` a row for each point, with color and size where one has the shape (n, 4), a scatter.

    origin: from where x are counted, in whole seconds since 1970; None where they are no times.

    Raises:
        ImportError: pandas is not installed.
    """
    return _long(series, origin) if is_long else _wide(series, origin)


def _wide(series: Series, origin: int | None) -> pd.DataFrame:
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
    if origin is not None:
        joined.index = _times(joined.index, origin)
    return joined.rename_axis("x")


def _long(series: Series, origin: int | None) -> pd.DataFrame:
    import pandas as pd

    parts = [
        pd.DataFrame(
            {
                "x": points[:, 0],
                "series": its["of"],
                "run": its["run"],
                "number": its["number"],
                "y": points[:, 1],
                # Of a scatter.
                **dict(zip(("color", "size"), points.T[2:], strict=False)),
            }
        )
        for its, points in series.values()
    ]
    columns = ["x", "series", "run", "number", "y"]
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    if origin is not None:
        joined["x"] = _times(joined["x"], origin)
    return joined


def _times(seconds: pd.Index | pd.Series, origin: int) -> pd.Index:
    """Return times since `origin`, to the nanosecond where pandas and the numbers have it; of years
    that no calendar has, the numbers.
    """
    import pandas as pd

    numbers = seconds.to_numpy(np.float64)
    if not are_times(numbers, "s", origin):
        return pd.Index(numbers + origin)
    whole, nanoseconds = whole_and_nanoseconds(numbers)
    whole += origin
    if np.all(np.abs(whole) < _PANDAS):
        return pd.DatetimeIndex((whole * 10**9 + nanoseconds).view("M8[ns]"), tz="UTC")
    return pd.DatetimeIndex((whole * 10**6 + nanoseconds // 10**3).view("M8[us]"), tz="UTC")
