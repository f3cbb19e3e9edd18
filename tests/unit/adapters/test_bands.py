"""The bands that adapters propose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.logged import Logged

from zwsnb import api
from zwsnb.adapters import bands
from zwsnb.history.plots import Plot
from zwsnb.protocol.batch import SetOptions


def test_the_bands_of_a_plot_stand_beside_one_another(logged: Logged) -> None:
    kept = Plot("p")
    for series in ("a", "b"):
        bands.propose("p", series, [f"{series} low", f"{series} high"])
    bands.propose("other", "c", ["low", "high"])
    for body in logged.commands():
        assert isinstance(body, SetOptions)
        assert body.is_proposal
        if body.plot == "p":
            kept.propose(body.options)
    expected = {name: {"band": [f"{name} low", f"{name} high"]} for name in ("a", "b")}
    assert kept.options["series"] == expected
    kept.set_options({"title": "t"}, is_whole=True)
    assert kept.options["series"] == expected, "a whole call that says nothing of series"


@pytest.mark.parametrize("forget", [lambda: api.closed("p"), api.stop])
def test_a_plot_that_is_gone_has_none(logged: Logged, forget: Callable[[], None]) -> None:
    bands.propose("p", "a", ["low", "high"])
    assert bands.is_proposed("p", "a")
    assert logged.take()
    forget()
    assert not bands.is_proposed("p", "a")


@pytest.mark.parametrize(
    "names", [("", "low", "high"), ("a", "low\n", "high"), ("a", "b", "h" * 257)]
)
def test_an_odd_name_leaves_the_others_alone(logged: Logged, names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="series"):
        bands.propose("p", names[0], names[1:])
    assert not bands.is_proposed("p", names[0])
    assert logged.take() == []
