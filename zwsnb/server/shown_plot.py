"""What is shown of a plot, for whoever draws it once, and has to have the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.derived.face import Face, face_of
from zwsnb.turns.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Hashable

    from zwsnb.history.plots import Plot


def shown_plot(plot: Plot, party: Hashable) -> Plot:
    """Return what is shown of a plot, of all that has come until now; it lets others run where it
    takes its time. party: whose turns it takes.
    """
    face = face_of(plot)
    if isinstance(face, Face):
        for _ in in_turns(party, face.catch_up(plot)):
            pass
    return face
