"""The colours of an image: equal steps of value are steps of colour that look equal, dark for low
values and light for high ones; and pictures in them. The rule is that of the page:
``static/image/colormap.js``.
"""

from __future__ import annotations

import base64
import math
import struct
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from zwsnb.axes.scales import Range
from zwsnb.painting import svg
from zwsnb.protocol.images.image_patch import LEVELS, Colors

if TYPE_CHECKING:
    from zwsnb.painting.svg import Box

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


class ColorLook(NamedTuple):
    """The scale of colours of a panel: the values of the first and of the last one, those between
    evenly spaced in their logarithms where it is `log`; what they are, and their unit. Of one value
    only `z` is it twice.
    """

    z: Range
    label: str
    unit: str
    log: bool = False


def png_of(colors: Colors) -> bytes:
    """Return colours by number, shape (height, width), as a PNG; 0 is transparent."""
    height, width = colors.shape
    rows = np.zeros((height, width + 1), np.uint8)  # before each row: no filter
    rows[:, 1:] = colors
    chunks = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(value for color in PALETTE for value in color)),
        (b"tRNS", b"\0"),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(box: Box, png: bytes) -> str:
    """Return a PNG that fills a rectangle."""
    return svg.image(box, f"data:image/png;base64,{base64.b64encode(png).decode()}")
