"""A plot that is scrolled out of sight in JupyterLab; `make soak` does it for minutes."""

from __future__ import annotations

from collections.abc import Callable

import accounts
import pytest
from soaks.away import FEED, LONG, look_away
from support import lab

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]


def test_a_plot_out_of_sight_is_sent_nothing_and_is_live_when_it_is_back(
    open_notebook: Callable[..., lab.Notebook],
) -> None:
    notebook = open_notebook(FEED, *LONG, "p")
    url = notebook.run(0).split()[-1]
    cell = len(LONG) + 1
    notebook.run(cell)
    away = look_away(notebook, cell, url, seconds=2, looks=2)
    first, *_, last = away.received
    assert first == last, "patches while nobody sees it"
    assert away.points > 10_000
    assert max(away.heaps) - away.heaps[0] < 20e6
    assert accounts.wrong == []
