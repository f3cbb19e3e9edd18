"""What all pages of a plot are told of its series and options: one text for all of them, and where
that is long, not more often than it is worth.

A thousand names that come one by one would else be a thousand lists, each longer than the last, for
each page.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from zwsnb.clients.described import described
from zwsnb.clients.page_messages import options_of
from zwsnb.derived.face import face_of
from zwsnb.protocol.messages import json_text
from zwsnb.relay.schedule import MAX_SPACING

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot

SHORT: Final = 16_384
"""Characters of a text that may be made anew at any time: a hundred series."""

BYTES_A_SECOND: Final = 2_000_000
"""Of longer ones, for each page. No page waits for longer than `MAX_SPACING` (50 ms)."""


class Text(NamedTuple):
    """A message, from what state it was made, the version first, and the numbers of the series that
    it names.
    """

    of: tuple[int, object]
    text: str
    idents: frozenset[int]


class Texts:
    """The newest text of a kind for each plot. make: makes one; state: what it is made of."""

    def __init__(
        self,
        make: Callable[[Plot], dict[str, Any]],
        state: Callable[[Plot], tuple[int, object]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make, self._state, self._clock = make, state, clock
        self._made: WeakKeyDictionary[Plot, Text] = WeakKeyDictionary()
        self._next: WeakKeyDictionary[Plot, float] = WeakKeyDictionary()

    def wait(self, plot: Plot) -> float:
        """Return the seconds until the text will be the newest; 0: it is, or may be made."""
        made = self._made.get(plot)
        if made is None or made.of == self._state(plot):
            return 0.0
        return max(0.0, self._next.get(plot, -math.inf) - self._clock())

    def of(self, plot: Plot) -> Text:
        """Return the text, the newest if it may be made."""
        made, state = self._made.get(plot), self._state(plot)
        if made is not None and (made.of == state or self.wait(plot)):
            return made
        message = self._make(plot)
        idents = frozenset(each["id"] for each in message.get("series", ()))
        made = self._made[plot] = Text(state, json_text(message), idents)
        rest = min(len(made.text) / BYTES_A_SECOND, MAX_SPACING) if len(made.text) > SHORT else 0.0
        self._next[plot] = self._clock() + rest
        return made


def _series_message(plot: Plot) -> dict[str, Any]:
    return {"type": "series", "series": described(plot)}


def _series_state(plot: Plot) -> tuple[int, object]:
    shown = face_of(plot)
    return plot.catalog.version, (plot.catalog.derived, shown is plot, shown.catalog.version)


def _options_message(plot: Plot) -> dict[str, Any]:
    return {"type": "options", **options_of(plot)}


def _options_state(plot: Plot) -> tuple[int, object]:
    shown = face_of(plot)
    return plot.options_version, (shown is plot, shown.options_version)


SERIES: Final = Texts(_series_message, _series_state)
OPTIONS: Final = Texts(_options_message, _options_state)
