"""A service whose thread ends by itself: it is told, once, and goes on with all that it had."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from support.comm_page import CommPage
from support.eventually import PATIENCE, eventually
from support.killing import kill_hub
from support.services import closing, own, page, running

import zwsnb
from zwsnb import api
from zwsnb.lives import failures, untold
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.derivation import Derive
from zwsnb.relay.plain import addresses, door as door_module
from zwsnb.server.http import Server
from zwsnb.service import connection_file
from zwsnb.service.assembly import LOST
from zwsnb.service.service import Service

ENDED = 4000
"""The code after which a page does not connect again."""


@pytest.fixture
def failed() -> Iterator[Service]:
    """A service whose thread has ended, with 3 points and a title."""
    untold.taken()
    with running() as service:
        own(service).send_command(SetOptions("plot", {"title": "Title"}))
        own(service).send_command(Derive("plot", "twice", "y + y"))
        own(service).bind("plot")([1, 2, 3], [4, 5, 6])
        service.points("plot", "y")
        kill_hub(service)
        yield service


def test_it_is_told_once_with_what_helps(failed: Service) -> None:
    assert not failed.is_running
    [sentence] = eventually(untold.taken)
    assert sentence == failed.failure
    assert "(SystemExit): what its plots hold is kept, and what is published waits" in sentence
    for ask in (failed.stats, lambda: failed.points("plot", "y"), lambda: failed.snapshot("plot")):
        with pytest.raises(RuntimeError, match=r"zwsnb\.restart\(\), goes on with it"):
            ask()
    assert connection_file.running() == []
    with socket.create_server(("127.0.0.1", failed.port)):
        pass  # which is free


def test_it_goes_on_where_it_was_with_what_it_held_and_what_waits(failed: Service) -> None:
    where, publish = (failed.url(), failed.connection), own(failed).bind("plot")
    for i in range(4, 100_004):
        publish(i, i)
    failed.restart()
    assert (failed.url(), failed.connection) == where
    assert failed.failure == ""
    assert len(failed.points("plot", "y")) == 100_003
    plot = failed.stats()["plots"]["plot"]
    assert plot["options"]["title"] == "Title"
    eventually(lambda: len(failed.points("plot", "twice")) == 100_003)
    assert connection_file.running() == [failed.info]
    kill_hub(failed, KeyboardInterrupt)
    assert "KeyboardInterrupt" in failed.failure
    failed.restart()
    assert len(failed.points("plot", "y")) == 100_003


def test_what_was_being_changed_is_not_gone_on_with(
    failed: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed.restart()
    monkeypatch.setattr(failures, "was_at_rest", lambda _: False)
    kill_hub(failed)
    assert "is lost, since it was being changed" in failed.failure
    own(failed).bind("plot")(7, 7)
    failed.restart()
    assert failed.points("plot", "y").tolist() == [[7, 7]]


def test_its_address_may_have_been_taken_meanwhile(failed: Service) -> None:
    before, token = failed.port, failed.token
    with socket.create_server(("127.0.0.1", before)):
        failed.restart()
    assert failed.port != before
    assert token not in (failed.token, failed.connection.token, failed.info["token"])
    assert token not in failed.url()
    assert untold.taken()[-1] == failures.moved(before)
    assert own(failed).connection == failed.connection
    assert len(failed.points("plot", "y")) == 3


def test_pages_find_it_though_another_way_in_was_taken_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running(listen=["tcp://127.0.0.1:*"], ingress="tcp://127.0.0.1:*") as service:
        page, [before] = service.port, service.listening

        def take(listener: socket.socket) -> None:
            addresses.shut(listener)
            taken.append(socket.create_server(("127.0.0.1", urlsplit(before).port or 0)))

        taken: list[socket.socket] = []
        untold.taken()
        with monkeypatch.context() as patch:
            patch.setattr(door_module, "shut", take)
            service.restart()
        [other] = taken
        other.close()
        assert service.port == page
        assert service.listening != [before]
        [sentence] = untold.taken()
        assert before in sentence


@pytest.mark.usefixtures("own_session")
def test_one_whose_only_way_in_was_taken_keeps_what_it_holds_until_that_is_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]

    def take(listener: socket.socket) -> None:
        addresses.shut(listener)
        taken.append(socket.create_server(("127.0.0.1", port)))

    taken: list[socket.socket] = []
    service = zwsnb.start(listen=[f"tcp://127.0.0.1:{port}"])
    plot = zwsnb.Plot("p")
    plot.publish(1, 2)
    with monkeypatch.context() as patch:
        patch.setattr(door_module, "shut", take)
        with pytest.raises(OSError, match="in use"):
            zwsnb.restart()
    plot.publish(2, 3)
    with pytest.raises(RuntimeError, match=r"not be started anew .*in use.* hold is kept"):
        zwsnb.stats()
    for each in taken:
        each.close()
    assert zwsnb.restart() is service
    assert plot.to_numpy().tolist() == [[1, 2], [2, 3]]


def test_its_way_in_is_free_though_a_forked_process_has_its_descriptor() -> None:
    with running(listen=["tcp://127.0.0.1:*"]) as service:
        where = service.listening
        [listener] = service.relay._doors.door._listeners
        held = os.dup(listener.fileno())
        try:
            service.restart()
            assert service.listening == where
        finally:
            os.close(held)


def test_one_that_runs_is_started_anew_and_pages_come_back() -> None:
    with running() as service:
        own(service).bind("plot")([1, 2, 3], [4, 5, 6])
        with page(service) as viewer:
            viewer.look().until_x(3)
            service.restart()
            # No page takes it for the end, and asks no more.
            assert closing(viewer)[0] != ENDED
        with page(service) as viewer:
            viewer.look().until_x(3)
        service.stop()
        with pytest.raises(RuntimeError, match="has stopped"):
            service.restart()


def test_pages_behind_comms_are_told_to_look_for_it() -> None:
    with running() as service:
        page = CommPage(service, "plot")
        page.until_told("hello")
        service.restart()
        assert page.until_ended().code == LOST
        page = CommPage(service, "plot")
        page.until_told("hello")
        service.stop()
        assert page.until_ended().code == ENDED


def test_its_port_is_free_though_a_forked_process_has_its_descriptor() -> None:
    with running() as service:
        port = service.port
        held = os.dup(service.call(service._hub.resident._server.socket.fileno))
        try:
            service.restart()
            assert service.port == port
        finally:
            os.close(held)


def test_one_that_moves_to_another_port_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as service:
        folder = connection_file.folder()
        before = service.port
        close = Server.close

        def close_late(server: Server) -> None:
            close(server)
            taken.append(socket.create_server(("127.0.0.1", before)))

        taken: list[socket.socket] = []
        monkeypatch.setattr(Server, "close", close_late)
        monkeypatch.setattr(Server, "stop", lambda *_, **__: None)
        service.restart()
        monkeypatch.undo()
        assert service.port != before
        assert [path.name for path in folder.iterdir() if f"-{before}." in path.name] == []
        assert connection_file.running() == [service.info]
        for each in taken:
            each.close()


def test_pages_hear_at_once_that_it_has_gone() -> None:
    with running() as service, page(service) as viewer:
        kill_hub(service)
        assert closing(viewer)[0] != ENDED


@pytest.mark.usefixtures("own_session")
@pytest.mark.parametrize("begin_again", [zwsnb.start, zwsnb.restart], ids=["start", "restart"])
def test_the_one_of_a_process_begins_again(begin_again: Any) -> None:
    service: Any = zwsnb.start(on_full="block")
    publish = api.publisher.bind("plot")
    publish([1, 2, 3], [4, 5, 6])
    zwsnb.stats()
    kill_hub(service)
    for ask in (zwsnb.stats, api.service):
        with pytest.raises(RuntimeError, match=r"zwsnb\.restart\(\), goes on with it"):
            ask()

    def flood() -> None:
        for i in range(4, 10**9, 100_000):
            publish(np.arange(i, i + 100_000), np.zeros(100_000))

    with pytest.raises(RuntimeError, match="what is published waits"):
        flood()
    accepted = api.publisher.stats()["accepted"]
    assert begin_again() is service
    assert zwsnb.flush(PATIENCE)
    assert zwsnb.stats()["points"] == accepted
    assert zwsnb.stats()["counts"] == {"errors": 1}


@pytest.mark.usefixtures("own_session")
def test_another_one_takes_what_waits() -> None:
    service: Any = zwsnb.start()
    kill_hub(service)
    api.publisher.bind("plot")([1, 2, 3], [4, 5, 6])
    other = zwsnb.start(memory="50 MB")
    assert other is not service
    assert other.points("plot", "y").tolist() == [[1, 4], [2, 5], [3, 6]]
