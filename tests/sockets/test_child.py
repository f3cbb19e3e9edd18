"""A relay's process: how it begins and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.eventually import PATIENCE, eventually

from zwsnb.lives import child as child_module
from zwsnb.lives.child import Child, is_stopped
from zwsnb.server.access import new_token

TOKEN = new_token()


def test_it_says_where_it_is_until_it_is_ended() -> None:
    child = Child(["--port=0"], {"ZWSNB_PROGRAM": "some.py"}, {"token": TOKEN})
    assert child.said["token"] == TOKEN
    assert child.said["owner"] == os.getpid()
    assert child.said["notices"] == []
    assert child.is_alive
    said: list[str] = []
    waiting = threading.Thread(target=lambda: said.append(child.wait()))
    waiting.start()
    child.end()
    waiting.join(PATIENCE)
    assert said == ["ended with code 0"]
    assert not child.is_alive


def test_nothing_is_imported_from_the_folder_where_its_parent_happens_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("numpy", "argparse", "gevent"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('code of somebody else')")
    monkeypatch.chdir(tmp_path)
    child = Child(["--port=0"], {})
    child.end()
    assert child.wait() == "ended with code 0"


def test_one_that_was_killed_says_by_what() -> None:
    child = Child(["--port=0"], {})
    os.kill(child.said["pid"], signal.SIGKILL)
    assert child.wait() == "was killed by SIGKILL"
    child.end()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
def test_who_is_forked_by_another_thread_while_it_starts_does_not_hide_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forked: list[int] = []
    go_on, let_go = os.pipe()

    def fork() -> None:
        if not (pid := os.fork()):
            os.close(let_go)
            os.read(go_on, 1)  # until the test lets go of it
            os._exit(0)
        forked.append(pid)

    forking, pipe = threading.Thread(target=fork), os.pipe
    pipes: list[tuple[int, int]] = []

    def then_a_fork() -> tuple[int, int]:
        pipes.append(pipe())
        if len(pipes) == 3:  # that of its errors
            forking.start()
            forking.join(0.2)  # it may be kept waiting
        return pipes[-1]

    with monkeypatch.context() as patched:
        patched.setattr(os, "pipe", then_a_fork)
        child = Child(["--port=0"], {})
    forking.join(PATIENCE)
    said: list[str] = []
    waiting = threading.Thread(target=lambda: said.append(child.wait()), daemon=True)
    waiting.start()
    os.kill(child.said["pid"], signal.SIGKILL)
    waiting.join(PATIENCE)
    meanwhile = said.copy()
    os.close(let_go)
    os.waitpid(forked[0], 0)
    os.close(go_on)
    assert meanwhile == ["was killed by SIGKILL"]


def test_one_that_cannot_start_says_why() -> None:
    with pytest.raises(OSError, match=r"could not start: [\s\S]*--nonsense"):
        Child(["--nonsense"], {})


def test_one_that_hangs_while_it_begins_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[str]] = []

    def hanging(*args: Any, **kwargs: Any) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", "import time; time.sleep(600)"]
        begun.append(subprocess.Popen(words, *args[1:], **kwargs))
        return begun[-1]

    monkeypatch.setattr(
        child_module, "subprocess", SimpleNamespace(**{**vars(subprocess), "Popen": hanging})
    )
    with pytest.raises(TimeoutError):
        Child([], {}, is_wanted=lambda: False)
    monkeypatch.setattr(child_module, "BEGINS_WITHIN", 0.1)
    with pytest.raises(TimeoutError, match="has not started"):
        Child([], {})
    assert [each.poll() for each in begun] == [-signal.SIGKILL] * 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="nothing tells it here")
def test_a_process_that_is_stopped_is_known() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert not is_stopped(process.pid)
        process.send_signal(signal.SIGSTOP)
        eventually(lambda: is_stopped(process.pid))
        process.send_signal(signal.SIGCONT)
        eventually(lambda: not is_stopped(process.pid))
        process.kill()
    assert not is_stopped(process.pid)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_process_that_is_forked_while_another_thread_writes_goes_on() -> None:
    child = Child([], {})
    try:
        os.kill(child.said["pid"], signal.SIGSTOP)
        thread = threading.Thread(target=child.end, args=("x" * 200_000,), daemon=True)
        thread.start()  # it writes more than there is room for
        time.sleep(0.2)
        forked = os.fork()
        if forked == 0:
            os._exit(0)
        try:
            eventually(lambda: os.waitpid(forked, os.WNOHANG)[0] == forked)
        except AssertionError:
            os.kill(forked, signal.SIGKILL)
            raise
    finally:
        os.kill(child.said["pid"], signal.SIGCONT)
        thread.join(PATIENCE)
        child.wait()
