"""What is said of plots is bounded in all of them, and looking at it costs little."""

from __future__ import annotations

import pytest

from zwsnb.history.plots import Plot
from zwsnb.protocol.batch import Mark, SetOptions
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.relay import said
from zwsnb.relay.said import SLACK, Said, size_of


@pytest.fixture(autouse=True)
def _little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "MOST_SAID", 100_000)


def mark(plot: Plot, text: str, its: Said) -> None:
    body = Mark(plot.name, 1.0, text)
    its.admit(plot, body)
    plot.mark(body.x, body.text)


def fill(its: Said, plots: list[Plot]) -> None:
    """Mark plots in turn until that is refused."""
    for _ in range(1000):
        for plot in plots:
            mark(plot, 100 * "x", its)


def test_marks_of_many_plots_have_one_bound() -> None:
    its, plots = Said(), [Plot(f"p{i}") for i in range(10)]
    with pytest.raises(InvalidMessage) as refused:
        fill(its, plots)
    assert refused.value.kind == "too much said"
    assert 60_000 < sum(map(size_of, plots)) < 160_000
    for plot in plots[:5]:
        its.forget(plot.name)
    mark(plots[7], "goes on", its)


def test_what_replaces_what_was_there_is_never_too_much() -> None:
    its, plot = Said(), Plot("p")
    for i in range(2000):
        body = SetOptions("p", {"title": f"{i} " + 100 * "x"})
        its.admit(plot, body)
        plot.set_options(body.options)
    assert its.total < 20_000


def test_what_is_cleared_makes_room() -> None:
    its, plot = Said(), Plot("p")
    with pytest.raises(InvalidMessage):
        fill(its, [plot])
    plot.clear()
    its.look(plot)
    mark(plot, "goes on", its)
    its.look(Plot("of which nothing was said"))
    its.forget("p")
    its.forget("p")
    assert its.total == 0


@pytest.mark.parametrize("is_full", [False, True])
def test_a_plot_is_looked_at_once_in_a_while(*, is_full: bool) -> None:
    looked = []

    def look(plot: Plot) -> int:
        looked.append(plot)
        return 99_900 if is_full else 50_000

    its, plot = Said(look), Plot("p")
    admitted = refused = 0
    for _ in range(1000):
        try:
            its.admit(plot, Mark("p", 1.0, 100 * "x"))
            admitted += 1
        except InvalidMessage:
            refused += 1
    each = len(str(Mark("p", 1.0, 100 * "x")))
    assert len(looked) <= 1 + 1000 * each // (SLACK if is_full else 50_000) + 1
    assert (refused > 900) == is_full


def test_the_size_is_that_of_all_that_was_said() -> None:
    plot = Plot("p")
    least = size_of(plot)
    plot.set_options({"title": 500 * "t"})
    plot.mark(1.0, 100 * "m")
    assert least + 600 <= size_of(plot) <= least + 800
