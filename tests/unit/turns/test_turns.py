"""Turns of those who have much to do, counted by a clock that moves with the work."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import pytest
from support.greenlets import run_all

from zwsnb.relay import hub
from zwsnb.turns.pause import pause
from zwsnb.turns.turns import TURN, Turns, first_of, in_turns, last_of, turns

PIECE = TURN / 3.99
"""Four are a turn."""


class World:
    """A clock, and what has happened: the names of those who worked, and "." where the hub looked
    round.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.log = ""
        self.turns = Turns(lambda: self.now, self.look_round)
        self.longest = self._since = 0.0

    def look_round(self) -> None:
        self.log += "."
        self._since = self.now
        gevent.sleep(0)

    def steps(self, name: str, pieces: int, result: str = "") -> Iterator[str | None]:
        for _ in range(pieces):
            self.now += PIECE
            self.log += name
            self.longest = max(self.longest, self.now - self._since)
            yield None
        yield result or None

    def spawn(self, party: object, name: str, pieces: int) -> gevent.Greenlet[..., list[str]]:
        return gevent.spawn(lambda: list(self.turns.of(party, self.steps(name, pieces, name * 2))))


@pytest.fixture
def world() -> World:
    return World()


def rounds(world: World) -> list[str]:
    """Who worked between two times that the hub looked round."""
    return [worked for worked in world.log.split(".") if worked]


def test_what_is_short_is_answered_at_once(world: World) -> None:
    assert list(world.turns.of("a", world.steps("a", 2, "done"))) == ["done"]
    assert world.log == "aa"


def test_the_hub_looks_round_after_each_turn(world: World) -> None:
    done = world.spawn("a", "a", 12)
    run_all()
    assert done.value == ["aa"]
    assert rounds(world) == ["aaaa"] * 3


def test_short_ones_that_follow_each_other_make_a_turn_together(world: World) -> None:
    for _ in range(8):
        list(world.turns.of("a", world.steps("a", 1)))
    assert rounds(world) == ["aaaa"] * 2


def test_parties_have_turns_one_after_the_other_however_many_questions_they_have(
    world: World,
) -> None:
    greedy = [world.spawn("greedy", "g", 12) for _ in range(5)]
    modest = world.spawn("modest", "m", 12)
    modest.join(timeout=10)
    assert modest.value == ["mm"]
    before = world.log[: world.log.rindex("m")]
    assert before.count("g") <= 12 + 4 + 4  # as many turns as the other, and one before and after
    run_all()
    assert [each.value for each in greedy] == [["gg"]] * 5


def test_a_hundred_at_once_never_hold_the_hub_for_longer_than_a_turn(world: World) -> None:
    done = [world.spawn(number, "x", 9) for number in range(100)]
    run_all()
    assert all(each.value == ["xx"] for each in done)
    assert world.longest <= 2 * TURN


def test_a_result_ends_a_turn_and_what_is_done_with_it_is_not_counted(world: World) -> None:
    def steps() -> Iterator[int | None]:
        for number in range(3):
            world.now += PIECE
            yield number

    got = []
    for number in world.turns.of("a", steps()):
        world.now += 100.0  # its reader is slow
        got.append(number)
    assert got == [0, 1, 2]
    assert world.log == ""


def test_who_breaks_off_while_it_waits_leaves_its_place(world: World) -> None:
    one, other = world.spawn("a", "a", 12), world.spawn("b", "b", 12)
    gevent.sleep(0)
    one.kill()
    run_all()
    assert other.value == ["bb"]
    assert not world.turns._rota
    assert world.turns._granting is None


def test_an_error_ends_the_question_alone(world: World) -> None:
    def failing() -> Iterator[str | None]:
        world.now += 2 * TURN
        yield None
        raise ValueError("one of ours")

    failed = gevent.spawn(lambda: list(world.turns.of("a", failing())))
    other = world.spawn("b", "b", 12)
    with pytest.raises(ValueError, match="one of ours"):
        failed.get(timeout=10)
    run_all()
    assert other.value == ["bb"]


def test_a_step_that_is_long_may_pause_within(world: World) -> None:
    def step() -> Iterator[str]:
        for _ in range(12):
            world.now += PIECE
            world.log += "p"
            pause()
        yield "painted"

    one = gevent.spawn(lambda: list(world.turns.of("p", step())))
    other = world.spawn("m", "m", 8)
    run_all()
    assert one.value == ["painted"]
    assert other.value == ["mm"]
    assert rounds(world) == ["pppp", "pppp", "mmmm", "pppp", "mmmm"]
    pause()  # where nobody has turns


def test_a_greenlet_that_is_spawned_in_a_turn_has_none(world: World) -> None:
    def spawned() -> None:
        world.now += 10 * PIECE
        pause()
        world.log += "s"

    def step() -> Iterator[str]:
        gevent.spawn(spawned)
        yield "done"

    assert list(world.turns.of("p", step())) == ["done"]
    run_all()
    assert world.log == "s"


def test_those_who_wait_have_their_turns_though_memory_runs_out_between_two(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        monkeypatch.undo()
        raise MemoryError

    monkeypatch.setattr(hub, "AGAIN_AFTER", 0.01)
    monkeypatch.setattr(gevent.get_hub(), "handle_error", lambda *_: None)
    monkeypatch.setattr(world.turns, "_look_round", fail)
    asked = [world.spawn(name, name, 20) for name in "ab"]
    gevent.joinall(asked, timeout=10)
    assert [each.value for each in asked] == [["aa"], ["bb"]]


def test_a_hub_has_one_rota_for_all() -> None:
    assert turns() is turns()
    assert list(in_turns("a", iter([None, 1, None, 2]))) == [1, 2]
    assert last_of("a", iter([None, 7])) == 7
    with pytest.raises(AssertionError):
        last_of("a", iter([None]))


def test_what_is_made_at_once_has_no_turns() -> None:
    steps = iter([None, None, 7, 8])
    assert first_of(steps) == 7
    assert next(steps) == 8
    assert first_of(iter([None])) is None
