"""P13: the picture of a million points: reduced by the relay, or to as many vertices by reducers of
others, against the same page given every point.

The page that gets every point, or those that another reducer has picked, is the same page; in its
relay the limit below which points are sent as they are is out of reach.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from browser import chromium, stats, until, window
from figures import Figure, Outcome
from reducers import MULTIPLES, picked
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
    sine = np.sin(np.arange(POINTS) * 14.6 * np.pi / POINTS)
    walk = dice.normal(0, 1, POINTS).cumsum()
    walk = 2.6 * (walk - walk.min()) / np.ptp(walk) - 1.3
    return {
        "noise": noise,
        "spikes": spikes,
        "steps": steps,
        "gaps": gaps,
        "sine": sine,
        "walk": walk,
        "sine and noise": sine + noise / 20,
    }


# -- in the measured process -----------------------------------------------------------------------


def show(kind: str) -> int:
    """Publish one kind of series, as anybody does."""
    return _show(np.arange(POINTS, dtype=float), shapes()[kind])


def show_picked(kind: str, reducer: str, vertices: int) -> int:
    """Publish so many points of one kind, as a reducer picks them, or all of them where none does;
    each is sent as it is.
    """
    from zwsnb.view import shown

    shown.VERTICES_PER_PIXEL = 1 << 40  # type: ignore[misc]
    y = shapes()[kind]
    at = picked(reducer, y, vertices) if reducer else np.arange(POINTS)
    return _show(at.astype(float), y[at])


def _show(x: Any, y: Any) -> int:
    import zwsnb
    from zwsnb import api

    api.publisher.on_full = "block"
    zwsnb.Plot(y_range=Y).publish(x, y)
    api.publisher.flush(30)
    return len(x)


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


def _picture(browser: Browser, function: Callable[..., int], **keywords: Any) -> tuple[Any, int]:
    """Return what the page shows of what a function publishes, and of how many vertices."""
    with Subject() as subject, window(browser, subject.url) as page:
        until(lambda: stats(page)["state"] == "live", "a connected page")
        points = subject.ask(function, **keywords)
        until(lambda: stats(page)["points"] == points, "a painted page", 60)
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


def p13(*, quick: bool) -> Outcome:
    """P13: pixels of the plot area that differ between the reduced series and all its points, both
    drawn by the page; and the same of other reducers.
    """
    del quick  # a picture is a picture
    with chromium() as browser:
        return Outcome([figure for kind in shapes() for figure in _figures(browser, kind)])


def _figures(browser: Browser, kind: str) -> list[Figure]:
    full, everything = _picture(browser, show_picked, kind=kind, reducer="", vertices=POINTS)
    assert everything == POINTS, "the other page got every point"
    reduced, sent = _picture(browser, show, kind=kind)
    others = {}
    for reducer in MULTIPLES:
        shot, _ = _picture(browser, show_picked, kind=kind, reducer=reducer, vertices=sent)
        others[reducer] = _percent(shot, full, SEEN)
    best = min(others, key=others.__getitem__)
    said = ", ".join(f"{reducer} {share:.2f}" for reducer, share in others.items())
    return [
        Figure(
            "P13",
            f"{kind}: pixels that differ from those of all points",
            _percent(reduced, full, SEEN),
            "%",
            goal=others[best],
            limit=others[best] or None,
            limit_is=f"{best} with as many vertices",
            note=f"{sent:,} vertices sent, {sent * 16 / 1000:.0f} kB; {said}",
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
