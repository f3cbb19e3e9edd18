"""Turns at long work.

Whatever takes longer than an instant (a table of a million points, the figures of a thousand
series) is an iterator that yields between small pieces, and is worked on in turns of `TURN` at
most. Between two turns, whoever has them, the hub looks round once: points are taken, and pages
that have painted are sent what is new. So a page waits for one turn at most, however many ask and
whatever for. Where several do, the parties have turns one after the other (`zwsnb.turns.rota`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from typing import Final, TypeVar

import gevent
from gevent.event import Event

from zwsnb.relay.hub import one_of_hub, spawn_lasting, yield_to_hub
from zwsnb.turns.pause import PAUSE
from zwsnb.turns.rota import Rota

T = TypeVar("T")

TURN: Final = 0.003
"""Seconds of a turn. What is a piece may take longer than it should, so pieces are far smaller."""


class Turns:
    """Those of one hub; use them in its thread.

    clock: seconds that only grow. look_round: lets all else have its turn, as `yield_to_hub` does.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.perf_counter,
        look_round: Callable[[], None] = yield_to_hub,
    ) -> None:
        self.clock, self._look_round = clock, look_round
        self._rota: Rota[Event] = Rota()
        self._used = 0.0  # seconds of turns since the hub has looked round
        self._granting: gevent.Greenlet[[], None] | None = None
        self.open = 0  # answers that are being made

    def of(self, party: Hashable, steps: Iterator[T | None]) -> Iterator[T]:
        """Yield what `steps` yields, made in turns; the Nones among it are where one may end. What
        the greenlet does with a result is no part of the turn: it may wait for its reader.

        party: what has one share of the turns for all that it asks for, as a connection.
        """
        question, is_over = _Question(self, party), False
        try:
            while not is_over:
                self.wait(party, question.granted)
                result, is_over = self._turn(question, steps)
                if result is not None:
                    yield result
        finally:
            self._rota.leave(party, question.granted)

    def wait(self, party: Hashable, mine: Event) -> None:
        """Wait for a turn. Where nobody else does, and the last ones were short, there is nothing
        to wait for: what takes an instant is answered at once.
        """
        if not self._rota and self._used < TURN:
            return
        mine.clear()
        self._rota.join(party, mine)
        if self._granting is None or self._granting.ready():
            self._granting = spawn_lasting(self._grant)
        mine.wait()

    def _turn(self, question: _Question, steps: Iterator[T | None]) -> tuple[T | None, bool]:
        """Work until there is a result, the turn is over, or everything is done, which the second
        value tells.
        """
        question.begin()
        token = PAUSE.set(question.pause)
        try:
            for result in steps:
                if result is not None or question.is_due:
                    return result, False
            return None, True
        finally:
            PAUSE.reset(token)
            self.used(question.seconds)

    def used(self, seconds: float) -> None:
        """Note so many seconds of a turn."""
        self._used += seconds

    def _grant(self) -> None:
        """Give a turn to one after the other, and let the hub look round before each."""
        self._look_round()
        while (following := self._rota.next()) is not None:
            self._used = 0.0
            following.set()
            self._look_round()
        self._used = 0.0
        self._granting = None


class _Question:
    """What has turns for a party."""

    def __init__(self, turns: Turns, party: Hashable) -> None:
        self.granted = Event()
        self._turns, self._party = turns, party
        self._greenlet = gevent.getcurrent()
        self._began = 0.0

    def begin(self) -> None:
        """Begin a turn."""
        self._began = self._turns.clock()

    @property
    def seconds(self) -> float:
        """How long its turn has lasted."""
        return self._turns.clock() - self._began

    @property
    def is_due(self) -> bool:
        """True when its turn is over."""
        return self.seconds >= TURN

    def pause(self) -> None:
        """End a turn that is over, and wait for the next one, in the middle of a step."""
        # A greenlet that was spawned in a turn has its context, but no turn.
        if self.is_due and self._greenlet is gevent.getcurrent():
            self._turns.used(self.seconds)
            self._turns.wait(self._party, self.granted)
            self.begin()


turns: Final = one_of_hub(Turns)
"""Returns those of the hub of this thread: its time is what is shared."""


def in_turns(party: Hashable, steps: Iterator[T | None]) -> Iterator[T]:
    """Yield what `steps` yields, made in turns of this hub, as `Turns.of`."""
    return turns().of(party, steps)


def first_of(steps: Iterator[T | None]) -> T | None:
    """Return the first result of `steps`, made at once; None where there is none."""
    for result in steps:
        if result is not None:
            return result
    return None


def last_of(party: Hashable, steps: Iterator[T | None]) -> T:
    """Return what `steps` yields at last, made in turns."""
    for result in in_turns(party, steps):
        return result
    raise AssertionError("steps without a result")
