"""All views of a widget as one page, of which none is heard: see `zwsnb.widget.broadcast`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from zwsnb.clients.page_messages import Rights
from zwsnb.comm.client import CommClient
from zwsnb.protocol.stats import EVERYONE

if TYPE_CHECKING:
    from zwsnb.clients.page_socket import PageSocket
    from zwsnb.comm.schedule import Pace
    from zwsnb.history.plots import Plot
    from zwsnb.relay.relay import Relay
    from zwsnb.view.streams.plot_streams import StreamCache

RIGHTS: Final = Rights(edits=False, through=EVERYONE)
"""What a view asks for in the name of all would be lost."""


class EveryoneClient(CommClient):
    """The one page. Its loop is open from the beginning, and so each patch is fresh: a view may
    begin to listen with any.
    """

    is_reader = False

    def __init__(
        self, socket: PageSocket, plot: Plot, relay: Relay, streams: StreamCache, pace: Pace
    ) -> None:
        super().__init__(socket, plot, relay, streams, pace, RIGHTS, is_deaf=True)
