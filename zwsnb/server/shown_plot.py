"""What is shown of a plot, for whoever draws it once, and has to have the newest."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Hashable
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from gevent.lock import BoundedSemaphore

from zwsnb.derived.face import Face, face_of
from zwsnb.turns.rota import GUESTS
from zwsnb.turns.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zwsnb.history.plots import Plot


PAGE: Final = "text/html; charset=utf-8"
"""The kind of drawing that a saved page is."""

_queues: Final[WeakKeyDictionary[Plot, defaultdict[Hashable, BoundedSemaphore]]] = (
    WeakKeyDictionary()
)
"""Of each plot and kind of drawing: that of who has the token, and that of guests, who are to hold
up nobody.
"""


@contextlib.contextmanager
def drawing(plot: Plot, party: Hashable, kind: Hashable) -> Iterator[Plot]:
    """Draw what is shown of a plot, in a greenlet. Of one plot there is one drawing of a kind at a
    time, and one for guests: more would take longer, and their memory. party: whose turns it takes.
    """
    queues = _queues.setdefault(plot, defaultdict(BoundedSemaphore))
    with queues[kind, party == GUESTS]:
        yield shown_plot(plot, party)


def shown_plot(plot: Plot, party: Hashable) -> Plot:
    """Return what is shown of a plot, of all that has come until now; it lets others run where it
    takes its time. party: whose turns it takes.
    """
    face = face_of(plot)
    if isinstance(face, Face):
        for _ in in_turns(party, face.catch_up(plot)):
            pass
    return face
