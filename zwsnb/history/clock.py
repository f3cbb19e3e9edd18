"""Whether the x of a plot are times: as the user says; else as the points say; else as the first of
them look.  [no I/O]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zwsnb.kinds.times import looks_like_seconds, unit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zwsnb.kinds.arrays import Column


def check_same_unit(plot: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Raise ValueError when a plot that holds points would take numbers in another unit."""
    was, now = (unit_of(options["time"]) or "s" for options in (old, new))
    if was != now:
        raise ValueError(
            f"time is {new['time']!r}, but plot {plot!r} holds points whose x came in another"
            " unit; clear the plot first, or use another"
        )


def options_since(origin: int, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are x, its regions and the range to be filled, counted from there."""
    regions = [
        {**its, **{end: its[end] - origin for end in ("from", "to")}} for its in options["regions"]
    ]
    ends = options["x_range"]
    x_range = ends and [None if end is None else end - origin for end in ends]
    return {"regions": regions, "x_range": x_range}


class Clock:
    """What is known of the x of one plot. ``is_time``: they are shown as times; ``is_guess``: since
    they look like seconds since 1970, and nobody has said what they are. ``is_brought``: points
    have said that their x is a time.
    """

    def __init__(self) -> None:
        self.is_time = self.is_guess = self.is_brought = False
        # How the first points look; None: there were none.
        self._looks: bool | None = None

    @property
    def has_looked(self) -> bool:
        """True when the first points have come."""
        return self._looks is not None

    def look_at(self, x: Column, options: Mapping[str, Any]) -> bool:
        """Look at the first x of the plot; True when this makes them times."""
        if len(x):
            self._looks = looks_like_seconds(x.min()) and looks_like_seconds(x.max())
        return self.settle(options)

    def bring_times(self, options: Mapping[str, Any]) -> bool:
        """Note that points say that their x is a time; True when they were numbers until now."""
        self.is_brought = True
        return self.settle(options)

    def forget(self, options: Mapping[str, Any]) -> bool:
        """Forget all points; True when this makes numbers of times."""
        self.is_brought, self._looks = False, None
        return self.settle(options)

    def settle(self, options: Mapping[str, Any]) -> bool:
        """Decide by `options`; True when there is another decision than before.

        A unit says what x is, and who asks for its logarithm knows that it is no time.
        """
        before, said = (self.is_time, self.is_guess), options["time"]
        is_known = self.is_brought or unit_of(said) is not None
        is_open = (
            said in (None, "auto") and not options["x_unit"] and options["log"] not in ("x", "xy")
        )
        self.is_guess = not is_known and is_open and bool(self._looks)
        self.is_time = is_known or self.is_guess
        return before != (self.is_time, self.is_guess)


class Clocked:
    """A plot whose x are what its ``clock`` knows; times are counted from ``origin``.
    ``options_version`` changes with what they are.
    """

    clock: Clock
    options: dict[str, Any]
    options_version: int
    origin: int

    def move_marks(self, by: int) -> None:
        """Add to the x of each mark."""
        raise NotImplementedError

    @property
    def is_time(self) -> bool:
        """True when x are times, seconds since 1970."""
        return self.clock.is_time

    @property
    def options_in_x(self) -> dict[str, Any]:
        """Those options that are x, counted as its x are."""
        return options_since(self.origin if self.is_time else 0, self.options)

    @property
    def is_log_x(self) -> bool:
        """True when the x axis is logarithmic; times are not."""
        return self.options["log"] in ("x", "xy") and not self.is_time

    def look_at(self, x: Column) -> None:
        """Look at x that come, whether they may be times: at the first ones."""
        if not self.clock.has_looked:
            self.options_version += self.clock.look_at(x, self.options)

    def bring_times(self) -> None:
        """Note that points say that their x is a time."""
        self.options_version += self.clock.bring_times(self.options)

    def count_from(self, origin: int) -> int:
        """Return from where times are to be counted. As long as there are no points it is from
        `origin`, as the last ones that come are, points or marks.
        """
        if not self.clock.has_looked and origin != self.origin:
            self.options_version += 1
            self.move_marks(self.origin - origin)
            self.origin = origin
        return self.origin
