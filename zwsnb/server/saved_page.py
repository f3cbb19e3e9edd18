"""A plot as one page, made by the relay that has its points."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from gevent.lock import BoundedSemaphore

from zwsnb.saved.contents import contents_of
from zwsnb.saved.document import document
from zwsnb.server.doors.places import GUEST
from zwsnb.server.static_files import saved_parts
from zwsnb.turns.turns import last_of

if TYPE_CHECKING:
    from collections.abc import Hashable

    from zwsnb.history.plots import Plot


_queues: Final[WeakKeyDictionary[Plot, tuple[BoundedSemaphore, BoundedSemaphore]]] = (
    WeakKeyDictionary()
)
"""Of each plot that of those who have the token, and that of guests, who are to hold up nobody."""


def saved_page(plot: Plot, party: Hashable) -> bytes:
    """Return `plot` as it is now, as an HTML document. It takes seconds where there are millions of
    points, so call it in a greenlet: it lets the others run. Of one plot there is one at a time,
    and one for guests: more would take longer, and their memory. party: whose turns it takes.

    Raises:
        FileNotFoundError: the page has not been built.
    """
    queues = _queues.setdefault(plot, (BoundedSemaphore(), BoundedSemaphore()))
    with queues[party == GUEST]:
        return _made(plot, party)


def _made(plot: Plot, party: Hashable) -> bytes:
    parts = saved_parts()
    contents = last_of(party, contents_of(plot, time.time()))
    return document(parts, contents, plot.options["title"] or plot.name).encode()
