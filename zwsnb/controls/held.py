"""The controls that a plot has on its pages.  [no I/O]"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zwsnb.controls.control import MAX_CONTROLS, control_of

if TYPE_CHECKING:
    from zwsnb.controls.control import Control, Value
    from zwsnb.protocol.messages import Declare


@dataclass(slots=True)
class Held:
    """A control and whose it is. marked: the value that the plot's last mark of it says."""

    control: Control
    producer: str
    marked: Value


class Controls:
    """Those of one plot, by name, in the order in which they were first declared.

    ``version`` changes with everything that a page may see of them.
    """

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}
        self.version = 0

    def declare(self, body: Declare, producer: str) -> None:
        """Do what a declaration asks for.

        Raises:
            TypeError, ValueError: it is no control, or there are as many as there may be.
        """
        if body.control is None:
            self._remove(body.name, producer)
            return
        control, held = control_of(body.control), self.held.get(body.name)
        if held and held.producer == producer and held.control.number > control.number:
            return  # of two threads, the one that came second has said it first
        if held is None and len(self.held) >= MAX_CONTROLS:
            raise ValueError(f"plot {body.plot!r} has {MAX_CONTROLS} controls; remove some")
        self.held[body.name] = Held(control, producer, control.value)
        self.version += 1

    def _remove(self, name: str, producer: str) -> None:
        held = self.held.get(name)
        # Another program may have declared it since: the one of which it was says it too late.
        if held is not None and held.producer == producer:
            del self.held[name]
            self.version += 1

    def find(self, name: str) -> Held:
        """Return the control of that name.

        Raises:
            KeyError: there is none.
        """
        if name not in self.held:
            raise KeyError(f"there is no control {name[:100]!r}")
        return self.held[name]

    def change(self, name: str, value: object) -> Held:
        """Give a control the value that a page has sent; a button is pressed once more.

        Raises:
            KeyError: there is no such control.
            TypeError, ValueError: it cannot have that value; nothing has changed.
        """
        held = self.find(name)
        its = held.control
        held.control = its.pressed() if its.kind == "button" else its.with_value(value)
        self.version += 1
        return held

    def described(self) -> list[dict[str, object]]:
        """Return what a page is told of them."""
        return [held.control.described() for held in self.held.values()]
