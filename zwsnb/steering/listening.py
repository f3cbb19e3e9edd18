"""`Listens`: what of `Plot` tells a program what happens on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from zwsnb import api
from zwsnb.events import watch as watches
from zwsnb.events.watch import AGAIN
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import MAX_NAME
from zwsnb.steering import registry
from zwsnb.steering.events import Alert, Click, Selection, alert_of, click_of, selection_of, x_of
from zwsnb.steering.listeners import MOST_WAITING, Listener

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.events.happened import Happened

E = TypeVar("E")


class Listens:
    """Calls functions for what happens on the plot of that ``name``, in a thread of their own,
    while the cell runs. What one raises is logged once, with its traceback, and ends nothing.

    Each method is a decorator as well. One function of a name is called: a function that is given
    again, as when its cell runs again, takes the place of the one before.
    """

    name: str

    @public()
    def on_select(
        self, call: Callable[[Selection], object], *, name: str | None = None
    ) -> Listener[Selection]:
        """Call a function when a reader has selected a range between two marks, with the range and
        what was measured there: ``p.on_select(lambda s: print(s.start, s.end, s.series))``.

        While it is slow, of several selections the newest waits. Only a reader who may do more than
        look is heard.

        Args:
            call: takes a `Selection`
            name: by which another function takes its place (default: its own name)

        Raises:
            TypeError, ValueError: it is no function, or that is no name.
        """
        return self._listen("select", call, name, selection_of, 1)

    @public()
    def on_click(
        self, call: Callable[[Click], object], *, name: str | None = None
    ) -> Listener[Click]:
        """Call a function when a reader has clicked the plot, with where that was and the point
        that is near: ``p.on_click(lambda c: print(c.x, c.y, c.series, c.point))``; as `on_select`.
        """
        return self._listen("click", call, name, click_of, MOST_WAITING)

    def _listen(
        self,
        kind: Literal["select", "click"],
        call: Callable[[E], object],
        name: str | None,
        event_of: Callable[[Happened], E],
        most: int,
    ) -> Listener[E]:
        watch = watches.gesture(kind, _name_of(kind, _function(call)) if name is None else name)
        return Listener(self.name, watch, event_of, call, most)

    @public()
    def on_cross(
        self,
        series: str,
        then: Callable[[Alert], object] | None = None,
        *,
        above: float | None = None,
        below: float | None = None,
        back: float | None = None,
        again: float = AGAIN,
        name: str | None = None,
    ) -> Listener[Alert]:
        """Give an alert when a series crosses a level: a mark at the first point beyond it, a
        notice on the pages, and a call of a function, if there is one:
        ``p.on_cross("loss", above=2)``.

        Each point is looked at, in the order in which they come, those of other processes too. The
        first one of all has crossed the level when it is beyond it.

        Args:
            series: the name under which it is published, or that of a derived series, as
                `p.derive` returns it, of which those points are looked at that are computed from
                now on
            then: a function that takes an `Alert` (default: none)
            above: the level, in the unit of its axis; or ``below``, where it falls
            back: it may cross again when it has come back as far as that (default: the level)
            again: seconds after an alert in which there is no other one (default: 1)
            name: what the mark and the notice say (default: such as "loss above 2")

        Raises:
            TypeError, ValueError: it cannot be: there are two levels, say.
        """
        watch = watches.cross(series, above=above, below=below, back=back, again=again, name=name)
        return Listener(self.name, watch, alert_of, then and _function(then))

    def listeners(self) -> list[Listener[Any]]:
        """Return what this process listens for on the plot, each with its ``stop()``."""
        return cast("list[Listener[Any]]", registry.watches(self.name))

    @public()
    def alerts(self) -> list[Alert]:
        """Return the alerts of the plot since it was made or cleared, the newest 100 of them, the
        oldest first.
        """
        plot = api.stats()["plots"].get(self.name)
        if plot is None:
            return []
        since = 0 if plot["options"]["time"] else None
        return [
            Alert(
                *(self.name, its["name"], its["series"], its["run"]),
                *(x_of(its["x"], since), its["y"], its["skipped"]),
            )
            for its in plot["alerts"]
        ]


def _function(call: Callable[[E], object]) -> Callable[[E], object]:
    """Return a function, or raise TypeError for what is none."""
    if not callable(call):
        raise TypeError(f"call is {call!r:.100}; it is a function")
    return call


def _name_of(kind: str, call: Any) -> str:
    """Return a name for a function: its own, however often its cell is run."""
    while isinstance(call, partial):
        call = call.func
    named = getattr(call, "__qualname__", type(call).__qualname__)
    return f"{kind} {named}"[:MAX_NAME]
