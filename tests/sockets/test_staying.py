"""`wait`: a script stays alive while somebody looks."""

from __future__ import annotations

import threading

import pytest
from support.eventually import PATIENCE
from support.services import page

import zwsnb
from zwsnb import api
from zwsnb.service.service import Service

pytestmark = pytest.mark.usefixtures("own_session")


def test_it_says_where_the_plot_is_and_ends_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    zwsnb.start()
    api.publisher.bind("some")(1, 2)
    zwsnb.wait(0.01)
    assert "plot=some" in capsys.readouterr().out


def test_it_ends_with_the_service() -> None:
    service = zwsnb.start()
    assert isinstance(service, Service)
    waiting = threading.Thread(target=zwsnb.wait)
    with page(service) as viewer:
        viewer.look()
        waiting.start()
        service.stop()
        waiting.join(PATIENCE)
    assert not waiting.is_alive()


def test_a_service_that_is_busy_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    service = zwsnb.start()
    answers = iter([service.stats(), TimeoutError("busy"), RuntimeError("it has ended")])

    def stats() -> object:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(service, "stats", stats)
    zwsnb.wait()
    assert not list(answers)


def test_without_a_service_it_says_so() -> None:
    with pytest.raises(RuntimeError, match="zwsnb is not running"):
        zwsnb.wait()
