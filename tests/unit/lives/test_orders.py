"""What a relay is told by the process that has started it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from zwsnb.lives import orders


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Where it reads, and where the other process writes."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)
    os.close(writing)


def test_the_first_line_is_read_and_no_more(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], b'{"token": "t"}\nend\n')
    assert orders.first_order(pipe[0]) == {"token": "t"}
    assert os.read(pipe[0], 10) == b"end\n"


def test_an_empty_line_says_nothing(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], b"\n")
    assert orders.first_order(pipe[0]) == {}


@pytest.mark.parametrize("word", [orders.END, orders.ABANDON])
def test_a_word_ends_it(pipe: tuple[int, int], word: str) -> None:
    said: list[str] = []
    waiting = threading.Thread(
        target=lambda: said.append(orders.until_ended(os.getppid(), pipe[0]))
    )
    waiting.start()
    os.write(pipe[1], word.encode())
    waiting.join(10)
    assert said == [word]


def test_the_end_of_the_other_process_ends_it_though_somebody_holds_the_pipe(
    pipe: tuple[int, int],
) -> None:
    assert orders.until_ended(os.getppid() + 1, pipe[0]) == ""
