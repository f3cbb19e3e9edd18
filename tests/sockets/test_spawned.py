"""A relay in a process of its own: killed, stopped, forked from, and started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from support.eventually import PATIENCE, eventually
from support.services import closing, page

import zwsnb
from zwsnb import api
from zwsnb.lives import untold
from zwsnb.lives.child import Child, is_stopped
from zwsnb.lives.rate import Rate
from zwsnb.lives.restarts import BY_HAND
from zwsnb.protocol.messages import ENDED
from zwsnb.service import connection_file, spawned as spawned_module
from zwsnb.service.parent import VARIABLE
from zwsnb.service.spawned import Spawned


@pytest.fixture
def spawned(own_session: None) -> Spawned:
    del own_session
    untold.taken()
    service = zwsnb.start(process=True)
    assert isinstance(service, Spawned)
    return service


def kill(service: Spawned) -> None:
    """Kill its process, and wait for the next one, or for none."""
    pid = service.info["pid"]
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: service.failure or service.info["pid"] != pid)


def test_one_that_was_killed_is_started_anew_at_the_same_address(spawned: Spawned) -> None:
    where = spawned.url(), spawned.connection
    kill(spawned)
    assert spawned.is_running
    assert (spawned.url(), spawned.connection) == where
    eventually(lambda: connection_file.running() == [spawned.info])
    [sentence] = eventually(untold.taken)
    assert "was killed by SIGKILL at " in sentence
    restarts = zwsnb.stats()["vitals"]["restarts"]
    assert restarts["count"] == 1
    assert sentence.startswith(restarts["reason"])
    assert "what its plots held is gone" in sentence

    def arrives() -> bool:
        api.publisher.bind("plot")(1, 1)
        return zwsnb.stats()["points"] > 0

    eventually(arrives)


def test_one_that_was_killed_knows_what_this_process_had_said_of_its_plots(
    spawned: Spawned,
) -> None:
    plot = zwsnb.Plot("p", title="Title", window=30, style="step")
    plot.style(window=60)
    zwsnb.Plot("gone", title="Gone").close()
    assert zwsnb.flush(PATIENCE)
    kill(spawned)
    plot.publish(1, 1)
    assert zwsnb.flush(PATIENCE)
    found = zwsnb.stats()["plots"]
    options = found["p"]["options"]
    assert [options[name] for name in ("title", "window", "style")] == ["Title", 60, "step"]
    assert "gone" not in found


def test_pages_of_one_that_is_restarted_by_hand_look_for_it_until_it_is_back(
    spawned: Spawned,
) -> None:
    where: Any = SimpleNamespace(port=urlsplit(spawned.url()).port, token=spawned.connection.token)
    with page(where) as viewer:
        zwsnb.restart()
        assert zwsnb.stats()["vitals"]["restarts"] == {"count": 1, "reason": BY_HAND}
        # No page takes it for the end, and asks no more.
        assert closing(viewer)[0] != ENDED
    with page(where) as viewer:
        zwsnb.stop()
        assert closing(viewer) == (ENDED, "The relay was stopped.")


def test_processes_that_are_started_later_find_the_one_that_took_its_place(
    spawned: Spawned,
) -> None:
    kill(spawned)
    eventually(lambda: os.environ[VARIABLE] == str(connection_file.path_of(spawned.info)))
    assert connection_file.find() == spawned.info


@pytest.mark.usefixtures("own_session")
def test_plain_producers_find_it_where_it_was() -> None:
    zwsnb.start(process=True, listen=["tcp://127.0.0.1:*"])
    before = zwsnb.stats()["listening"]
    zwsnb.restart()
    assert zwsnb.stats()["listening"] == before
    zwsnb.stop()


def test_it_is_told_that_its_port_was_taken_meanwhile(
    spawned: Spawned, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, started = urlsplit(spawned.url()).port, spawned_module._started
    token = spawned.connection.token

    def elsewhere(options: dict[str, Any], *more: Any) -> Child:
        if options["port"] == port:
            raise OSError("taken")
        return started(options, *more)

    monkeypatch.setattr(spawned_module, "_started", elsewhere)
    zwsnb.restart()
    assert f"for {port} is taken" in untold.taken()[-1]
    assert spawned.connection.token != token, "who has the port may have been told it"
    api.publisher.bind("plot")(1, 1)
    assert zwsnb.stats()["points"] == 1


class Noting:
    """A lock that notes at each end whether a service that was given up is taken for watched."""

    def __init__(self, service: Spawned) -> None:
        self.noted: list[bool] = []
        self._service, self._lock = service, threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.noted.append(bool(self._service.failure) and self._service._is_watched)
        self._lock.release()


def test_one_that_is_given_up_is_known_to_be_unwatched_before_anybody_restarts_it(
    spawned: Spawned, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = Noting(spawned)
    monkeypatch.setattr(spawned, "_changing", lock)
    spawned._rate = Rate(0, 3600)
    os.kill(spawned.info["pid"], signal.SIGKILL)
    eventually(lambda: lock.noted)
    assert lock.noted == [False]


def test_who_asks_meanwhile_waits_for_it(spawned: Spawned) -> None:
    pid = spawned.info["pid"]
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not connection_file.is_alive(pid))
    assert spawned.stats()["plots"] == {"plot": spawned.stats()["plots"]["plot"]}


def test_one_that_ends_again_and_again_is_given_up_and_restarted_by_hand(
    spawned: Spawned,
) -> None:
    where = spawned.url()
    spawned._rate = Rate(1, 3600)
    kill(spawned)
    kill(spawned)
    assert not spawned.is_running
    assert "again and again: what is published waits" in spawned.failure
    eventually(lambda: spawned.failure in untold.taken())
    with pytest.raises(RuntimeError, match=r"zwsnb\.restart\(\), starts it again"):
        zwsnb.stats()
    assert api.publisher.why_ended() == spawned.failure
    zwsnb.restart()
    assert (spawned.failure, spawned.url()) == ("", where)
    kill(spawned)  # it is watched again, and how often it was started anew is forgotten
    assert not spawned.failure


def test_one_that_does_not_start_anew_is_told(
    spawned: Spawned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    kill(spawned)
    assert "and does not start anew (" in spawned.failure


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="nothing tells here that a process is stopped"
)


@needs_proc
def test_one_that_is_stopped_is_told_at_once_and_goes_on(spawned: Spawned) -> None:
    pid = spawned.info["pid"]
    api.publisher.bind("plot")(1, 1)
    zwsnb.stats()
    os.kill(pid, signal.SIGSTOP)
    eventually(lambda: is_stopped(pid))
    api.publisher.bind("plot")(2, 2)
    begin = time.monotonic()
    with pytest.raises(RuntimeError, match=rf"does not answer since \d.*process {pid} is stopped"):
        zwsnb.stats()
    for ask in (lambda: spawned.attach("plot", print), lambda: spawned.hear("me", print)):
        with pytest.raises(RuntimeError, match=r"is stopped"):
            ask()
    # Two seconds are promised; a question to a process that only seems busy takes a minute.
    assert time.monotonic() - begin < PATIENCE
    os.kill(pid, signal.SIGCONT)
    eventually(lambda: zwsnb.stats()["points"] == 2)


@needs_proc
def test_one_that_is_stopped_is_ended_all_the_same(spawned: Spawned) -> None:
    pid = spawned.info["pid"]
    os.kill(pid, signal.SIGSTOP)
    zwsnb.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


FORK = """
    import os, signal, sys, time
    import zwsnb
    service = zwsnb.start(process=True)
    pid = service.info["pid"]
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.read(reading, 1)  # for as long as the parent lives
        time.sleep(60)
        os._exit(0)
    {end}
"""


def pid_after(end: str, code: int) -> int:
    """The process of the relay of a program that has forked, and has ended so."""
    program = textwrap.dedent(FORK.format(end=end))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        relay, child = map(int, process.stdout.readline().split())
        process.wait(PATIENCE)
        os.kill(child, signal.SIGKILL)
    assert process.returncode == code
    return relay


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("print(pid, child, flush=True); zwsnb.stop()", 0),
        ("print(pid, child, flush=True); os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
    ],
    ids=["stopped", "killed"],
)
def test_a_forked_child_holds_neither_its_end_nor_its_life(end: str, code: int) -> None:
    relay = pid_after(end, code)

    def has_gone() -> bool:
        try:
            os.kill(relay, 0)
        except ProcessLookupError:
            return True
        return False

    eventually(has_gone)
