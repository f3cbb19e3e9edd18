"""What programs are told of a plot, and its alerts.  [no I/O]"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from zwsnb.events.crossing import Crossing
from zwsnb.events.watch import MAX_WATCHES, Kind, Watch, watch_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.messages import Listen

MAX_ALERTS: Final = 100
"""Alerts that a plot keeps, the newest ones."""

MOST_AT_ONCE: Final = 100
"""Alerts of one watch for points that come together, also where it is told of each."""


MAX_ALERT_MARKS: Final = 1_000
"""Marks of alerts on a plot, beyond which those go whose alerts are kept no more: the marks of its
users need the room.
"""


class Alert(NamedTuple):
    """A series has crossed a level, with its point x, y; x is counted as all of its plot are.

    time: when the relay saw it, in seconds since 1970. skipped: crossings before it that were not
    told, since they came too soon after another one.
    """

    name: str
    series: str
    run: str
    x: float
    y: float
    time: float
    skipped: int


@dataclass(slots=True)
class Held:
    """A watch and whose it is. is_heard: its program listened when it was last looked. alerted:
    when it has last told of a crossing.
    """

    watch: Watch
    producer: str
    crossing: Crossing
    is_heard: bool = True
    alerted: float | None = None
    skipped: int = 0

    def is_silent(self, now: float) -> bool:
        """True as long as it tells of no crossing, since it has just done so."""
        # A clock that was set back must not make it silent for an hour.
        return self.alerted is not None and 0 <= now - self.alerted < self.watch.again


class Watches:
    """Those of one plot, by name, and their ``alerts``, of which ``dropped`` are kept no more.

    ``version`` changes with what a page is told: which kinds there are. ``marks`` are those of the
    plot's that an alert has put there.
    """

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}
        self.version = 0
        self.alerts: list[Alert] = []
        self.dropped = 0
        self.marks: list[tuple[float, str]] = []

    def declare(self, body: Listen, producer: str) -> None:
        """Do what a declaration asks for; one that is declared again begins anew.

        Raises:
            TypeError, ValueError: it is none, or there are as many as there may be.
        """
        if body.watch is None:
            self._remove(body.name, producer)
            return
        watch, held = watch_of(body.watch), self.held.get(body.name)
        if held and held.producer == producer and held.watch.number > watch.number:
            return  # of two threads, the one that came second has said it first
        if held is None and len(self.held) >= MAX_WATCHES:
            self._drop_unheard()
        if held is None and len(self.held) >= MAX_WATCHES:
            raise ValueError(f"plot {body.plot!r} has {MAX_WATCHES} watches; stop some")
        self.held[body.name] = Held(watch, producer, Crossing(watch))
        self.version += 1

    def _remove(self, name: str, producer: str) -> None:
        held = self.held.get(name)
        # Another program may have declared it since: the one of which it was says it too late. But
        # that of a program that has gone is for whoever is there to end.
        if held is not None and (held.producer == producer or not held.is_heard):
            del self.held[name]
            self.version += 1

    def note_hearing(self, producers: Container[str]) -> None:
        """Note which programs listen: a watch of another one is kept as long as there is room."""
        for held in self.held.values():
            held.is_heard = held.producer in producers

    def _drop_unheard(self) -> None:
        self.held = {name: held for name, held in self.held.items() if held.is_heard}
        self.version += 1

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of what programs are told of, in the order of the alphabet."""
        return sorted({held.watch.kind for held in self.held.values()})

    def of_kind(self, kind: Kind) -> list[Held]:
        """Return the watches of one kind."""
        return [held for held in self.held.values() if held.watch.kind == kind]

    def is_watched(self, series: str) -> bool:
        """True when somebody wants to know of its crossings."""
        return any(held.watch.series == series for held in self.of_kind("cross"))

    def look(
        self,
        series: str,
        run: str,
        x: Column,
        y: Column,
        now: float,
        points: object,
        begins: NDArray[np.intp] | None = None,
    ) -> Iterator[tuple[Held, Alert]]:
        """Yield an alert for each crossing among the next points of a series that is to be told.

        now: seconds since 1970. points: the object that has them, another one for each run. begins:
        where runs begin among them that none has.
        """
        for held in self.of_kind("cross"):
            if held.watch.series == series:
                found = held.crossing.find(points, y, begins)
                for told, at in enumerate(found):
                    if told == MOST_AT_ONCE or held.is_silent(now):
                        held.skipped += len(found) - told
                        break
                    point = float(x[at]), float(y[at])
                    alert = Alert(held.watch.name, series, run, *point, now, held.skipped)
                    held.alerted, held.skipped = now, 0
                    self._keep(alert)
                    yield held, alert

    def _keep(self, alert: Alert) -> None:
        self.alerts.append(alert)
        if len(self.alerts) > MAX_ALERTS:
            del self.alerts[0]
            self.dropped += 1

    def clear(self) -> None:
        """Forget the alerts, and where series were: their points are gone."""
        self.dropped += len(self.alerts)
        self.alerts.clear()
        self.marks.clear()
        for held in self.held.values():
            held.crossing = Crossing(held.watch)
            held.alerted, held.skipped = None, 0
