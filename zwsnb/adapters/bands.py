"""The bands around curves that adapters have proposed: they hold where nobody says other options of
series, also after a call of `Plot` that says all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zwsnb import api
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.names import check_name
from zwsnb.protocol.options import check_options

_bands: Final[dict[str, dict[str, Sequence[str]]]] = {}
"""By plot and series, the names of the series at the two ends."""


def is_proposed(plot: str, series: str) -> bool:
    """Return whether the plot knows of a band around a series."""
    return series in _bands.get(plot, ())


def propose(plot: str, series: str, ends: Sequence[str]) -> None:
    """Draw a band around a series, between two others.

    Raises:
        TypeError, ValueError: one of the names is none.
        RuntimeError: zwsnb was stopped.
    """
    # Before it is among the others: the relay refuses all of them for an odd one.
    for name in (series, *ends):
        check_name(name, "series")
    # A proposal takes the place of the one before, so each has all bands of the plot.
    bands = {**_bands.get(plot, {}), series: list(ends)}
    options = check_options({"series": {name: {"band": its} for name, its in bands.items()}})
    api.publisher.send_command(SetOptions(plot, options, is_proposal=True))
    _bands[plot] = bands


def _forget(plot: str) -> None:
    _bands.pop(plot, None)


api.after_close.append(_forget)
api.before_stop.append(_bands.clear)
