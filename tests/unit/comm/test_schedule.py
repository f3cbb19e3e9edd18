"""When a page behind a comm is sent what: the rules, step by step."""

from __future__ import annotations

from itertools import pairwise

import pytest

from zwsnb.comm.schedule import (
    COMES_WITHIN,
    CREDIT,
    FEWEST,
    IN_FLIGHT,
    LATER,
    LATER_EVERY,
    MOST_TURNS,
    OPEN_BYTES,
    OPEN_EVERY,
    OPEN_PING_EVERY,
    PATIENCE,
    PING_EVERY,
    PUT_OFF,
    SELDOM_EVERY,
    SHORT_PATIENCE,
    CommSchedule,
    Pace,
)


@pytest.fixture
def schedule() -> CommSchedule:
    """One whose first ping was answered at 0."""
    made = CommSchedule(Pace())
    assert made.look(0.0)
    made.heard()
    return made


def can_send(schedule: CommSchedule, now: float, *, has_credit: bool = True) -> bool:
    return schedule.can_send(now, has_credit=has_credit, in_flight=1)


def test_all_pages_together_keep_the_pace() -> None:
    pace = Pace()
    pages = [CommSchedule(pace) for _ in range(3)]
    sent, now = 0, 0.0
    while now < 10:
        for page in pages:
            if can_send(page, now):
                page.sent(now, 0.0, 100)
                page.heard()
                sent += 1
        now += 0.001
    assert 0.95 * 10 * MOST_TURNS <= sent <= 10 * MOST_TURNS + 1


def test_a_message_that_could_not_wait_puts_off_the_next_turn() -> None:
    pace = Pace()
    pace.took(0.0, "a page")
    assert pace.wait(0.0, "a page") == pytest.approx(1 / MOST_TURNS)
    pace.answered(0.0)
    assert pace.wait(0.0, "a page") == pytest.approx(PUT_OFF)
    assert pace.wait(1.0, "a page") == 0


def test_answers_without_end_leave_the_pages_their_turns() -> None:
    """Each move of the pointer asks for one: a page that asks hundreds is no end of the others."""
    pace, turns = Pace(), 0
    for i in range(1000):
        if not pace.wait(i / 100, "a page"):
            pace.took(i / 100, "a page")
            turns += 1
        pace.answered(i / 100)
    assert turns == pytest.approx(10 / PUT_OFF, rel=0.1)


@pytest.mark.parametrize("late", [0.01, 0.1])
def test_they_have_their_turns_one_after_the_other_whoever_looks_first(late: float) -> None:
    """A cell that holds the interpreter has all of them look late."""
    pace, turns = Pace(), dict.fromkeys("abc", 0)
    for i in range(1000):
        for page in turns:
            if not pace.wait(i * late, page):
                pace.took(i * late, page)
                turns[page] += 1
    assert max(turns.values()) - min(turns.values()) <= 1


def test_all_before_it_together_hold_up_no_turn_for_long() -> None:
    pace = Pace()
    pace.took(0.0, "a")
    waiting = [f"page {i}" for i in range(50)]
    assert all(pace.wait(0.0, page) for page in waiting)
    now = 1 / MOST_TURNS
    for i, page in enumerate(waiting[:-1]):
        pace.wait(now + COMES_WITHIN * i / len(waiting), waiting[-1])
        pace.leave(page)
    assert not pace.wait(now + 1.001 * COMES_WITHIN, waiting[-1])


def test_who_does_not_come_or_has_nothing_to_send_holds_up_nobody() -> None:
    pace = Pace()
    pace.took(0.0, "a")
    assert pace.wait(0.0, "gone")
    assert pace.wait(0.0, "content")
    assert pace.wait(0.0, "b")
    pace.leave("content")
    due = 1.001 / MOST_TURNS
    assert 0 < pace.wait(due, "b") <= COMES_WITHIN, "it is the other's"
    assert not pace.wait(due + COMES_WITHIN, "b")


def test_without_credit_nothing_is_sent(schedule: CommSchedule) -> None:
    assert can_send(schedule, 1.0)
    assert not can_send(schedule, 1.0, has_credit=False)


def test_a_page_that_paints_slowly_is_asked_and_not_taken_for_deaf(schedule: CommSchedule) -> None:
    schedule.sent(1.0, 0.0, 100)
    assert not schedule.look(1.0 + 0.4 * PATIENCE)
    assert schedule.look(1.0 + 0.6 * PATIENCE)
    assert not schedule.look(1.0 + 0.7 * PATIENCE), "one ping is enough"
    schedule.heard()
    schedule.look(1.0 + 1.1 * PATIENCE)
    assert not schedule.is_open


def test_silence_opens_the_loop_and_any_word_closes_it(schedule: CommSchedule) -> None:
    schedule.sent(1.0, 0.0, 100)
    schedule.look(1.0 + 0.5 * PATIENCE)
    schedule.look(1.0 + PATIENCE)
    assert schedule.is_open
    schedule.heard()
    assert not schedule.is_open


def test_the_delay_that_a_patch_carries_is_no_silence(schedule: CommSchedule) -> None:
    schedule.sent(1.0, 0.5, 100)
    schedule.look(1.4 + PATIENCE)
    assert not schedule.is_open


def test_a_page_that_was_deaf_once_gets_less_patience(schedule: CommSchedule) -> None:
    schedule.sent(1.0, 0.0, 100)
    schedule.look(1.0 + PATIENCE)
    schedule.heard()
    schedule.sent(10.0, 0.0, 100)
    schedule.look(10.0 + SHORT_PATIENCE)
    assert schedule.is_open


@pytest.mark.parametrize(("size", "times"), [(100, 1.0), (OPEN_BYTES, 1.0), (3 * OPEN_BYTES, 3.0)])
def test_an_open_loop_sends_ten_a_second_and_larger_ones_less_often(
    schedule: CommSchedule, size: int, times: float
) -> None:
    schedule.sent(1.0, 0.0, 100)
    schedule.look(1.0 + PATIENCE)
    now = 5.0
    assert can_send(schedule, now)
    schedule.sent(now, 0.0, size)
    assert not can_send(schedule, now + 0.99 * times * OPEN_EVERY)
    assert can_send(schedule, now + 1.01 * times * OPEN_EVERY)


def test_a_page_is_pinged_now_and_then_also_while_the_loop_is_open(schedule: CommSchedule) -> None:
    for now in range(40):
        assert schedule.look(float(now)) is (now > 0 and now % PING_EVERY == 0)
        schedule.heard()
    pinged = [now for now in range(40, 60) if schedule.look(float(now))]
    assert pinged[0] == 40
    assert {later - before for before, later in pairwise(pinged[1:])} == {OPEN_PING_EVERY}
    assert schedule.is_open, "none was answered"


def test_the_writer_is_woken_when_something_is_due(schedule: CommSchedule) -> None:
    assert schedule.pause(0.0, 60.0, has_credit=False) == PING_EVERY
    assert schedule.pause(0.0, 1.0, has_credit=False) == 1.0
    schedule.sent(1.0, 0.0, 100)
    assert schedule.pause(1.0, 60.0, has_credit=False) == pytest.approx(PATIENCE / 2)
    assert schedule.pause(1.0, 60.0, has_credit=True) == pytest.approx(1 / MOST_TURNS)
    schedule.look(1.0 + PATIENCE)
    schedule.sent(3.0, 0.0, 100)
    assert schedule.pause(3.0, 60.0, has_credit=True) == pytest.approx(OPEN_EVERY)
    assert schedule.pause(3.0, 60.0, has_credit=False) == pytest.approx(1.0 + PATIENCE, abs=4)


def test_the_writer_never_spins(schedule: CommSchedule) -> None:
    assert schedule.pause(1000.0, 60.0, has_credit=True) > 0


def test_one_that_never_hears_is_open_from_the_beginning_and_stays_so() -> None:
    schedule = CommSchedule(Pace(), is_deaf=True)
    sent, now = [], 0.0
    while now < LATER + 10:
        schedule.look(now)
        if now % 7 < 0.01:
            schedule.heard()
        if can_send(schedule, now):
            schedule.sent(now, 0.0, 100)
            sent.append(now)
        now += 0.01
    assert schedule.is_open
    assert sum(at < 10 for at in sent) == pytest.approx(10 / OPEN_EVERY, rel=0.1)
    assert sum(at > LATER for at in sent) == pytest.approx(10 / LATER_EVERY, rel=0.2)


def test_what_is_said_in_an_open_loop_counts_as_its_patches_do() -> None:
    schedule = CommSchedule(Pace(), is_deaf=True)
    schedule.said(0.0, 100)
    assert schedule.delay(0.0) == pytest.approx(OPEN_EVERY)
    schedule.sent(1.0, 0.0, OPEN_BYTES)
    schedule.said(1.0, 2 * OPEN_BYTES)
    assert schedule.delay(1.0) == pytest.approx(3 * OPEN_EVERY)


def test_who_has_gone_is_sent_less_and_less() -> None:
    """A server of notebooks keeps all that nobody takes."""
    schedule, now, sent = CommSchedule(Pace(), is_deaf=True), 0.0, 0
    while now < 8 * 3600:
        assert can_send(schedule, now)
        schedule.sent(now, 0.0, OPEN_BYTES)
        sent += OPEN_BYTES
        now += schedule.pause(now, 60.0, has_credit=True)
        while not can_send(schedule, now):
            schedule.look(now)
            now += 0.05
    assert sent < 1200 << 20
    schedule.sent(now, 0.0, 100)
    assert not can_send(schedule, now + 0.9 * SELDOM_EVERY)
    assert can_send(schedule, now + 1.1 * SELDOM_EVERY), "somebody may look"


def test_each_cell_that_is_not_heard_begins_at_once_however_long_ago_the_last_one_was(
    schedule: CommSchedule,
) -> None:
    schedule.sent(0.0, 0.0, 100)
    schedule.look(PATIENCE)
    assert schedule.is_open
    schedule.heard()
    begin = 5 * LATER
    schedule.sent(begin, 0.0, 100)
    schedule.look(begin + SHORT_PATIENCE)
    assert schedule.is_open
    assert can_send(schedule, begin + SHORT_PATIENCE)


def test_of_large_patches_few_are_in_flight(schedule: CommSchedule) -> None:
    assert schedule.credit == CREDIT
    schedule.sent(1.0, 0.0, IN_FLIGHT // CREDIT)
    assert schedule.credit == CREDIT
    schedule.sent(2.0, 0.0, IN_FLIGHT // 4)
    assert schedule.credit == 4
    schedule.sent(3.0, 0.0, 100 * IN_FLIGHT)
    assert schedule.credit == FEWEST
    schedule.look(3.0 + PATIENCE)
    assert schedule.credit == float("inf"), "an open loop waits for none"
    schedule.heard()
    schedule.sent(9.0, 0.0, 100)
    assert schedule.credit == CREDIT
