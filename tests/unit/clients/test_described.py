"""What a page is told of series."""

from __future__ import annotations

import numpy as np

from zwsnb.clients.described import described
from zwsnb.derived.derivations import Derivations
from zwsnb.history.plots import History
from zwsnb.protocol.derivation import Derive


def test_what_is_derived_says_from_what_and_what_is_smoothed_by_how_much() -> None:
    plot = History().get_or_create("p")
    derived = Derivations(plot)
    plot.append("y", np.arange(2.0), np.arange(2.0))
    derived.declare(Derive("p", "more", "y + 1"))
    derived.declare(Derive("p", "y smoothed", "ema(y, .9)"))
    derived.update(100)
    keys = ("name", "source", "derived", "smooth")
    said = [tuple(each.get(key) for key in keys) for each in described(plot)]
    assert said == [
        ("y", None, None, 0.9),
        ("more", "y", "y + 1", None),
        ("y smoothed", "y", "ema(y, .9)", 0.9),
    ]


def test_series_that_are_shown_by_frequency_are_those_of_the_plot() -> None:
    plot = History().get_or_create("p")
    plot.append("y", np.arange(2.0), np.arange(2.0))
    before = described(plot)
    plot.set_options({"style": "spectrum"})
    assert described(plot) == before
    plot.rename("y", "z")
    assert [each["name"] for each in described(plot)] == ["z"]
