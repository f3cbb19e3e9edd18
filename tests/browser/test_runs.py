"""Runs and late points on the page: which lines there are, how they look, and what is never seen in
between.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from support.hand import Hand, HandOf, near
from support.lab import Stats
from support.pages import opened, until_text

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]

STEPS = range(100)


@pytest.fixture
def plot(numbers: Iterator[int]) -> zwsnb.Plot:
    return zwsnb.Plot(f"runs {next(numbers)}")


def run(plot: zwsnb.Plot, y: float, series: str = "loss") -> None:
    """Publish what one run of a cell would."""
    plot.publish(STEPS, [y] * len(STEPS), series=series)


def names(stats: Stats) -> list[str]:
    return list(stats["series"])


def until_names(hand: Hand, *expected: str) -> Stats:
    """Return the statistics as soon as the page has these series and no others, has painted each of
    them, and has their rows in the legend.
    """
    rows = hand.page.locator("#legend .name")
    hand.until(lambda _: rows.all_text_contents() == list(expected), f"a legend of {expected}")
    return hand.until(
        lambda s: (
            names(s) == list(expected)
            and all(one["points"] >= len(STEPS) for one in s["series"].values())
        ),
        f"{expected}",
    )


def hidden(stats: Stats) -> set[str]:
    return {name for name, one in stats["series"].items() if one["hidden"]}


def row(page: Page, name: str) -> Locator:
    """Return the row of a series in the legend."""
    return page.locator("#legend button").filter(has=page.get_by_text(name, exact=True))


def color_at(hand: Hand, x: float, y: float) -> str:
    """Return the colour in which a point of the picture is drawn, as #rrggbb."""
    found: str = hand.page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector("#plot .flot-base");
            const { left, top, width } = canvas.getBoundingClientRect();
            const at = [x - left, y - top].map((one) => Math.round(one * canvas.width / width));
            const { data } = canvas.getContext("2d").getImageData(...at, 1, 1);
            const parts = [...data.slice(0, 3)].map((one) => one.toString(16).padStart(2, "0"));
            return `#${parts.join("")}`;
        }""",
        hand.place(x, y),
    )
    return found


def lightness(color: str) -> int:
    return sum(bytes.fromhex(color[1:]))


def has_newest(what: str, value: float, stats: Stats) -> bool:
    """Say whether the newest point of the loss has that x or y."""
    return bool(stats["series"].get("loss", {}).get(what) == value)


RECORD = """() => {
    const seen = window.zwsnbRuns = [];
    const look = () => {
        const { frames, series, panels } = window.zwsnb.stats();
        const vertices = Object.entries(series).map(([name, one]) => [name, one.vertices]);
        seen.push({ frames, vertices, drawn: panels[0]?.series ?? [] });
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
}"""
"""Notes with each animation frame the vertices of each series, and which are drawn."""


def recorded(page: Page) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = page.evaluate("() => window.zwsnbRuns")
    return found


# --- a cell that is run again ---


def test_a_rerun_makes_the_older_run_paler_behind_the_new_one(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    run(plot, 1)
    hand = hand_of(plot)
    color = until_names(hand, "loss")["series"]["loss"]["color"]
    run(plot, 2)
    stats = until_names(hand, "loss", "loss (1)")
    new, old = stats["series"]["loss"], stats["series"]["loss (1)"]
    assert (new["lastY"], old["lastY"]) == (2, 1)
    assert new["color"] == color
    assert lightness(old["color"]) > lightness(color)
    until_text(hand.page, "#legend li:first-child", "^loss2")
    until_text(hand.page, "#legend li:last-child", r"^loss \(1\)1")


def test_where_runs_cross_the_newer_one_is_in_front(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    plot.style(series={"loss": {"width": 8}})
    for ys in (STEPS, range(99, -1, -1), [49.5] * 100):
        plot.publish(STEPS, ys, series="loss")
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)")
    assert color_at(hand, 49.5, 49.5) == hand.stats()["series"]["loss"]["color"]
    row(hand.page, "loss").click()
    older = hand.until(lambda s: hidden(s) == {"loss"}, "a hidden run")["series"]["loss (2)"]
    hand.until(lambda _: color_at(hand, 49.5, 49.5) == older["color"], "the newer of past runs")


def test_in_the_dark_the_older_run_is_darker(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    run(plot, 1)
    run(plot, 2)
    series = until_names(hand_of(plot, color_scheme="dark"), "loss", "loss (1)")["series"]
    assert lightness(series["loss (1)"]["color"]) < lightness(series["loss"]["color"])


def test_what_is_hidden_stays_hidden_as_a_past_run_and_so_is_the_new_run_of_its_name(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    run(plot, 1)
    run(plot, 5, series="other")
    hand = hand_of(plot)
    row(hand.page, "loss").click()
    hand.until(lambda s: hidden(s) == {"loss"}, "a hidden series")
    run(plot, 2)
    stats = until_names(hand, "loss", "loss (1)", "other")
    assert hidden(stats) == {"loss", "loss (1)"}
    row(hand.page, "loss").click()
    stats = hand.until(lambda s: hidden(s) == {"loss (1)"}, "the new run, shown")
    run(plot, 3)
    stats = until_names(hand, "loss", "loss (2)", "loss (1)", "other")
    assert hidden(stats) == {"loss (1)"}, "each run keeps what was chosen for it"


def test_a_past_run_is_shown_alone(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    for y in (1, 2, 3):
        run(plot, y)
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)")
    row(hand.page, "loss (1)").click(modifiers=["Alt"])
    hand.until(lambda s: s["panels"][0]["series"] == ["loss (1)"], "one run alone")
    row(hand.page, "loss (1)").click(modifiers=["Alt"])
    hand.until(lambda s: not hidden(s), "all again")


def test_the_crosshair_reads_all_runs_at_one_x(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    for y in (1, 2, 3):
        run(plot, y)
    hand = hand_of(plot)
    until_names(hand, "loss", "loss (2)", "loss (1)")
    hand.mouse.move(*hand.place(40, 2.5))
    assert hand.rows() == {"loss": near((40, 3)), "loss (2)": near((40, 2)), "loss (1)": (40, 1)}


def test_the_csv_has_the_rows_of_each_run_and_no_other(plot: zwsnb.Plot, hand_of: HandOf) -> None:
    for y in (1, 2, 3):
        run(plot, y)
    hand = hand_of(plot)
    plot.remove("loss (1)")
    until_names(hand, "loss", "loss (2)")
    with hand.page.expect_download() as found:
        hand.page.evaluate(
            "() => { delete window.showSaveFilePicker;"
            " delete Window.prototype.showSaveFilePicker; }"
        )
        hand.page.click("#more")
        hand.page.click("#csv-all")
    with Path(found.value.path()).open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["series", "x", "y"]
    expected = {"loss": 3, "loss (2)": 2}
    assert Counter((name, float(x), float(y)) for name, x, y in rows) == Counter(
        (name, x, y) for name, y in expected.items() for x in STEPS
    )


def test_named_runs_have_a_colour_each_and_their_series_differ_by_dashes(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    for rate in (0.1, 0.3):
        with plot.run(f"lr={rate}"):
            for x in STEPS:
                plot.publish(x, train=rate, val=2 * rate)
    hand = hand_of(plot)
    series = until_names(hand, "train · lr=0.1", "val · lr=0.1", "train · lr=0.3", "val · lr=0.3")[
        "series"
    ]
    colors = [one["color"] for one in series.values()]
    assert colors[0] == colors[1] != colors[2] == colors[3]
    assert [
        row(hand.page, name).locator(".swatch.dashed").count() for name in names({"series": series})
    ] == [0, 1, 0, 1]


def test_of_25_runs_20_are_kept_and_the_line_says_how_many_made_room(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    hand = hand_of(plot)
    for y in range(25):
        run(plot, y)
    stats = until_names_of_20(hand)
    assert names(stats) == ["loss", *(f"loss ({i})" for i in range(24, 5, -1))]
    assert [one["lastY"] for one in stats["series"].values()] == list(range(24, 4, -1))
    until_text(hand.page, "#status .losses", r"\b5 past runs removed")
    title = hand.page.get_attribute("#status .losses", "title") or ""
    assert "runs: past runs that had to make room for newer ones" in title


def until_names_of_20(hand: Hand) -> Stats:
    return hand.until(
        lambda s: (
            len(s["series"]) == 20
            and all(one["points"] == len(STEPS) for one in s["series"].values())
            and s["series"]["loss"]["lastY"] == 24
        ),
        "20 runs",
    )


# --- late points ---


def test_a_late_point_comes_in_its_place_and_no_frame_is_empty(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    xs = [x for x in range(1_000) if x % 100 != 50]
    plot.publish(xs, [1.0] * len(xs), series="loss")
    hand = hand_of(plot)
    until_names(hand, "loss")
    hand.page.evaluate(RECORD)
    for i, late in enumerate(range(50, 1_000, 100)):
        plot.publish(late, 7, series="loss")
        plot.publish(1_000 + i, 1, series="loss")
        hand.until(partial(has_newest, "lastX", 1_000 + i), "the newest point")
    stats = until_names(hand, "loss")
    assert stats["series"]["loss"]["points"] == 1_010
    assert stats["series"]["loss"]["kind"] != "xy"
    frames = recorded(hand.page)
    counts = [dict(frame["vertices"])["loss"] for frame in frames]
    assert counts == sorted(counts), "vertices only come"
    assert counts[0] > 0
    hand.mouse.move(*hand.place(450, 4))
    assert hand.rows()["loss"] == (450, 7)


# --- clear, remove, rename ---


def test_cleared_and_published_at_once_is_never_seen_empty(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    run(plot, 0)
    hand = hand_of(plot)
    until_names(hand, "loss")
    hand.page.evaluate(RECORD)
    for i in range(1, 201):
        plot.clear()
        run(plot, i)
        if i % 10 == 0:
            hand.until(partial(has_newest, "lastY", i), f"the points of {i}")
    frames = recorded(hand.page)
    assert frames[-1]["frames"] - frames[0]["frames"] >= 20
    assert {frame["drawn"][0] for frame in frames} == {"loss"}
    assert all(count > 0 for frame in frames for _, count in frame["vertices"])


def test_a_run_that_is_renamed_or_removed_in_python_is_so_on_the_page(
    plot: zwsnb.Plot, hand_of: HandOf
) -> None:
    for y in (1, 2, 3):
        run(plot, y)
    hand = hand_of(plot)
    color = until_names(hand, "loss", "loss (2)", "loss (1)")["series"]["loss (1)"]["color"]
    plot.rename("loss (1)", "baseline")
    stats = until_names(hand, "loss", "loss (2)", "baseline")
    assert stats["series"]["baseline"]["color"] == color
    plot.remove("loss (2)")
    until_names(hand, "loss", "baseline")
    plot.clear("loss")
    hand.until(lambda s: names(s) == [], "no run")


def test_a_page_that_comes_late_sees_the_same(plot: zwsnb.Plot, browser: Browser) -> None:
    for y in (1, 2, 3):
        run(plot, y)
    plot.rename("loss (1)", "baseline")
    with opened(browser, plot.url) as page:
        stats = until_names(Hand(page), "loss", "loss (2)", "baseline")
        assert [one["lastY"] for one in stats["series"].values()] == [3, 2, 1]
