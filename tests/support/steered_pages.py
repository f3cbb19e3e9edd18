"""Pages that steer a program, without a service."""

from __future__ import annotations

from collections.abc import Callable

from support.logged import Logged
from zwsnb import api
from zwsnb.controls.control import Control, Steered, Value, control_of
from zwsnb.protocol.messages import Declare


class Pages:
    """What pages see of the controls of this process, and do with them."""

    def __init__(self, logged: Logged) -> None:
        self._logged = logged
        self.controls: dict[str, Control | None] = {}
        self.said = 0
        self._tell: Callable[[Steered], object] = print

    def hear(self, producer: str, tell: Callable[[Steered], object]) -> None:
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
