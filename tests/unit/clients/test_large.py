"""Large patches: a few at a time, and those who read nothing make room for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import gevent
import pytest
from gevent.event import Event

from zwsnb.clients import large
from zwsnb.clients.large import (
    AT_ONCE,
    FEW,
    LARGE,
    LEAST_READ,
    MOST,
    QUICK,
    LargePatches,
    has_turns,
    large_patches,
)

if TYPE_CHECKING:
    from zwsnb.clients.page_socket import PageSocket


class Socket:
    """One that reads so many bytes a look at the clock, or none."""

    def __init__(self, reads: int = 0) -> None:
        self.closed, self.code = False, 0
        self._reads, self._sent = reads, 0

    @property
    def sent(self) -> int:
        self._sent += self._reads
        return self._sent

    def close(self, code: int, _reason: str) -> None:
        self.closed, self.code = True, code


@pytest.fixture
def patches(monkeypatch: pytest.MonkeyPatch) -> LargePatches:
    """Those of a hub in which a second passes at each look."""
    monkeypatch.setattr(large, "_LOOK_EVERY", 0.001)
    seconds = iter(range(1_000_000))
    return LargePatches(lambda: float(next(seconds)))


def send(
    patches: LargePatches, socket: Socket, size: int, until: Event, *, is_guest: bool = False
) -> None:
    with patches.sending(cast("PageSocket", socket), size, is_guest=is_guest):
        while not (socket.closed or until.is_set()):
            gevent.sleep(0.001)


def make(patches: LargePatches, *, is_guest: bool = False) -> None:
    with patches.making(LARGE, is_guest=is_guest):
        pass


def test_what_takes_longer_than_a_turn_is_made_in_turns() -> None:
    assert not has_turns(FEW, QUICK)
    assert has_turns(FEW + 1, 0)
    assert has_turns(1, QUICK + 1)


def test_a_few_are_made_at_a_time_and_small_ones_as_they_come(patches: LargePatches) -> None:
    making, over = [0, 0], Event()

    def hold(kind: int, size: int) -> None:
        with patches.making(size):
            making[kind] += 1
            over.wait()

    ones = [gevent.spawn(hold, kind, size) for kind, size in enumerate((LARGE, 1)) for _ in "x" * 9]
    gevent.sleep(0.01)
    assert making == [AT_ONCE, 9]
    over.set()
    gevent.joinall(ones, raise_error=True)
    assert making == [9, 9]


def test_who_reads_nothing_goes_when_another_one_needs_the_room(patches: LargePatches) -> None:
    over, sockets = Event(), [Socket(), Socket(LEAST_READ), Socket()]
    sending = [gevent.spawn(send, patches, socket, MOST // 2, over) for socket in sockets]
    gevent.sleep(0.01)
    assert not any(socket.closed for socket in sockets)  # nobody needs it yet
    make(patches)
    gevent.sleep(0.01)
    assert [socket.code for socket in sockets] == [1013, 0, 1013]
    over.set()
    gevent.joinall(sending, raise_error=True)


def test_who_reads_is_waited_for(patches: LargePatches) -> None:
    over, socket = Event(), Socket(LEAST_READ)
    sending = gevent.spawn(send, patches, socket, MOST + 1, over)
    gevent.sleep(0.005)
    made = gevent.spawn(make, patches)
    gevent.sleep(0.02)
    assert (made.ready(), socket.closed) == (False, False)
    over.set()
    made.join(5)
    assert made.successful()
    sending.join()


def test_guests_who_read_slowly_keep_each_other_waiting_and_nobody_else(
    patches: LargePatches,
) -> None:
    over, readers = Event(), [Socket(LEAST_READ) for _ in range(3)]
    slow = Socket()
    sending = [
        gevent.spawn(send, patches, each, MOST // 2, over, is_guest=True) for each in readers
    ]
    sending.append(gevent.spawn(send, patches, slow, MOST // 2, over))
    gevent.sleep(0.005)
    make(patches)
    guest = gevent.spawn(make, patches, is_guest=True)
    gevent.sleep(0.02)
    assert (guest.ready(), [each.closed for each in (*readers, slow)]) == (False, 4 * [False])
    over.set()
    gevent.joinall(sending, raise_error=True)
    guest.join(5)
    assert guest.successful()


def test_guests_have_half_of_the_places(patches: LargePatches) -> None:
    over, making = Event(), [0, 0]

    def hold(is_guest: bool) -> None:
        with patches.making(LARGE, is_guest=is_guest):
            making[is_guest] += 1
            over.wait()

    ones = [gevent.spawn(hold, True) for _ in range(9)]
    gevent.sleep(0.01)
    assert making == [0, AT_ONCE // 2]
    ones += [gevent.spawn(hold, False) for _ in range(9)]
    gevent.sleep(0.02)
    assert making == [AT_ONCE // 2, AT_ONCE // 2]
    over.set()
    gevent.joinall(ones, raise_error=True)
    assert making == [9, 9]


def test_a_guest_who_goes_while_it_waits_leaves_its_place(patches: LargePatches) -> None:
    over = Event()

    def hold() -> None:
        with patches.making(LARGE):
            over.wait()

    others = [gevent.spawn(hold) for _ in range(AT_ONCE)]
    gevent.sleep(0.005)
    guests = [gevent.spawn(make, patches, is_guest=True) for _ in range(20)]
    gevent.sleep(0.005)
    gevent.killall(guests)
    over.set()
    gevent.joinall(others, raise_error=True)
    gevent.spawn(make, patches, is_guest=True).get(timeout=5)


def test_small_ones_are_not_counted(patches: LargePatches) -> None:
    over = Event()
    sending = [gevent.spawn(send, patches, Socket(), LARGE - 1, over) for _ in range(100)]
    gevent.sleep(0.01)
    with patches.making(LARGE):
        over.set()
    gevent.joinall(sending, raise_error=True)


def test_a_hub_has_one() -> None:
    assert large_patches() is large_patches()
