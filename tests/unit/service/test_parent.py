"""The parent's service: what a process says about its own, and what its children make of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from multiprocessing import process
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import this_thread

from zwsnb.producer import native
from zwsnb.service import connection_file, parent
from zwsnb.service.connection_file import Info

PARENT = os.getppid()


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ZWSNB_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv(parent.VARIABLE, raising=False)
    monkeypatch.setattr(parent, "_in_vain", set())
    yield
    parent.withdraw()


def running(port: int, pid: int = PARENT, owner: int | None = None) -> Info:
    """Return what the connection file says that a service has left here."""
    url = f"http://127.0.0.1:{port}/?token=t"
    info = Info(pid=pid, url=url, ingress="tcp://127.0.0.1:1", token="t")
    if owner is not None:
        info["owner"] = owner
    connection_file.write(info)
    return info


def be_a_child_of(pid: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "parent_process", lambda: SimpleNamespace(pid=pid))


def test_without_a_parent_and_a_word_of_it_there_is_none() -> None:
    running(1)
    assert parent.find() is None


def test_what_is_announced_is_found_until_it_is_withdrawn() -> None:
    info = running(1)
    for _ in range(2):
        parent.announce(info)
        assert parent.find() == info
    parent.announce(other := running(2))
    assert parent.find() == other
    for _ in range(2):
        parent.withdraw()
        assert parent.VARIABLE not in os.environ


def test_after_it_is_withdrawn_there_is_what_was_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    inherited = os.fspath(connection_file.path_of(running(1)))
    monkeypatch.setenv(parent.VARIABLE, inherited)
    parent.announce(running(2))
    parent.withdraw()
    assert os.environ[parent.VARIABLE] == inherited


def test_a_service_that_has_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(parent.VARIABLE, "/gone.json")
    with pytest.raises(RuntimeError) as caught:
        parent.find()
    assert str(caught.value) == (
        "ZWSNB_CONNECT names /gone.json, and no zwsnb service runs there any more: zwsnb.start() "
        "starts one here"
    )


@pytest.mark.parametrize("is_apart", [False, True])
def test_a_child_of_multiprocessing_finds_the_newest_of_its_parent(
    monkeypatch: pytest.MonkeyPatch, *, is_apart: bool
) -> None:
    """Whatever its environment says, which may be older than the service."""
    running(1, pid=os.getpid())
    pid, owner = (os.getpid(), PARENT) if is_apart else (PARENT, None)
    for age, port in ((100, 2), (0, 3)):
        path = connection_file.path_of(newest := running(port, pid, owner))
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    monkeypatch.setenv(parent.VARIABLE, "/gone.json")
    be_a_child_of(PARENT, monkeypatch)
    assert parent.find() == newest


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done at each look for a service that may come back, which takes a second each."""
    clock, does = [0.0], list[str]()

    def sleep(_: float) -> None:
        clock[0] += 1.0
        does.append("looked")
        if len(does) == 3 and does[0] != "nobody":
            running(4, pid=os.getpid(), owner=PARENT)

    this_thread.replace(monkeypatch, native, "sleep", sleep)
    this_thread.replace(monkeypatch, time, "monotonic", lambda: clock[0])
    return does


def test_one_that_its_owner_is_starting_anew_is_waited_for(looks: list[str]) -> None:
    left = Info(pid=2**30, url="http://127.0.0.1:4/?token=t", ingress="", token="t", owner=PARENT)
    found = parent.find(left)
    assert found is not None
    assert (found["pid"], looks) == (os.getpid(), 3 * ["looked"])


def test_so_it_is_by_a_worker_that_is_told_of_it_only(
    looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(parent.VARIABLE, "/gone.json")
    be_a_child_of(PARENT, monkeypatch)
    found = parent.find()
    assert found is not None
    assert (found["pid"], looks) == (os.getpid(), 3 * ["looked"])


@pytest.mark.parametrize(("owner", "seconds"), [(PARENT, 5), (2**30, 0)])
def test_one_that_does_not_come_back_is_not_waited_for_for_long(
    looks: list[str], owner: int, seconds: int
) -> None:
    looks.append("nobody")
    left = Info(pid=2**30, url="http://127.0.0.1:4/?token=t", ingress="", token="t", owner=owner)
    assert parent.find(left) is None
    assert len(looks) == 1 + seconds


@pytest.mark.parametrize("is_joined", [False, True])
def test_nor_is_it_again_by_who_goes_on_without_but_found_when_it_is_back(
    looks: list[str], monkeypatch: pytest.MonkeyPatch, *, is_joined: bool
) -> None:
    """A worker whose every task publishes, and does not mind that it cannot."""
    looks.append("nobody")
    monkeypatch.setenv(parent.VARIABLE, "/gone.json")
    be_a_child_of(PARENT, monkeypatch)
    its = Info(pid=2**30, url="http://127.0.0.1:4/?token=t", ingress="", token="t", owner=PARENT)
    left = its if is_joined else None
    for _ in range(3):
        with pytest.raises(RuntimeError):
            parent.find(left)
    assert len(looks) == 1 + 5
    back = running(4, pid=os.getpid(), owner=PARENT)
    assert parent.find(left) == back
    connection_file.remove(back)
    with pytest.raises(RuntimeError):
        parent.find(left)
    assert len(looks) == 1 + 2 * 5
