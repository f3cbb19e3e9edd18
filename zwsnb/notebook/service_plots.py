"""The plots of the service that runs, as what shows them in a notebook asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb import api
from zwsnb.display.embed import BARE, height_for
from zwsnb.protocol.batch import SetOptions

if TYPE_CHECKING:
    from zwsnb.display.picture import Drawing
    from zwsnb.protocol.stats import PlotStats


def snapshot(plot: str, *, dated: bool = False) -> str:
    """Return a plot as it is now, as an SVG document; dated: below it is the time."""
    ensure(plot)
    return api.service().snapshot(plot, dated=dated)


def saved_page(plot: str) -> bytes:
    """Return a plot as it is now, as an HTML document that needs no service."""
    ensure(plot)
    return api.service().saved_page(plot)


def ensure(plot: str) -> None:
    """Deliver what was published, and make a plot that nobody has published to: asking for a
    picture makes none, but its handle does, and an empty one has one too.
    """
    api.publisher.flush()
    if api.service().version(plot) is None:
        api.publisher.send_command(SetOptions(plot, {}))
        api.publisher.flush()


def begin_of(plot: str, height: int) -> int:
    """Return with how many pixels a plot of this height is shown at first, where its page says how
    many it takes: one that has bars or controls but no points is as high as these.
    """
    service = api.current()
    api.publisher.flush()
    found = None if service is None else service.stats()["plots"].get(plot)
    is_bare = found and not found["points"] and (found["progress"] or found["controls"])
    return min(BARE, height) if is_bare else height


def height_of(plot: str, height: int) -> int:
    """Return how many pixels a plot of this height has in a frame that no page can tell how many it
    takes: where nobody has said another than the usual one, as many as its panels need.
    """
    service = api.current()
    api.publisher.flush()
    found = None if service is None else service.stats()["plots"].get(plot)
    panels = found["options"].get("panels") if found else None
    return height_for(len(panels) if isinstance(panels, list) else 1, height)


class Plots:
    """The plots of the service that runs at the moment."""

    def flush(self) -> object:
        """Have all that was published arrive."""
        return api.publisher.flush(1.0)

    def version(self, plot: str) -> int | None:
        """Return a number that changes with the plot, 0 as long as there is nothing to see; None
        where it is not there.
        """
        service = api.current()
        return None if service is None else service.version(plot)

    def points(self, plot: str) -> int:
        """Return how many points the plot has got."""
        found = self._stats(plot)
        return 0 if found is None else found["points"]

    def viewers(self, plot: str) -> int:
        """Return how many pages show the plot."""
        found = self._stats(plot)
        return 0 if found is None else len(found["viewers"])

    def _stats(self, plot: str) -> PlotStats | None:
        service = api.current()
        return None if service is None else service.stats()["plots"].get(plot)

    def snapshot(self, plot: str) -> str:
        """Return the plot as an SVG document."""
        return api.service().snapshot(plot)

    def picture(self, plot: str) -> Drawing | None:
        """Return the plot as a page that looks at it draws it; None where none does."""
        service = api.current()
        return None if service is None else service.picture(plot)
