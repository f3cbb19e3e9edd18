"""A service begins and ends whole: from many threads, under interrupts, with few descriptors."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from support import interrupts
from support.eventually import eventually
from support.interrupts import interrupted
from support.scripts import run

import zwsnb
from zwsnb import api
from zwsnb.commands import extension
from zwsnb.delivery.sender import Sender
from zwsnb.notebook import outputs
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.sink import Connection
from zwsnb.service import connection_file

DESCRIPTORS = Path("/proc/self/fd")
TASKS = Path("/proc/self/task")


def left() -> tuple[int, ...]:
    """How many threads and descriptors there are of hubs and of ZeroMQ: IPython and pytest have
    some of their own, and Python counts a thread whose start was interrupted before it was one.
    """
    hubs = [each.name for each in threading.enumerate()].count("zwsnb-hub")
    zmqs = [comm for comm in map(text_of, TASKS.glob("*/comm")) if comm.startswith("ZMQ")]
    opened = [target for target in map(target_of, DESCRIPTORS.glob("*")) if ":[" in target]
    return hubs, len(zmqs), len(opened)


def text_of(path: Path) -> str:
    with contextlib.suppress(OSError):  # the thread has ended meanwhile
        return path.read_text(encoding="utf-8")
    return ""


def target_of(path: Path) -> str:
    with contextlib.suppress(OSError):
        return str(path.readlink())
    return ""


def together(count: int, act: Callable[[int], object]) -> None:
    """Call `act` in so many threads at once."""
    threads = [threading.Thread(target=act, args=(i,)) for i in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


# -- from many threads -----------------------------------------------------------------------------


@pytest.mark.usefixtures("own_session")
def test_the_first_plots_of_many_threads_share_a_service_and_lose_nothing() -> None:
    def work(i: int) -> None:
        plot = zwsnb.Plot(f"plot {i}")
        for k in range(1000):
            plot.publish(k, k)

    together(8, work)
    assert len(connection_file.running()) == 1
    assert zwsnb.stats()["points"] == 8000
    assert {each["points"] for each in zwsnb.stats()["plots"].values()} == {1000}


@pytest.mark.usefixtures("own_session")
def test_many_threads_that_start_get_one_service() -> None:
    found: list[Any] = []
    together(20, lambda _: found.append(zwsnb.start()))
    assert len(found) == 20
    assert len(set(map(id, found))) == 1
    assert [each.name for each in threading.enumerate()].count("zwsnb-hub") == 1


@pytest.mark.usefixtures("own_session")
def test_threads_that_start_and_stop_leave_nothing() -> None:
    zwsnb.start()
    zwsnb.stop()
    before = left()

    def work(_: int) -> None:
        for _ in range(5):
            zwsnb.start()
            zwsnb.stop()

    together(6, work)
    zwsnb.stop()
    assert connection_file.running() == []
    assert api.publisher.connection is None
    eventually(lambda: left() <= before, f"more than {before} threads and descriptors")


# -- interrupts ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("own_session")
def test_an_interrupted_start_leaves_nothing() -> None:
    zwsnb.start()
    zwsnb.stop()
    before = left()
    for _ in interrupted(zwsnb.start):
        assert api.current() is None
        assert connection_file.running() == []
        assert api.publisher.connection is None
    zwsnb.stop()
    eventually(lambda: left() <= before, f"more than {before} threads and descriptors")


@pytest.mark.usefixtures("own_session")
def test_an_interrupted_stop_can_be_taken_up_again() -> None:
    zwsnb.start()
    zwsnb.stop()
    before = left()
    zwsnb.start()
    for _ in interrupted(zwsnb.stop):
        zwsnb.stop()
        assert connection_file.running() == []
        zwsnb.start()
    eventually(lambda: left() <= before, f"more than {before} threads and descriptors")


# -- few descriptors -------------------------------------------------------------------------------

FEW = """
    import os, resource, sys
    import zwsnb
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
    held = []
    while len(os.listdir("/proc/self/fd")) + int(sys.argv[1]) <= 200:
        held.append(os.open(os.devnull, os.O_RDONLY))
    try:
        zwsnb.start()
    except OSError as error:
        print(error)
"""


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="nothing lists descriptors here")
@pytest.mark.parametrize("free", [3, 6, 10, 20])
def test_with_few_descriptors_left_the_limit_is_told_and_nothing_aborts(free: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FEW), str(free)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "of the 200 that this process may have" in done.stdout
    assert "`ulimit -n 4096`" in done.stdout


USED_UP = """
    import os, resource, sys, time
    import zwsnb
    service = zwsnb.start()
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    held = []
    try:
        while True:
            held.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        time.sleep(1.0)
    print(*service.connection, flush=True)
    sys.stdin.readline()
    for each in held:
        os.close(each)
    sys.stdin.readline()
    print(len(service.points("plot", "y")), *service.stats()["notices"])
"""


@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="nothing lists descriptors here")
def test_who_comes_when_all_descriptors_are_used_up_ends_nothing_and_comes_in_afterwards() -> None:
    words = [sys.executable, "-c", textwrap.dedent(USED_UP)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        publisher = Publisher(make_sender=Sender)
        publisher.connection = Connection(*process.stdout.readline().split())
        publisher.bind("plot")(1, 1)
        assert not publisher.flush(1.5)
        assert process.poll() is None
        process.stdin.write("\n")
        process.stdin.flush()
        assert publisher.flush(10)
        publisher.stop()
        printed, errors = process.communicate("\n", timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert printed.startswith("1 Other processes could not connect")


# -- the end of the process ------------------------------------------------------------------------

DAEMON = """
    import sys, threading, time
    import zwsnb
    {begin}

    def work():
        for i in range(10**9):
            zwsnb.publish(i, i)

    for _ in range(3):
        threading.Thread(target=work, daemon=True).start()
    time.sleep(float(sys.argv[1]))
"""


@pytest.mark.parametrize(
    "begin",
    ["zwsnb.start()", "zwsnb.start(process=True)", "pass"],
    ids=["here", "apart", "first use"],
)
@pytest.mark.parametrize("seconds", ["0", "0.1", "0.5"])
def test_daemon_threads_that_publish_to_the_last_print_nothing(begin: str, seconds: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(DAEMON.format(begin=begin)), seconds],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict(os.environ),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# -- the extension ---------------------------------------------------------------------------------


@pytest.fixture
def shell(own_session: None) -> Iterator[InteractiveShell]:
    del own_session
    made = InteractiveShell.instance()
    made.run_line_magic("load_ext", "zwsnb")
    made.run_line_magic("unload_ext", "zwsnb")
    yield made
    outputs.leave()
    InteractiveShell.clear_instance()


def test_an_interrupted_load_leaves_nothing(shell: InteractiveShell) -> None:
    before = left()
    for _ in interrupted(lambda: extension.load(shell)):
        assert api.current() is None
        assert connection_file.running() == []
    extension.unload(shell)
    eventually(lambda: left() <= before, f"more than {before} threads and descriptors")


def test_an_interrupted_reload_is_taken_up_by_the_next_one(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not in the threads of `threading`, whose own locks an interrupt may leave as they should not
    # be: what shows plots has such.
    monkeypatch.setattr(interrupts, "WHERE", interrupts.WHERE[:1])
    before = left()

    def reload() -> None:
        extension.unload(shell)
        extension.load(shell)

    for _ in interrupted(reload):
        extension.load(shell)
        assert len(connection_file.running()) == 1
    extension.unload(shell)
    assert connection_file.running() == []
    eventually(lambda: left() <= before, f"more than {before} threads and descriptors")


def test_a_program_of_gevents_has_the_hub_that_starts_processes() -> None:
    said = run("""
        zwsnb.start()
        from gevent import get_hub, monkey
        monkey.patch_all()
        import subprocess
        # On Python 3.13 gevent's own hook fails in the child, wherever there is another thread.
        sys.unraisablehook = lambda *_: None
        print(subprocess.check_output(["echo", "hello"], text=True).strip(), get_hub().main_hub)
    """)
    assert said.stdout == "hello True\n"
