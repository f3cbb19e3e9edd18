"""A plot that was saved as a page: one file, opened without a relay and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from support.lab import Plot
from support.pages import bounds, opened, until_points, until_text, user

import zwsnb
from zwsnb.saved import contents

pytestmark = [pytest.mark.browser]

COUNT = 400_000
X = np.arange(COUNT) / 1_000
Y = np.sin(X / 20) + np.random.default_rng(4).standard_normal(COUNT) / 10
Y[123_456] = 7.5
NAME = '</script><img src=x onerror="document.title=1">'


@pytest.fixture
def saved(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the menu of a page has saved; the relay has ended since."""
    monkeypatch.setattr(contents, "MOST_VERTICES", 40_000)
    zwsnb.start()
    plot = zwsnb.Plot("signal", title="Run 7", y_unit="V", lines=[(1, "limit")])
    plot.publish(X, {NAME: Y})
    plot.mark(100, "begin")
    path = tmp_path / "run.html"
    with opened(browser, plot.url) as page:
        until_points(page, COUNT)
        page.click("#more")
        with page.expect_download() as download:
            page.click("#save-html")
        download.value.save_as(path)
    zwsnb.stop()
    return path


def test_a_saved_page_is_seen_zoomed_and_read(browser: Browser, saved: Path) -> None:
    with user(browser, offline=True) as context:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(saved.as_uri())
        shown = Plot(page).until(lambda s: s["frames"] > 1 and s["points"] == COUNT, "a picture")
        assert shown["state"] == "saved"
        assert shown["annotations"] == ["begin"]
        assert (its(shown)["kind"], its(shown)["points"]) == ("columns", COUNT)
        assert shown["view"]["high"] >= 7.5, "every extreme is there"
        assert page.title() == "Run 7"
        until_text(page, "#status", r"^saved \d{4}-.*400.k points.*\d in the file")

        zoom(page, "columns", at=0.5)
        until_text(page, "#status", "the file holds no more points here")
        page.keyboard.press("0")
        zoom(page, "points", at=0.98)
        row = read_at(page, 0.6)
        number = round(1_000 * row["x"])
        assert (row["x"], row["y"]) == (X[number], Y[number])

        expect(page.locator("#pause")).to_be_hidden()
        page.keyboard.press("0")
        Plot(page).until(lambda s: s["view"]["mode"] == "all", "everything once more")
        assert [url for url in asked if not url.startswith("data:")] == [saved.as_uri()]
        assert said == []


def its(stats: dict[str, Any]) -> dict[str, Any]:
    """What the page says of its one series."""
    found: dict[str, Any] = stats["series"][NAME]
    return found


def zoom(page: Page, kind: str, at: float) -> None:
    """Zoom in at a part of the width, until few vertices are seen, of that kind."""
    box = bounds(page.locator("#plot"))
    page.mouse.move(box["x"] + at * box["width"], box["y"] + box["height"] / 2)

    def is_close(stats: dict[str, Any]) -> bool:
        if its(stats)["kind"] == kind and its(stats)["vertices"] < 400:
            return True
        page.mouse.wheel(0, -300)
        return False

    Plot(page).until(is_close, f"few {kind}")


def read_at(page: Page, share: float) -> dict[str, Any]:
    """What the page reads of its series, so far from the left, as soon as it is exact."""
    box = bounds(page.locator("#plot"))
    page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)

    def is_read(stats: dict[str, Any]) -> bool:
        view, crosshair = stats["view"], stats["crosshair"]
        if not crosshair or not crosshair["rows"] or not crosshair["rows"][0]["exact"]:
            return False
        at = (crosshair["x"] - view["from"]) / (view["to"] - view["from"])
        return bool(abs(at - share) < 0.1)

    row: dict[str, Any] = Plot(page).until(is_read, "a reading")["crosshair"]["rows"][0]
    return row
