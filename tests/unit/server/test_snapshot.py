"""A picture that is made while others have their turns."""

from __future__ import annotations

import math

import gevent
import numpy as np
from support.snapshots import plot_with

from zwsnb.controls import control
from zwsnb.history.plots import Plot
from zwsnb.painting.rows import rows_svg
from zwsnb.protocol.messages import Declare
from zwsnb.server.snapshot import snapshot
from zwsnb.snapshot.render import render_svg


def test_others_run_while_it_is_made() -> None:
    angle = np.linspace(0, math.tau, 300_000)
    plot = plot_with({"xy": True}, y=(np.cos(angle), np.sin(angle)))
    turns = []

    def other() -> None:
        while True:
            turns.append(1)
            gevent.sleep(0)

    greenlet = gevent.spawn(other)
    svg = snapshot(plot, None)
    greenlet.kill()
    assert len(turns) > 5
    assert svg == render_svg(plot)


def test_a_plot_with_controls_only_has_no_empty_axes() -> None:
    plot = Plot("p")
    button = control.button("stop")
    plot.controls.declare(Declare("p", "stop", button.declared()), "producer")
    assert snapshot(plot, None) == rows_svg(plot)
    plot.append("y", np.array([1.0]), np.array([1.0]))
    assert snapshot(plot, None) == render_svg(plot)
