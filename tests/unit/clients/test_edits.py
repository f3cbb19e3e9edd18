"""What a page asks for becomes a command."""

from __future__ import annotations

import numpy as np
import pytest

from zwsnb.clients.edits import edit_of
from zwsnb.clients.page_messages import Remove, Rename, Smooth
from zwsnb.history.plots import Plot
from zwsnb.protocol import batch
from zwsnb.protocol.derivation import Derive
from zwsnb.protocol.messages import InvalidMessage


@pytest.fixture
def plot() -> Plot:
    plot = Plot("plot")
    for series in ("a", "b"):
        plot.append(series, np.arange(2.0), np.arange(2.0))
    plot.rename("b", "best")
    return plot


@pytest.mark.parametrize(
    ("message", "command"),
    [
        (Rename(1, "c"), batch.Rename("plot", "best", "c")),
        (Remove(1), batch.Remove("plot", "best")),
        (Smooth(1, 0.5), Derive("plot", "b smoothed", 'ema("b", 0.5)')),
    ],
)
def test_an_edit_names_its_series(
    plot: Plot, message: Rename | Remove | Smooth, command: batch.Command
) -> None:
    assert edit_of(plot, message) == command


@pytest.mark.parametrize("message", [Remove(7), Smooth(1, 1.0), Smooth(1, -1.0), Smooth(1, 0.0)])
def test_what_cannot_be_is_refused(plot: Plot, message: Remove | Smooth) -> None:
    with pytest.raises(InvalidMessage, match="bad page message"):
        edit_of(plot, message)
