"""The command that declares a derived series.  [no I/O]"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zwsnb.protocol.names import check_name

if TYPE_CHECKING:
    from zwsnb.protocol.messages import JsonObject


@dataclass(slots=True, frozen=True)
class Derive:
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
