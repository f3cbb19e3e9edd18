"""How many items a loop has, and when it is whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.logged import Logged

from zwsnb.progress.loops import length_of, shown, steps_of
from zwsnb.protocol.messages import Progress


class Unsized:
    """A dataset whose length nobody knows."""

    def __iter__(self) -> Iterator[int]:
        return iter([1])

    def __len__(self) -> int:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("items", "length"),
    [([1, 2], 2), (iter([1, 2]), 2), ((i for i in "ab"), None), (Unsized(), None)],
)
def test_a_length_is_what_the_items_say(items: object, length: int | None) -> None:
    assert length_of(items) == length


def test_a_loop_without_end_has_no_total() -> None:
    assert steps_of(range(1 << 63), None, "") is None
    assert steps_of(range(3), None, "") == 3
    assert steps_of(range(3), 7, "") == 7


@pytest.mark.parametrize(("is_whole", "words"), [(True, "2 in"), (False, "stopped")])
def test_one_that_was_stopped_says_so(logged: Logged, is_whole: bool, words: str) -> None:
    assert list(shown("ab", 3, "", "p", lambda: is_whole)) == ["a", "b"]
    bars = [body.bars for body in logged.commands() if isinstance(body, Progress)]
    assert bars[-1][0].text.startswith(words)
