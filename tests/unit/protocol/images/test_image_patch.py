"""The bytes of image patches, against the table that the page reads as well, and against noise."""

from __future__ import annotations

import contextlib
import random
from typing import Any

import numpy as np
import pytest
from support.vectors import FUZZ, VECTORS, column, mutated, table

from zwsnb.protocol.images.image_patch import ImagePatch, decode_image, encode_image
from zwsnb.protocol.messages import InvalidMessage
from zwsnb.protocol.patch import Patch, encode_patch, messages_of


def patch_of(vector: dict[str, Any]) -> ImagePatch:
    columns = vector["columns"]
    height = len(columns[0][1]) if columns else 0
    return ImagePatch(
        vector["number"], vector["image"], vector["drop"], vector["keep"],
        np.array([x for x, _ in columns], float),
        np.array([colors for _, colors in columns], np.uint8).reshape(len(columns), height),
        vector["bins"], vector["factor"], tuple(column(vector["y"])), tuple(column(vector["z"])),
        vector["rows"], vector["log"], vector["began"], vector["down"],
    )  # fmt: skip


def said(patch: ImagePatch) -> str:
    """All that it says, as a text: NaN is equal to NaN in it."""
    values = (getattr(patch, name) for name in ImagePatch.__slots__)
    return repr([v.tolist() if isinstance(v, np.ndarray) else v for v in values])


@pytest.mark.parametrize("vector", table("images", good=True))
def test_an_image_has_the_bytes_of_the_document(vector: dict[str, Any]) -> None:
    patch = patch_of(vector)
    patch.y, patch.z = tuple(map(float, patch.y)), tuple(map(float, patch.z))  # type: ignore[assignment]
    assert encode_image(patch).hex() == vector["hex"]
    assert said(decode_image(bytes.fromhex(vector["hex"]))) == said(patch)


def test_noise_is_refused_and_nothing_else() -> None:
    chance = random.Random(11)
    for _ in range(FUZZ // 4):
        message = mutated(bytes.fromhex(chance.choice(VECTORS["images"])["hex"]), chance)
        with contextlib.suppress(InvalidMessage):
            decode_image(message)


def test_the_image_comes_before_its_patch() -> None:
    patch = Patch(3, [])
    assert messages_of(patch) == [encode_patch(patch)]
    patch.image = patch_of(VECTORS["images"][0])
    assert messages_of(patch) == [encode_image(patch.image), encode_patch(patch)]
