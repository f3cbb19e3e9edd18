"""Snapshots for tests, and what is in them: paths, texts, plot areas."""

from __future__ import annotations

import itertools
import re
from typing import Any, Final
from xml.etree import ElementTree as ET

import numpy as np

from zwsnb.axes.text_width import width_of
from zwsnb.axes.ticks import Ticks
from zwsnb.history.plots import Plot
from zwsnb.painting.svg import Box
from zwsnb.snapshot.layout import WIDTH
from zwsnb.snapshot.render import render_svg

SVG: Final = "{http://www.w3.org/2000/svg}"
NOTE, SHADE, QUIET = "#a86f00", "#f1f3f7", "#5f6672"
EVIL: Final = '<script>alert("1")</script>'

Path = list[list[tuple[float, float]]]
"""The stretches of a path, each from its M on."""


def plot_of(*points: tuple[float, float], series: str = "y", **options: Any) -> Plot:
    """A plot with these points."""
    plot = Plot("p")
    plot.set_options(options)
    if points:
        plot.append(series, *np.array(points, dtype=np.float64).T)
    return plot


def plot_with(options: dict[str, Any], **series: Any) -> Plot:
    """A plot of several series: the heights of each, over 0, 1, 2, ..., or x and y."""
    plot = Plot("p")
    plot.set_options(options)
    for name, values in series.items():
        x, y = values if isinstance(values, tuple) else (np.arange(len(values)), values)
        plot.append(name, np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
    return plot


def elements(plot: Plot, kind: str, **attributes: str) -> list[ET.Element]:
    """The elements of a kind in the picture of a plot, those that have these attributes."""
    wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
    found = ET.fromstring(render_svg(plot)).iter(SVG + kind)  # noqa: S314 - our own
    return [element for element in found if wanted.items() <= element.attrib.items()]


def texts(plot: Plot, **attributes: str) -> list[str]:
    """The texts in the picture, and those that stand beside them."""
    found = [each for kind in ("text", "tspan") for each in elements(plot, kind, **attributes)]
    return [plain(element) for element in found]


def plain(element: ET.Element) -> str:
    return (element.text or "").replace("\u202f", " ").replace("\u2212", "-")


def vertices(path: ET.Element) -> Path:
    """Where a path goes."""
    found: Path = []
    x = y = 0.0
    for letter, numbers in re.findall(r"([MLHVhZ])([-\d. ]*)", path.get("d", "")):
        said = [float(number) for number in numbers.split()]
        if letter in "ML":
            x, y = said
        elif letter in "Hh":
            x = said[0] + (x if letter == "h" else 0)
        elif letter == "V":
            y = said[0]
        if letter == "M":
            found.append([])
        if letter != "Z":
            found[-1].append((x, y))
    return found


def paths(plot: Plot) -> Path:
    """The lines of the curves: one list a stretch without a gap."""
    lines = [
        path for path in elements(plot, "path") if path.get("clip-path") and path.get("stroke")
    ]
    return [stretch for line in lines for stretch in vertices(line)]


def dots(plot: Plot, size: str) -> list[tuple[float, float]]:
    """Where there are dots of a size."""
    return [
        stretch[0]
        for path in elements(plot, "path", stroke_linecap="round", stroke_width=size)
        for stretch in vertices(path)
    ]


def fills(plot: Plot, opacity: str) -> Path:
    """The outlines of what is filled so."""
    return [
        outline
        for path in elements(plot, "path", fill_opacity=opacity)
        for outline in vertices(path)
    ]


def areas(plot: Plot) -> list[Box]:
    """The plot areas of the panels."""
    rects = ET.fromstring(render_svg(plot)).findall(f"{SVG}clipPath/{SVG}rect")  # noqa: S314 - our own
    boxes = [[float(rect.get(key, "")) for key in ("x", "y", "width", "height")] for rect in rects]
    # What is cut off is a pixel larger.
    return [Box(x + 1, y + 1, width - 2, height - 2) for x, y, width, height in boxes]


def text_boxes(plot: Plot) -> list[tuple[str, Box]]:
    """The texts, and where they stand at most."""
    found = []
    for element in elements(plot, "text"):
        size, bold = float(element.get("font-size", 11)), element.get("font-weight") == "600"
        width, text = width_of(element.text or "", size, bold=bold), element.text or ""
        shift = {"end": width, "middle": width / 2}.get(element.get("text-anchor", ""), 0)
        x, y = float(element.get("x", "")), float(element.get("y", ""))
        found.append((text, Box(x - shift, y - 0.76 * size, width, 0.9 * size)))
    return found


def check_texts(plot: Plot) -> None:
    """No text touches another or is cut."""
    height = float(ET.fromstring(render_svg(plot)).get("height", ""))  # noqa: S314 - our own
    found = text_boxes(plot)
    for text, box in found:
        assert box.is_within(Box(0, 0, WIDTH, height)), text
    for (text, box), (other, its) in itertools.combinations(found, 2):
        assert not box.touches(its), (text, other)


def check_labels_apart(ticks: Ticks, low: float, high: float, pixels: int) -> None:
    """No label of an axis from `low` to `high` touches the next."""
    where = [(tick.position / 2 - low / 2) / (high / 2 - low / 2) * pixels for tick in ticks.list]
    halves = [width_of(tick.label) / 2 for tick in ticks.list]
    assert all(-1 <= at <= pixels + 1 for at in where)
    for (at, half), (following, its) in itertools.pairwise(zip(where, halves, strict=True)):
        assert following - at > half + its, ticks


GALLERY: Final[dict[str, dict[str, Any]]] = {
    "two axes": {
        "title": EVIL * 9, "x_label": EVIL * 9, "y_label": EVIL * 9, "y2_label": EVIL * 9,
        "x_unit": EVIL, "y_unit": "V", "y2_unit": EVIL, "series": {"b": {"axis": "right"}},
    },
    "times": {"time": True, "x_label": "time of day", "y_label": "y"},
    "logarithms": {"log": "xy", "x_unit": "%", "y_unit": "Hz"},
    "panels": {
        "panels": [["a"], ["b"], []],
        "series": {"b": {"axis": "right"}, EVIL: {"axis": "right"}},
    },
    "notes": {
        "lines": [(10, "ten"), (11, "eleven"), (9, "nine"), (0.1, "low"), (1e5, "high")],
        "regions": [(1.7e9, 1.7e9 + 9000, EVIL), (1.7e9 + 4000, 1.7e9 + 1e4, "later")],
    },
    "wide": {"title": "温度と湿度" * 40, "y_label": "ЩЩЩ" * 99, "y_unit": "温度", "style": "bars"},
}  # fmt: skip


def gallery(options: dict[str, Any]) -> Plot:
    """A plot with long names, and marks close together."""
    x = 1.7e9 + 97 * np.arange(200)
    names = {
        "a": x % 1e5,
        "b": np.arange(200),
        EVIL: 1 / (1 + np.arange(200)),
        "温度 🌊" * 20: x - 1.7e9,
    }
    plot = plot_with(options, **{name: (x, y) for name, y in names.items()})
    for i in (1, 20, 21, 22, 23, 24, 198):
        plot.mark(1.7e9 + 97 * i, f"mark {i}" * (i % 4))
    return plot
