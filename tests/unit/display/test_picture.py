"""The picture of a plot as an output: a PNG at its own size, an SVG in an image, words."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from support.snapshots import EVIL, plot_of, plot_with

from zwsnb.display.picture import MOST_BYTES, empty_output, output_of, text_of
from zwsnb.snapshot.render import render_svg

TAKEN = datetime(2026, 11, 28, 12, 30, 5, tzinfo=UTC)
SVG = render_svg(plot_of((0, 1), (1, 2)))
TEXT = "Plot 'p' on 2026-11-28 at 12:30:05: x 0 to 1; y 1 to 2"


def test_a_png_is_shown_at_the_size_of_its_snapshot() -> None:
    data, metadata = output_of("p", SVG, "PNG", TAKEN)
    assert data == {"image/png": "PNG", "text/plain": TEXT}
    assert metadata == {"image/png": {"width": 800, "height": 320, "alt": TEXT}}


def test_several_panels_are_higher() -> None:
    plot = plot_with({"panels": [["a"], ["b"], ["c"]]}, a=[1, 2], b=[1, 2], c=[1, 2])
    _, metadata = output_of("p", render_svg(plot), "PNG", TAKEN)
    assert metadata["image/png"]["height"] > 320


@pytest.mark.parametrize("name", ["p", EVIL, "a'b", "größe Ω 💩", "\\"])
def test_without_a_png_it_is_an_image_that_holds_the_svg(name: str) -> None:
    svg = render_svg(plot_of((0, 1), (1, 2), series=EVIL))
    data, metadata = output_of(name, svg, None, TAKEN)
    assert metadata == {}
    assert data.keys() == {"text/html", "text/plain"}
    found = re.fullmatch(
        r'<img src="data:image/svg\+xml;base64,([\w+/=]+)" alt="([^"<>]*)" width="800" '
        r'style="max-width: 100%">',
        data["text/html"],
    )
    assert found is not None
    assert base64.b64decode(found[1]).decode() == svg
    assert unescape(found[2]) == data["text/plain"]


def test_an_svg_that_is_too_large_is_words_and_what_mends_it() -> None:
    svg = SVG.replace("</svg>", f"<!--{'x' * MOST_BYTES}--></svg>")
    data, _ = output_of("<p>", svg, None, TAKEN)
    assert len(data["text/html"]) < 300
    assert 'pip install "zwsnb[pictures]"' in data["text/html"]
    assert "<p>'" not in data["text/html"].removeprefix("<p>")


def test_until_there_is_one_it_says_so() -> None:
    assert empty_output("p").data == {"text/plain": "Plot 'p': no picture yet"}
    assert empty_output("p", SVG).data == {"text/plain": "Plot 'p': x 0 to 1; y 1 to 2"}


def test_the_words_stand_alone_too() -> None:
    assert text_of("p", SVG) == "Plot 'p': x 0 to 1; y 1 to 2"
    assert text_of("p", render_svg(plot_of())) == "Plot 'p': no points yet"
    assert text_of("p", "<svg/>") == "Plot 'p': "
