"""Pages that steer a program, without a service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from support.logged import Logged
from zwsnb import api
from zwsnb.controls.control import Control, Steered, Value, control_of
from zwsnb.events.happened import Happened, Told
from zwsnb.events.watch import Watch, watch_of
from zwsnb.protocol.messages import Declare, Listen
from zwsnb.steering.listeners import Listener


class Pages:
    """What pages see of the controls of this process, and do with them."""

    def __init__(self, logged: Logged) -> None:
        self._logged = logged
        self.controls: dict[str, Control | None] = {}
        self.said = 0
        self._watches: dict[str, Watch | None] = {}
        self._tell: Callable[[Told], object] = print

    def hear(self, producer: str, tell: Callable[[Told], object]) -> None:
        """As a service."""
        assert producer == api.publisher.producer
        self._tell = tell

    def look(self) -> dict[str, Control | None]:
        """Return all that was declared, by "plot/name"."""
        bodies = [body for body in self._logged.commands() if isinstance(body, Declare)]
        self.said += len(bodies)
        for body in bodies:
            control = None if body.control is None else control_of(body.control)
            self.controls[f"{body.plot}/{body.name}"] = control
        return self.controls

    def steer(self, name: str, value: Value, *, after: int | None = None) -> None:
        """Do something with a control of plot "p", which was declared by number `after`."""
        control = self.look()[f"p/{name}"]
        assert control is not None
        self._tell(Steered("p", name, value, control.number if after is None else after))

    def watched(self) -> dict[str, Watch | None]:
        """Return all that plots were watched for, by name."""
        for body in self._logged.commands():
            if isinstance(body, Listen):
                self._watches[body.name] = None if body.watch is None else watch_of(body.watch)
        return self._watches

    def happen(
        self, name: str, members: dict[str, Any], *, after: Listener[Any] | None = None
    ) -> None:
        """Let something happen on plot "p", which was declared by that name; `after`: when this
        handle was the newest.
        """
        watch = self.watched()[name] if after is None else after._watch
        assert watch is not None
        self._tell(Happened("p", name, watch.kind, watch.number, None, members))
