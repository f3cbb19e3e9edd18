"""The colours of an image: those of the page, which reads the same table, and even."""

from __future__ import annotations

import itertools
import math

import pytest
from support.rules import check_golden

from zwsnb.painting.colormap import PALETTE, color_at


def test_the_golden_table_holds() -> None:
    check_golden("color_at")


def lab(color: tuple[int, int, int]) -> tuple[float, float, float]:
    """A colour of sRGB in OKLab."""
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color
    )
    long, middle, short = (
        (a * red + b * green + c * blue) ** (1 / 3)
        for a, b, c in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )


def test_equal_steps_of_value_look_equal() -> None:
    colors = [lab(color_at(i / 32)) for i in range(33)]
    steps = [math.dist(a, b) for a, b in itertools.pairwise(colors)]
    assert max(steps) < 1.35 * min(steps)
    rises = [b[0] - a[0] for a, b in itertools.pairwise(colors)]
    assert rises == pytest.approx([(0.94 - 0.22) / 32] * 32, abs=0.004)


def test_each_number_has_a_colour_of_its_own() -> None:
    assert len(PALETTE) == 256
    assert len(set(PALETTE[1:])) == 255
