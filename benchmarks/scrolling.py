"""P16: five series of very many points that scroll, new points with every frame, everything in view
and a window of it; and uPlot with the same points beside it, in the same browser.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
from browser import chromium, context, draws, forget, stats, until, window
from figures import Figure, Outcome
from subject import Subject

SERIES: Final = 5
NEW: Final = 100
"""Points of each series that come with every frame."""

PART: Final = 100
"""The window shows so much less than everything."""

SECONDS: Final = 5
UPLOT: Final = (
    Path(__file__).parent.parent / "node_modules" / "uplot" / "dist" / "uPlot.iife.min.js"
)


def values(begin: int, n: int) -> Any:
    """Return a slow sine with noise, the same for both."""
    x = np.arange(begin, begin + n, dtype=float)
    return np.sin(x / 1e5) + np.random.default_rng(begin).normal(0, 0.2, n)


# -- in the measured process -----------------------------------------------------------------------

_end = threading.Event()


def hold(points: int, seen: float | None) -> int:
    """Publish so many points of each series, of which a window shows some."""
    import zwsnb
    from zwsnb import api

    api.publisher.on_full = "block"
    plot = zwsnb.Plot(window=seen)
    for begin in range(0, points, 1_000_000):
        n = min(1_000_000, points - begin)
        y = values(begin, n)
        plot.publish(np.arange(begin, begin + n, dtype=float), named(y))
    api.publisher.flush(60)
    threading.Thread(target=_scroll, args=(plot, points), daemon=True).start()
    return points * SERIES


def stop() -> None:
    """Let nothing come any more."""
    _end.set()
    time.sleep(0.1)


def named(y: Any) -> dict[str, Any]:
    """Return the series: one, each time a bit higher."""
    return {f"s{i}": y + 2 * i for i in range(SERIES)}


def _scroll(plot: Any, points: int) -> None:
    begin, done = time.perf_counter(), 0
    while not _end.wait(1 / 120):
        due = int((time.perf_counter() - begin) * 60) * NEW
        if due > done:
            at = points + done
            x = np.arange(at, points + due, dtype=float)
            plot.publish(x, named(values(at, len(x))))
            done = due


# -- outside ---------------------------------------------------------------------------------------

PAGE = """([points, seen, series, fresh, frames]) => {
    const total = points + fresh * frames;
    const noise = Float64Array.from({ length: 1 << 16 }, () =>
        0.2 * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(6.283 * Math.random()));
    // Arrays that are longer than what is shown: to scroll copies nothing.
    const x = Float64Array.from({ length: total }, (_, i) => i);
    const ys = Array.from({ length: series }, (_, s) =>
        Float64Array.from({ length: total }, (_, i) =>
            Math.sin(i / 1e5) + noise[(i * 7 + s) & 0xffff] + 2 * s));
    const colors = ["#0474d4", "#c45419", "#17a06d", "#9656c9", "#b78103"];
    const plot = new uPlot({
        width: innerWidth, height: innerHeight, legend: { show: false }, cursor: { show: false },
        scales: { x: { time: false } },
        series: [{}, ...colors.map((stroke) => ({ stroke, width: 1 }))],
    }, [x, ...ys].map((all) => all.subarray(0, points)), document.body);
    let at = 0;
    const step = () => {
        if (at >= fresh * frames) return;
        at += fresh;
        const end = points + at;
        plot.setData([x, ...ys].map((all) => all.subarray(at, end)), false);
        plot.setScale("x", { min: seen ? end - seen : at, max: end });
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
}"""


def p16(*, quick: bool) -> Outcome:
    """P16: five series of a million and of ten million points that scroll, and uPlot beside."""
    figures = []
    for points in (1_000_000,) if quick else (1_000_000, 10_000_000):
        for seen in (None, points // PART):
            part = f"{seen:,} of them in view" if seen else "everything in view"
            what = f"{SERIES} series x {points:,} points, {part}: frames drawn"
            others = _of_uplot(points, seen)
            figures.append(
                Figure(
                    "P16",
                    what,
                    _of_zwsnb(points, seen),
                    "/s",
                    goal=58,
                    more=True,
                    limit=60,
                    limit_is="the screen",
                    note=f"uPlot {others:.3g} /s",
                )
            )
    return Outcome(figures)


def _of_zwsnb(points: int, seen: int | None) -> float:
    with (
        Subject(memory="4 GB", process=True) as subject,
        chromium() as browser,
        window(browser, subject.url) as page,
    ):
        until(lambda: stats(page)["state"] == "live", "a connected page")
        total = subject.ask(hold, points=points, seen=None if seen is None else float(seen))
        until(lambda: stats(page)["points"] >= total, "all points painted", 120)
        time.sleep(2)
        before = stats(page)["patches"]
        rate = _rate(page)
        patches = (stats(page)["patches"] - before) / SECONDS
        subject.ask(stop)
        assert patches > 0.8 * rate, f"{patches:.0f} patches/s: frames without new points"
        return rate


def _of_uplot(points: int, seen: int | None) -> float:
    with chromium() as browser, context(browser) as made:
        page = made.new_page()
        page.goto("about:blank")
        page.evaluate("document.body.style.margin = 0")
        page.add_script_tag(path=UPLOT)
        page.evaluate(PAGE, [points, seen, SERIES, NEW, 60 * 4 * SECONDS])
        time.sleep(2)
        return _rate(page)


def _rate(page: Any) -> float:
    """Return how many frames are drawn a second."""
    forget(page)
    begin: float = page.evaluate("bench.now()")
    time.sleep(SECONDS)
    drawn = draws(page)
    end: float = page.evaluate("bench.now()")
    return sum(begin < at <= end for at in drawn) / (end - begin)
