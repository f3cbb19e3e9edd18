"""The long answers of a service: made in turns, and no more at one time than it can make."""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import TYPE_CHECKING, Final, TypeVar

from zwsnb.history.queries import Reordered
from zwsnb.turns.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwsnb.relay.relay import Relay

T = TypeVar("T")

MOST_LONG: Final = 256
"""Answers that are made, or read, at one time; half as many as there may be connections. One party
has half of them at most: all guests are one.
"""

MOST_WHOLE: Final = 1 << 27
"""Bytes of answers that were made as a whole, for readers of one party who have not read them."""


class Busy(Exception):
    """So many answers are being made that there is none for another."""


class LongAnswers:
    """Those of one service."""

    def __init__(self) -> None:
        self._open: Counter[object] = Counter()  # by party
        self._whole: Counter[object] = Counter()  # bytes, by party

    @property
    def open(self) -> int:
        """How many have begun."""
        return self._open.total()

    def check(self, party: object) -> None:
        """Raise Busy where a further one has to wait."""
        if self.open >= MOST_LONG or self._open[party] >= MOST_LONG // 2:
            raise Busy(f"{self.open} long answers are under way: ask again in a while.")

    def check_room(self, party: object) -> None:
        """Raise Busy where too much waits to be read for an answer that is made as a whole."""
        if self._whole[party] >= MOST_WHOLE:
            raise Busy("Others have not read their answers yet: ask again in a while.")

    def of(self, party: object, steps: Iterator[T | None]) -> Iterator[T]:
        """Yield what `steps` yields, but for None, in the turns of `party`.

        Raises:
            Busy: it has to wait.
        """
        self.check(party)
        return self._counted(party, in_turns(party, steps))

    def whole(self, party: object, make: Callable[[], bytes]) -> tuple[bytes, Iterator[bytes]]:
        """Return what `make` makes, in turns of its own, and an iterator that yields it: as long as
        there is one, it is being read.

        Raises:
            Busy: it has to wait.
        """
        self.check(party)

        def made() -> Iterator[bytes]:
            answer = make()
            with _counting(self._whole, party, len(answer)):
                yield answer
                yield answer

        parts = self._counted(party, made())
        return next(parts), parts

    def _counted(self, party: object, parts: Iterator[T]) -> Iterator[T]:
        with _counting(self._open, party, 1):
            yield from parts


@contextlib.contextmanager
def _counting(counts: Counter[object], party: object, count: int) -> Iterator[None]:
    """Count something for as long as it is there."""
    counts[party] += count
    try:
        yield
    finally:
        counts[party] -= count
        if not counts[party]:
            del counts[party]


def unless_reordered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the parts, and break the connection off where points have been put in another order:
    whoever reads is to know that it has not all.

    Raises:
        ConnectionAbortedError: they have been.
    """
    try:
        yield from parts
    except Reordered as error:
        raise ConnectionAbortedError(str(error)) from error


def taking_all(relay: Relay) -> Iterator[None]:
    """Have a relay take all that its own process had published before, and yield between two
    takes.
    """
    publisher = relay.publisher
    if publisher is None:
        return
    checkpoint = publisher.checkpoint()
    while not publisher.is_past(checkpoint) and relay.take_own():
        yield
