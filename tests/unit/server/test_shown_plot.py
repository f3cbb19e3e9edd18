"""Who draws a plot once is given the newest of it, and others run meanwhile."""

from __future__ import annotations

import gevent
import gevent.event
import numpy as np
import pytest

from zwsnb.derived.face import face_of
from zwsnb.history.plots import Plot
from zwsnb.server.shown_plot import PAGE, drawing, shown_plot
from zwsnb.turns.rota import GUESTS


def test_a_plot_is_shown_as_it_is() -> None:
    plot = Plot("p")
    assert shown_plot(plot, None) is plot


def test_a_spectrum_is_of_all_that_has_come_and_others_run_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zwsnb.derived.face.A_TURN", 1_000)
    monkeypatch.setattr("zwsnb.turns.turns.TURN", 0.0)  # each step is one
    plot = Plot("p")
    plot.set_options({"style": "spectrum"})
    x = np.arange(1_000.0)
    for name in "abcd":
        plot.append(name, x, np.sin(2 * np.pi * x / 8))
    face = face_of(plot)
    for name in "abcd":
        plot.append(name, x + 1_000, np.sin(2 * np.pi * x / 8))
    turns: list[int] = []

    def other() -> None:
        while True:
            turns.append(1)
            gevent.sleep(0)

    greenlet = gevent.spawn(other)
    assert shown_plot(plot, None) is face
    greenlet.kill()
    assert {each.count for each in face.series.values()} == {1_001}
    assert len(turns) >= 3


def test_of_a_plot_there_is_one_drawing_at_a_time() -> None:
    running, most = [0], []

    def draw(plot: Plot) -> None:
        with drawing(plot, None, PAGE) as shown:
            assert shown is plot
            running[0] += 1
            most.append(running[0])
            gevent.sleep(0)
            running[0] -= 1

    one, other = Plot("p"), Plot("p")
    gevent.joinall([gevent.spawn(draw, one) for _ in range(3)], raise_error=True)
    assert most == [1, 1, 1]
    gevent.joinall([gevent.spawn(draw, plot) for plot in (one, other)], raise_error=True)
    assert max(most) == 2, "another one does not wait"


def test_guests_wait_for_each_other_and_hold_up_nobody_else() -> None:
    plot, standing, begun = Plot("p"), gevent.event.Event(), []

    def draw() -> None:
        with drawing(plot, GUESTS, PAGE):
            begun.append(1)
            standing.wait()

    guests = [gevent.spawn(draw) for _ in range(3)]
    gevent.sleep(0)
    with gevent.Timeout(5), drawing(plot, GUESTS, "image/svg+xml"):
        assert begun == [1], "a picture waits for no pages"
    with gevent.Timeout(5), drawing(plot, "the owner", PAGE):
        assert begun == [1]
    standing.set()
    gevent.joinall(guests, raise_error=True)
    assert begun == [1, 1, 1]
