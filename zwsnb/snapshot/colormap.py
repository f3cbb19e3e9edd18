"""The colours of an image: equal steps of value are steps of colour that look equal, dark for low
values and light for high ones. The rule is that of the page: ``static/image/colormap.js``.
"""

from __future__ import annotations

import math
from typing import Final, TypeAlias

from zwsnb.protocol.images.image_patch import LEVELS

Rgb: TypeAlias = tuple[int, int, int]

_LIGHTNESS: Final = (0.22, 0.94)
_HUE: Final = (310, 110)
_CHROMA: Final = (0.1, 0.07, 0.16)
"""At the dark end, between, and at the light end."""


def color_at(part: float) -> Rgb:
    """Return the colour at a part of the scale, 0 to 1: on a path through OKLab, an even rise of
    lightness while the hue turns from violet over blue and green to yellow.
    """
    lightness = _between(_LIGHTNESS, part)
    hue = math.radians(_between(_HUE, part))
    dark, middle, light = _CHROMA
    chroma = dark * (1 - part) ** 2 + 2 * middle * part * (1 - part) + light * part**2
    return _rgb_of(lightness, chroma * math.cos(hue), chroma * math.sin(hue))


def _between(ends: tuple[float, float], part: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * part


def _rgb_of(lightness: float, a: float, b: float) -> Rgb:
    """OKLab to sRGB."""
    l_ = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        _byte_of(4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_),
        _byte_of(-1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_),
        _byte_of(-0.0041960863 * l_ - 0.7034186147 * m_ + 1.707614701 * s_),
    )


def _byte_of(linear: float) -> int:
    within = max(0.0, min(linear, 1.0))
    gamma = 12.92 * within if within <= 0.0031308 else 1.055 * within ** (1 / 2.4) - 0.055
    return math.floor(gamma * 255 + 0.5)


PALETTE: Final = [(0, 0, 0), *(color_at(i / (LEVELS - 1)) for i in range(LEVELS))]
"""By the number of the colour; that of 0 is not seen."""
