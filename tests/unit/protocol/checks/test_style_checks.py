"""A spectrum is the style of a whole plot, and of what has one; a density is one of points in the
order of publishing.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from zwsnb.protocol.checks.style_checks import check_styles
from zwsnb.protocol.options import check_options


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"xy": True, "series": {"a": {"style": "candles"}}},
        {"style": "spectrum"},
        {"style": "spectrum", "xy": False, "series": {"a": {"style": "area", "color": "red"}}},
        {"style": "spectrum", "panels": [["a"], ["b"]], "log": "xy", "window": "10s"},
    ],
)
def test_what_can_be_is_taken(options: Mapping[str, object]) -> None:
    assert check_options(options).get("style") == options.get("style")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"xy": True}, "and xy is True"),
        ({"series": {"a": {"xy": True}}}, "and xy of 'a' is True"),
        ({"series": {"b": {}, "a": {"style": "candles"}}}, "and style of 'a' is 'candles'"),
        ({"series": {"a": {"style": "density"}}}, "and style of 'a' is 'density'"),
    ],
)
def test_what_has_none_is_refused_with_the_repair(more: Mapping[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        check_options({"style": "spectrum", **more})
    assert 'p.spectrum("y")' in str(caught.value)
    check_styles(check_options({"style": "line", **more}))


def test_of_one_series_it_is_a_plot_of_its_own() -> None:
    with pytest.raises(ValueError, match=r"series\['a'\]\['style'\] is 'spectrum'") as caught:
        check_options({"series": {"a": {"style": "spectrum"}}})
    assert 'p.spectrum("y")' in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"style": "density", "xy": False},
        {"xy": False, "series": {"a": {"style": "density"}}},
        {"style": "density", "series": {"a": {"style": "density", "xy": False}}},
    ],
)
def test_a_density_is_of_points_as_they_were_published(options: Mapping[str, object]) -> None:
    with pytest.raises(ValueError, match="and xy is False: a density is of points in the order"):
        check_options(options)


@pytest.mark.parametrize(
    "options",
    [
        {"style": "density"},
        {"style": "density", "xy": True},
        {"xy": False, "series": {"a": {"style": "density", "xy": True}}},
    ],
)
def test_a_density_may_be_of_a_curve(options: Mapping[str, object]) -> None:
    check_options(options)
