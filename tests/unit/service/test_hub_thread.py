"""The thread with the hub: it is ready or raises, it is called, and it ends."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import gevent
import pytest
from gevent.event import Event
from support.eventually import eventually

from zwsnb.server.error_log import ErrorLog
from zwsnb.service.hub_thread import ENDED, HubThread


class Resident:
    """What a test has in the thread."""

    def __init__(self) -> None:
        self.made_in = threading.current_thread().name
        self.closed: list[tuple[str, str]] = []

    def close(self, reason: str) -> None:
        self.closed.append((reason, threading.current_thread().name))

    def abandon(self) -> None:
        self.close("abandoned")


@pytest.fixture
def hub() -> Iterator[HubThread[Resident]]:
    made = HubThread(Resident, ErrorLog())
    yield made
    if made.is_running:
        made.stop("The test is over.", 5)
    assert not made.is_running


def test_what_lives_in_the_thread_is_made_and_closed_there(hub: HubThread[Resident]) -> None:
    assert hub.is_running
    assert hub.resident.made_in == "zwsnb-hub"
    hub.stop("why", 5)
    assert hub.resident.closed == [("why", "zwsnb-hub")]


def test_what_fails_in_the_thread_is_raised_and_no_thread_is_left() -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        HubThread(lambda: 1 / 0, ErrorLog())  # type: ignore[type-var]
    eventually(lambda: threading.active_count() == before)


def test_a_call_returns_and_raises_what_the_function_does(hub: HubThread[Resident]) -> None:
    assert hub.call(lambda a, b: (a + b, threading.current_thread().name), 1, 2) == (3, "zwsnb-hub")
    with pytest.raises(ZeroDivisionError):
        hub.call(lambda: 1 / 0)


def test_a_call_from_the_thread_itself_does_not_wait_for_itself(hub: HubThread[Resident]) -> None:
    assert hub.call(lambda: hub.call(lambda: 5)) == 5


def test_a_call_that_is_not_answered_in_time_says_so(hub: HubThread[Resident]) -> None:
    held = threading.Event()
    holder = threading.Thread(target=hub.call, args=(held.wait, 5))
    holder.start()
    with pytest.raises(TimeoutError):
        hub.call(lambda: None, timeout=0.01)
    held.set()
    holder.join(5)


def test_what_waits_in_the_thread_holds_up_nobody(hub: HubThread[Resident]) -> None:
    gates: list[Event] = []

    def wait() -> str:
        gates.append(Event())
        gates[0].wait(10)
        return threading.current_thread().name

    said: list[str] = []
    waiter = threading.Thread(target=lambda: said.append(hub.wait_for(wait)))
    waiter.start()
    eventually(lambda: bool(gates))
    assert hub.call(lambda: 5) == 5
    assert said == []
    hub.call(gates[0].set)
    waiter.join(10)
    assert said == ["zwsnb-hub"]
    with pytest.raises(ZeroDivisionError):
        hub.wait_for(lambda: 1 / 0)
    with pytest.raises(TimeoutError):
        hub.wait_for(lambda: gevent.sleep(10), timeout=0.01)
    hub.stop("why", 5)
    with pytest.raises(RuntimeError, match="has stopped"):
        hub.wait_for(lambda: 5)


def test_who_waits_for_an_answer_is_told_when_the_thread_ends(hub: HubThread[Resident]) -> None:
    waiting: list[bool] = []

    def wait() -> None:
        waiting.append(True)
        gevent.sleep(3600)

    raised: list[BaseException] = []

    def ask() -> None:
        try:
            hub.wait_for(wait, timeout=60.0)
        except RuntimeError as error:
            raised.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    eventually(lambda: bool(waiting))
    hub.stop(None, 5)
    asking.join(10)
    assert [str(error) for error in raised] == [ENDED]


@pytest.mark.parametrize("ask", ["call", "wait_for"])
def test_who_asks_while_the_thread_ends_is_told_so(hub: HubThread[Resident], ask: str) -> None:
    hub.stop("why", 5)
    hub._end.has_come = False  # as it seemed a moment ago
    with pytest.raises(RuntimeError, match="ended before it answered"):
        getattr(hub, ask)(lambda: 5)
    hub._end.has_come = True


def test_many_threads_may_call_at_once(hub: HubThread[Resident]) -> None:
    results: list[int] = []

    def call(i: int) -> None:
        results.extend(hub.call(lambda: i) for _ in range(50))

    threads = [threading.Thread(target=call, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == sorted(i for i in range(8) for _ in range(50))


def test_a_thread_that_has_ended_says_so(hub: HubThread[Resident]) -> None:
    hub.stop("why", 5)
    with pytest.raises(RuntimeError, match=r"has stopped: zwsnb\.start\(\) starts another"):
        hub.call(lambda: None)


def test_what_no_greenlet_handles_goes_to_the_log_and_not_to_the_cell(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    errors = ErrorLog()
    hub = HubThread(Resident, errors)
    hub.call(lambda: gevent.spawn(lambda: 1 / 0))
    eventually(lambda: errors.exceptions == 1)
    hub.stop("why", 5)
    assert ["ZeroDivisionError" in record.message for record in caplog.records] == [True]
    assert capfd.readouterr() == ("", "")


def test_one_that_ends_by_itself_is_abandoned_and_says_why(
    capfd: pytest.CaptureFixture[str],
) -> None:
    errors, failed = ErrorLog(), list[BaseException]()
    hub = HubThread(Resident, errors, failed.append)
    hub.call(lambda: gevent.spawn(sys.exit))
    eventually(lambda: not hub.is_running)
    assert hub.resident.closed == [("abandoned", "zwsnb-hub")]
    assert [type(error) for error in failed] == [SystemExit]
    assert errors.exceptions == 1
    with pytest.raises(RuntimeError, match="has stopped"):
        hub.call(lambda: None)
    hub.stop("why", 5)
    assert capfd.readouterr() == ("", "")


def test_one_that_is_stopped_without_a_reason_is_abandoned() -> None:
    failed = list[BaseException]()
    hub = HubThread(Resident, ErrorLog(), failed.append)
    hub.stop(None, 5)
    assert hub.resident.closed == [("abandoned", "zwsnb-hub")]
    assert failed == []
