"""A plot as one page: what is in it, and that others run while it is made."""

from __future__ import annotations

from collections.abc import Iterator

import gevent
import gevent.event
import numpy as np
import pytest
from support.snapshots import plot_of, plot_with

from zwsnb.history.plots import Plot
from zwsnb.saved.contents import Contents, contents_of
from zwsnb.server import saved_page as module
from zwsnb.server.doors.places import GUEST
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


def test_of_a_plot_there_is_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most = [0], []

    def contents(*of: object) -> Iterator[Contents | None]:
        running[0] += 1
        most.append(running[0])
        gevent.sleep(0)
        try:
            yield from contents_of(*of)  # type: ignore[arg-type]
        finally:
            running[0] -= 1

    monkeypatch.setattr(module, "contents_of", contents)
    one, other = plot_of((0, 1)), plot_of((0, 1))
    gevent.joinall([gevent.spawn(saved_page, one, None) for _ in range(3)], raise_error=True)
    assert most == [1, 1, 1]
    monkeypatch.setattr("zwsnb.turns.turns.TURN", 0.0)  # each step is one
    gevent.joinall(
        [gevent.spawn(saved_page, plot, None) for plot in (one, other)], raise_error=True
    )
    assert max(most) == 2, "another one does not wait"


def test_guests_wait_for_each_other_and_hold_up_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plot, standing = plot_of((0, 1)), gevent.event.Event()

    def contents(*of: object) -> Iterator[Contents | None]:
        standing.wait()
        return contents_of(*of)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(module, "contents_of", contents)
        guests = [gevent.spawn(saved_page, plot, GUEST) for _ in range(3)]
        gevent.sleep(0)
    with gevent.Timeout(5):
        assert saved_page(plot, "the owner").startswith(b"<!doctype html>")
    assert not any(guest.ready() for guest in guests)
    standing.set()
    gevent.joinall(guests, raise_error=True)
