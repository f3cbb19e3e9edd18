"""A service in another process: what it answers, and what is raised where it does not."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from support.eventually import PATIENCE
from support.services import own, running

from zwsnb.commands import cli
from zwsnb.producer.publisher import Publisher
from zwsnb.service import connection_file
from zwsnb.service.connection_file import Info
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as found:
        own(found).bind("some")([1, 2], [3, 4])
        yield found


@pytest.fixture
def remote(service: Service) -> Remote:
    """The service as another process has it."""
    return Remote(Publisher(), service.info)


def test_it_answers_as_the_service_does(service: Service, remote: Remote) -> None:
    assert remote.is_running
    assert remote.connection == service.connection
    assert remote.url("some", a="b") == service.url("some", a="b")
    assert remote.plots_url() == service.plots_url()
    assert remote.stats().keys() == service.stats().keys()
    assert remote.stats()["plots"].keys() == {"some"}
    assert remote.points("some", "y").tolist() == [[1, 3], [2, 4]]
    assert remote.snapshot("some") == service.snapshot("some")
    assert remote.version("some") == service.version("some")
    assert remote.version("none") is service.version("none") is None


def test_points_are_a_copy(remote: Remote) -> None:
    points = remote.points("some", "y")
    points[:] = 0
    assert np.array_equal(remote.points("some", "y"), [[1, 3], [2, 4]])


@pytest.mark.parametrize(
    ("plot", "series"), [("none", "y"), ("some", "none"), ("größe & <b>", "y")]
)
def test_what_is_not_there_is_the_same_error_as_in_this_process(
    service: Service, remote: Remote, plot: str, series: str
) -> None:
    errors = []
    for backend in (service, remote):
        with pytest.raises(KeyError) as caught:
            backend.points(plot, series)
        errors.append(caught.value.args)
    assert errors[0] == errors[1]


def test_a_snapshot_of_what_is_not_there_names_what_there_is(remote: Remote) -> None:
    with pytest.raises(KeyError, match="plot 'none' has had no points; the plots are 'some'"):
        remote.snapshot("none")


@pytest.fixture
def stranger(service: Service) -> Info:
    """The service as somebody has it who has not its token."""
    info = service.info
    info["url"] = info["url"].replace(service.token, "wrong")
    return info


def test_a_service_that_refuses_is_told_with_its_sentence_and_the_repair(stranger: Info) -> None:
    with pytest.raises(PermissionError) as caught:
        Remote(Publisher(), stranger).stats()
    sentence = str(caught.value)
    assert "refuses this process: The token is not this server's" in sentence
    assert sentence.endswith("zwsnb.stop() and zwsnb.connect() find it.")


def test_zwsnb_status_prints_why_a_service_refuses(
    stranger: Info, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connection_file, "running", lambda: [stranger])
    assert cli.main(["status"]) == 1
    assert "refuses this process: The token is not this server's" in capsys.readouterr().err


def test_a_service_that_fails_is_told_with_its_status(
    service: Service, remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.relay, "stats", lambda: 1 / 0)
    with pytest.raises(RuntimeError, match="has failed with status 500: Internal Server Error"):
        remote.stats()


def test_a_service_that_does_not_answer_is_told_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    info = Info(
        pid=os.getpid(),
        url=f"http://127.0.0.1:{port}/?token=t",
        ingress="tcp://127.0.0.1:1",
        token="t",
    )
    with pytest.raises(RuntimeError, match=rf"127\.0\.0\.1:{port} does not answer"):
        Remote(Publisher(), info).stats()


def test_it_listens_until_it_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as found:
        remote = Remote(Publisher(), found.info)
        assert found.listens()
        assert remote.listens()
        # Where the folders of the two processes differ, it is asked.
        monkeypatch.setattr(connection_file, "is_there", lambda _: False)
        assert remote.listens()
    assert not found.listens()
    assert not remote.listens()


def test_another_at_its_port_does_not_listen(
    stranger: Info, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_file, "is_there", lambda _: False)
    assert not Remote(Publisher(), stranger).listens()


def say(server: socket.socket, words: bytes) -> None:
    """Say something to who connects, and wait until they have gone."""
    peer, _ = server.accept()
    with peer:
        peer.sendall(words)
        peer.settimeout(PATIENCE)
        while peer.recv(4096):
            pass


@pytest.mark.parametrize(("says", "listens"), [(b"", True), (b"220 mail\r\n", False)])
def test_who_says_nothing_may_be_busy_and_who_says_nonsense_is_another(
    stranger: Info, says: bytes, *, listens: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        stranger |= {"url": f"http://127.0.0.1:{port}/?token=t", "token": "another"}
        answering = threading.Thread(target=say, args=(server, says))
        answering.start()
        assert Remote(Publisher(), stranger).listens() == listens
        answering.join(PATIENCE)


def test_one_that_was_only_found_goes_on_when_it_is_left(service: Service, remote: Remote) -> None:
    remote.stop()
    assert not remote.is_running
    assert service.is_running
