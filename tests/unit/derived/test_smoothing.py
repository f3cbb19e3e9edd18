"""Smoothing by hand, from the legend."""

from __future__ import annotations

import pytest
from support.deriving import World

from zwsnb.derived.smoothing import smoothing, weight_of
from zwsnb.protocol.batch import Remove
from zwsnb.protocol.derivation import Derive


def test_a_series_is_smoothed_under_a_name_of_its_own(world: World) -> None:
    world.publish([0, 1], [0, 1], "train/loss")
    catalog = world.plot.catalog
    body = smoothing(catalog, "train/loss", 0.9)
    assert body == Derive("plot", "train/loss smoothed", 'ema("train/loss", 0.9)')
    assert isinstance(body, Derive)
    world.derived.declare(body)
    # The slider of either says how much, and changes it.
    for name in ("train/loss", "train/loss smoothed"):
        assert weight_of(catalog, name) == 0.9
        assert smoothing(catalog, name, 0.0) == Remove("plot", "train/loss smoothed")
        assert smoothing(catalog, name, 0.5).series == "train/loss smoothed"


def test_what_a_program_derives_is_smoothed_like_any_other(world: World) -> None:
    world.derive("ema(y, .9)")
    assert weight_of(world.plot.catalog, "ema(y, .9)") == weight_of(world.plot.catalog, "y") == 0
    body = smoothing(world.plot.catalog, "ema(y, .9)", 0.5)
    assert body == Derive("plot", "ema(y, .9) smoothed", 'ema("ema(y, .9)", 0.5)')


def test_by_0_only_what_is_smooth_by_hand_is_removed(world: World) -> None:
    world.publish([0, 1], [0, 1], "loss")
    world.publish([0, 1], [0, 1], "loss smoothed")
    world.derive("loss + 1", "a smoothed")
    for name in ("loss", "loss smoothed", "a"):
        with pytest.raises(ValueError, match="not smoothed by hand"):
            smoothing(world.plot.catalog, name, 0.0)


@pytest.mark.parametrize("weight", [1.0, -0.5, 2.0])
def test_a_weight_is_from_0_to_less_than_1(world: World, weight: float) -> None:
    with pytest.raises(ValueError, match="expression"):
        smoothing(world.plot.catalog, "y", weight)
