"""The program that renders pictures: what it makes is small, crisp, and true in its colours."""

from __future__ import annotations

import base64
import importlib.machinery
import importlib.util
import io
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.snapshots import plot_of, plot_with

from zwsnb.display import rasterizer
from zwsnb.display.rasterizer import MOST_BYTES, Fonts, has_fonts, palette_of, png_of, spare_fonts
from zwsnb.painting.looks import LIGHT, color_of
from zwsnb.snapshot.layout import HEIGHT, WIDTH
from zwsnb.snapshot.render import render_svg

SVG = render_svg(plot_of((0, 1), (1, 2), title="\u22125 µs"))


def image_of(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def colors_of(png: bytes) -> dict[Any, int]:
    return {color: count for count, color in image_of(png).getcolors(1 << 24) or ()}


def rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def test_a_picture_has_two_pixels_for_one() -> None:
    assert image_of(png_of(SVG)).size == (2 * WIDTH, 2 * HEIGHT)


def test_the_ground_is_white_and_a_line_and_the_grid_have_their_colours() -> None:
    colors = colors_of(png_of(SVG))
    assert max(colors, key=lambda color: colors[color]) == (255, 255, 255)
    for color in (color_of(0), "#eceef1", "#5f6672"):
        near = [found for found in colors if np.abs(np.subtract(found, rgb(color))).max() < 6]
        assert sum(colors[found] for found in near) > 100, color


@pytest.mark.parametrize("series", [1, 8, 20])
def test_a_picture_is_small_whatever_is_in_it(series: int) -> None:
    noise = np.random.default_rng(1)
    lines = {f"s{i}": noise.normal(size=20_000) + i for i in range(series)}
    png = png_of(render_svg(plot_with({}, **lines)))
    assert len(png) <= MOST_BYTES
    assert 4 * len(png) / 3 < 97_000


def test_what_is_too_large_has_fewer_pixels() -> None:
    assert image_of(png_of(SVG, most=1)).width < WIDTH


def test_a_palette_begins_with_white_and_has_what_the_document_has() -> None:
    assert palette_of('<svg fill="#fff"/>') == [255, 255, 255]
    palette = palette_of('<path stroke="#000" fill="#0474d4"/>')
    colors = list(zip(palette[::3], palette[1::3], palette[2::3], strict=True))
    assert colors[:3] == [(255, 255, 255), (0, 0, 0), (4, 116, 212)]
    assert len(set(colors)) == len(colors) <= 256
    many = "".join(f'"#{i:06x}"' for i in range(1000))
    assert len(palette_of(many)) <= 3 * 256
    assert len(palette_of("".join(f'"{color}"' for color in LIGHT))) > 3 * 200


def test_without_pillow_it_is_larger_but_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = png_of(SVG)
    monkeypatch.setitem(sys.modules, "PIL", None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    png = png_of(SVG)
    assert spare_fonts(io.BytesIO()) == Fonts()
    monkeypatch.undo()
    assert image_of(png).size == image_of(usual).size
    assert len(png) > len(usual)


# -- fonts -----------------------------------------------------------------------------------------


def ink(png: bytes) -> int:
    """Return how many pixels are as dark as a title."""
    return sum(count for color, count in colors_of(png).items() if max(color) < 100)


def test_a_machine_without_fonts_has_texts_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with tempfile.TemporaryFile(dir=tmp_path) as file:
        fonts = spare_fonts(file)
        assert fonts.has_ascii_only
        assert ink(png_of(SVG, fonts=fonts)) > 100
    assert ink(png_of(SVG, fonts=Fonts("", ["/nowhere.ttf"]))) == 0


def test_a_font_of_ascii_only_has_powers_of_ten_too() -> None:
    svg = "<desc>10⁻⁶</desc><text>5.2 µA \u22122×10⁻⁶ V, 10¹²</text>"
    small = '<tspan font-size="75%" baseline-shift="35%">'
    power = f"5.2 uA -2x10{small}-6</tspan> V, 10{small}12</tspan>"
    assert f"<text>{power}</text>" in rasterizer._ascii(rasterizer._raised(svg))


def test_the_fonts_of_matplotlib_are_found_and_it_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mpl-data/fonts/ttf"
    folder.mkdir(parents=True)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "cmr10.ttf"):
        (folder / name).touch()
    spec = importlib.machinery.ModuleSpec("matplotlib", None, origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    fonts = spare_fonts(io.BytesIO())
    assert fonts.family == "DejaVu Sans"
    assert {Path(path).name for path in fonts.files} == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}
    assert "matplotlib" not in sys.modules


def test_a_system_has_fonts_where_a_file_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "readme.txt").touch()
    assert not has_fonts([str(tmp_path), str(tmp_path / "none")])
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/some.otf").touch()
    assert has_fonts([str(tmp_path)])
    monkeypatch.setattr(sys, "platform", "darwin")
    assert has_fonts([])


# -- the program -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("fonts", "zoom"), [(True, None), (False, None), (True, 3), (False, 3)])
def test_the_program_renders_a_list_and_says_what_it_cannot(
    fonts: bool, zoom: float | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asked(io.StringIO):
        def read(self, size: int | None = -1) -> str:
            assert list(tmp_path.iterdir()) == [], "one that is killed leaves nothing"
            return super().read(size)

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(rasterizer, "has_fonts", lambda: fonts)
    monkeypatch.setattr("os.nice", lambda _: 0)
    monkeypatch.setattr("sys.stdin", Asked(json.dumps({"svgs": [SVG, "no svg"], "zoom": zoom})))
    written = io.StringIO()
    monkeypatch.setattr("sys.stdout", written)
    rasterizer.main()
    first, second = map(json.loads, written.getvalue().splitlines())
    assert image_of(base64.b64decode(first)).width == (zoom or 2) * WIDTH
    assert second is None


def test_what_stands_beside_a_text_has_powers_of_ten_too() -> None:
    svg = '<text>a 10⁶<tspan dx="6">2×10⁻⁶</tspan></text>'
    small = '<tspan font-size="75%" baseline-shift="35%">'
    power = f'a 10{small}6</tspan><tspan dx="6">2×10{small}\u22126</tspan></tspan>'
    assert rasterizer._raised(svg) == f"<text>{power}</text>"
