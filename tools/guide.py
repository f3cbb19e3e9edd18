"""Makes the pictures of docs/guide.md: the real page in a real Chromium, with made-up data that is
always the same.

``python tools/guide.py`` makes all of them, ``python tools/guide.py measure menu`` these.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

import zwsnb

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from guide_pictures import around, images, moving, page, runs, series
from guide_pictures.camera import Camera
from support import lab

PICTURES: Final = (
    moving.follow,
    moving.look_back,
    moving.box,
    moving.pause,
    runs.runs,
    runs.named_runs,
    runs.adapters,
    runs.smooth,
    runs.spectrum,
    runs.late,
    runs.curve,
    runs.frame,
    runs.pipe,
    moving.read,
    moving.saved_page,
    moving.measure,
    series.legend,
    series.looks,
    series.many,
    series.styles,
    series.candles,
    series.orbits,
    series.axes,
    series.log,
    images.waterfall,
    images.scatter,
    images.density,
    images.histogram,
    series.notes,
    series.times,
    around.panels,
    around.dashboard,
    around.track,
    around.steer,
    around.alert,
    around.tiles,
    around.progress,
    around.trigger,
    page.menu,
    page.keys,
    page.wheel,
    page.plots,
    page.linked,
    page.state,
)
"""In the order in which they are made: the page of all plots shows those before it."""


def main() -> None:
    """Make the pictures that the command line names, or all."""
    names = {picture.__name__: picture for picture in PICTURES}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", nargs="*", metavar="NAME", help=f"of {', '.join(names)}")
    chosen = parser.parse_args().pictures or names
    with sync_playwright() as playwright, lab.launch(playwright) as browser:
        zwsnb.start()
        for name in chosen:
            names[name](Camera(browser))
        zwsnb.stop()


if __name__ == "__main__":
    main()
