"""A plot as one page: what is in it, and that others run while it is made."""

from __future__ import annotations

import gevent
import numpy as np
from support.snapshots import plot_of, plot_with

from zwsnb.history.plots import Plot
from zwsnb.server.saved_page import saved_page


def test_it_is_a_document_with_the_title_of_the_plot() -> None:
    page = saved_page(plot_of((0, 1), title="Run <1>"), None).decode()
    assert page.startswith("<!doctype html>")
    assert "<title>Run &lt;1&gt;</title>" in page
    assert "<title>p</title>" in saved_page(Plot("p"), None).decode()


def test_it_has_no_word_of_the_relay() -> None:
    page = saved_page(plot_of((0, 1)), None).decode()
    assert "static/dist" not in page
    assert page.count("</script>") == 3


def test_others_run_while_it_is_made() -> None:
    plot = plot_with({}, y=np.random.default_rng(1).standard_normal(500_000))
    turns = []

    def other() -> None:
        while True:
            turns.append(1)
            gevent.sleep(0)

    greenlet = gevent.spawn(other)
    saved_page(plot, None)
    greenlet.kill()
    assert len(turns) > 30
