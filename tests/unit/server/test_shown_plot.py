"""Who draws a plot once is given the newest of it, and others run meanwhile."""

from __future__ import annotations

import gevent
import numpy as np
import pytest

from zwsnb.derived.face import face_of
from zwsnb.history.plots import Plot
from zwsnb.server.shown_plot import shown_plot


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
