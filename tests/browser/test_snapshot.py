"""The snapshot in a browser: with its own fonts, too, no text touches another or is cut."""

from __future__ import annotations

import itertools
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser
from support.snapshots import (
    GALLERY,
    gallery,
)

from zwsnb.painting.svg import Box
from zwsnb.snapshot.layout import WIDTH
from zwsnb.snapshot.render import render_svg

REAL: Final = """() => [...document.querySelectorAll("text")].map((text) => {
    const { x, y, width, height } = text.getBBox();
    return [text.textContent, x, y + 0.2 * height, width, 0.6 * height];
})"""


@pytest.mark.browser
@pytest.mark.parametrize("family", ["DejaVu Sans", "sans-serif"])
def test_no_text_touches_another_or_is_cut_in_a_browser(browser: Browser, family: str) -> None:
    page = browser.new_page()
    for options in GALLERY.values():
        picture = render_svg(gallery(options))
        page.set_content(picture.replace("system-ui", f"'{family}'"))
        found = [(text, Box(*box)) for text, *box in page.evaluate(REAL)]
        height = float(ET.fromstring(picture).get("height", ""))  # noqa: S314 - our own
        assert len(found) > 10
        assert all(box.is_within(Box(0, 0, WIDTH, height)) for _, box in found)
        assert [
            (a, b)
            for (a, one), (b, other) in itertools.combinations(found, 2)
            if one.touches(other)
        ] == []
    page.close()
