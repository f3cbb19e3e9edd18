"""What a page draws: styles, bands, axes, panels, legend, notes; from Python, while it runs. In a
real browser, on its pixels.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from support.lab import Plot, Stats
from support.pages import user

import zwsnb
from zwsnb.commands import magics

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]

LOOK: Final = """([panel, x, y, reach]) => {
    const canvas = document.querySelectorAll("#plot .flot-base")[panel];
    const ratio = canvas.width / canvas.clientWidth;
    const [left, top, size] = [x - reach, y - reach, 2 * reach + 1].map((value) =>
        Math.round(value * ratio),
    );
    const side = Math.max(1, size);
    const { data } = canvas.getContext("2d").getImageData(left, top, side, side);
    const found = [];
    for (let i = 0; i < data.length; i += 4) found.push([...data.subarray(i, i + 4)]);
    return found;
}"""

RECORD: Final = """() => {
    window.written = [];
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
        const { width, actualBoundingBoxAscent, actualBoundingBoxDescent } = this.measureText(text);
        const left = { center: x - width / 2, right: x - width }[this.textAlign] ?? x;
        const [top, bottom] = [y - actualBoundingBoxAscent, y + actualBoundingBoxDescent];
        const right = left + width;
        const look = { color: this.fillStyle, alpha: this.globalAlpha };
        if (text) window.written.push({ text, left, right, top, bottom, y, ...look });
        fillText.call(this, text, x, y, ...more);
    };
}"""

EVIL: Final = '<img src=x onerror="window.evil=1"><script>window.evil=1</script>'


Open = Callable[..., "Drawn"]


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    with user(browser, color_scheme="light") as found:
        yield found


@pytest.fixture
def draw(reader: BrowserContext, numbers: Iterator[int]) -> Iterator[Open]:
    """A function that makes a plot and opens its page."""

    def make(options: dict[str, Any], width: int = 900, height: int = 360, **series: Any) -> Drawn:
        plot = zwsnb.Plot(f"series {next(numbers)}", **options)
        total = publish(plot, **series)
        page = empty.pop() if empty else reader.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(plot.url)
        return Drawn(plot, page, total)

    empty = list(reader.pages)
    yield make
    for page in reader.pages:
        page.goto("about:blank")


FLAT_HOUR = [1.0] * 3601


def publish(plot: zwsnb.Plot, **series: Any) -> int:
    """Publish (xs, ys) by the names of series, and return how many points these are."""
    for name, (xs, ys) in series.items():
        plot.publish(xs, ys, series=name)
    return sum(len(xs) for xs, _ in series.values())


class Drawn(Plot):
    """A plot and its page, as soon as all its points are drawn and nothing moves any more."""

    def __init__(self, plot: zwsnb.Plot, page: Page, total: int) -> None:
        super().__init__(page)
        self.plot = plot
        self.settled(lambda s: s["points"] == total, f"{total} points")

    def settled(self, holds: Callable[[Stats], Any], what: str) -> Stats:
        """Wait for a state, and until eight animation frames have passed without a picture."""
        self.until(holds, what)
        self.page.evaluate(
            """() => new Promise((done) => {
                let [last, still] = [-1, 0];
                const look = () => {
                    const { frames } = window.zwsnb.stats();
                    still = frames === last ? still + 1 : 0;
                    last = frames;
                    if (still < 8) requestAnimationFrame(look);
                    else done();
                };
                look();
            })"""
        )
        return self.stats()

    def style(self, **options: Any) -> Stats:
        """Change options from Python; nothing may be lost by that."""
        before = self.stats()
        self.plot.style(**options)
        after = self.settled(lambda s: s["frames"] > before["frames"], f"a picture with {options}")
        assert after["points"] == before["points"]
        assert {name: one["points"] for name, one in after["series"].items()} == {
            name: one["points"] for name, one in before["series"].items()
        }
        return after

    def place(self, x: float, y: float, panel: int = 0, side: str = "left") -> tuple[float, float]:
        """Return where a point is, in CSS pixels of the plot."""
        found = self.stats()["panels"][panel]
        box = found["box"]
        return (
            box["left"] + box["width"] * share(found["x"], x),
            box["top"] + box["height"] * (1 - share(found[side], y)),
        )

    def pixels(
        self, x: float, y: float, panel: int = 0, side: str = "left", reach: float = 2
    ) -> list[list[int]]:
        """Return the colours around a point."""
        at = self.place(x, y, panel, side)
        offset = self.page.evaluate(
            """(panel) => {
                const canvas = document.querySelectorAll("#plot .flot-base")[panel];
                const plot = document.getElementById("plot");
                return canvas.getBoundingClientRect().top - plot.getBoundingClientRect().top;
            }""",
            panel,
        )
        found: list[list[int]] = self.page.evaluate(LOOK, [panel, at[0], at[1] - offset, reach])
        return found

    def shows(
        self, series: str, x: float, y: float, panel: int = 0, side: str = "left", reach: float = 2
    ) -> bool:
        """Is the colour of a series there, clearly?"""
        color = rgb(self.stats()["series"][series]["color"])
        return any(
            alpha > 150 and sum(abs(a - b) for a, b in zip(pixel, color, strict=True)) < 60
            for *pixel, alpha in self.pixels(x, y, panel, side, reach)
        )

    def tints(self, series: str, x: float, y: float, panel: int = 0, side: str = "left") -> bool:
        """Is its colour there translucently, all over?"""
        color = rgb(self.stats()["series"][series]["color"])
        return all(
            0 < alpha < 150 and sum(abs(a - b) for a, b in zip(pixel, color, strict=True)) < 90
            for *pixel, alpha in self.pixels(x, y, panel, side, 1)
        )

    def written(self) -> list[dict[str, Any]]:
        """Return the texts of one picture, and where they stand."""
        before = self.stats()
        self.page.evaluate(
            f"() => {{ if (!window.written) ({RECORD})(); window.written.length = 0; }}"
        )
        size = self.page.viewport_size
        assert size
        self.page.set_viewport_size({"width": size["width"], "height": size["height"] + 1})
        self.until(lambda s: s["frames"] > before["frames"], "a picture")
        self.page.wait_for_function("() => window.written.length > 0")
        found: list[dict[str, Any]] = self.page.evaluate("() => window.written")
        return found

    def texts(self) -> set[str]:
        """Return what is written on the canvas, with plain spaces."""
        return {one["text"].replace("\u202f", " ") for one in self.written()}

    def row(self, series: str) -> Any:
        """Return the row of a series in the legend."""
        return self.page.locator("#legend button").filter(
            has=self.page.get_by_text(series, exact=True)
        )

    def hidden(self) -> set[str]:
        """Return the names of the series that are hidden."""
        return {name for name, one in self.stats()["series"].items() if one["hidden"]}


def share(axis: dict[str, Any], value: float) -> float:
    """Return where a value is on an axis, from 0 to 1."""
    low, high = axis["low"], axis["high"]
    if axis["log"]:
        low, high, value = math.log10(low), math.log10(high), math.log10(value)
    return float((value - low) / (high - low))


def rgb(color: str) -> list[int]:
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]


FLAT: Final = (range(101), [1.0] * 101)
RISE: Final = (range(101), [float(x) for x in range(101)])


# --- styles ---


def test_line_step_points_area_and_bars_one_after_the_other_while_it_runs(draw: Open) -> None:
    drawn = draw({"y_range": (0, 10)}, y=([0, 10, 20, 30, 40], [2, 8, 2, 8, 2]))
    assert drawn.shows("y", 15, 5)
    drawn.style(style="step")
    assert drawn.shows("y", 15, 8)
    assert not drawn.shows("y", 15, 5)
    drawn.style(style="points")
    assert drawn.shows("y", 10, 8)
    assert not drawn.shows("y", 15, 8)
    drawn.style(style="area")
    assert drawn.shows("y", 15, 5)
    assert drawn.tints("y", 12, 3)
    drawn.style(style="bars")
    assert drawn.shows("y", 10, 4)
    assert not drawn.shows("y", 15, 4)


def test_candles_have_wicks_and_bodies_of_all_points_and_follow_the_zoom(draw: Open) -> None:
    y = np.tile([2.0, 9.0, 1.0, 6.0, 7.0, 7.0, 3.0, 3.5, 2.5, 3.0], 1000)
    drawn = draw({"y_range": (0, 10), "style": "candles", "period": 5}, y=(range(10_000), y))
    few = drawn.stats()["series"]["y"]
    assert few["kind"] == "candles"
    assert few["vertices"] < 4 * 1000
    drawn.style(window=25)
    series = drawn.settled(lambda s: s["view"]["to"] - s["view"]["from"] < 30, "a window")["series"]
    assert series["y"]["vertices"] <= 4 * 12
    # From 9990 on it rises from 2 to 7, between 9 and 1; then it falls from 7 to 3.
    assert drawn.tints("y", 9991.8, 3.3)
    assert drawn.shows("y", 9992.5, 8)
    assert not drawn.tints("y", 9991.8, 8.3)
    assert drawn.shows("y", 9997.5, 5)


def test_width_color_and_points_of_one_series(draw: Open) -> None:
    drawn = draw({"y_range": (0, 2)}, y=FLAT, other=(range(101), [0.5] * 101))
    drawn.style(series={"y": {"color": "#c00000", "width": 8}})
    assert drawn.stats()["series"]["y"]["color"] == "#c00000"
    assert all(pixel[:3] == [192, 0, 0] for pixel in drawn.pixels(50, 1, reach=2))
    assert drawn.shows("other", 50, 0.5)


def test_a_band_is_an_area_around_its_series_and_its_ends_are_not_drawn_by_themselves(
    draw: Open,
) -> None:
    low, high = (range(101), [2.0] * 101), (range(0, 101, 2), [8.0] * 51)
    drawn = draw({"y_range": (0, 10)}, mean=(range(101), [5.0] * 101), lo=low, hi=high)
    assert drawn.shows("lo", 50, 2)
    drawn.style(series={"mean": {"band": ["lo", "hi"]}})
    assert drawn.shows("mean", 50, 5)
    assert drawn.tints("mean", 53, 3)
    assert drawn.tints("mean", 53, 7)
    assert not drawn.tints("mean", 53, 9)
    assert not drawn.shows("lo", 50, 2)
    drawn.until(
        lambda _: drawn.page.locator("#legend .name").all_text_contents() == ["mean"], "the legend"
    )


def test_the_y_range_holds_the_band(draw: Open) -> None:
    drawn = draw(
        {"series": {"y": {"band": ["lo", "hi"]}}},
        y=FLAT,
        lo=(range(101), [-5.0] * 101),
        hi=(range(101), [9.0] * 101),
    )
    left = drawn.stats()["panels"][0]["left"]
    assert left["low"] <= -5
    assert left["high"] >= 9


# --- axes ---


def test_a_second_axis_at_the_right_has_its_own_range_ticks_and_colour(draw: Open) -> None:
    options = {"y_label": "loss", "y2_label": "accuracy", "y2_unit": "%", "y2_range": (0, 100)}
    drawn = draw(options, loss=FLAT, acc=RISE)
    assert drawn.stats()["panels"][0]["right"] is None
    stats = drawn.style(series={"acc": {"axis": "right"}})
    assert stats["series"]["acc"]["axis"] == "right"
    assert (stats["panels"][0]["right"]["low"], stats["panels"][0]["right"]["high"]) == (0, 100)
    assert drawn.shows("acc", 50, 50, side="right")
    assert drawn.shows("loss", 20, 1)
    written = drawn.written()
    right = [one for one in written if one["text"].endswith("%")]
    assert {one["color"] for one in right} == {stats["series"]["acc"]["color"]}
    assert {"loss", "accuracy"} <= {one["text"] for one in written}
    box = drawn.stats()["panels"][0]["box"]
    assert all(box["left"] + box["width"] < one["left"] < one["right"] <= 900 for one in right)
    drawn.until(lambda _: drawn.row("acc").locator(".tag").text_content() == "right", "the legend")


def test_a_log_y_has_decades_and_what_has_no_logarithm_is_a_gap_that_is_said(draw: Open) -> None:
    drawn = draw({"y_unit": "V"}, y=(range(7), [1e-3, 1e-2, 1e-1, -5, 10, 100, 1000]))
    drawn.style(log="y")
    assert drawn.stats()["panels"][0]["left"]["log"]
    assert drawn.shows("y", 1.5, 10**-1.5)
    assert drawn.shows("y", 4.5, 10**1.5)
    assert not drawn.shows("y", 3, 1, reach=6)
    assert {"1 mV", "10 mV", "100 mV", "1 V", "10 V", "100 V", "1 kV"} <= drawn.texts()
    drawn.until(
        lambda _: "\u2264\u202f0 not shown" in (drawn.row("y").text_content() or ""),
        "what is missing",
    )
    drawn.style(log="none")
    assert not drawn.stats()["panels"][0]["left"]["log"]
    drawn.until(
        lambda _: drawn.row("y").locator(".tag").text_content() == "", "nothing more to say"
    )


def test_a_log_x_shows_every_decade_and_zooms_about_the_pointer(draw: Open) -> None:
    xs = [10 ** (i / 100) for i in range(401)]
    drawn = draw({"log": "xy"}, y=(xs, xs))
    for decade in (10, 100, 1000):
        assert drawn.shows("y", decade, decade)
    assert {"1", "10", "100", "1000", "10 000"} <= drawn.texts()
    corner = drawn.page.locator("#plot").bounding_box()
    assert corner
    at = drawn.place(100, 100)
    drawn.page.mouse.move(corner["x"] + at[0], corner["y"] + at[1])
    drawn.page.mouse.wheel(0, -300)
    drawn.settled(lambda s: s["view"]["from"] > 2, "a closer look")
    assert drawn.place(100, 100)[0] == pytest.approx(at[0], abs=2)
    assert drawn.shows("y", 100, 100)


def test_a_log_x_shows_the_points_of_its_first_decade_however_many_follow(draw: Open) -> None:
    xs = np.arange(1.0, 1_000_001)
    drawn = draw({"log": "x"}, y=(xs, np.where(xs == 7, 5.0, 0.0)))
    assert drawn.shows("y", 7, 5)
    series = drawn.stats()["series"]["y"]
    assert series["kind"] == "columns"
    assert series["vertices"] < 8 * 1100


def test_bars_and_areas_on_a_log_axis_stand_on_its_bottom(draw: Open) -> None:
    drawn = draw({"log": "y", "style": "area", "y_range": (1e-3, 10)}, y=(range(101), [0.1] * 101))
    assert drawn.tints("y", 53, 0.015)
    assert not drawn.tints("y", 53, 1.5)
    drawn.style(style="bars")
    assert drawn.shows("y", 50, 0.01)


def test_a_y_range_is_fixed_or_automatic_or_grows_only(draw: Open) -> None:
    drawn = draw({"window": 10}, y=(range(11), [0.0, 100.0] + [1.0] * 9))
    drawn.style(y_range=(-7, 70))
    assert (drawn.stats()["view"]["low"], drawn.stats()["view"]["high"]) == (-7, 70)
    drawn.style(y_range="grow")
    assert drawn.stats()["view"]["high"] >= 100
    drawn.plot.publish(range(11, 40), [1.0, 2.0] * 14 + [1.0])
    drawn.settled(lambda s: s["points"] == 40, "the spike has left")
    assert drawn.stats()["view"]["high"] >= 100
    drawn.plot.style(y_range="auto")
    drawn.until(lambda s: s["view"]["high"] < 10, "a range that fits")
    drawn.style(y_range=(-3, None))
    drawn.until(lambda s: s["view"]["low"] == -3 < 2 <= s["view"]["high"] < 10, "an open top")
    drawn.style(y_range=(None, 50))
    drawn.until(lambda s: -3 < s["view"]["low"] <= 1 < s["view"]["high"] == 50, "an open bottom")


def test_title_labels_units_and_prefixes(draw: Open) -> None:
    drawn = draw({}, y=(range(101), [12.0 * x for x in range(101)]))
    drawn.style(
        title="Run 7", x_label="time since start", x_unit="s", y_label="voltage", y_unit="V"
    )
    assert drawn.page.text_content("h1") == "Run 7"
    texts = drawn.texts()
    assert {"time since start", "voltage", "20 s", "1.0 kV"} <= texts
    drawn.until(
        lambda _: drawn.page.locator("#legend .value").text_content() == "1.200\u202fkV",
        "the legend",
    )


def test_a_label_of_y_has_room_above_the_topmost_tick(draw: Open) -> None:
    drawn = draw({"y_label": "gap", "y_unit": "V", "y_range": (0, 100)}, y=RISE)
    at = {one["text"]: one for one in drawn.written()}
    topmost = at["100\u202fV"]
    assert topmost["y"] == pytest.approx(drawn.stats()["panels"][0]["box"]["top"], abs=1)
    assert topmost["top"] - at["gap"]["bottom"] >= 4


def test_a_clock_is_a_time_axis_in_the_zone_that_is_said_until_somebody_says_no(
    draw: Open,
) -> None:
    begin = 1_795_694_400.0  # 7 in the morning in New York
    drawn = draw({"tz": "America/New_York"}, y=([begin + i for i in range(3601)], FLAT_HOUR))
    assert "07:10" in drawn.texts()
    assert any(text.endswith("2026 · America/New_York") for text in drawn.texts())
    quiet = drawn.page.locator("#status .times")
    assert quiet.text_content() == "x as times"
    drawn.style(tz="Asia/Tokyo")
    assert "21:10" in drawn.texts()
    drawn.style(time=False)
    assert "21:10" not in drawn.texts()
    drawn.until(lambda _: quiet.text_content() == "", "nothing is guessed")


@pytest.mark.parametrize(
    "options",
    [
        {"x_unit": "Hz", "y2_unit": "V", "series": {"b": {"axis": "right"}}},
        {"time": True, "x_label": "time of day"},
        {"log": "xy"},
    ],
    ids=["linear", "time", "log"],
)
def test_no_label_touches_another_or_is_cut(draw: Open, options: dict[str, Any]) -> None:
    xs = (
        [1.7e9 + 97 * i for i in range(1, 200)]
        if "time" in options
        else [10 ** (i / 30) for i in range(1, 200)]
    )
    drawn = draw(options, a=(xs, [1 + x % 1e5 for x in xs]), b=(xs, [2 + i for i in range(199)]))
    for width in (240, 520, 1100, 3840):
        drawn.page.set_viewport_size({"width": width, "height": 360})
        drawn.settled(partial(is_wider, 0.5 * width - 40), "the new size")
        check_labels(drawn, width)


def is_wider(least: float, s: Stats) -> bool:
    """Say whether the plot area of the first panel is wider than so many pixels."""
    return bool(s["panels"][0]["box"]["width"] > least)


def check_labels(drawn: Drawn, width: int) -> None:
    seen = [one for one in drawn.written() if one["alpha"] > 0.3]
    rows: dict[float, list[dict[str, Any]]] = {}
    for one in seen:
        rows.setdefault(round(one["y"]), []).append(one)
    assert len(seen) > 3
    for row in rows.values():
        row.sort(key=lambda one: one["left"])
        same = [(a, b) for a, b in itertools.pairwise(row) if a["text"] != b["text"]]
        assert [(a["text"], b["text"]) for a, b in same if b["left"] < a["right"] + 3] == []
    assert [one["text"] for one in seen if one["left"] < -1 or one["right"] > width + 1] == []


# --- notes ---


def test_thresholds_regions_and_marks_appear_while_it_runs(draw: Open) -> None:
    drawn = draw({"y_range": (0, 10)}, y=FLAT)
    before = drawn.pixels(33, 7, reach=0)
    drawn.style(lines=[(5, "limit")], regions=[(20, 40, "warm-up")])
    assert drawn.pixels(33, 7, reach=0) != before
    assert any(alpha > 200 for *_, alpha in drawn.pixels(70, 5, reach=4))
    drawn.plot.mark(60, "epoch 3")
    drawn.settled(
        lambda _: any(alpha > 100 for *_, alpha in drawn.pixels(60, 8, reach=4)),
        "the line of a mark",
    )
    assert {"limit", "warm-up", "epoch 3"} <= drawn.texts()
    drawn.style(lines=[], regions=[])
    assert drawn.pixels(33, 7, reach=0) == before


# --- panels ---


def test_panels_share_x_and_have_y_ranges_of_their_own(draw: Open) -> None:
    drawn = draw({}, loss=RISE, acc=FLAT, other=(range(101), [-9.0] * 101))
    assert len(drawn.stats()["panels"]) == 1
    stats = drawn.style(panels=[["loss"], ["acc", "val_acc"]])
    top, bottom = stats["panels"]
    assert (top["series"], bottom["series"]) == (["loss"], ["acc", "other"])
    assert top["left"]["high"] >= 100
    assert bottom["left"]["high"] < 10
    assert top["x"] == bottom["x"]
    assert top["box"]["left"] == bottom["box"]["left"]
    assert top["box"]["width"] == bottom["box"]["width"]
    assert top["box"]["height"] == pytest.approx(bottom["box"]["height"], abs=2)
    assert drawn.shows("loss", 50, 50, panel=0)
    assert drawn.shows("acc", 50, 1, panel=1)
    assert drawn.shows("other", 50, -9, panel=1)


@pytest.mark.parametrize("panel", [0, 1, 2])
def test_the_wheel_over_any_panel_zooms_x_of_all_and_with_shift_its_own_y(
    draw: Open, panel: int
) -> None:
    drawn = draw({"panels": [["a"], ["b"], ["c"]]}, a=RISE, b=RISE, c=RISE)
    box = drawn.stats()["panels"][panel]["box"]
    corner = drawn.page.locator("#plot").bounding_box()
    assert corner
    drawn.page.mouse.move(
        corner["x"] + box["left"] + box["width"] / 4, corner["y"] + box["top"] + box["height"] / 4
    )
    drawn.page.mouse.wheel(0, -400)
    before = drawn.settled(lambda s: s["view"]["to"] < 80, "a closer look")["panels"]
    x = before[0]["x"]
    assert all(one["x"] == x for one in before)
    assert x["low"] + (x["high"] - x["low"]) / 4 == pytest.approx(25, abs=0.2)
    for name in "abc":
        assert drawn.shows(name, 30, 30, panel="abc".index(name))
    drawn.page.keyboard.down("Shift")
    drawn.page.mouse.wheel(0, -240)
    drawn.page.keyboard.up("Shift")
    after = drawn.settled(lambda s: s["view"]["fixed"] == [f"{panel}:left"], "its y closer")[
        "panels"
    ]
    assert all(one["x"] == x for one in after)
    others = [index for index in range(3) if index != panel]
    assert [after[index]["left"] for index in others] == [before[index]["left"] for index in others]
    (low, high), (was_low, was_high) = (
        (one[panel]["left"]["low"], one[panel]["left"]["high"]) for one in (after, before)
    )
    assert high - low < 0.8 * (was_high - was_low)
    assert high - (high - low) / 4 == pytest.approx(was_high - (was_high - was_low) / 4, abs=0.5)


def test_a_panel_has_what_it_says_and_its_legend(draw: Open) -> None:
    panels = [
        {"series": ["cpu"], "y_unit": "%", "y_range": (0, 200), "height": 2, "log": "none"},
        {"series": ["loss"], "lines": [(FLAT[1][0], "limit")]},
    ]
    drawn = draw({"panels": panels, "log": "y", "title": "Own"}, cpu=RISE, loss=FLAT)
    top, bottom = drawn.stats()["panels"]
    assert (top["left"], bottom["left"]["log"]) == ({"low": 0, "high": 200, "log": False}, True)
    assert top["box"]["height"] == pytest.approx(2 * bottom["box"]["height"], abs=3)
    assert drawn.shows("cpu", 50, 50, panel=0)
    assert {"100 %", "limit"} <= drawn.texts()
    lists = drawn.page.locator(".panel .legend")
    assert lists.locator(".name").all_text_contents() == ["cpu", "loss"]
    assert drawn.page.locator("#legend .name").count() == 0
    drawn.until(lambda _: "%" in (lists.nth(0).locator(".value").text_content() or ""), "its unit")
    before = drawn.stats()["view"]
    lists.nth(1).get_by_role("button").dblclick()
    lists.nth(1).get_by_role("button").click()
    stats = drawn.until(lambda s: s["series"]["loss"]["hidden"], "a hidden series")
    assert stats["view"] == before, "a press on the legend is none on the plot"
    drawn.style(panels=[["cpu", "loss"]])
    drawn.until(
        lambda _: drawn.page.locator("#legend .name").all_text_contents() == ["cpu", "loss"],
        "the legend of the page",
    )


def test_too_many_panels_scroll_and_go_again(draw: Open) -> None:
    names = [f"s{i}" for i in range(12)]
    drawn = draw({"panels": [[name] for name in names]}, **dict.fromkeys(names, RISE))
    boxes = [panel["box"] for panel in drawn.stats()["panels"]]
    assert min(box["height"] for box in boxes) >= 45
    drawn.page.evaluate("() => document.querySelector('#plot .stack').scrollTo(0, 300)")
    drawn.until(
        lambda s: s["panels"][0]["box"]["top"] == boxes[0]["top"] - 300, "panels that have moved"
    )
    stats = drawn.style(panels=[names])
    assert len(stats["panels"]) == drawn.page.locator("#plot .flot-base").count() == 1


# --- legend ---


def test_title_and_legend_stand_on_one_line(draw: Open) -> None:
    drawn = draw({"title": "Run 7"}, a=RISE)
    drawn.until(lambda _: drawn.row("a").count() == 1, "the legend")
    baseline = """(all) => all.map((one) => {
        const mark = one.appendChild(document.createElement("span"));
        mark.style.display = "inline-block";
        const { bottom } = mark.getBoundingClientRect();
        mark.remove();
        return bottom;
    })"""
    title, *words = drawn.page.eval_on_selector_all("h1, #legend :is(.name, .value)", baseline)
    assert words == [title, title]


def test_the_legend_has_the_last_value_hides_by_click_and_shows_alone(draw: Open) -> None:
    drawn = draw({"y_range": (0, 200)}, a=RISE, b=FLAT, c=(range(101), [150.0] * 101))
    drawn.until(lambda _: drawn.row("a").locator(".value").text_content() == "100", "the legend")
    drawn.row("a").click()
    drawn.settled(lambda _: drawn.hidden() == {"a"}, "a hidden series")
    assert not drawn.shows("a", 50, 50)
    drawn.until(lambda _: drawn.row("a").get_attribute("aria-pressed") == "false", "the legend")
    drawn.row("c").click(modifiers=["Alt"])
    drawn.settled(lambda _: drawn.hidden() == {"a", "b"}, "one alone")
    assert drawn.shows("c", 50, 150)
    drawn.row("c").click(modifiers=["Alt"])
    drawn.settled(lambda _: drawn.hidden() == set(), "all again")
    assert drawn.shows("a", 50, 50)


def test_the_legend_by_keyboard(draw: Open) -> None:
    drawn = draw({}, a=RISE, b=FLAT, c=FLAT)
    before = drawn.stats()["view"]
    drawn.row("a").focus()
    drawn.page.keyboard.press("ArrowRight")
    drawn.page.keyboard.press("Enter")
    drawn.until(lambda _: drawn.hidden() == {"b"}, "b hidden by Enter")
    drawn.page.keyboard.press("End")
    drawn.page.keyboard.press("Alt+Enter")
    drawn.until(lambda _: drawn.hidden() == {"a", "b"}, "c alone")
    assert drawn.stats()["view"]["from"] == before["from"], "the arrows have not moved the plot"


def test_hidden_by_an_option_until_the_user_shows_it(draw: Open) -> None:
    drawn = draw({}, a=RISE, b=FLAT)
    drawn.style(series={"b": {"hidden": True}})
    assert drawn.hidden() == {"b"}
    drawn.row("b").click()
    drawn.until(lambda _: drawn.hidden() == set(), "shown by the user")
    drawn.style(title="more")
    assert drawn.hidden() == set()


@pytest.mark.parametrize("size", [(240, 240), (900, 360), (1920, 1080)])
def test_64_series_fit_differ_and_leave_room_for_the_plot(
    draw: Open, size: tuple[int, int]
) -> None:
    names = [f"channel {i}" for i in range(64)]
    drawn = draw({}, *size, **dict.fromkeys(names, ([0, 1], [0, 1])))
    assert drawn.stats()["panels"][0]["box"]["height"] > 0.4 * size[1]
    rows = drawn.page.locator("#legend li")
    drawn.until(lambda _: rows.count() == 64, "the legend")
    looks = drawn.page.eval_on_selector_all(
        "#legend .swatch", "(all) => all.map((one) => one.style.cssText)"
    )
    assert len(set(looks)) == 64
    rows.last.scroll_into_view_if_needed()
    assert rows.last.is_visible()
    assert drawn.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_series_keeps_its_colour_when_others_come(draw: Open) -> None:
    drawn = draw({}, loss=FLAT, acc=FLAT)
    colors = {name: one["color"] for name, one in drawn.stats()["series"].items()}
    drawn.plot.publish(0, lr=2)
    stats = drawn.until(lambda s: "lr" in s["series"], "more series")
    assert {name: one["color"] for name, one in stats["series"].items() if name != "lr"} == colors


# --- altogether ---


def test_the_magic_says_the_same_with_the_same_words(
    draw: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = draw({}, loss=([1, 2, 3], [1, 10, 100]), acc=([1, 2, 3], [1, 2, 3]))
    name = f'"{drawn.plot.name}"'
    magics.run(
        f"show {name} --log y --title Magic --panel loss --panel acc --y-unit V --line 50 limit"
    )
    stats = drawn.settled(lambda s: len(s["panels"]) == 2, "two panels")
    capsys.readouterr()
    assert stats["panels"][0]["left"]["log"]
    assert stats["points"] == 6
    assert drawn.page.text_content("h1") == "Magic"
    assert {"limit", "10 V"} <= drawn.texts()
    magics.run(f'show {name} --log none --title "" --no-panels --y-unit "" --no-lines')
    stats = drawn.settled(lambda s: len(s["panels"]) == 1, "one panel")
    capsys.readouterr()
    assert not stats["panels"][0]["left"]["log"]
    assert stats["points"] == 6
    assert drawn.page.text_content("h1.name") == drawn.plot.name
    assert not {"limit", "10 V"} & drawn.texts()


def test_options_change_under_the_hand_of_a_user_who_looks_back(draw: Open) -> None:
    drawn = draw({"window": 20}, y=RISE, z=FLAT)
    drawn.page.locator("#plot").focus()
    drawn.page.keyboard.press("ArrowLeft")
    view = drawn.settled(lambda s: s["view"]["mode"] == "range", "a look back")["view"]
    drawn.row("z").click()
    for options in (
        {"style": "step"},
        {"panels": [["y"], ["z"]]},
        {"log": "y"},
        {"log": "none"},
        {"window": 5},
    ):
        after = drawn.style(**options)["view"]
        assert (after["from"], after["to"]) == (view["from"], view["to"])
    assert drawn.hidden() == {"z"}


def test_nothing_is_drawn_when_nothing_changes(draw: Open) -> None:
    drawn = draw({"panels": [["a"], ["b"]], "log": "y"}, a=RISE, b=FLAT)
    before = drawn.stats()["frames"]
    drawn.page.evaluate(
        """() => new Promise((done) => {
            let left = 60;
            const next = () => (left-- > 0 ? requestAnimationFrame(next) : done());
            next();
        })"""
    )
    assert drawn.stats()["frames"] == before


def test_the_axis_grows_at_once_and_shrinks_late(draw: Open) -> None:
    drawn = draw({"window": 50}, y=FLAT)
    drawn.plot.publish(101, 1000)
    drawn.until(lambda s: s["view"]["high"] >= 1000, "room for a spike")
    drawn.plot.publish(range(102, 202), [1.0] * 100)
    stats = drawn.until(lambda s: s["points"] == 202, "the spike has left")
    assert stats["view"]["high"] >= 1000
    drawn.until(lambda s: s["view"]["high"] < 10, "a range that fits")


def test_scripts_as_names_labels_titles_and_marks_never_run(draw: Open) -> None:
    options = {
        "title": EVIL,
        "x_label": EVIL,
        "y_label": EVIL,
        "y_unit": EVIL,
        "y2_label": EVIL,
        "y2_unit": EVIL,
        "series": {"safe": {"axis": "right"}, EVIL: {"band": ["safe", EVIL]}},
        "panels": [[EVIL], ["safe"]],
        "lines": [(0.5, EVIL)],
        "regions": [(1, 50, EVIL)],
    }
    drawn = draw(options, **{EVIL: FLAT, "safe": RISE, "__proto__": FLAT})
    drawn.plot.mark(30, EVIL)
    drawn.style(log="y", panels=[[EVIL, "safe", "__proto__"]])
    assert EVIL in drawn.texts()
    assert drawn.page.text_content("h1") == EVIL
    drawn.until(
        lambda _: (
            drawn.page.locator("#legend .name").all_text_contents()
            == [f"{EVIL[:11]}…{EVIL[-12:]}", "__proto__"]
        ),
        "the legend",
    )
    assert drawn.page.evaluate("() => window.evil") is None
    assert drawn.page.locator("body img, body script:not([src])").count() == 0
