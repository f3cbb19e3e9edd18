"""For R6: an extension that is reloaded, cells that are interrupted at random moments."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import accounts
from support.kernels import PATIENCE, Kernel

from soaks.apart import progress
from soaks.held import LARGE, Held, at_rest, doors_of, more, settled

SEED: Final = 6
LOST: Final = 8.0
"""Seconds after which no reply comes any more: an interrupt that meets ipykernel's own code instead
of the cell may cost it.
"""
CYCLE: Final = """%reload_ext zwsnb
for i in range(2000):
    publish(i, i)
%zwsnb stop
%zwsnb start
for i in range(2000):
    publish(i, i)
%zwsnb stop"""
"""A cell to interrupt: zwsnb is loaded or reloaded, started, stopped, and publishes."""


def reload(running: Kernel, count: int, warm: int = 5) -> Held:
    """Reload the extension so often; return what the kernel has more, with the service stopped,
    than after the first times.
    """
    running.run(LARGE)
    _reload(running, warm)
    before = at_rest(running)
    _reload(running, count)
    at_rest(running)
    return more(settled(running.pid, before), before)


def _reload(running: Kernel, count: int) -> None:
    """Reload it so often, and stop the service."""
    for i in range(count):
        running.run("%reload_ext zwsnb\npublish(1, 2)")
        if i % 10 == 9:
            accounts.check(running.ask("__import__('zwsnb').stats()"))
        if i % 50 == 49:
            progress(f"{i + 1} of {count} reloads")
    running.run("%zwsnb stop\nimport gc\n_ = gc.collect()")


@dataclass
class Interrupts:
    """What interrupts have met, after which of them something was held for a while, and what was
    left in the end.
    """

    met: Counter[str] = field(default_factory=Counter)
    held: list[str] = field(default_factory=list)
    left: Held | None = None


def interrupt(running: Kernel, count: int, seed: int = SEED) -> Interrupts:
    """Interrupt a cell that loads, starts, publishes and stops at random moments; look each time
    whether a stop gives everything back, and in the end whether all of it goes on.
    """
    dice, found, pid = random.Random(seed), Interrupts(), running.pid
    seconds = _warm(running)
    first = before = at_rest(running)
    for i in range(count):
        doors, moment = doors_of(pid), dice.uniform(0, seconds)
        found.met[_interrupt(running, moment)] += 1
        running.execute("import gc, zwsnb\nzwsnb.stop()\n_ = gc.collect()")
        if (now := settled(pid, before)).more_than(before):
            new = dict(doors_of(pid) - doors)
            found.held.append(f"interrupt {i} after {moment:.3f} s: {before} to {now}, {new}")
        before = now
        if i % 20 == 19:
            progress(f"{i + 1} of {count} interrupts; held after {len(found.held)} of them")
    # The traceback of the last one keeps what its frames had; a cell that ends well lets go.
    running.run(f"{CYCLE}\nimport gc\n_ = gc.collect()")
    at_rest(running)
    found.left = more(settled(pid, first), first)
    running.run("%reload_ext zwsnb\npublish(1, 2)")
    accounts.check(running.ask("__import__('zwsnb').stats()"))
    assert running.pid == pid, "the kernel lives on"
    return found


def _warm(running: Kernel) -> float:
    """Run the cell some times; return how long it takes."""
    times = []
    running.run(LARGE)
    for _ in range(4):
        begin = time.monotonic()
        outcome = running.execute(CYCLE)
        times.append(time.monotonic() - begin)
        assert outcome.error == "", outcome
    return statistics.median(times)


def _interrupt(running: Kernel, moment: float) -> str:
    """Run the cell, and interrupt it after so many seconds; say what that met."""
    request = running.client.execute(CYCLE, stop_on_error=False)
    while running.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "execute_input":
        pass
    time.sleep(moment)
    running.manager.interrupt_kernel()
    try:
        reply = running.client._recv_reply(request, timeout=LOST)  # noqa: SLF001 - as execute_interactive does
    except TimeoutError:
        # ipykernel says "KeyboardInterrupt caught in kernel", and has lost the cell's reply.
        return "kernel"
    return "cell" if reply["content"].get("ename") == "KeyboardInterrupt" else "nothing"
