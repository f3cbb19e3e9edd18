"""What an image of 1,000 rows a second, 1,024 values each, costs on one page."""

from __future__ import annotations

import threading
import time
from typing import Any, Final

import numpy as np
from browser import forget, plot_page, received, stats, until
from figures import Outcome, middle
from subject import Subject

RATE: Final = 1_000
BINS: Final = 1_024
WINDOW: Final = 10
TICK: Final = 0.002

# -- in the measured process -----------------------------------------------------------------------

_ended = threading.Event()


def start_rows() -> bool:
    """Add rows of noise with a moving tone, as many as are due, in a thread."""
    import zwsnb

    plot = zwsnb.Plot(window=WINDOW, z_range=(-90, 0))
    threading.Thread(target=_add, args=(plot.image,), daemon=True).start()
    return True


def stop_rows() -> bool:
    """Add no more."""
    _ended.set()
    return True


def _add(image: Any) -> None:
    noise = np.random.default_rng(1).normal(-60, 6, (64, BINS)).astype(np.float32)
    begin, done = time.perf_counter(), 0
    while not _ended.wait(TICK):
        due = int((time.perf_counter() - begin) * RATE)
        for number in range(done, due):
            row = np.roll(noise[number % 64], number)
            row[int(BINS * (0.5 + 0.4 * np.sin(number / 2_000)))] = 0
            image(number / RATE, row)
        done = due


# -- outside ---------------------------------------------------------------------------------------


def image(*, quick: bool) -> Outcome:
    """Frames and bytes of one page in Chromium: 1,000 rows of 1,024 values a second."""
    with Subject() as subject, plot_page(subject.url) as page:
        subject.ask(start_rows)
        until(lambda: stats(page)["points"] > (WINDOW + 1) * RATE, "a full window", 60)
        seconds = [_second(page) for _ in range(5 if quick else 30)]
        its = stats(page)["image"]
        subject.ask(stop_rows)
    frames, kilobytes = zip(*seconds, strict=True)
    what = "an image of 1,000 rows/s, 1,024 values each"
    return Outcome(
        [
            middle(
                frames,
                "image",
                f"{what}: frames drawn",
                "/s",
                goal=55,
                more=True,
                limit=60,
                limit_is="the screen",
                note=f"{its['columns']} columns of {its['height']} cells",
            ),
            middle(kilobytes, "image", f"{what}: to one viewer", "kB/s", goal=300),
        ]
    )


def _second(page: Any) -> tuple[float, float]:
    forget(page)
    before, begin = stats(page), time.perf_counter()
    time.sleep(1)
    after, passed = stats(page), time.perf_counter() - begin
    return (after["frames"] - before["frames"]) / passed, received(page) / passed / 1000
