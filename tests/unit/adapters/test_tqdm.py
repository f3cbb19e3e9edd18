"""tqdm, the real one."""

from __future__ import annotations

import io
from typing import Any

import pytest
from support.logged import Logged

from zwsnb import Plot, api
from zwsnb.progress import bars
from zwsnb.protocol.messages import Progress

pytest.importorskip("tqdm")


@pytest.fixture(autouse=True)
def _bars() -> None:
    from zwsnb.adapters import tqdm

    bars._bars.clear()
    tqdm._reporters.clear()


def texts(logged: Logged) -> list[list[str]]:
    progress = [body for body in logged.commands() if isinstance(body, Progress)]
    return [[bar.text for bar in body.bars] for body in progress]


def test_the_plot_shows_how_far_it_is(logged: Logged) -> None:
    from zwsnb.adapters.tqdm import tqdm

    line = io.StringIO()
    assert list(tqdm("abc", desc="letters", plot="p", file=line)) == ["a", "b", "c"]
    found = texts(logged)
    assert found[0] == ["letters · 0 % · 0 of 3"]
    assert found[-1][0].startswith("letters · 3 in 0.0 s")
    assert "letters: 100%" in line.getvalue(), "tqdm's own line is there as well"


def test_a_bar_that_is_left_says_so(logged: Logged) -> None:
    from zwsnb.adapters.tqdm import trange

    with trange(4, plot="p", file=io.StringIO()) as bar:
        bar.update(1)
        bar.refresh()
    assert texts(logged)[-1][0].startswith("stopped · 25 % · 1 of 4")


def test_the_postfix_is_logged(logged: Logged) -> None:
    from zwsnb.adapters.tqdm import trange

    bar = trange(3, plot="p", file=io.StringIO())
    for _ in bar:
        bar.set_postfix({"name": "resnet"}, loss=0.5, refresh=False)
    assert logged.points() == {"p/loss": [(0, 0.5), (1, 0.5), (2, 0.5)]}
    assert bar.reporter.left_out == {"name": 3}


def test_a_text_that_is_a_number_is_one(logged: Logged) -> None:
    from zwsnb.adapters.tqdm import trange

    bar = trange(2, plot="p", file=io.StringIO())
    for _ in bar:
        bar.set_postfix({"loss": f"{0.5:.4f}"}, rate=f"{1e-5:.1e}", size="3 of 4", name="resnet")
    points = logged.points()
    assert (points["p/loss"], points["p/rate"]) == ([(0, 0.5), (1, 0.5)], [(0, 1e-5), (1, 1e-5)])
    assert bar.reporter.left_out == {"size": 2, "name": 2}


def test_bars_of_one_plot_go_on(logged: Logged, caplog: pytest.LogCaptureFixture) -> None:
    from zwsnb.adapters.tqdm import trange

    for plot in ("p", "p", Plot("p")):
        for _ in (bar := trange(2, plot=plot, file=io.StringIO())):
            bar.set_postfix(loss=0.5, name="resnet", refresh=False)
    assert [x for x, _ in logged.points()["p/loss"]] == [0, 1, 2, 3, 4, 5]
    assert bar.reporter.left_out == {"name": 6}
    assert len(caplog.records) == 1, "once, and not once a bar"
    api.closed("p")
    assert not trange(0, plot="p", file=io.StringIO()).reporter.left_out


def test_a_name_that_is_none_ends_no_loop(logged: Logged) -> None:
    from zwsnb.adapters.tqdm import trange

    name: Any = ["p"]
    bar = trange(2, plot=name, file=io.StringIO())
    for _ in bar:
        bar.set_postfix(loss=0.5)
    assert bar.reporter.left_out
    assert logged.take() == []


def test_a_bar_that_is_switched_off_shows_nothing(logged: Logged) -> None:
    from zwsnb.adapters.tqdm import tqdm

    assert list(tqdm([1], disable=True)) == [1]
    with pytest.raises(KeyError):
        tqdm(3, nonsense=4, file=io.StringIO())
    assert logged.take() == []
