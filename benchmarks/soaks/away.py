"""R4: a plot in a notebook that is scrolled out of sight, while points come."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import accounts
from browser import chromium
from figures import Figure
from support.lab import Notebook, Plot, Stats, serve

from soaks.apart import progress
from soaks.pages import heap, stats_of

SIZE: Final = (1280, 900)
RATE: Final = 10_000
LIVE: Final = 0.25
"""Seconds that the newest point on the screen may be old: less than a stale picture ever is."""
FEED: Final = f"""%load_ext zwsnb
%zwsnb config show=no
import threading, time, zwsnb
p = zwsnb.Plot("away", window=10)
def feed(x=time.time()):
    while True:
        time.sleep(0.005)
        n = int((time.time() - x) * {RATE})
        # x is the clock, so that what is on the screen says how old it is.
        p.publish([x + i / {RATE} for i in range(n)], [i % 50 for i in range(n)])
        x += n / {RATE}
threading.Thread(target=feed, daemon=True).start()
print("", zwsnb.stats()["url"], sep="\\n")"""
LONG: Final = [f"# {i}" + 20 * "\n" for i in range(30)]
"""Cells that fill some windows."""


@dataclass
class Away:
    """What a plot was like while it was out of sight and when it was back."""

    heaps: list[int] = field(default_factory=list)
    received: list[int] = field(default_factory=list)  # patches, so far, at each look
    back: float = 0.0  # seconds from scrolling back to a frame that is live
    points: int = 0


def scroll_away(notebook: Notebook, plot: Plot) -> None:
    """Go to the first cell, and wait until the page knows that it is out of sight."""
    notebook._ask("(notebook.activeCellIndex = 0, notebook.scrollToItem(0), null)")  # noqa: SLF001
    plot.until(lambda s: s["view"]["hidden"], "a plot that nobody sees")


def look_away(notebook: Notebook, cell: int, url: str, seconds: float, looks: int = 5) -> Away:
    """Scroll the plot below a cell out of sight for so long, and back."""
    away, plot = Away(), notebook.plot(cell)
    plot.until(_is_live, "a live plot")
    scroll_away(notebook, plot)
    for i in range(looks + 1):
        if i:
            plot.page.wait_for_timeout(1000 * seconds / looks)
        away.heaps.append(heap(plot.page))
        away.received.append(plot.stats()["patches"])
        said = stats_of(url)
        accounts.check(said)
        progress(f"look {i} of {looks}: heap {away.heaps[-1] / 1e6:.1f} MB")
    away.points = said["points"]
    plot.record()
    begin = time.time()
    notebook.plot(cell)  # scrolls there
    plot.until(_is_live, "a plot that is live again")
    away.back = next(now for now, _, x in plot.recorded() if now > begin and now - x < LIVE) - begin
    return away


def _is_live(stats: Stats) -> bool:
    newest: float = stats["series"].get("y", {}).get("lastX", 0.0)
    return stats["state"] == "live" and time.time() - newest < LIVE


@contextmanager
def notebook() -> Iterator[tuple[Notebook, int, str]]:
    """Open a notebook with a plot below its last cell, in a JupyterLab and a Chromium of their own;
    give it, that cell, and the address of the service.
    """
    folder = tempfile.TemporaryDirectory(prefix="zwsnb-soak-", ignore_cleanup_errors=True)
    with folder as home, serve(Path(home)) as server, chromium() as browser:
        server.write("away", [FEED, *LONG, "p"])
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        opened = server.open(page, "away")
        url = opened.run(0, 60).split()[-1]
        cell = len(LONG) + 1
        opened.run(cell)
        try:
            yield opened, cell, url
        finally:
            opened.close()


def r4(*, minutes: float, quick: bool) -> list[Figure]:
    """R4: a plot in JupyterLab is out of sight for five minutes at 10,000 points a second."""
    del minutes
    seconds = 15.0 if quick else 300.0
    with notebook() as (opened, cell, url):
        away = look_away(opened, cell, url, seconds)
    grown = max(away.heaps[1:]) - away.heaps[0]
    what = f"out of sight for {seconds:.0f} s at 10,000 points/s: heap of JupyterLab and the page"
    note = ", ".join(f"{one / 1e6:.1f}" for one in away.heaps) + " MB"
    sent = away.received[-1] - away.received[0]
    return [
        Figure("R4", f"{what}, at most more", max(0.0, grown / 1e6), "MB", goal=20, note=note),
        Figure("R4", "live again after scrolling back", away.back, "s", goal=1),
        Figure("R4", "patches sent meanwhile", sent, "", note=f"of {away.points:,} points"),
    ]
