"""The still picture: well-formed whatever is plotted, and true to the vertices that a page would
draw.
"""

from __future__ import annotations

import itertools
import math
import re
from typing import Any, Final
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from playwright.sync_api import Browser

from zwsnb.history.plots import Plot
from zwsnb.snapshot.colors import color_of, slots
from zwsnb.snapshot.render import HEIGHT, WIDTH, draw
from zwsnb.snapshot.svg import Box, fitted, width_of

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
    found = ET.fromstring(draw(plot)).iter(SVG + kind)  # noqa: S314 - our own
    return [element for element in found if wanted.items() <= element.attrib.items()]


def texts(plot: Plot, **attributes: str) -> list[str]:
    return [plain(element) for element in elements(plot, "text", **attributes)]


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
    rects = ET.fromstring(draw(plot)).findall(f"{SVG}clipPath/{SVG}rect")  # noqa: S314 - our own
    boxes = [[float(rect.get(key, "")) for key in ("x", "y", "width", "height")] for rect in rects]
    # What is cut off is a pixel larger.
    return [Box(x + 1, y + 1, width - 2, height - 2) for x, y, width, height in boxes]


def places(plot: Plot) -> list[tuple[str, Box]]:
    """The texts, and where they stand at most."""
    found = []
    for element in elements(plot, "text"):
        size, bold = float(element.get("font-size", 11)), element.get("font-weight") == "600"
        width, text = width_of(element.text or "", size, bold=bold), element.text or ""
        shift = {"end": width, "middle": width / 2}.get(element.get("text-anchor", ""), 0)
        x, y = float(element.get("x", "")), float(element.get("y", ""))
        found.append((text, Box(x - shift, y - 0.76 * size, width, 0.9 * size)))
    return found


def check_words(plot: Plot) -> None:
    """No text touches another or is cut."""
    height = float(ET.fromstring(draw(plot)).get("height", ""))  # noqa: S314 - our own
    found = places(plot)
    for text, box in found:
        assert box.is_within(Box(0, 0, WIDTH, height)), text
    for (text, box), (other, its) in itertools.combinations(found, 2):
        assert not box.touches(its), (text, other)


# -- curves ----------------------------------------------------------------------------------------


def test_an_empty_plot_is_an_empty_picture() -> None:
    picture = ET.fromstring(draw(plot_of()))  # noqa: S314 - our own
    assert (picture.get("width"), picture.get("height")) == (str(WIDTH), str(HEIGHT))
    assert paths(plot_of()) == []


def test_points_are_joined_and_y_goes_up() -> None:
    [[a, b, c]] = paths(plot_of((0, 0), (1, 2), (2, 1)))
    assert a[0] < b[0] < c[0]
    assert b[1] < c[1] < a[1]
    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.11)


def test_a_gap_parts_the_line_and_a_point_alone_is_a_dot() -> None:
    points = [(x, math.nan if x in (200, 202, 400) else 1) for x in range(700)]
    assert [len(stretch) for stretch in paths(plot_of(*points))] == [200, 197, 299]
    assert len(dots(plot_of(*points), "5")) == 1


@pytest.mark.parametrize(
    ("count", "asked", "some"), [(20, False, True), (60, False, False), (60, True, True)]
)
def test_a_line_has_dots_where_they_have_room(count: int, asked: bool, some: bool) -> None:
    plot = plot_of(*((x, x) for x in range(count)), points=asked)
    assert len(dots(plot, "4")) == count * some
    assert len(paths(plot)) == 1


def test_steps_go_on_at_their_height() -> None:
    [line] = paths(plot_of((0, 0), (1, 2), (2, 1), style="step"))
    ups = [(a[0] == b[0], a[1] == b[1]) for a, b in itertools.pairwise(line)]
    assert ups == [(False, True), (True, False)] * 2


def test_points_are_dots_and_nothing_else() -> None:
    plot = plot_of((0, 0), (1, math.nan), (2, 1), (3, 9), style="points", y_range=(0, 2))
    assert len(dots(plot, "4")) == 2
    assert paths(plot) == []


def test_an_area_is_filled_down_to_0_under_its_line() -> None:
    plot = plot_of((0, 1), (1, 3), (2, math.nan), (3, -1), (4, -2), style="area")
    assert [len(stretch) for stretch in paths(plot)] == [2, 2]
    [above, below] = fills(plot, "0.16")
    assert above[0][1] == above[-1][1] == below[0][1] == below[-1][1]
    assert max(y for _, y in above) == min(y for _, y in below) == above[0][1]


@pytest.mark.parametrize("log", ["none", "y"])
def test_bars_stand_on_the_ground_side_by_side_and_within_the_picture(log: str) -> None:
    plot = plot_of((0, 1), (1, 10), (2, math.nan), (3, 100), style="bars", log=log)
    bars = fills(plot, "0.85")
    [area] = areas(plot)
    assert len(bars) == 3
    assert [bar[0][1] for bar in bars] == pytest.approx([area.bottom] * 3, abs=0.1)
    assert bars[0][0][0] >= area.left
    assert bars[-1][-1][0] <= area.right
    assert all(a[-1][0] < b[0][0] for a, b in itertools.pairwise(bars))
    heights = [bar[0][1] - bar[1][1] for bar in bars]
    equal = heights[1] - heights[0] == pytest.approx(heights[2] - heights[1], abs=0.2)
    assert equal == (log == "y")


def test_a_band_is_an_area_between_two_series_that_are_not_drawn_by_themselves() -> None:
    plot = plot_with(
        {"series": {"mean": {"band": ["lo", "hi"]}}}, mean=[1, 2, 3], lo=[0, 1, 2], hi=[2, 3, 9]
    )
    [outline] = fills(plot, "0.2")
    [line] = paths(plot)
    assert len(outline) == 6
    assert [x for x, _ in outline] == [x for x, _ in line] + [x for x, _ in line[::-1]]
    assert all(
        high < y < low
        for (_, high), (_, y), (_, low) in zip(outline, line, outline[:2:-1], strict=False)
    )
    assert texts(plot, font_size="12") == ["mean"]
    assert outline[2][1] > areas(plot)[0].top


@pytest.mark.parametrize(
    ("lo", "hi", "count"),
    [
        ([0, 0, math.nan, 0, 0], [1, 1, 1, 1, 1], 2),
        ([0, 0, math.nan, 0, 0], [1, math.nan, 1, 1, 1], 1),
        ([0, math.nan, 0, math.nan, 0], [1, 1, 1, 1, 1], 0),
        (([0, 4], [0, 1]), ([1, 2, 3, 9], [2, 2, 2, 2]), 1),
        (([0, 4, 2], [0, 1, 1]), [1, 1, 1], 0),
        ([], [1, 1, 1], 0),
    ],
)
def test_a_band_is_where_both_of_its_series_are(lo: Any, hi: Any, count: int) -> None:
    plot = plot_with({"series": {"m": {"band": ["lo", "hi"]}}}, m=[1], lo=lo, hi=hi)
    assert len(fills(plot, "0.2")) == count


def test_a_band_needs_no_points_of_its_own_series() -> None:
    plot = plot_with(
        {"series": {"m": {"band": ["lo", "hi"], "color": "#123"}}}, lo=[0, 1], hi=[1, 2]
    )
    assert [path.get("fill") for path in elements(plot, "path", fill_opacity="0.2")] == ["#123"]
    assert texts(plot, font_size="12") == ["m"]
    assert paths(plot) == []


def test_a_series_that_bounds_its_own_band_is_drawn() -> None:
    plot = plot_with({"series": {"m": {"band": ["m", "hi"]}}}, m=[0, 1], hi=[1, 2])
    assert (len(paths(plot)), len(fills(plot, "0.2"))) == (1, 1)


def test_what_is_said_of_one_series_is_what_it_looks_like() -> None:
    looks = {"a": {"color": "#abc", "width": 3}, "b": {"style": "points"}, "c": {"hidden": True}}
    plot = plot_with({"style": "step", "series": looks}, a=[1, 2], b=[2, 1], c=[3, 3])
    [line] = elements(plot, "path", stroke_width="3", fill="none")
    assert (line.get("stroke"), len(vertices(line)[0])) == ("#abc", 3)
    assert len(dots(plot, "4")) == 4
    assert texts(plot, font_size="12") == ["a", "b"]


def test_xy_is_drawn_in_publishing_order() -> None:
    plot = plot_of((0, 0), (1, 1), (0.5, 0))
    [[a, b, c]] = paths(plot)
    assert a[0] < c[0] < b[0]
    assert "XY, newest 100,000" in texts(plot)


def test_a_million_points_are_a_few_kilobytes_and_a_thin_line() -> None:
    plot = Plot("p")
    plot.append("y", np.arange(1e6), np.random.default_rng(0).standard_normal(1_000_000))
    assert len(draw(plot)) < 60_000
    assert elements(plot, "path", stroke_width="1", fill="none")


def test_pictures_in_one_document_do_not_share_what_differs() -> None:
    one, other = plot_of((0, 0), (1, 1)), plot_of((0, 0), (1, 1e9), title="higher")
    ids = [clip.get("id") for plot in (one, other) for clip in elements(plot, "clipPath")]
    assert len(set(ids)) == 2


# -- colours and names -----------------------------------------------------------------------------


def test_every_series_has_a_colour_and_a_name() -> None:
    plot = plot_with({}, a=[0, 1], b=[1, 0])
    assert len(paths(plot)) == 2
    assert texts(plot, font_size="12") == ["a", "b"]
    swatches = [path.get("stroke") for path in elements(plot, "path", stroke_width="3")]
    assert swatches == [color_of(slot) for slot in slots(["a", "b"]).values()]


def test_the_ends_of_bands_take_no_colours() -> None:
    plot = plot_with({"series": {"m": {"band": ["lo", "hi"]}}}, lo=[0, 1], hi=[1, 2], m=[0, 1])
    assert elements(plot, "path", stroke=color_of(slots(["m"])["m"]), stroke_width="1.5")


def test_after_a_turn_the_colours_come_again_with_dashes() -> None:
    plot = plot_with({}, **{f"s{i}": [i, i] for i in range(40)})
    lines = [path for path in elements(plot, "path", stroke_width="1.5") if path.get("clip-path")]
    assert len({(path.get("stroke"), path.get("stroke-dasharray")) for path in lines}) == 40


@pytest.mark.parametrize(
    ("count", "said"), [(1, None), (12, None), (64, None), (400, r"and \d+ more")]
)
def test_many_names_make_the_picture_higher_and_not_the_plot_lower(
    count: int, said: str | None
) -> None:
    plot = plot_with({}, **{f"s{i}": [i, i] for i in range(count)})
    names = texts(plot, font_size="12")
    assert areas(plot)[0].height >= 200
    if said is None:
        assert names == list(plot.series)
    else:
        assert re.fullmatch(said, names[-1])
        assert len(names) - 1 + int(names[-1].split()[1]) == count


# -- axes ------------------------------------------------------------------------------------------


def test_a_window_shows_its_end_and_a_range_is_kept() -> None:
    plot = plot_of(*((x, x % 10) for x in range(1000)), window=100, y_range=(0, 5))
    labels = [float(text) for text in texts(plot) if re.fullmatch(r"-?[\d.]+", text)]
    assert {0.0, 5.0} <= set(labels)
    assert min(label for label in labels if label > 10) >= 899


def test_a_range_that_grows_holds_what_a_window_has_left_behind() -> None:
    points = [(x, 100 if x == 3 else 1 + x % 2) for x in range(1000)]
    tops = {}
    for said in ("auto", "grow"):
        [line] = paths(plot_of(*points, window=50, y_range=said))
        tops[said] = min(y for _, y in line) - areas(plot_of(*points))[0].top
    assert tops["auto"] < 40
    assert tops["grow"] > 180


def test_labels_say_units_with_their_prefixes_and_axes_what_they_are() -> None:
    plot = plot_of(
        (0, 0),
        (20, 1200),
        x_label="since start",
        x_unit="s",
        y_label="voltage",
        y_unit="V",
        title="A title",
    )
    assert {"since start", "voltage", "A title", "20 s", "1.0 kV", "0"} <= set(texts(plot))


def test_times_have_their_unit_beside_the_date() -> None:
    assert "UTC" in texts(plot_of((0, 1), (60, 2), time=True, x_unit="UTC"))


def test_a_second_axis_has_its_own_range_unit_and_colour() -> None:
    options = {
        "y2_label": "right",
        "y2_unit": "A",
        "y2_range": (0, 1),
        "series": {"b": {"axis": "right"}},
    }
    plot = plot_with(options, a=[0, 1000], b=[0, 0.5])
    left, right = (color_of(slot) for slot in slots(["a", "b"]).values())
    assert {"1.0 A", "0.2 A"} <= set(texts(plot, fill=right))
    assert "1000" in texts(plot, fill=left, text_anchor="end")
    [area] = areas(plot)
    assert all(float(e.get("x", "")) > area.right for e in elements(plot, "text", fill=right))
    assert "right" in texts(plot, fill=QUIET, y="20")
    a, b = paths(plot)
    assert a[1][1] < b[1][1] == pytest.approx(area.top + area.height / 2, abs=1)
    assert "right" in texts(plot)


def test_a_second_axis_may_be_alone() -> None:
    plot = plot_with({"series": {"a": {"axis": "right"}}, "lines": [0.5]}, a=[0, 1])
    assert texts(plot, text_anchor="end") == []
    [[(_, level), _]] = [vertices(path)[0:1][0] for path in elements(plot, "path", stroke=NOTE)]
    [[(_, low), (_, high)]] = paths(plot)
    assert level == pytest.approx((low + high) / 2, abs=0.2)


@pytest.mark.parametrize(
    ("log", "even"),
    [("none", (False, False)), ("x", (True, False)), ("y", (False, True)), ("xy", (True, True))],
)
def test_on_a_logarithmic_axis_decades_are_equally_far_apart(
    log: str, even: tuple[bool, bool]
) -> None:
    [line] = paths(plot_of((1, 1), (10, 10), (100, 100), log=log))
    for (a, b, c), is_even in zip(zip(*line, strict=True), even, strict=True):
        assert (b - a == pytest.approx(c - b, abs=0.2)) == is_even


def test_what_has_no_logarithm_is_a_gap_that_is_said() -> None:
    plot = plot_of((1, 1), (2, 10), (3, 0), (4, -5), (5, 10), (6, 100), log="y")
    assert [len(stretch) for stretch in paths(plot)] == [2, 2]
    assert "≤ 0 not shown" in texts(plot)
    assert "≤ 0 not shown" not in texts(plot_of((1, 1), (2, math.nan), (3, 1), log="y"))


def test_a_logarithmic_x_begins_where_the_logarithms_do() -> None:
    plot = plot_of((-5, 1), (0, 1), (1, 1), (10, 2), (100, 3), log="x")
    [line] = paths(plot)
    [area] = areas(plot)
    assert [x for x, _ in line][::2] == pytest.approx([area.left, area.right], abs=0.2)


def test_nothing_but_zeros_is_an_empty_logarithmic_picture() -> None:
    assert paths(plot_of((0, 0), (-1, -1), log="xy")) == []


def test_times_have_no_logarithm() -> None:
    [[a, b, c]] = paths(plot_of((1, 1), (2, 2), (3, 3), log="x", time=True))
    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.2)


@pytest.mark.parametrize(
    ("x", "labels"),
    [
        ([0, 1e-3], r"\d\d:\d\d:\d\d\.\d{4}"),
        ([0, 30], r"\d\d:\d\d:\d\d"),
        ([0, 3600], r"\d\d:\d\d|1 Jan"),
        ([0, 10 * 86400], r"\d+ Jan"),
        ([1e14, 2e14], r"[\d. ]+ T"),
    ],
)
def test_times_are_as_long_as_they_need_to_be(x: list[float], labels: str) -> None:
    middle = texts(plot_of(*((value, 0.5) for value in x), time=True), text_anchor="middle")
    assert middle
    assert all(re.fullmatch(labels, text) for text in middle)
    assert len(set(middle)) == len(middle)


# -- panels ----------------------------------------------------------------------------------------


def test_panels_stand_one_above_the_other_and_share_x() -> None:
    plot = plot_with(
        {"panels": [["a"], ["b", "c"]], "x_label": "step"}, a=[0, 9], b=[5, 6], c=[1, 1]
    )
    first, second = areas(plot)
    assert (first.left, first.width, first.height) == (second.left, second.width, second.height)
    assert first.bottom < second.top
    a, b, c = paths(plot)
    assert {a[0][0], b[0][0], c[0][0]} == {a[0][0]}
    assert all(first.top <= y <= first.bottom for _, y in a)
    assert all(second.top <= y <= second.bottom for _, y in b + c)
    assert len(texts(plot, text_anchor="middle")) == len(set(texts(plot, text_anchor="middle")))
    assert texts(plot).count("step") == 1


@pytest.mark.parametrize(
    ("panels", "homes"),
    [
        ([["b"], ["a"]], {"a": 1, "b": 0, "c": 1}),
        ([["b"], []], {"a": 1, "b": 0, "c": 1}),
        ([["a"], ["a", "b"], ["c"]], {"a": 0, "b": 1, "c": 2}),
        ([["nobody"], ["__proto__"]], {"a": 1, "b": 1, "c": 1}),
    ],
)
def test_a_series_is_in_the_first_panel_that_names_it_or_in_the_last(
    panels: list[list[str]], homes: dict[str, int]
) -> None:
    plot = plot_with({"panels": panels}, a=[0, 1], b=[0, 2], c=[0, 3])
    boxes = re.findall(
        r'<path[^>]*stroke="(#\w+)" stroke-width="1.5"[^>]*url\(#([-\w.]+)\)', draw(plot)
    )
    ids = [box for _, box in boxes]
    colors = {color_of(slot): name for name, slot in slots(plot.series).items()}
    order = [clip.get("id") for clip in elements(plot, "clipPath")]
    seen = sorted(set(homes.values()))
    assert {colors[color]: seen[order.index(box)] for color, box in boxes} == homes
    assert len(set(ids)) == len(seen)


@pytest.mark.parametrize("count", [1, 2, 3, 16])
def test_panels_are_never_too_low_to_be_read(count: int) -> None:
    names = [f"s{i}" for i in range(count)]
    plot = plot_with({"panels": [[name] for name in names]}, **{name: [1, 2] for name in names})
    height = float(ET.fromstring(draw(plot)).get("height", ""))  # noqa: S314 - our own
    assert len(areas(plot)) == count
    assert all(area.height >= 100 for area in areas(plot))
    assert areas(plot)[-1].bottom < height
    assert height < 130 + 150 * count + 100


# -- notes -----------------------------------------------------------------------------------------


def test_a_threshold_stands_at_its_height_in_every_panel_with_its_words() -> None:
    options = {"lines": [(0.5, "half"), 99], "panels": [["a"], ["b"]]}
    plot = plot_with(options, a=[0, 0.5, 1], b=[0, 0.5, 2])
    levels = [level for path in elements(plot, "path", stroke=NOTE) for level in vertices(path)]
    lines = paths(plot)
    assert [level[0][1] for level in levels] == [line[1][1] for line in lines]
    assert texts(plot, fill=NOTE) == ["half", "half"]


def test_a_region_is_shaded_from_its_begin_to_its_end_and_a_mark_stands_at_its_x() -> None:
    plot = plot_of(
        (0, 0), (1, 1), (2, 2), (4, 4), regions=[(1, 2, "warm-up"), (3, 9), (5, 6, "outside")]
    )
    plot.mark(1, "epoch")
    plot.mark(5, "outside")
    [line] = paths(plot)
    boxes = [
        (float(r.get("x", "")), float(r.get("width", "")))
        for r in elements(plot, "rect", fill=SHADE)
    ]
    assert boxes[0] == pytest.approx((line[1][0], line[2][0] - line[1][0]), abs=0.2)
    assert sum(boxes[1]) == pytest.approx(line[3][0], abs=0.2)
    [pole] = [path for path in elements(plot, "path", stroke=QUIET) if path.get("stroke-dasharray")]
    assert [x for [(x, _), _] in vertices(pole)] == pytest.approx([line[1][0]], abs=0.5)
    assert {"warm-up", "epoch"} <= set(texts(plot))
    assert "outside" not in texts(plot)


def test_a_region_of_a_logarithmic_axis_may_begin_at_0() -> None:
    plot = plot_of((1, 1), (10, 2), (100, 3), log="x", regions=[(0, 10, "low"), (-5, 0, "none")])
    [region] = elements(plot, "rect", fill=SHADE)
    [line] = paths(plot)
    assert float(region.get("x", "")) == pytest.approx(line[0][0], abs=0.2)
    assert float(region.get("width", "")) == pytest.approx(line[1][0] - line[0][0], abs=0.2)


def test_what_belongs_to_x_is_written_in_the_first_panel_only() -> None:
    plot = plot_with(
        {"regions": [(0, 1, "warm-up")], "panels": [["a"], ["b"]]}, a=[0, 1, 2], b=[0, 1, 2]
    )
    plot.mark(1, "epoch")
    assert [texts(plot).count(word) for word in ("warm-up", "epoch")] == [1, 1]
    assert len(elements(plot, "rect", fill=SHADE)) == 2


def test_thousands_of_notes_are_no_more_than_fit() -> None:
    plot = plot_of((0, 0), (10, 10), lines=[(i / 100, "l") for i in range(1000)])
    for i in range(10_000):
        plot.mark(i / 1000, f"mark {i}")
    assert len(draw(plot)) < 100_000
    assert 10 < len(texts(plot)) < 150
    check_words(plot)


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["<script>", "a & b", "\0\x1b[31m", "\ud800", "\uffff", '"quoted"', "]]>"]
)
def test_a_text_is_only_text(text: str) -> None:
    name = "n" + text.replace("\0\x1b", "").replace("\ud800", "")
    plot = plot_with(
        {
            "title": "t" + text, "x_label": "x" + text, "y_label": "l" + text, "y2_label": "r" + text,
            "x_unit": text, "y_unit": text, "y2_unit": text,
            "lines": [(0.5, "h" + text)], "regions": [(0, 1, "w" + text)],
            "series": {name: {"axis": "right"}}, "panels": [[name, "a"], []],
        },
        a=[0, 1, 2], **{name: [0, 1, 2]},
    )  # fmt: skip
    plot.mark(1, "m" + text)
    found = texts(plot)
    for first in "txlrhwmn":
        assert any(word.startswith(first) for word in found), first
    tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(draw(plot)).iter()}  # noqa: S314 - our own
    assert tags == {"svg", "rect", "path", "text", "clipPath"}
    draw(plot).encode()


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("short", 100, "short"),
        ("a text that is too long", 60, "a text t…"),
        ("a text", 10, ""),
        ("温度温度温度温度", 60, "温度温度…"),
        ("", 0, ""),
    ],
)
def test_words_are_as_many_as_fit(text: str, room: float, shown: str) -> None:
    assert fitted(text, room) == shown
    assert width_of(fitted(text, room)) <= room


GALLERY: Final[dict[str, dict[str, Any]]] = {
    "two axes": {
        "title": EVIL * 9, "x_label": EVIL * 9, "y_label": EVIL * 9, "y2_label": EVIL * 9,
        "x_unit": EVIL, "y_unit": "V", "y2_unit": EVIL, "series": {"b": {"axis": "right"}},
    },
    "times": {"time": True, "x_label": "time of day", "y_label": "y"},
    "logarithms": {"log": "xy", "x_unit": "%", "y_unit": "Hz"},
    "panels": {"panels": [["a"], ["b"], []], "series": {"b": {"axis": "right"}, EVIL: {"axis": "right"}}},
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


@pytest.mark.parametrize("options", GALLERY.values(), ids=GALLERY)
def test_no_text_touches_another_or_is_cut(options: dict[str, Any]) -> None:
    check_words(gallery(options))


REAL: Final = """() => [...document.querySelectorAll("text")].map((text) => {
    const { x, y, width, height } = text.getBBox();
    return [text.textContent, x, y + 0.2 * height, width, 0.6 * height];
})"""


@pytest.mark.browser
@pytest.mark.parametrize("family", ["DejaVu Sans", "sans-serif"])
def test_no_text_touches_another_or_is_cut_in_a_browser(browser: Browser, family: str) -> None:
    page = browser.new_page()
    for options in GALLERY.values():
        picture = draw(gallery(options))
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


# -- whatever is plotted ---------------------------------------------------------------------------


extreme = st.sampled_from(
    [0.0, 1.0, -1.0, 1e-300, 5e-324, 1e300, -1.7e308, 1.7e308, 1.0000000000000002, 1.7e9, math.nan]
)
finite = extreme.filter(math.isfinite)
ranges = st.one_of(
    st.sampled_from([None, "grow"]),
    st.tuples(finite, finite).map(sorted).filter(lambda r: r[0] < r[1]),
)
looks = st.fixed_dictionaries(
    {},
    optional={
        "style": st.sampled_from(["line", "points", "step", "area", "bars"]),
        "axis": st.sampled_from(["left", "right"]),
        "band": st.sampled_from([["a", "b"], ["b", "a"], ["b", "c"], ["c", "c"]]),
        "hidden": st.booleans(),
    },
)
options = st.fixed_dictionaries(
    {},
    optional={
        "window": st.sampled_from([1e-300, 1.0, 1e300]),
        "time": st.booleans(),
        "log": st.sampled_from(["x", "y", "xy"]),
        "y_range": ranges,
        "y2_range": ranges,
        "panels": st.sampled_from([[["a"], ["b"]], [["c"], []]]),
        "series": st.dictionaries(st.sampled_from("abcd"), looks),
        "lines": st.lists(st.tuples(finite, st.sampled_from(["", EVIL]))),
        "regions": st.lists(
            st.tuples(finite, finite, st.just(EVIL)).filter(lambda region: region[0] < region[1])
        ),
        "y_unit": st.sampled_from(["V", EVIL]),
        "x_unit": st.sampled_from(["V", EVIL]),
    },
)
points = st.lists(st.tuples(finite, extreme), max_size=6)


@settings(derandomize=True, max_examples=500, deadline=None)
@given(options, st.dictionaries(st.sampled_from("abc"), points), st.lists(finite), st.booleans())
def test_whatever_is_plotted_the_picture_is_well_formed(
    said: dict[str, Any],
    series: dict[str, list[tuple[float, float]]],
    marks: list[float],
    ordered: bool,
) -> None:
    plot = plot_with(said)
    for name, its in series.items():
        if its:
            x, y = np.array(sorted(its, key=lambda p: p[0]) if ordered else its).T
            plot.append(name, x, y)
    for mark in marks:
        plot.mark(mark, "mark")
    picture = draw(plot)
    shapes = re.sub(r"<text.*?</text>", "", picture)
    assert not re.search(r"nan|inf|\de[+-]?\d", shapes)
    assert all(
        abs(float(number)) < 2e6
        for number in re.findall(r"-?\d+\.?\d*", re.sub(r'"[^"]*#[^"]*"', "", shapes))
    )
    assert len(texts(plot)) < 150
    check_words(plot)
