"""Image patches, from the relay to a page: what changes in the columns that it paints, as bytes.
[no I/O]

One comes directly before the patch of the same number, with which it is painted and acknowledged.
The layout, with examples in bytes, is in ``docs/protocol.md``; this module is its only
implementation in Python, as ``static/image/image_wire.js`` is in the page.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from zwsnb.protocol.messages import VERSION, InvalidMessage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from zwsnb.kinds.arrays import Column

MAGIC: Final = b"ZWI%d" % VERSION

LEVELS: Final = 255
"""Colours of the scale: 1 to 255; 0 is no value."""

Colors: TypeAlias = "NDArray[np.uint8]"
"""Shape (n, rows): the colours of n columns, from the lowest y to the highest."""

_HEADER = struct.Struct("<4s9I6d")

_LOG: Final = 1
"""The flag of logarithmic colours."""

_DOWN: Final = 2
"""The flag of y that is said from the top down."""


@dataclass(slots=True, eq=False)
class ImagePatch:
    """What changes in the image of a page: ``drop`` columns leave, the next ``keep`` stay, those at
    ``x`` are appended, shape (n,).

    Each cell is as high as ``factor`` of ``bins`` that share y from ``y[0]`` to ``y[1]``; the last
    one may have fewer. Colour 1 is ``z[0]``, or less, the last one ``z[1]``, or more; those between
    are evenly spaced, or their logarithms where it is ``log``. ``rows`` are those that the image
    has had so far, of which so many came before the first one that ``began`` this image. ``down``:
    y is said from the top down, the lowest one as the highest. An image without a name is none.
    """

    number: int
    name: str
    drop: int
    keep: int
    x: Column
    colors: Colors
    bins: int
    factor: int
    y: tuple[float, float]
    z: tuple[float, float]
    rows: int
    log: bool = False
    began: int = 0
    down: bool = False


def encode_image(patch: ImagePatch) -> bytes:
    """Return `patch` as one binary message; x begin at a multiple of 8 bytes."""
    name = patch.name.encode()
    count, height = patch.colors.shape
    header = _HEADER.pack(
        MAGIC, patch.number, patch.drop, patch.keep, count, height, patch.bins, patch.factor,
        len(name), _LOG * patch.log | _DOWN * patch.down, *patch.y, *patch.z, patch.rows,
        patch.began,
    )  # fmt: skip
    x = patch.x.astype("<f8", copy=False).tobytes()
    return b"".join([header, x, patch.colors.tobytes(), name])


def decode_image(message: bytes) -> ImagePatch:
    """Return the patch in `message`, as a page does; for tests, and for clients in Python.

    Raises:
        InvalidMessage: it is none.
    """
    try:
        return _patch_of(message)
    except (struct.error, ValueError, OverflowError) as error:
        raise InvalidMessage("not an image", str(error)) from error


def _patch_of(message: bytes) -> ImagePatch:
    magic, number, drop, keep, count, height, bins, factor, length, flags, *y_z, rows, began = (
        _HEADER.unpack_from(message)
    )
    if magic != MAGIC:
        raise InvalidMessage("not an image", f"it begins with {magic!r}")
    begin, end = _HEADER.size + 8 * count, _HEADER.size + 8 * count + count * height
    if len(message) != end + length:
        raise ValueError(f"{len(message)} bytes in place of {end + length}")
    x = np.frombuffer(message, "<f8", count, _HEADER.size)
    colors = np.frombuffer(message, np.uint8, count * height, begin).reshape(count, height)
    return ImagePatch(
        number, message[end:].decode(), drop, keep, x, colors, bins, factor,
        (y_z[0], y_z[1]), (y_z[2], y_z[3]), int(rows), flags & _LOG > 0, int(began),
        flags & _DOWN > 0,
    )  # fmt: skip
