"""The controls of a plot as a program has them: `Slider`, `Switch`, `Choice` and `Button`.

To read a value is to read an attribute: no lock, no socket, however fast the loop. A page's change
is written there by a thread of the service while the cell runs.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from numbers import Real
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

import numpy as np

from zwsnb.producer import native
from zwsnb.protocol.mistakes import public
from zwsnb.steering import registry
from zwsnb.steering.callbacks import Turn, callbacks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zwsnb.controls.control import Control, Steered, Value

T = TypeVar("T", bound="Value")

MOST_CLICKS: Final = 100
"""Of a button, that wait until its function has returned; those before them are skipped."""

_numbers: Final = itertools.count(1)
"""Of all that this process says of its controls, so that of two words the newer one is known."""


class Handle(Generic[T]):
    """A control of the plot of that name, declared."""

    def __init__(self, plot: str, control: Control) -> None:
        self._plot, self._control = plot, replace(control, number=next(_numbers))
        self._value = self._own(control.value)
        self._changing = native.RLock()  # for those who change it, not for those who read
        native.call_after_fork(self)
        registry.declare(plot, self._control, self._steered)

    def after_fork(self) -> None:
        """In a child, where nobody would release the lock."""
        self._changing = native.RLock()

    @property
    def name(self) -> str:
        """Its name, which is its label on the page."""
        return self._control.name

    @property
    def is_shown(self) -> bool:
        """False when another has taken its place, it was removed, its plot was closed, or the
        service has ended; in a forked child, whose controls are those that it declares.
        """
        return registry.stands(self._plot, self.name, self._steered)

    def remove(self) -> None:
        """Take it away from all pages; the value stays as it is."""
        registry.remove(self._plot, self.name, self._steered)

    def _steered(self, told: Steered) -> None:
        """Take what a page has done, unless the program has said something since; in a thread of
        the service, which it must not hold up.
        """
        with self._changing:
            if told.number != self._control.number:
                return
            if told.value is None:
                registry.forget(self._plot, self.name, self._steered)
                return
            before, now = self._value, self._own(told.value)
            self._value = now
        if now != before:  # it is told once more after its connection was lost
            self._notify(before, now)

    def _set(self, value: object) -> None:
        with self._changing:
            # A value that is none raises here, and nothing has changed.
            said = replace(self._control.with_value(value), number=next(_numbers))
            self._control, self._value = said, self._own(said.value)
        # Not under the lock: this may wait for the service, where a hand may wait for the lock. Of
        # two that come in another order the newer one is known by its number.
        registry.changed(self._plot, said, self._steered)

    def _own(self, value: Value) -> T:
        """Return a value of the control as the program has it."""
        return cast("T", value)

    def _notify(self, before: T, now: T) -> None:
        """Call whoever wants to know that a page has changed the value."""

    def __repr__(self) -> str:
        return f"<{self._control.kind} {self.name!r} of plot {self._plot!r}: {self._value!r}>"


class Valued(Handle[T]):
    """One that has a value."""

    def __init__(self, plot: str, control: Control) -> None:
        self._on_change: list[tuple[Turn, Callable[[T], object]]] = []
        super().__init__(plot, control)

    @property
    def value(self) -> T:
        """What it is set to; assign another, and all pages follow.

        Raises (where it is assigned):
            TypeError, ValueError: it cannot have that value.
        """
        return self._value

    @value.setter
    @public()
    def value(self, value: T) -> None:
        self._set(value)

    def on_change(self, call: Callable[[T], object]) -> None:
        """Call a function with the new value whenever a page has changed it, in a thread of its
        own, while the cell runs; a slow one is called with the newest, and skips those before.
        """
        self._on_change.append((Turn(self.name), call))
        callbacks.start()

    def _notify(self, before: T, now: T) -> None:
        del before
        for turn, call in self._on_change:
            callbacks.call(turn, partial(call, now))


class Slider(Valued[float]):
    """A number between two ends."""


class Switch(Valued[bool]):
    """On or off."""

    def _set(self, value: object) -> None:
        super()._set(plain(value))


def plain(value: object) -> object:
    """Return a truth of numpy's, such as ``(a > 0).any()``, as Python's own; all else as it is.

    A control takes none: what a page sends is JSON.
    """
    return bool(value) if isinstance(value, np.bool_) else value


class Choice(Valued["str | float"]):
    """One of several texts or numbers; pages have the texts of the numbers."""

    def __init__(self, plot: str, control: Control, values: Sequence[str | float] = ()) -> None:
        self._values = dict(zip(control.choices, values, strict=False))
        super().__init__(plot, control)

    def _own(self, value: Value) -> str | float:
        return self._values.get(str(value), value)

    def _set(self, value: object) -> None:
        super()._set(text_of(value))


def text_of(value: object) -> object:
    """Return a number as its text; all else as it is."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return str(value) if is_number else value


class Button(Handle[int]):
    """What is pressed, and counts."""

    def __init__(self, plot: str, control: Control) -> None:
        self._on_click: list[tuple[Turn, Callable[[], object]]] = []
        self._asked = 0  # clicks of which `pressed` has told
        super().__init__(plot, control)

    @property
    def clicks(self) -> int:
        """How often it was pressed since it was declared."""
        return self._value

    def pressed(self) -> bool:
        """Return whether it was pressed since this was asked last: ``if stop.pressed(): break``."""
        before, self._asked = self._asked, self._value
        return self._asked > before

    def on_click(self, call: Callable[[], object]) -> None:
        """Call a function whenever it is pressed, in a thread of its own, while the cell runs."""
        self._on_click.append((Turn(self.name, MOST_CLICKS), call))
        callbacks.start()

    def _notify(self, before: int, now: int) -> None:
        # Several clicks come as one message where this process reads slowly.
        for turn, call in self._on_click:
            for _ in range(min(now - before, MOST_CLICKS)):
                callbacks.call(turn, call)
