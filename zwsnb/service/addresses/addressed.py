"""What a service says of where its pages are, whichever process it runs in.  [no I/O]"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from zwsnb.protocol.names import DEFAULT_PLOT

if TYPE_CHECKING:
    from zwsnb.display.embed import Embedding
    from zwsnb.display.ways import Ways
    from zwsnb.service.addresses.address import Address, Proved


class Addressed:
    """A service with an `Address`, to which `Ways` lead."""

    _address: Address
    _ways: Ways

    def url(self, plot: str = DEFAULT_PLOT, **query: str) -> str:
        """Return the address of a plot's page, with the token that opens it."""
        return self._address.page(plot, **query)

    def url_for_once(self, plot: str = DEFAULT_PLOT) -> str:
        """Return an address of a plot's page that opens it once; see `Address.once`."""
        return self._address.once(plot, time.time())

    def plots_url(self) -> str:
        """Return the address of the page of all plots, with the token that opens it."""
        return self._address.route("/plots")

    def plots_url_for_once(self) -> str:
        """Return an address of the page of all plots that opens it once; see `Address.once`."""
        return self._address.plots_once(time.time())

    def embedding(self, plot: str, *, claims: bool = True) -> Embedding:
        """Return what a notebook needs to show a plot's page; see `Address.embedding`."""
        return self._address.embedding(plot, self._ways, time.time() if claims else None)

    def proved(self, path: str, **query: str) -> Proved:
        """Return the address of a route for one request; see `Address.proved`."""
        return self._address.proved(path, **query)
