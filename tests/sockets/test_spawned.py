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


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """All processes that are started from now on."""
    found: list[Child] = []
    started = spawned_module._started

    def noting(*args: Any) -> Child:
        found.append(started(*args))
        return found[-1]

    monkeypatch.setattr(spawned_module, "_started", noting)
    return found


def pipes_of(child: Child) -> list[bool]:
    """Whether each is closed."""
    process: Any = child._process
    return [pipe.closed for pipe in (process.stdin, process.stdout, process.stderr)]


def test_one_that_is_replaced_at_once_is_let_go_of(spawned: Spawned, begun: list[Child]) -> None:
    for _ in range(3):
        zwsnb.restart()
    assert spawned.is_running
    zwsnb.stop()
    assert len(begun) == 3
    eventually(lambda: [pipes_of(child) for child in begun] == [[True] * 3] * 3)


def test_one_that_is_stopped_while_it_is_started_anew_is_ended(
    spawned: Spawned, begun: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping = threading.Thread(target=zwsnb.stop)
    use = spawned._use

    def stopped_now(info: Any) -> None:
        stopping.start()
        eventually(lambda: spawned._stopped)
        use(info)

    monkeypatch.setattr(spawned, "_use", stopped_now)
    os.kill(spawned.info["pid"], signal.SIGKILL)
    eventually(lambda: begun)
    eventually(lambda: spawned._stopped)
    stopping.join(PATIENCE)
    assert spawned.failure == ""
    [child] = begun
    eventually(lambda: pipes_of(child) == [True] * 3)
    assert not child.is_alive


def test_a_handler_that_stops_it_in_the_midst_of_its_end_is_not_kept_waiting(
    spawned: Spawned, monkeypatch: pytest.MonkeyPatch
) -> None:
    end, ended = Child.end, threading.Event()

    def interrupted_end(child: Child) -> None:
        zwsnb.stop()  # as a handler of a signal does that comes at exit
        end(child)
        ended.set()

    monkeypatch.setattr(Child, "end", interrupted_end)
    # In a thread that the tests need not wait for.
    threading.Thread(target=spawned._stop_at_exit, daemon=True).start()
    assert ended.wait(PATIENCE)
    assert not spawned._child.is_alive


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
