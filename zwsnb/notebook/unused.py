"""The small frame of a plot that nobody has published to, as `%load_ext zwsnb` shows it: the plot
is to stand below the cell that publishes, which is where people look.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from zwsnb import api
from zwsnb.display.embed import SMALL
from zwsnb.notebook import outputs


def show(plot: str) -> bool:
    """Show a plot below the cell in a small frame, which gives way to that below the first cell
    that publishes to it; nothing where the plot stands below it already. Return whether that is
    done: not outside a notebook, where the plot has points, or where plots are not shown of their
    own accord.
    """
    from zwsnb.display import ipython

    if not (ipython.is_notebook() and outputs.attend().is_on) or api.service().version(plot):
        return False
    if outputs.attend().stands(plot):
        return True
    frame = _Small(plot)
    frame.show()
    outputs.attend().show_small(plot, frame)
    return True


def _places() -> outputs.Places:
    return (uuid.uuid4().hex, uuid.uuid4().hex, uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class _Small:
    """A small frame of a plot; its outputs are those that the plot's become."""

    plot: str
    places: outputs.Places = field(default_factory=_places)

    def show(self) -> None:
        from zwsnb.display import ipython
        from zwsnb.display.lower_ways import EMPTY

        for place in self.places:
            ipython.show_output(EMPTY, place)
        outputs.show_small(self.plot, SMALL, self.places)

    def grow(self) -> None:
        outputs.show_first(self.plot, self.places)
        outputs.update_pictures()  # no cell may end any more

    def remove(self) -> None:
        outputs.remove_small(self.plot, self.places)
