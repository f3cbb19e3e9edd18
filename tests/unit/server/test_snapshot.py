"""A picture that is made while others have their turns."""

from __future__ import annotations

import math

import gevent
import numpy as np
from support.snapshots import plot_with

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
    svg = snapshot(plot)
    greenlet.kill()
    assert len(turns) > 5
    assert svg == render_svg(plot)
