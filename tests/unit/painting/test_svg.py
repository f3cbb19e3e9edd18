"""Text and shapes as SVG: whatever a text is, it is only text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from support.snapshots import (
    SVG,
    elements,
    plot_of,
    plot_with,
    texts,
)

from zwsnb.snapshot.render import render_svg


def test_pictures_in_one_document_do_not_share_what_differs() -> None:
    one, other = plot_of((0, 0), (1, 1)), plot_of((0, 0), (1, 1e9), title="higher")
    ids = [clip.get("id") for plot in (one, other) for clip in elements(plot, "clipPath")]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    "text", ["<script>", "a & b", "\0\x1b[31m", "\ud800", "\uffff", '"quoted"', "]]>"]
)
def test_a_text_is_only_text(text: str) -> None:
    name = "n" + text.replace("\0\x1b", "").replace("\ud800", "")
    plot = plot_with(
        {
            "title": "t" + text, "x_label": "x" + text, "y_label": "l" + text,
            "y2_label": "r" + text, "x_unit": text, "y_unit": text, "y2_unit": text,
            "lines": [(0.5, "h" + text)], "regions": [(0, 1, "w" + text)],
            "series": {name: {"axis": "right"}}, "panels": [[name, "a"], []],
        },
        a=[0, 1, 2], **{name: [0, 1, 2]},
    )  # fmt: skip
    plot.mark(1, "m" + text)
    found = texts(plot)
    for first in "txlrhwmn":
        assert any(word.startswith(first) for word in found), first
    root = ET.fromstring(render_svg(plot))  # noqa: S314 - our own
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags == {"svg", "desc", "rect", "path", "text", "tspan", "clipPath"}
    render_svg(plot).encode()
