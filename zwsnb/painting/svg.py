"""The pieces of a snapshot as SVG: text, paths and rectangles, in pixels; y goes down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final, NamedTuple, TypeAlias

Attribute: TypeAlias = str | float | None
"""The value of an attribute; None: it is left out."""

INK, GRID, AXIS = "#1c2027", "#eceef1", "#aab0ba"
QUIET: Final = "#5f6672"
"""The colour of most text."""

GROUND: Final = "#fff"

HALO, HALO_ALPHA = 1.5, 0.8
"""Pixels of the ground's colour around what lies over an image, and its opacity around lines."""


_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def is_within(self, other: Box) -> bool:
        """Return whether no part of it is outside another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def touches(self, other: Box) -> bool:
        """Return whether both have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


# -- text ------------------------------------------------------------------------------------------


def text_at(text: str, x: float, y: float, fill: str, beside: str = "", **more: Attribute) -> str:
    """Return a text that begins at x, on the base line y, and what stands `beside` it; nothing for
    an empty one.
    """
    if not text:
        return ""
    return f"<text{_attributes(x=x, y=y, fill=fill, **more)}>{_markup(text)}{beside}</text>"


def text_beside(text: str, gap: float, fill: str, **more: Attribute) -> str:
    """Return a text so far behind the end of another, wherever that is in the font of a reader."""
    return f"<tspan{_attributes(dx=gap, fill=fill, **more)}>{_markup(text)}</tspan>"


def described(words: str) -> str:
    """Return what a document shows, as its description, which is read aloud and not seen."""
    return f"<desc>{_markup(words)}</desc>"


def _markup(text: str) -> str:
    """Return text as XML can have it."""
    return escape(_NO_XML.sub("\ufffd", text))


def haloed(texts: str) -> str:
    """Return texts with a halo."""
    if not texts:
        return ""
    pen = _attributes(
        stroke=GROUND, stroke_width=2 * HALO, stroke_linejoin="round", paint_order="stroke"
    )
    return f"<g{pen}>{texts}</g>"


# -- shapes ----------------------------------------------------------------------------------------


def path(data: str, **attributes: Attribute) -> str:
    """Return a path; nothing where there is nothing to draw."""
    return f'<path d="{data}"{_attributes(**attributes)}/>' if data else ""


def rect(box: Box, **attributes: Attribute) -> str:
    """Return a rectangle."""
    x, y, width, height = box
    return f"<rect{_attributes(x=x, y=y, width=width, height=height, **attributes)}/>"


def image(box: Box, address: str) -> str:
    """Return a picture that fills a rectangle, each of its pixels with sharp edges."""
    x, y, width, height = box
    place = _attributes(x=x, y=y, width=width, height=height, href=address)
    # By the words of browsers, and by those of renderers.
    sharp = 'image-rendering="optimizeSpeed" style="image-rendering:pixelated"'
    return f'<image{place} preserveAspectRatio="none" {sharp}/>'


def translucent(painted: str, opacity: float | None) -> str:
    """Return what is painted as a group of that opacity; None: as it is."""
    return painted if opacity is None else f"<g{_attributes(opacity=opacity)}>{painted}</g>"


def clip_path(box: Box) -> tuple[str, str]:
    """Return the definition of a clip path, and the reference to it.

    Many snapshots may stand in one document: clip paths that have a name in common have the same
    box.
    """
    name = "zwsnb-" + "-".join(map(_number, box))
    return f'<clipPath id="{name}">{rect(box)}</clipPath>', f"url(#{name})"


def _attributes(**attributes: Attribute) -> str:
    """Return those that have a value: ``stroke_width=2`` is ``stroke-width="2"``."""
    return "".join(
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else _number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )


def upright_lines(box: Box, at: Iterable[float]) -> str:
    """Return lines from the top of a box to its bottom."""
    return "".join(f"M{short(x)} {short(box.top)}V{short(box.bottom)}" for x in at)


def level_lines(box: Box, at: Iterable[float]) -> str:
    """Return lines from its left to its right."""
    return "".join(f"M{short(box.left)} {short(y)}H{short(box.right)}" for y in at)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def short(value: float) -> str:
    """Return a coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
