"""Functions that are called when something happens on a plot, as its handles know them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from zwsnb.steering import registry
from zwsnb.steering.callbacks import Turn, callbacks

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.events.happened import Happened
    from zwsnb.events.watch import Watch

E = TypeVar("E")

MOST_WAITING: Final = 100
"""Clicks and alerts that wait until the function has returned; those before them are skipped."""

_numbers: Final = itertools.count(1)
"""Of all that this process declares, so that of two declarations the newer one is known."""


class Listener(Generic[E]):
    """One function, and what it is called for; until `stop`, or until another of its name comes.

    It stands for its function: as a decorator it takes one, and called with what happened it calls
    it.
    """

    def __init__(
        self,
        plot: str,
        watch: Watch,
        event_of: Callable[[Happened], E],
        call: Callable[[E], object] | None,
        most: int = MOST_WAITING,
    ) -> None:
        self._plot, self._watch = plot, replace(watch, number=next(_numbers))
        self._event_of, self._call = event_of, call
        self._turn = Turn(watch.name, most)
        if call is not None:
            callbacks.start()
        registry.watch(plot, self._watch, self)

    @property
    def name(self) -> str:
        """What it is called for; another of that name takes its place."""
        return self._watch.name

    @property
    def is_listening(self) -> bool:
        """False after `stop`, when another has taken its place, the plot was closed, or the service
        has ended.
        """
        return self in registry.watches(self._plot)

    def stop(self) -> None:
        """Call the function no more."""
        registry.unwatch(self._plot, self.name, self)

    def __call__(self, given: Callable[[E], object] | E) -> Self | object:
        """Take a function where there is none yet, as a decorator; else call it."""
        if self._call is not None:
            return self._call(given)  # type: ignore[arg-type]  # it is what has happened
        if not callable(given):
            raise TypeError(f"{self.name!r} has no function, and {given!r:.100} is none")
        self._call = given
        callbacks.start()
        return self

    def happened(self, told: Happened) -> None:
        """Call the function soon, unless what has happened was for a declaration before."""
        if told.kind == "end" and told.members["number"] == self._watch.number:
            registry.leave(self._plot, self.name, self)
        if told.number == self._watch.number and self._call is not None:
            callbacks.call(self._turn, partial(self._call, self._event_of(told)))

    def __repr__(self) -> str:
        end = "" if self.is_listening else ", stopped"
        return f"<listener {self.name!r} of plot {self._plot!r}{end}>"
