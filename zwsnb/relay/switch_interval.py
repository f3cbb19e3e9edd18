"""How soon a busy cell hands over the interpreter's lock: rule 10 of `zwsnb.relay.schedule`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from zwsnb.producer import native
from zwsnb.relay.schedule import is_boosted, is_flood


class SwitchInterval:
    """The interpreter's switch interval: boosted in a flood while somebody watches, else as it was.

    boosted: seconds, or None to leave the interval alone. count_points: how many points there are
    so far, in all plots: ``points`` at the last update. is_watched: whether somebody sees them.
    ``is_flood`` is True in a flood, also where nobody watches, or the interval is left alone.
    Something calls `update` once in an `UPDATE_EVERY`.
    """

    def __init__(
        self,
        boosted: float | None,
        count_points: Callable[[], int],
        is_watched: Callable[[], bool],
    ) -> None:
        self._boosted = boosted
        self._count_points = count_points
        self._is_watched = is_watched
        # What it was, while it is boosted. The hub and a caller must not both find None: the second
        # one would take the boosted interval for the user's.
        self._usual: float | None = None
        self._setting = native.RLock()  # a signal's handler that publishes comes here once more
        self.points = 0
        self._was_calm = self._was_watched = False  # since the last update, at the last update
        self.is_flood = False

    def update(self) -> None:
        """Set the interval that the points since the last update ask for."""
        points, self._was_watched = self._count_points(), self._is_watched()
        new, self.points = points - self.points, points
        self._was_calm = new == 0
        self.is_flood = is_flood(new)
        self._set(boosted=is_boosted(is_flood=self.is_flood, is_watched=self._was_watched))

    def is_calm(self) -> bool:
        """Return whether no points come."""
        return self._was_calm

    def boost(self) -> None:
        """Points come after a calm, perhaps a flood: assume one until the next update. From any
        thread.
        """
        if self._was_calm and self._was_watched:
            self._was_calm, self.is_flood = False, True
            self._set(boosted=True)

    def _set(self, *, boosted: bool) -> None:
        if not boosted:
            self.restore()
        elif self._boosted is not None:
            with self._setting:
                if self._usual is None:
                    self._usual = sys.getswitchinterval()
                    sys.setswitchinterval(min(self._boosted, self._usual))

    def restore(self) -> None:
        """Set it back to what it was."""
        with self._setting:
            if self._usual is not None:
                sys.setswitchinterval(self._usual)
                self._usual = None
