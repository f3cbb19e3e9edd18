"""Who takes from a publisher, how it wakes them, and how often they take unasked.  [no I/O]

A `Sink` stands on the publisher's side: `publish` calls `wake` when points come after a pause or
much has gathered. The sink then takes through the publisher's `Source` interface. There are two:
the relay's hub, when it runs in this process, and a `Sender` with a DEALER socket. The publisher
imports neither: the one is handed to it, the other is made by the factory that it was given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, Protocol, TypeAlias

from zwsnb.protocol.batch import Batch

TICK: Final = 0.004
"""Seconds between two takes while points flow, where nobody asks for them."""

HEARTBEAT: Final = 0.25
"""Seconds after which a sink takes without being woken: `publish` takes no lock, so that a wake-up
can be missed; such a point waits no longer than this.
"""

NOT_RUNNING: Final = "zwsnb is not running: %load_ext zwsnb or zwsnb.start() starts it"


class Connection(NamedTuple):
    """Where a service takes batches: its ROUTER socket, and the token that opens it."""

    ingress: str
    token: str

    def __repr__(self) -> str:
        return f"Connection({self.ingress!r})"


class Sink(Protocol):
    """Whoever takes from a publisher. Its methods may be called from any thread."""

    def wake(self) -> object:
        """Take soon. Returns at once; true when the next point is to wake it as well."""

    def flush(self, timeout: float) -> bool:
        """Take now; True when everything was delivered within `timeout` seconds."""

    def connect(self, connection: Connection) -> None:
        """Deliver to another relay from now on; one of this process stays where it is."""

    def close(self, timeout: float) -> None:
        """Deliver what there is, within `timeout` seconds, and stop."""

    def loss(self) -> str:
        """Return in one sentence what has not come, and why, once it is closed; or nothing."""

    def give_back(self) -> list[Batch]:
        """Return the batches that have not come, once it is closed."""

    @property
    def trouble(self) -> str:
        """Why nobody takes, for so long that nobody may ever, or empty."""

    @property
    def held(self) -> int:
        """Points that were taken and may not have come: they would be lost with this process."""


class Source(Protocol):
    """What a sink takes from: the publisher. Its methods may be called from any thread."""

    @property
    def producer(self) -> str:
        """The name under which the batches are numbered."""

    def take(self) -> list[Batch]:
        """Return the oldest of what has gathered, numbered; empty when there is nothing."""

    @property
    def has_more(self) -> bool:
        """True when the last take has left something."""

    def checkpoint(self) -> int:
        """Return a number for all that was published so far."""

    def stats(self) -> dict[str, int]:
        """Return the account of points, those that are queued among them."""

    def is_past(self, checkpoint: int) -> bool:
        """True when all that was published before `checkpoint` has been taken or dropped."""


class HoldsNothing:
    """What of a sink has nothing in hand: all that it takes has come, or it takes nothing."""

    def loss(self) -> str:
        """Return nothing."""
        return ""

    def give_back(self) -> list[Batch]:
        """Return nothing."""
        return []

    @property
    def trouble(self) -> str:
        """Nothing."""
        return ""

    @property
    def held(self) -> int:
        """Nothing."""
        return 0


class Unheard(HoldsNothing):
    """What takes nothing: the sink of a publisher of a process that ends, where daemon threads may
    publish to the last; and of a handler that publishes while its thread makes the sink.
    """

    def wake(self) -> bool:
        """Wake nobody: True, so that the next point tries again."""
        return True

    def flush(self, timeout: float) -> bool:
        """Deliver nothing."""
        del timeout
        return False

    def connect(self, connection: Connection) -> None:
        """Deliver to nobody."""

    def close(self, timeout: float) -> None:
        """Stop nothing."""


MakeSender: TypeAlias = Callable[[Source, Connection], Sink]
"""Makes what delivers to a relay in another process."""
