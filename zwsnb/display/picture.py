"""The picture of a plot as an output of a notebook.  [no I/O]

A PNG, since a notebook that is not trusted shows no SVG; where there is none, an `<img>` that holds
the SVG, which it shows.
"""

from __future__ import annotations

import base64
import re
from datetime import datetime
from html import escape, unescape
from typing import Any, Final, NamedTuple

MOST_BYTES: Final = 100_000
"""Of a picture in a notebook's file."""

_SIZE: Final = re.compile(r'<svg [^>]*? width="([\d.]+)" height="([\d.]+)"')
_WORDS: Final = re.compile("<desc>(.*?)</desc>", re.DOTALL)


class Drawing(NamedTuple):
    """What a page has drawn, as its reader sees it: a PNG in base64, and its size in pixels of CSS,
    of which each may be several of the PNG.
    """

    png: str
    width: float
    height: float


class Output(NamedTuple):
    """What IPython displays: representations by MIME type, and what is said of them."""

    data: dict[str, Any]
    metadata: dict[str, Any]


def empty_output(plot: str, svg: str = "<svg/>") -> Output:
    """Return what stands for the picture of a plot until there is one: its words, if there are."""
    has_words = _WORDS.search(svg) is not None
    return Output(
        {"text/plain": text_of(plot, svg) if has_words else f"Plot {plot!r}: no picture yet"}, {}
    )


def output_of(plot: str, svg: str, png: str | Drawing | None, taken: datetime) -> Output:
    """Return the output that shows a plot.

    plot: its name. svg: a snapshot, whose words are said. png: what a page has drawn, or the
    snapshot in base64, at any resolution; None: there is neither. taken: when the snapshot was.
    """
    found, text = _SIZE.match(svg), text_of(plot, svg, taken)
    width, height = (float(each) for each in found.groups()) if found else (0, 0)
    if isinstance(png, Drawing):
        png, width, height = png
    if png is not None:
        size = {"width": round(width), "height": round(height)}
        return Output({"image/png": png, "text/plain": text}, {"image/png": {**size, "alt": text}})
    html = _img(svg, round(width), text)
    if len(html) > MOST_BYTES:
        html = f'<p>{escape(text)}. <code>pip install "zwsnb[pictures]"</code> keeps a picture.</p>'
    return Output({"text/html": html, "text/plain": text}, {})


def text_of(plot: str, svg: str, taken: datetime | None = None) -> str:
    """Return what a snapshot shows in words, with the time when it was taken."""
    words = _WORDS.search(svg)
    when = f" on {taken:%Y-%m-%d at %H:%M:%S}" if taken is not None else ""
    return f"Plot {plot!r}{when}: {unescape(words[1]) if words else ''}"


def _img(svg: str, width: int, text: str) -> str:
    content = base64.b64encode(svg.encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{content}" alt="{escape(text)}" width="{width}" '
        'style="max-width: 100%">'
    )
