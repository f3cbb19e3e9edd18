"""Images on real pages: their columns, colours and values, zoomed, followed and saved."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser
from support.hand import Hand, hand_of_900_by_400
from support.lab import Stats

import zwsnb

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("service")]


@pytest.fixture
def hand(browser: Browser) -> Iterator[Hand]:
    with hand_of_900_by_400(browser) as found:
        yield found


def pixel(hand: Hand, x: float, y: float) -> list[int]:
    """The colour at a part of the plot area, from its left and its top."""
    across, down = hand.at(x, y)
    picture = base64.b64encode(hand.page.screenshot()).decode()
    found: list[int] = hand.page.evaluate(
        """async ([picture, x, y]) => {
          const image = new Image();
          image.src = `data:image/png;base64,${picture}`;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          return [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
        }""",
        [picture, round(across), round(down)],
    )
    return found


def has_points(count: int) -> Callable[[Stats], bool]:
    return lambda state: state["points"] == count


def test_a_waterfall_is_followed_and_zoomed(hand: Hand, names: Iterator[str]) -> None:
    plot = zwsnb.Plot(next(names), window=10, z_range=(0, 1), z_unit="dB", z_label="power")
    rows = np.zeros((2000, 64))
    rows[777, 40] = 1  # one cell of 128,000
    plot.image(np.arange(2000) / 200, rows, y=(0, 63))
    hand.page.goto(plot.url)
    image = hand.until(lambda s: s["image"] and s["image"]["columns"] > 100, "columns")["image"]
    assert (image["name"], image["height"], image["bins"]) == ("image", 64, 64)
    assert image["columns"] < 900, "no more than the pixels"
    assert image["z"] == [0, 1]
    panel = hand.stats()["panels"][0]
    assert (panel["left"]["low"], panel["left"]["high"]) == (-0.5, 63.5)

    # Follow: a few new columns, and not the others again, which are sent once more for each new
    # width: that of a page whose axes have found their places, and whose scale has.
    costs = []
    for i in range(6):
        before = hand.stats()
        plot.image([10 + i / 5, 10.1 + i / 5], np.ones((2, 64)), y=(0, 63))
        after = hand.until(has_points(2002 + 2 * i), "new rows")
        costs.append(after["bytesIn"] - before["bytesIn"])
    assert min(costs) < 5_000, "of 40,000 that all take"
    assert after["image"]["x"][1] > 11

    # Zoomed in, each row is a column; the one cell is found below the crosshair.
    hand.page.keyboard.press("0")
    hand.until(lambda s: s["view"]["mode"] == "all", "everything")
    for _ in range(8):
        state = hand.stats()["view"]
        part = (777 / 200 - state["from"]) / (state["to"] - state["from"])
        hand.mouse.move(*hand.at(part, (63.5 - 40) / 64))
        hand.wheel(-240)
        hand.moved((state["from"], state["to"]))
    hand.until(lambda s: "\n1\u202fdB at 40" in s["readout"], "the value of the cell itself")


def test_a_matrix_has_its_colours_and_is_saved(hand: Hand, names: Iterator[str]) -> None:
    plot = zwsnb.Plot(next(names), title="confusion")
    plot.image([[0, 1], [2, 3]])
    hand.page.goto(plot.url)
    hand.until(lambda s: s["image"] and s["image"]["columns"] == 2, "two columns")
    corners = [pixel(hand, x, y) for y in (0.75, 0.25) for x in (0.25, 0.75)]
    assert corners[0][0] < 60, "the lowest is dark"
    assert min(corners[3][:2]) > 200, "the highest is light"
    assert len({tuple(corner) for corner in corners}) == 4

    with hand.page.expect_download() as found:
        hand.page.evaluate("() => { delete Window.prototype.showSaveFilePicker; }")
        hand.page.click("#more")
        hand.page.click("#save-svg")
    assert '<image x="' in Path(found.value.path()).read_text(encoding="utf-8")

    plot.image([[3, 2], [1, 0]])
    hand.until(lambda s: s["points"] == 4, "in place of that before")
    assert hand.stats()["image"]["columns"] == 2
    hand.until(lambda _: pixel(hand, 0.25, 0.75) == corners[3], "other colours")


def test_keys_step_over_an_image_from_cell_to_cell(hand: Hand, names: Iterator[str]) -> None:
    plot = zwsnb.Plot(next(names), z_log=True)
    plot.image([[0, 1, 2], [3, 4000, 5.25], [6, 7, 8]])  # keys begin in the middle
    hand.page.goto(plot.url)
    state = hand.until(lambda s: s["image"] and s["image"]["columns"] == 3, "three columns")
    assert state["image"]["log"]
    assert state["image"]["z"][0] == pytest.approx(1), "the least above 0"
    hand.page.keyboard.press("c")
    hand.until(lambda s: "5.250 at 1" in s["readout"] and "≈" not in s["readout"], "the newest")
    hand.page.keyboard.press("ArrowLeft")
    hand.until(lambda s: "4000 at 1" in s["readout"] and "≈" not in s["readout"], "the one before")
    hand.page.keyboard.press("ArrowDown")
    hand.until(lambda s: "1 at 0" in s["readout"] and s["crosshair"]["x"] == 1, "the one below")


def test_a_saved_page_has_the_image(hand: Hand, names: Iterator[str], tmp_path: Path) -> None:
    plot = zwsnb.Plot(next(names))
    rows = np.zeros((300, 40))
    rows[200, 30] = 1
    plot.image(np.arange(300) / 10, rows, y=(0, 39))
    plot.publish(range(30), range(30), series="line")
    path = tmp_path / "run.html"
    plot.save(path)
    hand.page.goto(path.as_uri())
    state = hand.until(lambda s: s["image"] and s["image"]["columns"] > 100, "columns")
    assert (state["image"]["name"], state["image"]["rows"]) == ("image", 300)
    assert (state["points"], state["image"]["z"]) == (330, [0, 1])
    hand.page.keyboard.press("f")
    hand.mouse.move(*hand.at(0.6, 0.5))
    for _ in range(3):
        hand.wheel(-240)
    hand.until(lambda s: s["image"]["columns"] < 100, "fewer in sight")


def test_a_histogram_has_bars_and_its_history(hand: Hand, names: Iterator[str]) -> None:
    plot = zwsnb.Plot(next(names))
    for i in range(20):
        plot.histogram(np.arange(1000) / 100 + i)
    hand.page.goto(plot.url)
    state = hand.until(
        lambda s: len(s["panels"]) == 2 and s["panels"][1]["left"]["high"] == 19.5, "two panels"
    )
    assert state["panels"][0]["series"] == ["count"]
    assert state["image"]["name"] == "count over time"
    assert state["image"]["height"] == 20
