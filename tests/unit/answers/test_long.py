"""Long answers are counted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from support.sinks import FakeSink

from zwsnb.answers import long
from zwsnb.answers.long import Busy, LongAnswers, taking_all, unless_reordered
from zwsnb.history.plots import History
from zwsnb.history.queries import Reordered
from zwsnb.producer.publisher import Publisher
from zwsnb.relay.relay import Relay


def test_there_are_so_many_at_one_time_and_a_further_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long, "MOST_LONG", 2)
    answers = LongAnswers()
    open_ones = [answers.of(number, iter([None, 1, 2])) for number in range(2)]
    for number, each in enumerate(open_ones):
        answers.check(number)
        assert next(each) == 1
    with pytest.raises(Busy, match="2 long answers are under way: ask again in a while"):
        answers.check(3)
    assert list(open_ones[0]) == [2]
    answers.check(0)
    with pytest.raises(Busy, match="1 long answers"):
        answers.check(1)  # which has half of them
    del open_ones, each  # the reader of the other one has gone
    assert answers.open == 0


def test_what_is_made_as_a_whole_counts_until_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "MOST_LONG", 2)
    answers = LongAnswers()
    made, parts = answers.whole("guests", lambda: b"one of %d" % answers.open)
    assert (made, answers.open) == (b"one of 1", 1)
    with pytest.raises(Busy, match="1 long answers"):
        answers.whole("guests", lambda: b"another")
    assert answers.whole("another party", lambda: b"its own")[0] == b"its own"
    assert list(parts) == [made]
    assert answers.open == 0
    with pytest.raises(ZeroDivisionError):
        answers.whole("guests", lambda: bytes(1 // 0))
    assert answers.open == 0


def test_what_waits_for_readers_of_one_party_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long, "MOST_WHOLE", 8)
    answers = LongAnswers()
    unread = [answers.whole("guests", lambda: b"four")[1] for _ in range(2)]
    with pytest.raises(Busy, match="have not read their answers yet: ask again in a while"):
        answers.check_room("guests")
    answers.check_room("another party")
    del unread[0]  # whose reader has gone
    answers.check_room("guests")
    assert list(unread.pop()) == [b"four"]
    assert (answers.open, dict(answers._whole)) == (0, {})


def test_a_reordered_answer_breaks_off() -> None:
    def parts() -> Iterator[bytes]:
        yield b"some"
        raise Reordered("'y' has been put in another order")

    read = unless_reordered(parts())
    assert next(read) == b"some"
    with pytest.raises(ConnectionAbortedError, match="another order"):
        next(read)


def test_all_that_was_published_before_is_taken_in_steps() -> None:
    publisher = Publisher()
    publisher.sink = FakeSink(publisher)
    relay = Relay(History(), "token", publisher)
    publish = publisher.bind("p")
    for _ in range(4):
        publish(np.arange(100_000.0), np.zeros(100_000))  # more than a take has
    steps = taking_all(relay)
    next(steps)
    assert 0 < relay.history.plots["p"].count < 400_000
    publish(np.zeros(1), np.zeros(1))
    assert list(steps)
    assert relay.history.plots["p"].count >= 400_000
    relay.publisher = None
    assert list(taking_all(relay)) == []
    relay.stop()
