"""What a kernel has of the system, and when it is at rest."""

from __future__ import annotations

import contextlib
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import psutil
from browser import until
from support.kernels import PATIENCE, Kernel, start_kernel

GONE_WITHIN: Final = 5.0
"""Seconds that what has ended may take to be gone."""
SWEEP: Final = 12.0
"""Seconds after which ipykernel has closed the pipes of threads that are gone: it looks every 10 s
which of those that have shown something, as our pictures' thread does, are no more.
"""
NAMES: Final = "[t.name for t in __import__('threading').enumerate()]"
BUSY: Final = frozenset({"zwsnb-pictures", "zwsnb-broadcast", "zwsnb-unused", "zwsnb-unseen"})
"""Threads of zwsnb that end by themselves when they have nothing to do."""
LARGE: Final = """import numpy
from IPython.display import display
display({"text/plain": 200_000 * " "}, raw=True)
get_ipython().kernel.iopub_thread._event_pipe_gc_seconds = 0.2"""
"""What any kernel has done some day: an output as large makes pyzmq begin a thread, for good. And,
after its first SWEEP, ipykernel closes such pipes at once, so that nobody waits for it a hundred
times.
"""


class Held(NamedTuple):
    """What a process has of the system."""

    threads: int
    descriptors: int
    ports: int
    children: int

    def more_than(self, before: Held) -> int:
        """Return how much more there is, of whatever kind."""
        return sum(max(0, now - then) for now, then in zip(self, before, strict=True))


def held(pid: int) -> Held:
    """Count what a process has."""
    process = psutil.Process(pid)
    with process.oneshot():
        listens = [c for c in process.net_connections() if c.status == psutil.CONN_LISTEN]
        return Held(process.num_threads(), process.num_fds(), len(listens), len(process.children()))


def settled(pid: int, before: Held) -> Held:
    """Count what a process has when what has ended is gone, or does not go."""
    end = time.monotonic() + SWEEP
    while (now := held(pid)).more_than(before) and time.monotonic() < end:
        time.sleep(0.05)
    return now


@contextmanager
def kernel() -> Iterator[Kernel]:
    """Run a kernel in a folder of its own."""
    folder = tempfile.TemporaryDirectory(prefix="zwsnb-soak-", ignore_cleanup_errors=True)
    with folder as home:
        yield from start_kernel(Path(home))


def more(now: Held, before: Held) -> Held:
    """Return what there is now and was not before."""
    return Held(*(max(0, n - b) for n, b in zip(now, before, strict=True)))


def at_rest(running: Kernel) -> Held:
    """Count what a kernel has when it has nothing to do any more."""
    pid, before = running.pid, None
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        is_busy = BUSY.intersection(running.ask(NAMES))
        if not is_busy and before == (now := held(pid)):
            return now
        before = None if is_busy else held(pid)
        time.sleep(0.5)
    return held(pid)


def wait_for_the_picture(running: Kernel) -> None:
    """Wait until the picture behind the plot is drawn, which else is the last thing to be done."""
    until(lambda: "zwsnb-pictures" not in running.ask(NAMES), "a picture that is drawn")


def doors_of(pid: int) -> Counter[str]:
    """Return where the descriptors of a process lead."""
    found: Counter[str] = Counter()
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            # Without the numbers of sockets, pipes and files that have no name any more.
            found[re.sub(r"\d{3,}", "..", str(one.readlink()))] += 1
    return found
