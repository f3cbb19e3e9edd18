"""The types of the options of a plot, as `Plot` says them.  [no I/O]"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from zwsnb.protocol.series_options import PanelOptions

Log: TypeAlias = Literal["none", "x", "y", "xy"]
Legend: TypeAlias = Literal["auto", "top", "right", "none"]
Aspect: TypeAlias = Literal["auto", "equal"]
Link: TypeAlias = Literal["none", "x"]
Window: TypeAlias = float | str | timedelta | np.timedelta64
"""A number, or a span of time: "10s"."""

Time: TypeAlias = bool | Literal["auto", "s", "ms", "us", "ns"]
"""x are times; or the unit of numbers that are times."""

Panels: TypeAlias = Sequence[Sequence[str] | PanelOptions] | Literal["groups"]

Tiles: TypeAlias = Sequence[str] | Literal["all"]
"""Names of series."""

Region: TypeAlias = Sequence[float | date | np.datetime64 | str]
"""(from, to), or (from, to, text)."""


LOGS: Final[tuple[str, ...]] = get_args(Log)
LEGENDS: Final[tuple[str, ...]] = get_args(Legend)
ASPECTS: Final[tuple[str, ...]] = get_args(Aspect)
LINKS: Final[tuple[str, ...]] = get_args(Link)
