"""The commands that have series computed from others.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from zwsnb.kinds.words import kind_of
from zwsnb.protocol.names import check_name

if TYPE_CHECKING:
    from zwsnb.protocol.messages import JsonObject


MAX_SPECTRUM: Final = 1 << 16
"""Points of a spectrum at most."""


class Derive(NamedTuple):
    """Have `series` be what `expression` gives, as in ``ema(loss, .99)``, from now on."""

    plot: str
    series: str
    expression: str

    def members(self) -> JsonObject:
        """Return its members in a batch."""
        return {"series": self.series, "expression": self.expression}


def derive_of(plot: str, members: JsonObject) -> Derive:
    """Return the declaration in an object; the expression is not looked at.

    Raises:
        TypeError, ValueError: it is none.
    """
    series = check_name(members.get("series"), "series")
    return Derive(plot, series, check_name(members.get("expression"), "the expression"))


class ShowSpectrum(NamedTuple):
    """Show in `plot` the spectrum of a series of the plot `of`: of its newest `points`."""

    plot: str
    of: str
    series: str
    points: int

    def members(self) -> JsonObject:
        """Return its members in a batch."""
        return {"of": self.of, "series": self.series, "points": self.points}


def spectrum_of(plot: str, members: JsonObject) -> ShowSpectrum:
    """Return what an object asks for.

    Raises:
        TypeError, ValueError: it is none.
    """
    of, series = (check_name(members.get(key), key) for key in ("of", "series"))
    return ShowSpectrum(plot, of, series, check_points(members.get("points")))


def check_points(points: object) -> int:
    """Return of how many points a spectrum is.

    Raises:
        TypeError, ValueError: it cannot be of so many.
    """
    if type(points) is not int:
        raise TypeError(f"points is {kind_of(points)}; it is a whole number")
    if not 8 <= points <= MAX_SPECTRUM:
        raise ValueError(f"points is {points}; a spectrum is of 8 to {MAX_SPECTRUM:,}")
    return points
