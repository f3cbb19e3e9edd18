"""Pictures for the documents: PNG with few colours, where Pillow is there to make them."""

from __future__ import annotations

import importlib
import io
from typing import Any, Final

COLORS: Final = 240


def has_pillow() -> bool:
    """True when pictures can be made small; without it they are made at half the size."""
    return _pillow() is not None


def _pillow() -> Any:
    """Return Pillow, or None."""
    try:
        return importlib.import_module("PIL.Image")
    except ImportError:
        return None


def small(png: bytes) -> bytes:
    """Return a picture with few colours."""
    pillow = _pillow()
    if pillow is None:
        return png
    # This method keeps colours that few pixels have: the dot of the state.
    method, dither = pillow.Quantize.MAXCOVERAGE, pillow.Dither.NONE
    few = (
        pillow.open(io.BytesIO(png))
        .convert("RGB")
        .quantize(COLORS, method=method, kmeans=2, dither=dither)
    )
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
