"""A program, run by `zwsnb.display.png`: a list of SVG documents comes in as JSON, with a zoom or
none, and for each there goes out a line of JSON, a PNG in base64; without a zoom one that is small
enough for a notebook's file.

It is a process of its own, and imports nothing of zwsnb: resvg holds the interpreter's lock for as
long as it renders, and beside a cell that would be felt.
"""

from __future__ import annotations

import base64
import contextlib
import importlib.util
import io
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

MOST_BYTES: Final = 72_000
"""Of a PNG: in base64, and with its text, it is below 100 kB."""

_ZOOMS: Final = (2.0, 1.5, 1.0, 0.75)
"""Pixels of the picture for each of the plot, the first with which it is small enough."""

_LARGEST_PALETTE: Final = 256
_MOST_SHADES: Final = 16
_ALMOST_WHITE: Final = 247
"""Pillow would take a colour that is as light as this for the white of the ground."""

_TEXT: Final = re.compile(">([^<]+)(</?t)")
_EXPONENT: Final = re.compile("(?<=10)[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOWERED: Final = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "\u22120123456789")
_COLOR: Final = re.compile('"#([0-9a-f]{6}|[0-9a-f]{3})"')
_FAMILY: Final = 'font-family="system-ui, sans-serif'

_FONT_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)


class Fonts(NamedTuple):
    """Font files for a machine that has none, on which resvg would draw no text."""

    family: str = ""
    files: Sequence[str] = ()
    has_ascii_only: bool = False


def png_of(svg: str, most: int = MOST_BYTES, fonts: Fonts | None = None) -> bytes:
    """Return the document as a PNG of at most so many bytes, if it can be.

    fonts: those to use in place of the system's.

    Raises:
        ImportError: resvg_py is not installed.
        ValueError: it is no SVG document.
    """
    for zoom in _ZOOMS:
        png = _with_palette(zoomed_png(svg, zoom, fonts), palette_of(svg))
        if len(png) <= most:
            break
    return png


def zoomed_png(svg: str, zoom: float, fonts: Fonts | None = None) -> bytes:
    """Return the document as a PNG of all its colours, with so many pixels for each of its own.

    Raises:
        ImportError, ValueError: as `png_of`.
    """
    import resvg_py

    fonts = fonts or Fonts()
    text = _raised(svg)
    text = _ascii(text) if fonts.has_ascii_only else text
    if fonts.family:
        text = text.replace(_FAMILY, f"{_FAMILY}, {fonts.family}", 1)
    return resvg_py.svg_to_bytes(
        svg_string=text,
        zoom=zoom,
        font_files=list(fonts.files),
        skip_system_fonts=bool(fonts.files),
    )


def palette_of(svg: str) -> list[int]:
    """Return the colours of a document and their shades on white, as red, green, blue, and so on:
    with a palette a picture takes a third of its bytes, and looks the same. Nothing for a document
    with a picture, which has colours of its own.
    """
    if "<image" in svg:
        return []
    found = dict.fromkeys(
        color if len(color) == 6 else "".join(2 * digit for digit in color)
        for color in _COLOR.findall(svg)
    )
    colors = [tuple(bytes.fromhex(color)) for color in found][: _LARGEST_PALETTE - 1]
    shades = min(_MOST_SHADES, (_LARGEST_PALETTE - 1) // max(len(colors), 1))
    palette = [255, 255, 255]
    for shade in range(shades, 0, -1):
        for color in colors:
            pale = [round(255 + (value - 255) * shade / shades) for value in color]
            palette += pale if min(pale) < _ALMOST_WHITE else []
    return palette


def _with_palette(png: bytes, palette: list[int]) -> bytes:
    """Return a PNG with a palette, none: that which fits best; the same where Pillow is not
    installed.
    """
    try:
        from PIL import Image
    except ImportError:
        return png
    colors = Image.new("P", (1, 1)) if palette else None
    if colors is not None:
        colors.putpalette(palette)
    with Image.open(io.BytesIO(png)) as image:
        few = image.convert("RGB").quantize(palette=colors, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


# -- fonts -----------------------------------------------------------------------------------------


def has_fonts(folders: Iterable[str] = _FONT_FOLDERS) -> bool:
    """Return whether this system has fonts: a small container has none."""
    paths = (Path(folder).expanduser() for folder in folders)
    return sys.platform != "linux" or any(
        path.suffix in (".ttf", ".otf", ".ttc") for folder in paths for path in folder.rglob("*")
    )


def spare_fonts(file: IO[bytes]) -> Fonts:
    """Return the fonts of matplotlib or of Pillow, where one is installed; that of Pillow, which
    has ASCII only, is written to a file. It needs no name that would stay behind a killed process.
    """
    spec = importlib.util.find_spec("matplotlib")
    if spec is not None and spec.origin:
        its = Path(spec.origin).with_name("mpl-data") / "fonts/ttf"
        return Fonts("DejaVu Sans", [str(path) for path in its.glob("DejaVuSans*.ttf")])
    with contextlib.suppress(ImportError, AttributeError, OSError):
        from PIL import ImageFont

        font = ImageFont.load_default(size=12)
        if isinstance(font, ImageFont.FreeTypeFont) and isinstance(font.path, io.BytesIO):
            file.write(font.path.getvalue())
            file.flush()
            path = f"/proc/self/fd/{file.fileno()}"  # a system without fonts is Linux
            return Fonts(font.getname()[0] or "", [path], has_ascii_only=True)
    return Fonts()


def _raised(svg: str) -> str:
    """Return a document whose exponents are small digits: of the characters ¹ and ⁶ a font may have
    one, and the renderer then takes all of a label from another font.
    """

    def raised(exponent: re.Match[str]) -> str:
        digits = exponent[0].translate(_LOWERED)
        return f'<tspan font-size="75%" baseline-shift="35%">{digits}</tspan>'

    return _TEXT.sub(lambda text: f">{_EXPONENT.sub(raised, text[1])}{text[2]}", svg)


def _ascii(svg: str) -> str:
    """Return a document whose characters are those of a small font, as far as may be."""
    plain = svg.replace("×", "x").replace("\u2212", "-").replace("\u202f", " ").replace("µ", "u")
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def main() -> None:
    """Render what comes in; what cannot be rendered is null."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)  # the cells go first
    with tempfile.TemporaryFile() as file:
        fonts = None if has_fonts() else spare_fonts(file)
        asked = json.load(sys.stdin)
        for svg in asked["svgs"]:
            png, zoom = None, asked["zoom"]
            with contextlib.suppress(ImportError, ValueError, OSError):
                made = png_of(svg, fonts=fonts) if zoom is None else zoomed_png(svg, zoom, fonts)
                png = base64.b64encode(made).decode()
            print(json.dumps(png), flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    main()
