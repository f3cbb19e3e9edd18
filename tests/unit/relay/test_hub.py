"""A greenlet with much to do lets the others have their turn; each hub has one of what it has."""

from __future__ import annotations

import gc
import threading
import time
import weakref

import gevent
import pytest

from zwsnb.relay import hub
from zwsnb.relay.hub import in_turns, one_of_hub, spawn_lasting, yield_to_hub


def test_others_have_their_turn_each_time() -> None:
    turns: list[str] = []

    def work(name: str) -> None:
        for _ in range(3):
            turns.append(name)
            yield_to_hub()

    gevent.joinall([gevent.spawn(work, name) for name in "ab"], raise_error=True)
    assert [set(turns[i : i + 2]) for i in (0, 2, 4)] == [{"a", "b"}] * 3


@pytest.mark.parametrize("seconds", [0.0, 0.02])
def test_it_lasts_as_long_as_it_is_asked_to(seconds: float) -> None:
    before = time.monotonic()
    yield_to_hub(seconds)
    assert time.monotonic() - before >= 0.9 * seconds


def test_work_is_cut_into_turns() -> None:
    turns: list[str] = []

    def work(name: str) -> None:
        turns.extend(in_turns([name] * 6, 2))

    gevent.joinall([gevent.spawn(work, name) for name in "ab"], raise_error=True)
    assert [turns[i : i + 2] for i in (0, 2, 4, 6, 8, 10)] == [["a"] * 2, ["b"] * 2] * 3


class One:
    """What a hub has one of."""


def test_each_hub_has_one_which_goes_with_it() -> None:
    one = one_of_hub(One)
    others: list[weakref.ref[One]] = []

    def use() -> None:
        assert one() is one()
        others.append(weakref.ref(one()))
        assert others[-1]() is not mine
        gevent.get_hub().destroy()

    mine = one()
    for _ in range(2):
        thread = threading.Thread(target=use)
        thread.start()
        thread.join()
    gc.collect()
    assert one() is mine
    assert [other() for other in others] == [None, None]


@pytest.fixture
def failed(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    """What the hub is told of errors."""
    kinds: list[type[BaseException]] = []
    monkeypatch.setattr(gevent.get_hub(), "handle_error", lambda _, kind, *__: kinds.append(kind))
    monkeypatch.setattr(hub, "AGAIN_AFTER", 0.01)
    return kinds


def test_what_is_to_last_is_begun_anew_where_it_fails(failed: list[type[BaseException]]) -> None:
    errors: list[Exception] = [MemoryError(), KeyError("a")]

    def work(name: str) -> None:
        if errors:
            raise errors.pop(0)
        done.append(name)

    done: list[str] = []
    with gevent.Timeout(10):
        spawn_lasting(work, "a").get()
    assert (done, failed) == (["a"], [MemoryError, KeyError])


def test_a_deadline_that_is_left_behind_does_not_end_what_is_to_last(
    failed: list[type[BaseException]],
) -> None:
    """As where memory runs out just when it is taken away."""
    begun: list[gevent.Timeout] = []

    def work() -> None:
        if not begun:
            begun.append(gevent.Timeout.start_new(0.001, TimeoutError()))
            raise MemoryError

    with gevent.Timeout(10):
        spawn_lasting(work).get()
    assert failed == [MemoryError]


def test_what_is_to_last_can_be_ended() -> None:
    greenlet = spawn_lasting(gevent.sleep, 100)
    gevent.sleep(0)
    greenlet.kill(timeout=10)
    assert greenlet.dead
