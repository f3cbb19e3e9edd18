"""P13: the picture of a million points: reduced by the relay, against the same page given every
point, and against a bare canvas.

The page that gets every point is the same page; in its relay the limit below which points are sent
as they are is out of reach.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from browser import chromium, stats, until, window
from figures import Figure, Outcome
from subject import Subject

if TYPE_CHECKING:
    from playwright.sync_api import Browser

POINTS = 1_000_000
SPIKES = 200
Y = (-1.5, 1.5)
TOP, RIGHT, BOTTOM, GUTTER = 10, 14, 22, 8
"""Margins of the plot area in CSS pixels; the left one is a multiple of the gutter's step."""

SEEN = 48
"""Of 255: a difference in a channel that an eye may see; smaller ones are of the smoothing of
edges.
"""


def shapes() -> dict[str, Any]:
    """Return y of each kind of series."""
    dice = np.random.default_rng(5)
    noise = np.clip(dice.normal(0, 0.4, POINTS), -1.4, 1.4)
    spikes = np.zeros(POINTS)
    spikes[np.linspace(999, POINTS - 999, SPIKES).astype(int)] = np.where(
        np.arange(SPIKES) % 2, 1, -1
    )
    steps = np.repeat(dice.uniform(-1, 1, POINTS // 12_500), 12_500)
    gaps = np.sin(np.arange(POINTS) / 40_000) + noise / 8
    for begin in dice.integers(0, POINTS - 9000, 60):
        gaps[begin : begin + dice.integers(1, 9000)] = np.nan
    return {"noise": noise, "spikes": spikes, "steps": steps, "gaps": gaps}


# -- in the measured process -----------------------------------------------------------------------


def show(kind: str, *, every_point: bool) -> int:
    """Publish one kind of series, to be sent as it is if that is wanted."""
    import zwsnb
    from zwsnb import api
    from zwsnb.view import shown

    if every_point:
        shown.VERTICES_PER_PIXEL = 1 << 40  # type: ignore[misc]
    api.publisher.on_full = "block"
    plot = zwsnb.Plot(y_range=Y)
    plot.publish(np.arange(POINTS, dtype=float), shapes()[kind])
    api.publisher.flush(30)
    return POINTS


# -- outside ---------------------------------------------------------------------------------------

PIXELS = """() => {
    const canvas = document.querySelector("canvas"), { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let text = "";
    for (let i = 0; i < data.length; i += 8192) {
        text += String.fromCharCode(...data.subarray(i, i + 8192));
    }
    return [width, height, btoa(text)];
}"""


def _shot(page: Any) -> Any:
    """Return the canvas laid over white, shape (height, width, 3)."""
    width, height, data = page.evaluate(PIXELS)
    canvas = np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width, 4).astype(int)
    alpha = canvas[:, :, 3:]
    return (canvas[:, :, :3] * alpha + 255 * (255 - alpha)) // 255


def _picture(browser: Browser, kind: str, *, every_point: bool) -> tuple[Any, int]:
    with Subject() as subject, window(browser, subject.url) as page:
        until(lambda: stats(page)["state"] == "live", "a connected page")
        subject.ask(show, kind=kind, every_point=every_point)
        until(lambda: stats(page)["points"] == POINTS, "a painted page", 60)
        page.wait_for_timeout(1500)
        return _shot(page), stats(page)["series"]["y"]["vertices"]


def _inked(shot: Any) -> Any:
    """Return where the series' colour is: axes and texts are grey."""
    return shot.max(axis=2) - shot.min(axis=2) > SEEN


def _near(ink: Any, *, rows: bool = True) -> Any:
    """Return what is inked or beside ink, left and right, and above and below too where `rows` says
    so.
    """
    for axis in (0, 1) if rows else (1,):
        grown = np.apply_along_axis(
            lambda line: np.convolve(line, [1, 1, 1], "same"), axis, ink.astype(int)
        )
        ink = grown > 0
    return ink


def _elsewhere(one: Any, other: Any) -> int:
    """Return how many pixels are inked in one picture, and nothing within a pixel of them in the
    other.
    """
    return int(
        (_inked(one) & ~_near(_inked(other))).sum() + (_inked(other) & ~_near(_inked(one))).sum()
    )


def _missing(reduced: Any, full: Any) -> int:
    """Return in how many pixel columns the ink of `full` reaches farther than that of `reduced`, by
    more than a pixel.
    """
    ink, wanted = _near(_inked(reduced), rows=False), _inked(full)
    low, high = ink[::-1].argmax(axis=0), ink.argmax(axis=0)
    some = wanted.any(axis=0)
    short = (
        (high > wanted.argmax(axis=0) + 1)
        | (low > wanted[::-1].argmax(axis=0) + 1)
        | ~ink.any(axis=0)
    )
    return int((short & some).sum())


def _area(shot: Any) -> int:
    columns = np.flatnonzero(_inked(shot).any(axis=0))
    left = round(columns[0] / GUTTER) * GUTTER
    return int((shot.shape[1] - left - RIGHT) * (shot.shape[0] - TOP - BOTTOM))


def _percent(one: Any, other: Any, more_than: int) -> float:
    differs = (np.abs(one - other) > more_than).any(axis=2)
    return float(100 * differs.sum() / _area(other))


def _pairs() -> Iterator[tuple[str, tuple[Any, int], tuple[Any, int]]]:
    """Yield each kind, and its picture and number of vertices: reduced, and with all points."""
    with chromium() as browser:
        for kind in shapes():
            reduced = _picture(browser, kind, every_point=False)
            yield kind, reduced, _picture(browser, kind, every_point=True)


def p13(*, quick: bool) -> Outcome:
    """P13: pixels of the plot area that differ between the reduced series and all its points, both
    drawn by the page.
    """
    del quick  # a picture is a picture
    figures = []
    for kind, (reduced, sent), (full, everything) in _pairs():
        assert everything == POINTS, "the other page got every point"
        figures += [
            Figure(
                "P13",
                f"{kind}: pixels that differ from those of all points",
                _percent(reduced, full, SEEN),
                "%",
                goal=0.2,
                note=f"{sent:,} vertices sent; "
                f"{_percent(reduced, full, 0):.2f} % differ in the least bit",
            ),
            Figure(
                "P13",
                f"{kind}: pixels with ink, and none within a pixel in the other picture",
                100 * _elsewhere(reduced, full) / _area(full),
                "%",
                goal=0.2,
            ),
            Figure(
                "P13",
                f"{kind}: pixel columns whose extremes fall short by more than a pixel",
                _missing(reduced, full),
                "",
                goal=0,
            ),
        ]
    return Outcome(figures)
