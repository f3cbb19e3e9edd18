"""R1 and R5: many producers at once, and many that are killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

import accounts
import numpy as np
import psutil
from figures import Figure
from opening import hold
from subject import Subject

from soaks.apart import progress

HERE: Final = Path(__file__).parent.parent
PROGRAM: Final = [sys.executable, "-m", "soaks.bursts"]
"""This module as a program, from `HERE`."""
EACH: Final = 125_000
"""Points of each of the eight producers of a burst."""


# -- in the measured process -----------------------------------------------------------------------


def _burst() -> None:
    """Load zwsnb and publish at once, as a notebook does, and then a million points from four
    threads and four processes; say what is missing or out of order.
    """
    from IPython.core.interactiveshell import InteractiveShell

    shell: Any = InteractiveShell.instance()
    shell.run_cell("%load_ext zwsnb\npublish(1, 2, plot='first')", silent=True).raise_error()

    import zwsnb
    from zwsnb import api

    names = _publish_from_eight(zwsnb.Plot("burst"))
    flushed = zwsnb.flush(30)
    _until_all_came(names)
    service: Any = api.service()
    wanted = np.repeat(np.arange(EACH, dtype=float)[:, None], 2, axis=1)
    found = {name: service.points("burst", name) for name in names}
    wrong = [name for name, points in found.items() if not np.array_equal(points, wanted)]
    first = service.points("first", "y").tolist() == [[1, 2]]
    said = {"wrong": wrong, "first": first, "flushed": flushed, "stats": zwsnb.stats()}
    zwsnb.stop()
    print(json.dumps(said))


def _publish_from_eight(plot: Any) -> list[str]:
    """Publish from four threads and four processes; return the names of their series."""
    children = [
        subprocess.Popen([*PROGRAM, "produce", f"process {i}"], cwd=HERE, stdin=subprocess.DEVNULL)
        for i in range(4)
    ]
    threads = [
        threading.Thread(target=produce, args=[plot.publish, f"thread {i}"]) for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for child in children:
        child.wait()
    for thread in threads:
        thread.join()
    return [f"{kind} {i}" for kind in ("thread", "process") for i in range(4)]


def _until_all_came(names: list[str], seconds: float = 30) -> None:
    import zwsnb

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        series = zwsnb.stats()["plots"]["burst"]["series"]
        if all(name in series and series[name]["points"] >= EACH for name in names):
            return
        time.sleep(0.05)


def produce(publish: Any, name: str) -> None:
    """Publish a series of `EACH` points in one burst."""
    for i in range(EACH):
        publish(i, i, series=name)


def read_stats() -> Any:
    """Return the state of the service."""
    import zwsnb

    return zwsnb.stats()


# -- in a producer's process -----------------------------------------------------------------------


def _produce(name: str) -> None:
    import zwsnb

    zwsnb.connect()
    produce(zwsnb.Plot("burst").publish, name)
    zwsnb.stop()


def _breed(count: int) -> None:
    """Fork `count` producers, twenty at a time, and kill each in the middle of its burst."""
    import zwsnb

    zwsnb.connect()
    dice = random.Random(3)
    for _ in range(count // 20):
        children = [_fork() for _ in range(20)]
        time.sleep(dice.uniform(0.05, 0.2))
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    zwsnb.stop()


def _fork() -> int:
    import zwsnb
    from zwsnb import api

    connection = api.publisher.connection
    child = os.fork()
    if child == 0:
        api.publisher.connection = connection
        for i in range(1 << 40):
            zwsnb.publish(i, i, series="killed")
    return child


# -- outside ---------------------------------------------------------------------------------------


def r1(*, minutes: float, quick: bool) -> list[Figure]:
    """R1: publish behind %load_ext, then a million points from eight producers: all in order."""
    del minutes
    runs, good = 2 if quick else 20, 0
    wrong: list[str] = []
    for run in range(runs):
        found = _burst_apart()
        accounts.check(found["stats"])
        missing = found["wrong"] + ["the first point"] * (not found["first"])
        missing += ["an exact flush"] * (not found["flushed"])
        good += not missing
        wrong += missing
        progress(f"{run + 1} of {runs} bursts, {good} of them whole")
    return [
        Figure(
            "R1",
            "the point behind %load_ext, and a million in a burst from 4 threads and 4 processes: "
            f"runs of {runs} in which each came once and in order",
            good,
            "",
            goal=runs,
            more=True,
            note=", ".join(wrong),
        )
    ]


def _burst_apart() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="zwsnb-bench-") as folder:
        env = os.environ | {"ZWSNB_RUNTIME_DIR": folder}
        done = subprocess.run(
            [*PROGRAM, "burst"], cwd=HERE, env=env, stdout=subprocess.PIPE, check=True, timeout=120
        )
    # The shell says where its plot is, and what has become of it.
    (line,) = (line for line in done.stdout.splitlines() if line.startswith(b'{"wrong"'))
    found: dict[str, Any] = json.loads(line)
    return found


def r5(*, minutes: float, quick: bool) -> list[Figure]:
    """R5: a thousand producers are killed in mid-burst."""
    del minutes
    rounds, each = (2, 40) if quick else (10, 100)
    with Subject(memory="32 MB") as subject:
        process = psutil.Process(subject.pid)
        subject.ask(hold, points=3_000_000)  # the history is full then
        for _ in range(2):
            _kill(subject, each)  # and the first sockets have been made
        before, files = process.memory_info().rss, process.num_fds()
        for i in range(rounds):
            _kill(subject, each)
            accounts.check(subject.ask(read_stats))
            now = process.memory_info().rss / 1e6
            progress(f"{each * (i + 1)} of {each * rounds} killed, {now:.1f} MB")
        time.sleep(2)
        grown, more = process.memory_info().rss - before, process.num_fds() - files
        subprocess.run([*PROGRAM, "produce", "after"], cwd=HERE, env=_env(subject), check=True)
        said = subject.ask(read_stats)
        accounts.check(said)
    came = said["plots"]["burst"]["series"]["after"]["last"] == [EACH - 1, EACH - 1]
    what = f"{rounds * each} producers killed in mid-burst: the relay's memory, more or less"
    return [
        Figure("R5", what, abs(grown) / 1e6, "MB", goal=5),
        Figure("R5", "descriptors more than before", max(0, more), "", goal=0),
        Figure("R5", "producers afterwards that came through, of 1", came, "", goal=1, more=True),
    ]


def _kill(subject: Subject, count: int) -> None:
    command = [*PROGRAM, "breed", str(count)]
    subprocess.run(command, cwd=HERE, env=_env(subject), check=True, timeout=120)


def _env(subject: Subject) -> dict[str, str]:
    return os.environ | {"ZWSNB_RUNTIME_DIR": subject.runtime.name}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["burst"]:
            _burst()
        case ["produce", name]:
            _produce(name)
        case ["breed", count]:
            _breed(int(count))
