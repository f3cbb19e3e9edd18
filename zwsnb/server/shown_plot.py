"""What is shown of a plot, for whoever draws it once, and has to have the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb.derived.face import Face, face_of
from zwsnb.relay.hub import yield_to_hub

if TYPE_CHECKING:
    from zwsnb.history.plots import Plot


def shown_plot(plot: Plot) -> Plot:
    """Return what is shown of a plot, of all that has come until now; it lets others run where it
    takes its time.
    """
    face = face_of(plot)
    if isinstance(face, Face):
        for _ in face.catch_up(plot):
            yield_to_hub()
    return face
