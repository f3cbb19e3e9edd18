"""What a page does with image patches, in Python."""

from __future__ import annotations

import numpy as np

from zwsnb.protocol.images.image_patch import ImagePatch, decode_image, encode_image


class FakeImage:
    """The columns that a page has; what it is sent goes through the wire."""

    def __init__(self) -> None:
        self.name = ""
        self.x = np.empty(0)
        self.colors = np.empty((0, 0), np.uint8)
        self.bins, self.factor = 0, 1
        self.z = (0.0, 0.0)
        self.rows = 0
        self.log = False

    def apply(self, patch: ImagePatch) -> None:
        sent = decode_image(encode_image(patch))
        assert sent.drop + sent.keep <= len(self.x)
        kept = slice(sent.drop, sent.drop + sent.keep)
        self.x = np.concatenate((self.x[kept], sent.x))
        colors = self.colors[kept]
        self.colors = np.concatenate((colors, sent.colors)) if len(colors) else sent.colors
        self.name, self.rows = sent.name, sent.rows
        self.bins, self.factor, self.z, self.log = sent.bins, sent.factor, sent.z, sent.log
