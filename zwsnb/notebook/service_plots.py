"""The plots of the service that runs, as what shows them in a notebook asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zwsnb import api
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
