"""`Triggered`: what of `Plot` shows sweeps, as an oscilloscope does."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_SERIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwsnb.protocol.checks.trigger_checks import Mode, Slope
    from zwsnb.protocol.option_types import Window


class Triggered:
    """Shows the sweeps of a plot."""

    @abstractmethod
    def _change(self, options: Mapping[str, object]) -> None:
        """Change options of the plot."""

    @public()
    def trigger(
        self,
        series: str = DEFAULT_SERIES,
        *,
        level: float = 0.0,
        slope: Slope = "rising",
        mode: Mode = "normal",
        holdoff: Window = 0.0,
        pre: float = 0.1,
        persist: int = 0,
    ) -> None:
        """Show a sweep, as wide as the plot's ``window``, whenever a series crosses a level, with
        that crossing always in the same place: ``p.trigger("y", level=0.5)``. It is the option
        ``trigger``, as a call.

        Each point is looked at as it comes, those of other processes too, in each run; a crossing
        is where the line between two points meets the level. While a sweep is being taken, from its
        trigger to its end, no other begins. Points that were published before it is said have no
        trigger, nor have series that are derived, and curves, whose x goes back and forth. A sweep
        is forgotten with its points, when `history` holds them no longer.

        Args:
            series: the name under which it is published
            level: that it crosses, in the unit of its axis
            slope: "rising", "falling" or "either"
            mode: "normal", where the newest complete sweep stands until the next one is complete;
                "single", where the first one after that stays until `arm`; "roll", where there is
                no trigger and the plot follows its points
            holdoff: how much of x after a trigger there is no other one, as `window` says it
            pre: the part of the window that is before the trigger, 0 to 1
            persist: how many earlier sweeps are drawn below it, paler and paler, at most 32

        Raises:
            TypeError, ValueError: it cannot be: the slope is none, say.
        """
        said = {"series": series, "level": level, "slope": slope, "mode": mode}
        self._change({"trigger": {**said, "holdoff": holdoff, "pre": pre, "persist": persist}})

    @public()
    def arm(self) -> None:
        """Wait for the next crossing and show that sweep alone: the key "Single" of an
        oscilloscope. What is said of the trigger stays, but for its mode.
        """
        self._change({"trigger": {"mode": "single"}})
