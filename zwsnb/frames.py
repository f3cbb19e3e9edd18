"""Points as a pandas DataFrame. pandas is imported when one is asked for.  [no I/O]"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from zwsnb.protocol.stats import SeriesStats

    Series: TypeAlias = Mapping[str, tuple[SeriesStats, NDArray[np.float64]]]


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


def _times(seconds: pd.Index | pd.Series) -> pd.DatetimeIndex:
    import pandas as pd

    return pd.DatetimeIndex(pd.to_datetime(seconds, unit="s", utc=True)).round("us")
