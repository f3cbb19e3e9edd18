"""`zwsnb.track`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from support.logged import Cells, Logged

from zwsnb import Plot, track
from zwsnb.progress import bars, loops
from zwsnb.protocol.messages import Progress


class Clock:
    """A second passes with each look at it."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(loops, "time", made)
    monkeypatch.setattr(bars, "time", made)
    bars._bars.clear()
    return made


def shown(logged: Logged) -> list[list[str]]:
    """Return the first words of each bar, as they were shown."""
    progress = [body for body in logged.commands() if isinstance(body, Progress)]
    return [[" · ".join(b.text.split(" · ")[:2]) for b in body.bars] for body in progress]


def test_each_item_comes_and_the_plot_shows_how_far_it_is(logged: Logged) -> None:
    assert list(track("ab", text="t")) == ["a", "b"]
    assert shown(logged) == [["t · 0 %"], ["t · 50 %"], ["t · 100 %"], ["t · 2 in 5.0 s"]]


def test_loops_in_one_another_are_shown_below_one_another(logged: Logged) -> None:
    for _ in track(range(2), text="outer"):
        for _ in track("a", text="inner"):
            pass
    found = shown(logged)
    assert found[1] == ["outer · 0 %", "inner · 0 %"]
    assert found[3] == ["outer · 0 %", found[3][1]]
    assert max(map(len, found)) == 2, "an inner one takes the place of the one before it"
    assert len(found[-1]) == 1


def test_a_loop_that_is_left_says_so(logged: Logged) -> None:
    for item in track(range(5), plot=Plot("p")):
        if item == 2:
            break
    assert shown(logged)[-1] == ["stopped · 40 %"]


def test_a_cell_that_fails_ends_its_loops(logged: Logged, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = Cells(monkeypatch, track=track)
    monkeypatch.setattr("zwsnb.display.ipython.get_ipython", lambda: cells.shell)
    with pytest.raises(ZeroDivisionError):
        cells.run("for i in track(range(5)): 1 / (2 - i)")
    found = shown(logged)
    assert ["stopped · 40 %"] in found
    cells.run("for i in track('abc'): pass")
    assert {len(each) for each in shown(logged)} == {1}, "it is not inside the one that failed"


def test_it_is_shown_ten_times_a_second_at_most(
    logged: Logged, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    def tick() -> float:
        clock.now += 0.001
        return clock.now

    monkeypatch.setattr(clock, "monotonic", tick)
    list(track(range(1000)))
    assert 9 <= len(shown(logged)) <= 12


def test_without_a_service_the_loop_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: object) -> None:
        raise RuntimeError("zwsnb is not running")

    monkeypatch.setattr("zwsnb.api.publisher.send_command", refuse)
    assert list(track(range(3))) == [0, 1, 2]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: track(3), "a loop needs something to loop over, not a whole number"),  # type: ignore[arg-type]
        (lambda: track([], -1), "total is -1; it is a number of items"),
        (lambda: track([], True), "total is True"),
        (lambda: track([], text="\n"), "text"),
        (lambda: track([], plot=""), "plot is empty"),
    ],
)
def test_a_mistake_is_a_sentence_at_the_call(call: Callable[[], object], words: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert words in str(caught.value)


class Lazy:
    """What has a length that fails, as some data sets have."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __len__(self) -> int:
        raise self.error

    def __iter__(self) -> Iterator[int]:
        return iter([1, 2])


@pytest.mark.parametrize("error", [AttributeError("no"), RuntimeError("no"), OSError("no")])
def test_a_length_that_fails_is_none(logged: Logged, error: Exception) -> None:
    assert list(track(Lazy(error))) == [1, 2]
    assert shown(logged)[0] == ["0"]


@pytest.mark.parametrize("total", [None, 10**400])
def test_a_loop_without_an_end_has_no_total(logged: Logged, total: int | None) -> None:
    assert next(track(range(10**30), total)) == 0
    assert shown(logged)[0] == ["0"]
