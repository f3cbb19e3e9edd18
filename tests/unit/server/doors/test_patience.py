"""Who reads slowly is not taken for one who does not read."""

from __future__ import annotations

import time

import gevent
import pytest
from gevent.lock import BoundedSemaphore

from zwsnb.server.doors.patience import PIECE, Patience


class Reader:
    """What it has taken, and the time."""

    def __init__(self) -> None:
        self.taken, self.now = 0, 0.0
        self.patience = Patience(30, lambda: self.taken, lambda: self.now)

    def left(self, now: float, taken: int) -> float:
        self.now, self.taken = now, taken
        return self.patience.left()


def test_who_takes_nothing_has_so_many_seconds() -> None:
    reader = Reader()
    assert [reader.left(now, 0) for now in (0, 10, 29)] == [30, 20, 1]
    with pytest.raises(TimeoutError, match="the peer took next to nothing for 30 s"):
        reader.left(30, 0)


def test_who_takes_pieces_has_them_anew_and_who_takes_bytes_has_not() -> None:
    reader = Reader()
    assert [reader.left(20 * n, n * PIECE) for n in range(10)] == [30] * 10
    assert reader.left(190, 9 * PIECE + 1_000) == 20
    with pytest.raises(TimeoutError):
        reader.left(210, 9 * PIECE + 2_000)


def test_who_waits_behind_a_slow_message_goes_on_waiting() -> None:
    taken, lock = [0], BoundedSemaphore()

    def take() -> None:
        for _ in range(10):
            gevent.sleep(0.02)
            taken[0] += PIECE
        lock.release()

    lock.acquire()
    slow = gevent.spawn(take)
    began = time.monotonic()
    with Patience(0.1, lambda: taken[0]).holding(lock):
        assert time.monotonic() - began > 0.15
    assert not lock.locked()
    slow.get()
    with lock, pytest.raises(TimeoutError), Patience(0.05, lambda: 0).holding(lock):
        pass
    assert not lock.locked()
