"""A page is asked for its own drawing, as its reader sees it.

Only one that looks and has full rights is asked, for what it answers stands in somebody's notebook.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any, Final

import gevent
from gevent.event import AsyncResult
from gevent.lock import BoundedSemaphore

from zwsnb.clients.page_messages import BAD
from zwsnb.clients.page_socket import Closed
from zwsnb.protocol.messages import InvalidMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.clients.page_messages import Drawn
    from zwsnb.display.picture import Drawing
    from zwsnb.view.subscription import Subscription

PAINTED_WITHIN: Final = 0.5
"""Seconds that a page is given to paint the newest points, before it is asked all the same."""

DRAWN_WITHIN: Final = 3.0
"""Seconds that it is given to answer."""

SILENT_FOR: Final = 60.0
"""Seconds in which a page is left alone that could not draw, or has not answered."""

_LOOK_EVERY: Final = 0.01


class Drawings:
    """Asks one page; use it in the hub's own thread.

    view: what it was sent, and has painted. may: may it be asked now, as far as its rights go and
    it hears?
    """

    def __init__(
        self,
        view: Subscription,
        send_json: Callable[[dict[str, Any]], object],
        may: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.looked = -math.inf  # when it has said last where it looks
        self._view, self._send_json, self._may, self._clock = view, send_json, may, clock
        self._number = 0
        self._owed: set[int] = set()  # numbers of what it was asked and has not answered
        self._answer: AsyncResult[Drawing | None] = AsyncResult()  # to the newest question
        self._turn = BoundedSemaphore()
        self._silent_until = -math.inf

    @property
    def is_ready(self) -> bool:
        """True for a page that would answer."""
        looks = self._view.viewport is not None and not self._view.paused
        return looks and self._may() and self._clock() >= self._silent_until

    def note_look(self) -> None:
        """Note that the page has said where it looks."""
        self.looked = self._clock()

    def ask(self) -> Drawing | None:
        """Return what the page draws when it has painted what there is; None where it does not
        answer in time, or cannot.
        """
        with self._turn:
            self._wait_for_paint()
            if not self.is_ready:
                return None
            drawing = self._ask()
            if drawing is None:
                self._silent_until = self._clock() + SILENT_FOR
            return drawing

    def _wait_for_paint(self) -> None:
        deadline = self._clock() + PAINTED_WITHIN
        while (self._view.in_flight or self._view.is_due) and self._clock() < deadline:
            gevent.sleep(_LOOK_EVERY)

    def _ask(self) -> Drawing | None:
        self._number += 1
        self._owed.add(self._number)
        self._answer = AsyncResult()
        try:
            self._send_json({"type": "picture", "id": self._number})
            return self._answer.get(timeout=DRAWN_WITHIN)
        except (Closed, gevent.Timeout):
            return None

    def answered(self, message: Drawn) -> None:
        """Take an answer; one that comes late is of no use any more.

        Raises:
            InvalidMessage: nobody has asked for it.
        """
        if message.number not in self._owed:
            raise InvalidMessage(BAD, f"nobody has asked for picture {message.number}")
        self._owed.remove(message.number)
        if message.drawing is not None:
            self._silent_until = -math.inf  # it was not heard, maybe, while a cell ran
        if message.number == self._number:
            self._answer.set(message.drawing)

    def stop(self) -> None:
        """Wait no more: the page has gone."""
        self._answer.set(None)
