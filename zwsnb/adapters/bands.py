"""The bands around curves that adapters have proposed: they hold where nobody says another band of
the series, also after a call of `Plot` that says all other options.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from zwsnb import api
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.names import check_name
from zwsnb.protocol.options import check_options

_banded: Final[dict[str, set[str]]] = {}
"""By plot, the series of which it knows a band."""


def is_proposed(plot: str, series: str) -> bool:
    """Return whether the plot knows of a band around a series."""
    return series in _banded.get(plot, ())


def propose(plot: str, series: str, ends: Sequence[str]) -> None:
    """Draw a band around a series, between two others.

    Raises:
        TypeError, ValueError: one of the names is none.
        RuntimeError: zwsnb was stopped.
    """
    for name in (series, *ends):
        check_name(name, "series")
    options = check_options({"series": {series: {"band": list(ends)}}})
    api.publisher.send_command(SetOptions(plot, options, is_proposal=True))
    _banded.setdefault(plot, set()).add(series)


def _forget(plot: str) -> None:
    _banded.pop(plot, None)


api.after_close.append(_forget)
api.before_stop.append(_banded.clear)
