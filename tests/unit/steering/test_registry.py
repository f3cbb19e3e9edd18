"""Which handle stands for which control of this process."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import pytest
from support.steered_pages import Pages

from zwsnb import Plot, api
from zwsnb.controls.control import Steered, after_hearing
from zwsnb.protocol.messages import Declare
from zwsnb.steering import registry


def test_a_closed_plot_has_no_controls(pages: Pages) -> None:
    p = Plot("p")
    lr, other = p.slider("lr", 0.5), Plot("other").slider("lr", 0.5)
    registry._forget("p")
    said = len(pages.look())
    lr.value = 0.1
    assert (len(pages.look()), pages.said, said) == (2, 2, 2), "it would make the plot anew"
    registry._take(Steered("p", "lr", 0.9, 1))
    assert (lr.value, other.value) == (0.1, 0.5)


def test_a_service_is_asked_once_for_each_publisher(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(api.service(), "hear", lambda producer, _tell: heard.append(producer))
    Plot("p").slider("lr", 0.5)
    Plot("p").switch("on")
    first = api.publisher.producer
    api.publisher.reset()
    Plot("p").switch("on")
    assert heard == [first, api.publisher.producer]
    assert pages.said == 0


def test_a_plot_has_so_many(pages: Pages) -> None:
    p = Plot("p")
    for number in range(50):
        p.switch(str(number))
    with pytest.raises(ValueError, match="plot 'p' has 50 controls, and none for 'more'"):
        p.switch("more")
    p.switch("0").remove()
    p.switch("more")
    assert sum(control is not None for control in pages.look().values()) == 50


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it forks")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_forked_child_takes_nothing_away(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    lr = Plot("p").slider("lr", 0.5)
    running = Plot("p").loop("ab")
    next(running)
    pages.look()
    said: list[object] = []
    monkeypatch.setattr(api.publisher, "send_command", said.append)
    child = os.fork()
    if child == 0:
        failed = 100
        try:
            lr.remove()
            lr.value = 0.25
            running.close()  # type: ignore[attr-defined]  # it is a generator
            failed = len([body for body in said if isinstance(body, Declare)]) + lr.is_shown
        finally:
            os._exit(failed)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert lr.is_shown


@pytest.fixture
def elsewhere(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A service in another process, whose connection has ended; `heard`: how often it is opened."""
    service = SimpleNamespace(is_running=True, heard=0, refuses=0, info={"pid": 1})

    def hear(producer: str, tell: Any) -> None:
        service.heard += 1
        if service.heard > 1 and service.refuses:
            service.refuses -= 1
            raise ConnectionRefusedError
        pages.hear(producer, tell)

    service.hear = hear
    # While it is started anew it has no connection file, and nobody is at its port.
    service.listens = lambda: not service.refuses
    monkeypatch.setattr(api, "service", lambda: service)
    monkeypatch.setattr("zwsnb.producer.native.sleep", lambda _: None)
    return service


def end_hearing() -> None:
    """As a remote service does when its connection has ended."""
    for call in after_hearing:
        call(api.publisher.producer)


@pytest.mark.parametrize("refuses", [0, 3])
def test_a_connection_that_has_ended_is_opened_again(
    pages: Pages, elsewhere: Any, refuses: int
) -> None:
    lr = Plot("p").slider("lr", 0.5)
    elsewhere.refuses = refuses
    end_hearing()
    assert (elsewhere.heard, lr.is_shown) == (2 + refuses, True)
    pages.steer("lr", 0.75)
    assert lr.value == 0.75
    Plot("p").switch("on")
    assert elsewhere.heard == 2 + refuses


@pytest.mark.parametrize("change", [
    {"is_running": False},
    {"refuses": 1000},
])  # fmt: skip
def test_controls_of_a_service_that_has_ended_are_shown_no_more(
    elsewhere: Any, change: dict[str, Any]
) -> None:
    lr = Plot("p").slider("lr", 0.5)
    vars(elsewhere).update(change)
    end_hearing()
    assert (lr.is_shown, lr.value) == (False, 0.5)


def test_one_whose_process_is_stopped_is_waited_for(
    elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lr = Plot("p").slider("lr", 0.5)
    elsewhere.refuses = 10 * registry.ATTEMPTS
    monkeypatch.setattr(registry, "is_stopped", lambda _: elsewhere.refuses > 0)
    end_hearing()
    assert (elsewhere.refuses, lr.is_shown) == (0, True)


def test_of_a_service_that_this_process_has_left_nothing_is_heard(elsewhere: Any) -> None:
    Plot("p").slider("lr", 0.5)
    registry._forget_all()
    end_hearing()
    assert elsewhere.heard == 1


def test_who_is_refused_asks_again(elsewhere: Any) -> None:
    elsewhere.heard, elsewhere.refuses = 1, 1
    with pytest.raises(OSError):  # noqa: PT011 - the socket's own
        Plot("p").slider("lr", 0.5)
    assert Plot("p").slider("lr", 0.5).is_shown


def test_a_process_that_has_taken_the_place_of_another_does_not_know_them(elsewhere: Any) -> None:
    p = Plot("p")
    lr, click = p.slider("lr", 0.5), p.on_click(print)
    elsewhere.info = {"pid": 2}
    end_hearing()
    assert (elsewhere.heard, lr.is_shown, click.is_listening) == (2, False, False)
    assert p.slider("lr", 0.5).is_shown
    assert elsewhere.heard == 2


def test_what_is_declared_while_another_process_takes_its_place_is_heard(
    pages: Pages, elsewhere: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    p, since = Plot("p"), list[Any]()
    before = p.slider("lr", 0.5), p.slider("dropout", 0.5)

    def declare(_: float) -> None:
        elsewhere.info = {"pid": 2}
        since[:] = since or [p.slider("lr", 0.5), p.on_click(print)]

    monkeypatch.setattr("zwsnb.producer.native.sleep", declare)
    end_hearing()
    assert [each.is_shown for each in before] == [False, False]
    lr, click = since
    assert (elsewhere.heard, lr.is_shown, click.is_listening) == (2, True, True)
    pages.steer("lr", 0.75)
    assert lr.value == 0.75
