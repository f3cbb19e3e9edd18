"""An image on a snapshot: a PNG in the SVG, the scale of its colours, and its words."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from support.rules import check_golden
from support.snapshots import elements, texts

from zwsnb.history.plots import Plot
from zwsnb.painting.colormap import PALETTE
from zwsnb.protocol.images.rows import Rows
from zwsnb.snapshot.images import MOST_BYTES
from zwsnb.snapshot.render import render_svg


def plot_of(cells: Any, whole: bool = True, is_down: bool = False, **options: Any) -> Plot:
    plot = Plot("p")
    plot.set_options(options)
    values = np.array(cells, np.float32)
    x, last = np.arange(len(values), dtype=float), values.shape[1] - 1.0
    rows = Rows("p", "image", x, values, (0.0, last), is_whole=whole)
    plot.append_rows(rows._replace(is_down=is_down))
    return plot


def pictures(plot: Plot) -> list[np.ndarray]:
    """The numbers of the colours of the pixels of each picture."""
    found = []
    for element in elements(plot, "image"):
        png = base64.b64decode(element.attrib["href"].removeprefix("data:image/png;base64,"))
        width, height = struct.unpack(">2I", png[16:24])
        begin = png.index(b"IDAT") + 4
        data = zlib.decompress(png[begin:])
        found.append(np.frombuffer(data, np.uint8).reshape(height, width + 1)[:, 1:])
        assert png[png.index(b"PLTE") + 4 :][: 3 * 256] == bytes(sum(PALETTE, ()))
    return found


RULES = ["image_columns", "image_cells", "image_home", "color_ticks", "range_around"]


@pytest.mark.parametrize("rule", RULES)
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


def test_each_cell_has_its_place_and_its_colour() -> None:
    image, scale = pictures(plot_of([[0, 1], [2, 4], [np.nan, 3]]))
    height, width = image.shape
    at = [[image[height * (3 - 2 * j) // 4, width * (2 * i + 1) // 6] for j in (0, 1)]
          for i in (0, 1, 2)]  # fmt: skip
    assert at == [[1, 65], [128, 255], [0, 192]]
    assert scale[:, 0].tolist() == list(range(255, 0, -1))


def test_it_fills_its_panel_and_hides_the_grid() -> None:
    plot = plot_of(np.ones((3, 5)))
    image, scale = (
        {key: float(its.attrib[key]) for key in ("x", "y", "width", "height")}
        for its in elements(plot, "image")
    )
    assert scale["x"] >= image["x"] + image["width"] + 10
    assert (scale["y"], scale["height"]) == (image["y"], image["height"])
    assert not elements(plot, "path", stroke="#eceef1")
    lines = Plot("p")
    lines.append("y", np.arange(2.0), np.arange(2.0))
    assert elements(lines, "path", stroke="#eceef1")


def test_the_scale_has_ticks_a_unit_and_a_label() -> None:
    plot = plot_of([[-80, 0]], z_label="power <b>", z_unit="dB")
    assert "-20 dB" in texts(plot)
    assert "power <b>" in texts(plot)
    assert "its values -80 to 0 dB" in render_svg(plot)


def test_a_range_that_is_said_is_that_of_the_colours() -> None:
    image, _ = pictures(plot_of([[1, 1]], z_range=(0, 2)))
    assert np.unique(image).tolist() == [128]


def test_a_logarithmic_axis_begins_at_half_a_value() -> None:
    plot = plot_of(np.ones((3, 100)), log="y", y_unit="Hz")
    image, _ = pictures(plot)
    assert (image[:, image.shape[1] // 2] > 0).all()
    assert {"1 Hz", "10 Hz"} <= set(texts(plot))


def test_lines_beyond_it_are_seen_too() -> None:
    plot = plot_of(np.ones((3, 5)))
    plot.append("y", np.arange(3.0), np.array([1.0, 12.0, 3.0]))
    image, _ = elements(plot, "image")
    panel = float(image.attrib["height"])
    (line,) = elements(plot, "path", stroke_linejoin="round", stroke="#0474d4")
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", line.attrib["d"])]
    assert min(heights) > float(image.attrib["y"])
    assert panel > 100


def test_counted_cells_have_whole_labels() -> None:
    plot = plot_of(np.ones((10, 10)), z_label="z")
    found = [text for text in texts(plot) if text.isdigit()]
    assert sorted(found) == sorted([*map(str, range(10)), *map(str, range(10)), "1"])
    plot = plot_of(np.ones((3, 3)), title="t")
    plot.append("y", np.array([0.0, 2.0]), np.zeros(2))
    assert "0.5" in texts(plot), "x has points as well"


def test_y_is_said_from_the_top_down_where_a_matrix_stands_as_it_is_printed() -> None:
    labels = [
        {
            each.get("y", ""): each.text
            for each in elements(plot_of(np.ones((1, 3)), is_down=is_down), "text")
            if each.get("text-anchor") == "end"
        }
        for is_down in (False, True)
    ]
    up, down = ([its[y] for y in sorted(its, key=lambda y: float(y or 0))] for its in labels)
    assert (up, down) == (["2", "1", "0"], ["0", "1", "2"])


@pytest.mark.parametrize(("with_line", "y_range"), [(True, [2.1, 3.2]), (False, [2.1, 2.4])])
def test_where_y_has_a_line_or_no_whole_number_is_in_sight_labels_are_plain(
    with_line: bool, y_range: list[float]
) -> None:
    plot = plot_of(np.ones((50, 10)), y_range=y_range)
    if with_line:
        plot.append("ridge", np.arange(50.0), np.full(50, 2.3))
    assert ("2.4" if with_line else "2.20") in texts(plot)


def test_logarithmic_colours_have_decades_beside_them() -> None:
    plot = plot_of([[0, 1], [10, 1000]], z_log=True)
    image, _ = pictures(plot)
    assert np.unique(image).tolist() == [0, 1, 86, 255]
    assert {"1", "10", "100", "1000"} <= {text.replace(" ", "") for text in texts(plot)}


def test_of_a_single_value_the_scale_has_one_colour() -> None:
    plot = plot_of([[5, 5], [5, 5]], z_unit="dB")
    assert [np.unique(each).tolist() for each in pictures(plot)] == [[128], [128]]
    assert "5 dB" in texts(plot)


def test_lines_are_painted_over_it_and_other_panels_have_none() -> None:
    plot = plot_of(np.ones((3, 5)), panels=[["image"], ["y"]])
    plot.append("y", np.arange(3.0), np.arange(3.0))
    image, _ = elements(plot, "image")
    assert float(image.attrib["y"]) < 100
    assert len(elements(plot, "path", stroke_linejoin="round")) == 1


def test_what_lies_over_it_has_a_halo() -> None:
    options: dict[str, Any] = {"lines": [(1, "limit")], "regions": [(0, 1, "warm")]}
    plot = plot_of(np.ones((3, 5)), **options)
    plot.mark(1, "here")
    plot.append("y", np.arange(3.0), np.arange(3.0))
    (group,) = elements(plot, "g", paint_order="stroke")
    assert {each.text for each in group} == {"limit", "warm", "here"}
    halos = [float(each.attrib["stroke-width"]) for each in elements(plot, "path", stroke="#fff")]
    assert halos == [4, 4, 4.5, 7]
    plain = Plot("p")
    plain.set_options(options)
    plain.append("y", np.arange(3.0), np.arange(3.0))
    assert not elements(plain, "path", stroke="#fff")
    assert not elements(plain, "g", paint_order="stroke")


def test_noise_becomes_coarser_until_it_is_small() -> None:
    rng = np.random.default_rng(0)
    plot = plot_of(rng.random((900, 600)), whole=False)
    svg = render_svg(plot)
    assert len(svg) < 1.5 * MOST_BYTES + 5000
    image, _ = pictures(plot)
    assert image.shape[1] > 100


def test_without_an_image_there_is_no_picture() -> None:
    plot = Plot("p")
    plot.append("y", np.arange(2.0), np.arange(2.0))
    assert not elements(plot, "image")


@pytest.mark.parametrize("has_series", [False, True])
def test_the_labels_of_rows_that_are_days_are_days(has_series: bool) -> None:
    first = datetime(2026, 3, 29, tzinfo=UTC).timestamp()
    days = np.array([first + 86_400.0 * day for day in range(3)])
    plot = Plot("p")
    plot.set_options({"tz": "UTC", "time": True})
    plot.append_rows(
        Rows("p", "image", days, np.eye(3, dtype=np.float32), (0.0, 2.0), is_whole=True)
    )
    if has_series:  # which begins where the axis does
        plot.append("y", days[:1] - 43_200, np.ones(1))
    found = texts(plot)
    assert {"29 Mar", "30 Mar", "31 Mar"} <= set(found)
    assert ("12:00" in found) == has_series
    assert ("Sat 28 Mar 2026 · UTC" if has_series else "2026 · UTC") in found
