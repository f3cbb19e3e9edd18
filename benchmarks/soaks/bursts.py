"""R1 and R5: many producers at once, and many that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

import accounts
import numpy as np
import psutil
from figures import Figure
from subject import Subject

EACH: Final = 125_000
"""Points of each of the eight producers of a burst."""


# -- in the measured process -----------------------------------------------------------------------


def burst() -> dict[str, Any]:
    """Publish at once, and then a million points from four threads and four processes; say what is
    missing or out of order.
    """
    import zwsnb
    from zwsnb import api

    zwsnb.publish(1, 2, plot="first")
    plot = zwsnb.Plot("burst")
    command = [sys.executable, str(Path(__file__)), "produce"]
    children = [
        subprocess.Popen([*command, f"process {i}"], stdin=subprocess.PIPE) for i in range(4)
    ]
    threads = [
        threading.Thread(target=produce, args=[plot.publish, f"thread {i}"]) for i in range(4)
    ]
    for producer in threads:
        producer.start()
    for child in children:
        child.communicate()
    for producer in threads:
        producer.join()
    api.publisher.flush(30)
    names = [f"{kind} {i}" for kind in ("thread", "process") for i in range(4)]
    _until_all_came(names)
    service: Any = api.service()
    wanted = np.arange(EACH, dtype=float)
    found = {name: service.points("burst", name)[:, 1] for name in names}
    wrong = [name for name, y in found.items() if not np.array_equal(y, wanted)]
    return {"wrong": wrong, "first": len(service.points("first", "y")), "stats": zwsnb.stats()}


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
    """R1: a million points in one burst from eight producers: none lost, none twice, in order."""
    del minutes
    runs, good = (2, 0) if quick else (20, 0)
    wrong: list[str] = []
    for _ in range(runs):
        with Subject() as subject:
            found = subject.ask(burst)
        accounts.check(found["stats"])
        good += not found["wrong"] and found["first"] == 1
        wrong += found["wrong"]
    return [
        Figure(
            "R1",
            f"bursts of a million points from 8 producers that came whole and in order, of {runs}",
            good,
            "",
            goal=runs,
            more=True,
            note=", ".join(wrong),
        )
    ]


def r5(*, minutes: float, quick: bool) -> list[Figure]:
    """R5: a thousand producers are killed in mid-burst."""
    del minutes
    count = 100 if quick else 1000
    with Subject(memory="32 MB") as subject:
        process = psutil.Process(subject.pid)
        _kill(subject, 40)  # the history is full then, and the first sockets have been made
        before, files = process.memory_info().rss, process.num_fds()
        _kill(subject, count)
        time.sleep(2)
        grown, more = process.memory_info().rss - before, process.num_fds() - files
        accounts.check(subject.ask(read_stats))
    return [
        Figure(
            "R5",
            f"{count} producers killed in mid-burst: the relay's memory",
            abs(grown) / 1e6,
            "MB",
            goal=5,
        ),
        Figure("R5", "descriptors more than before", max(0, more), "", goal=0),
    ]


def _kill(subject: Subject, count: int) -> None:
    env = os.environ | {"ZWSNB_RUNTIME_DIR": subject.runtime.name}
    subprocess.run([sys.executable, str(Path(__file__)), "breed", str(count)], env=env, check=True)


if __name__ == "__main__":
    if sys.argv[1] == "produce":
        _produce(sys.argv[2])
    else:
        _breed(int(sys.argv[2]))
