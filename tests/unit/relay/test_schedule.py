"""The take schedule, rule by rule, on a clock of the test."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from zwsnb.producer import queue, sink
from zwsnb.producer.sink import HEARTBEAT, TICK
from zwsnb.relay import schedule
from zwsnb.relay.schedule import (
    BUSY,
    EACH,
    FLOOD,
    FRAME,
    MANY,
    MAX_SPACING,
    RARE_TICK,
    SECOND_AFTER,
    SECOND_AT_LAST,
    SHARE,
    SLOW_TICK,
    UPDATE_EVERY,
    PatchSpacing,
    SendSchedule,
    TakeSchedule,
    is_boosted,
    is_flood,
    rest_after,
    should_take_before_sending,
    spacing,
    take_interval,
)

CONSTANTS = {
    **{name: getattr(schedule, name) for name in ("SLOW_TICK", "RARE_TICK", "SECOND_AFTER")},
    **{name: getattr(schedule, name) for name in ("SHARE", "MAX_SPACING", "FRAME", "BUSY")},
    **{name: getattr(schedule, name) for name in ("MEASURE_EVERY", "BOOSTED", "UPDATE_EVERY")},
    **{name: getattr(queue, name) for name in ("SOFT_LIMIT", "HIGH_WATER_MARK", "MAX_TAKEN")},
    **{name: getattr(schedule, name) for name in ("FLOOD", "MANY", "EACH", "SECOND_AT_LAST")},
    "HEARTBEAT": sink.HEARTBEAT,
    "MAX_WAIT": queue.MAX_WAIT,
    "TICK": sink.TICK,
}
UNITS = {"": 1.0, "ms": 1e-3, "KiB": 2.0**10, "MiB": 2.0**20}


def described() -> dict[str, set[float]]:
    """The constants that the rules name, with the values that they give."""
    found: dict[str, set[float]] = {}
    text = str(schedule.__doc__)
    for name, number, unit in re.findall(r"`([A-Z_]+)`\s+\(([\d.,]+)(?:\s(\w+))?\)", text):
        found.setdefault(name, set()).add(float(number.replace(",", "")) * UNITS[unit])
    return found


@pytest.mark.parametrize("name", sorted(CONSTANTS))
def test_the_rules_give_every_constant_with_its_value(name: str) -> None:
    [value] = described()[name]
    assert value == pytest.approx(CONSTANTS[name], rel=0.03)


def test_the_rules_name_no_other_constant() -> None:
    assert described().keys() == CONSTANTS.keys()


def test_the_schedule_has_no_clock_of_its_own() -> None:
    assert not {"time", "gevent", "zmq", "threading"} & set(vars(schedule))


# -- taking ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has_reader", "is_painting", "interval"),
    [
        (False, False, SLOW_TICK),
        (False, True, RARE_TICK),
        (True, False, TICK),
        (True, True, TICK),
    ],
)
def test_the_next_take_comes_as_soon_as_those_ask_who_watch(
    has_reader: bool, is_painting: bool, interval: float
) -> None:
    assert take_interval(has_reader=has_reader, is_painting=is_painting) == interval


def test_a_new_schedule_waits_for_a_heartbeat_and_takes() -> None:
    takes = TakeSchedule()
    assert takes.pause == HEARTBEAT
    assert takes.is_due(0.0, is_woken=False)
    assert not takes.is_fresh(0.0)


@pytest.mark.parametrize(
    ("after", "is_woken", "is_due"),
    [
        (0.0, True, True),
        (0.001, True, True),
        (0.001, False, False),
        (SLOW_TICK / 2 - 1e-6, False, False),
        (SLOW_TICK / 2 + 1e-6, False, True),
        (SLOW_TICK * 0.999, False, True),
        (1.0, False, True),
    ],
)
def test_a_take_by_the_clock_is_left_out_after_another_one(
    after: float, is_woken: bool, is_due: bool
) -> None:
    takes = TakeSchedule()
    takes.found_some(SLOW_TICK)
    takes.take_began(100.0)
    assert takes.is_due(100.0 + after, is_woken=is_woken) == is_due


@pytest.mark.parametrize("interval", [TICK, SLOW_TICK, RARE_TICK])
def test_the_pause_is_what_the_last_take_asks_for(interval: float) -> None:
    takes = TakeSchedule()
    takes.found_some(interval)
    assert takes.pause == interval
    takes.found_nothing()
    assert takes.pause == HEARTBEAT


@pytest.mark.parametrize(
    ("after", "is_fresh"), [(0.0, True), (TICK - 1e-6, True), (TICK + 1e-6, False), (1.0, False)]
)
def test_a_take_is_fresh_for_a_tick(after: float, is_fresh: bool) -> None:
    takes = TakeSchedule()
    takes.take_began(100.0)
    assert takes.is_fresh(100.0 + after) == is_fresh


def clock_takes(
    asked: Sequence[float], interval: float, until: float, woken: Sequence[float] = ()
) -> list[float]:
    """Run the relay's loop on a clock, beside takes that others ask for at the times `asked`.

    Return when it takes by itself.
    """
    takes, now = TakeSchedule(), 0.0
    found: list[float] = []
    takes.found_some(interval)
    others, wakes = list(asked), list(woken)
    while True:
        slept = now + takes.pause
        is_woken = bool(wakes) and wakes[0] < slept
        now = wakes.pop(0) if is_woken else slept
        if now > until:
            return found
        while others and others[0] <= now:
            takes.take_began(others.pop(0))
        if takes.is_due(now, is_woken=is_woken):
            takes.take_began(now)
            found.append(round(now, 6))
            takes.found_some(interval)


def test_without_a_page_points_are_taken_by_the_clock() -> None:
    assert len(clock_takes([], SLOW_TICK, until=3.0)) == 100
    assert len(clock_takes([], TICK, until=1.0)) == pytest.approx(250, abs=1)


def test_beside_a_page_that_paints_60_frames_a_second_nothing_is_taken_by_the_clock() -> None:
    frames = [i * FRAME for i in range(600)]
    assert clock_takes(frames, RARE_TICK, until=9.9) == []


def test_a_page_that_stops_asking_leaves_the_takes_to_the_clock() -> None:
    frames = [i * FRAME for i in range(60)]
    found = clock_takes(frames, RARE_TICK, until=3.0)
    assert found
    assert found[0] - frames[-1] <= 1.5 * RARE_TICK


def test_a_wake_up_is_followed_at_once_whatever_was_just_taken() -> None:
    assert clock_takes([0.1], RARE_TICK, until=0.2, woken=[0.1001]) == [0.1001]


# -- sending ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("has_credit", "in_flight", "after", "delay", "can_send"),
    [
        (True, 0, 0.0, 0.0, True),
        (True, 0, 0.0, 0.03, True),
        (False, 2, 1.0, 0.0, False),
        (False, 0, 1.0, 0.0, False),
        (True, 1, 0.0, 0.0, False),
        (True, 1, SECOND_AFTER - 1e-6, 0.0, False),
        (True, 1, SECOND_AFTER + 1e-6, 0.0, True),
        (True, 1, SECOND_AFTER + 0.02, 0.03, False),
        (True, 1, SECOND_AFTER + 0.031, 0.03, True),
    ],
)
def test_a_page_is_sent_one_patch_and_a_second_when_the_first_is_late(
    has_credit: bool, in_flight: int, after: float, delay: float, can_send: bool
) -> None:
    page = SendSchedule()
    page.sent(100.0, delay)
    assert page.can_send(100.0 + after, has_credit=has_credit, in_flight=in_flight) == can_send


def test_a_page_that_draws_slowly_is_sent_one_patch_a_frame_and_now_and_then_a_second() -> None:
    page, now, frame, seconds = SendSchedule(), 0.0, 1 / 30, 0
    for _ in range(300):
        page.sent(now, 0.0)
        is_sent = page.can_send(now + frame - 0.002, has_credit=True, in_flight=1)
        seconds += is_sent
        now += frame
        page.painted(2 if is_sent else 1)
    assert 30 < seconds < 60


def test_the_second_patch_comes_after_a_while_to_whoever_stands_still_and_soon_again() -> None:
    page = SendSchedule()
    for _ in range(20):
        page.painted(2)
    page.sent(0.0, 0.0)
    assert not page.can_send(SECOND_AT_LAST, has_credit=True, in_flight=1)
    assert page.can_send(SECOND_AT_LAST + 1e-6, has_credit=True, in_flight=1)
    for _ in range(20):
        page.painted(0)
    page.sent(0.5, 0.0)
    assert not page.can_send(0.5 + SECOND_AT_LAST, has_credit=True, in_flight=1)
    for _ in range(20):
        page.painted(1)
    page.sent(1.0, 0.0)
    assert page.can_send(1.0 + SECOND_AFTER + 1e-6, has_credit=True, in_flight=1)


def test_a_new_page_is_sent_its_first_patch_at_once() -> None:
    assert SendSchedule().can_send(0.0, has_credit=True, in_flight=0)


@pytest.mark.parametrize(
    ("is_due", "is_fresh", "should_take"),
    [(True, True, False), (True, False, True), (False, True, True), (False, False, True)],
)
def test_of_many_pages_that_ask_one_takes(is_due: bool, is_fresh: bool, should_take: bool) -> None:
    assert should_take_before_sending(is_due=is_due, is_fresh=is_fresh) == should_take


# -- thousands of series ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("series", "seconds"),
    [(1, 0), (MANY, 0), (MANY + 1, EACH * (MANY + 1)), (1000, MAX_SPACING), (10**6, MAX_SPACING)],
)
def test_work_for_each_of_many_series_is_followed_by_a_rest(series: int, seconds: float) -> None:
    assert rest_after(series) == pytest.approx(seconds)


def test_a_relay_that_took_from_many_series_rests_before_the_next_take() -> None:
    takes = TakeSchedule()
    assert takes.rest(0.0) == 0
    takes.took(10.0, 400)
    assert [takes.rest(now) for now in (10.0, 10.03, 10.2)] == pytest.approx([0.04, 0.01, 0])
    takes.took(10.01, MANY)
    assert takes.rest(10.01) == 0


# -- what a busy cell loses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "whole", "patches", "share", "seconds"),
    [
        (0.006, 0.1, 6, SHARE, 0.001 / SHARE),
        (0.006, 0.1, 6, 0.05, 0.001 / 0.05),
        (0.006, 0.1, 6, None, 0.0),
        (0.006, 0.006 + BUSY * 0.1 - 1e-6, 6, SHARE, 0.0),
        (0.006, 0.006 + BUSY * 0.1 + 1e-6, 6, SHARE, 0.001 / SHARE),
        (0.09, 0.09, 6, SHARE, 0.0),
    ],
)
def test_patches_are_spaced_by_what_they_cost_beside_threads_that_compute(
    own: float, whole: float, patches: int, share: float | None, seconds: float
) -> None:
    found = spacing(own=own, whole=whole, elapsed=0.1, patches=patches, share=share)
    assert found == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("seconds", "sent_at", "delays"),
    [
        (0.0, [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
        (0.01, [0.0, 0.02, 0.04], [0.0, 0.0, 0.0]),
        (0.03, [0.0, 0.03, 0.06], [0.03 - FRAME] * 3),
        (0.03, [0.0, 0.0], [0.03 - FRAME, MAX_SPACING - FRAME]),
        (1.0, [0.0, 1.0], [MAX_SPACING - FRAME] * 2),
    ],
)
def test_a_page_waits_for_its_turn_among_all_pages_but_not_for_long(
    seconds: float, sent_at: list[float], delays: list[float]
) -> None:
    pages = PatchSpacing()
    assert [pages.delay_after(now, seconds) for now in sent_at] == pytest.approx(delays)


@pytest.mark.parametrize(
    ("points", "flood"),
    [(0, False), (int(FLOOD * UPDATE_EVERY) - 1, False), (int(FLOOD * UPDATE_EVERY), True)],
)
def test_a_flood_is_what_only_a_loop_can_publish(points: int, flood: bool) -> None:
    assert is_flood(points) == flood


@pytest.mark.parametrize("flood", [False, True])
@pytest.mark.parametrize("is_watched", [False, True])
def test_the_interval_is_boosted_in_a_flood_that_is_watched(flood: bool, is_watched: bool) -> None:
    assert is_boosted(is_flood=flood, is_watched=is_watched) == (flood and is_watched)
