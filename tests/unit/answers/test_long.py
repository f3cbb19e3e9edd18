"""Long answers are counted."""

from __future__ import annotations

import pytest

from zwsnb.answers import long
from zwsnb.answers.long import Busy, LongAnswers


def test_there_are_so_many_at_one_time_and_a_further_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long, "MOST_LONG", 2)
    answers = LongAnswers()
    open_ones = [answers.of(number, iter([None, 1, 2])) for number in range(2)]
    for each in open_ones:
        answers.check()
        assert next(each) == 1
    with pytest.raises(Busy, match="2 long answers are under way: ask again in a while"):
        answers.check()
    assert list(open_ones[0]) == [2]
    answers.check()
    del open_ones, each  # the reader of the other one has gone
    assert answers.open == 0
