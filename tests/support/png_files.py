"""Pictures in a notebook's file, as pixels."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

from PIL import Image


def image_of(output: Mapping[str, Any]) -> Image.Image:
    """Return the picture of an output."""
    return decoded(output["data"]["image/png"])


def decoded(png: str) -> Image.Image:
    """Return the picture that base64 holds."""
    return Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")


def pixels_like(image: Image.Image, color: str, within: int = 24) -> int:
    """Return how many pixels are about of a colour, `#rrggbb`."""
    wanted = bytes.fromhex(color.removeprefix("#"))
    counted = image.getcolors(1 << 24) or []
    return sum(
        count
        for count, found in counted
        if isinstance(found, tuple)
        and all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))
    )
