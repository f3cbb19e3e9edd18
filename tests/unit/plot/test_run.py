"""A named run is where its handle publishes, in its block and after."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

import pytest
from support.interrupts import Interruption, interrupted

from zwsnb.plot.run import Blocks, Run, RunInfo, run_infos
from zwsnb.producer.signature import Publish


class Handle:
    """A plot's handle, which only notes where its points go."""

    def __init__(self) -> None:
        self.name = "p"
        self.points: list[tuple[str, tuple[float, ...]]] = []
        self.blocks = Blocks(self.bound(""))
        self.publish = self.blocks.outside

    def bound(self, run: str) -> Publish:
        return cast("Publish", lambda x, y, *_: self.points.append((run, (x, y))))

    def run(self, name: str) -> Run:
        return Run(self, name, self.bound(name))


def test_a_block_publishes_to_its_run() -> None:
    handle = Handle()
    handle.publish(0, 0)
    with handle.run("a") as run:
        handle.publish(1, 1)
        with handle.run("b"):
            handle.publish(2, 2)
        with run:
            handle.publish(3, 3)
        handle.publish(4, 4)
    handle.publish(5, 5)
    run.publish(6, 6)
    assert [(name, x) for name, (x, _) in handle.points] == [
        ("", 0), ("a", 1), ("b", 2), ("a", 3), ("a", 4), ("", 5), ("a", 6),
    ]  # fmt: skip


def test_a_block_that_fails_ends_its_run() -> None:
    handle = Handle()
    with pytest.raises(KeyError), handle.run("a"):
        raise KeyError
    handle.publish(1, 1)
    assert handle.points == [("", (1, 1))]


def test_a_mistake_in_a_block_is_one_of_publish() -> None:
    handle = Handle()
    with handle.run("a"), pytest.raises(TypeError, match=r"^publish\(\) missing 1 required"):
        handle.publish()  # type: ignore[call-arg]


def test_an_interrupt_leaves_no_block_open() -> None:
    handle = Handle()
    run, outside = handle.run("a"), handle.publish
    for _ in interrupted(run.__enter__):
        assert (handle.blocks.open, handle.blocks.run, handle.publish) == ([], "", outside)
    left = partial(run.__exit__, None, None, None)
    place = 1  # before its first line Python lets one in whatever stands there
    while Interruption(place).comes_in(left):
        assert (handle.blocks.open, handle.blocks.run, handle.publish) == ([], "", outside)
        run.__enter__()
        place += 1
    assert place > 3


def test_threads_in_blocks_of_their_own_do_not_disturb_each_other() -> None:
    handle, both = Handle(), threading.Barrier(2, timeout=5)

    def work(name: str) -> None:
        with handle.run(name):
            both.wait()
            handle.publish(1, 1)
            runs.append((name, handle.blocks.run))
            both.wait()

    runs: list[tuple[str, str]] = []
    _in_threads(lambda: work("a"), lambda: work("b"))
    handle.publish(2, 2)
    assert sorted(runs) == [("a", "a"), ("b", "b")]
    assert sorted(handle.points) == [("", (2, 2)), ("a", (1, 1)), ("b", (1, 1))]
    assert handle.publish is handle.blocks.outside


def test_tasks_in_blocks_of_their_own_do_not_disturb_each_other() -> None:
    handle = Handle()

    async def work(name: str) -> None:
        with handle.run(name):
            for x in range(3):
                handle.publish(x, x)
                await asyncio.sleep(0)

    async def main() -> None:
        with handle.run("around"):
            await asyncio.gather(work("a"), work("b"))
            handle.publish(9, 9)

    asyncio.run(main())
    assert handle.points == [
        *[(name, (x, x)) for x in range(3) for name in "ab"], ("around", (9, 9)),
    ]  # fmt: skip


def test_a_thread_without_a_block_of_its_own_is_in_that_which_was_opened_last() -> None:
    handle = Handle()
    with handle.run("a"), handle.run("b"):
        _in_threads(lambda: handle.publish(1, 1))
    assert handle.points == [("b", (1, 1))]


def test_a_block_may_end_in_another_thread_than_that_in_which_it_began() -> None:
    handle = Handle()

    def points() -> Iterator[None]:
        with handle.run("a"):
            yield
            handle.publish(1, 1)

    begun = points()
    next(begun)
    _in_threads(lambda: list(begun))
    handle.publish(2, 2)
    assert handle.points == [("a", (1, 1)), ("", (2, 2))]


def _in_threads(*work: Callable[[], object]) -> None:
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)


def test_a_run_says_what_it_is() -> None:
    assert repr(Handle().run("a")) == "<run 'a' of plot 'p'>"


def test_runs_are_listed_as_the_statistics_have_them() -> None:
    its: dict[str, Any] = {
        "of": "loss", "run": "", "number": 1, "cell": 7, "points": 3, "xy": False,
    }  # fmt: skip
    assert run_infos({"loss (1)": its}) == [RunInfo("loss (1)", "loss", "", 1, 7, 3)]
