"""Who waits for what was published."""

from __future__ import annotations

from zwsnb.delivery.waiting import LONGEST_LOOK, Flush, Silence


def test_each_waits_for_an_answer_of_its_own() -> None:
    one, other = Flush(1), Flush(1)
    one.done.put(True)
    assert one.done.get(timeout=1)
    assert other.done.empty()


def test_a_silence_is_as_long_as_one_has_looked_for_its_end() -> None:
    silence = Silence()
    silence.look(1.0)
    silence.end()
    assert silence.look(1.25) == 0.25
    assert silence.look(1.5) == 0.5
    silence.end()
    assert silence.look(1.75) == 0.25


def test_who_was_stopped_has_heard_no_silence() -> None:
    silence = Silence()
    silence.look(0.0)
    silence.end()
    assert silence.look(3600.0) == LONGEST_LOOK
