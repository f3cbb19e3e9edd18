"""P7 and P8: a hundred million points: how fast another part is shown, and their memory."""

from __future__ import annotations

import random
import time
from typing import Any

import numpy as np
import psutil
from browser import chromium, stats, until, window
from figures import Outcome, middle, percentile
from opening import hold
from subject import Subject

POINTS = 100_000_000
PIXELS = 1000


# -- in the measured process -----------------------------------------------------------------------


def look_around(count: int) -> list[float]:
    """Return the milliseconds that each look costs the relay: a random range, from the whole to a
    few points, as a message.
    """
    from zwsnb import api

    service: Any = api.service()
    return [
        float(ms) for ms in service.call(_looks, service.relay.history.get_or_create("plot"), count)
    ]


def _looks(plot: Any, count: int) -> list[float]:
    from zwsnb.protocol.patch import encode_patch
    from zwsnb.view.subscription import Subscription
    from zwsnb.view.viewport import Viewport

    view, dice, costs = Subscription(plot), random.Random(1), []
    view.set_viewport(Viewport(PIXELS))
    view.next_patch()
    lo, hi = plot.x_range
    for number in range(1, count + 1):
        view.ack(number)
        span = (hi - lo) * 10 ** -dice.uniform(0, 6)
        begin = dice.uniform(lo, hi - span)
        started = time.perf_counter()
        view.set_viewport(Viewport(PIXELS, begin, begin + span))
        patch = view.next_patch()
        assert patch is not None
        encode_patch(patch)
        costs.append(1000 * (time.perf_counter() - started))
    return costs


def weight(points: int) -> dict[str, float]:
    """Return the bytes for each point held: as the history counts them, and as the process has
    grown.
    """
    import zwsnb

    process = psutil.Process()
    zwsnb.publish(0, 0)
    zwsnb.stats()
    before = process.memory_info().rss
    hold(points, at_once=100_000)
    time.sleep(0.5)
    grown = process.memory_info().rss - before
    held = zwsnb.stats()["plots"]["plot"]
    assert held["series"]["y"]["held"][0]["rows"] == points + 1, "every point is held as it is"
    return {"counted": held["bytes"] / points, "grown": grown / points}


# -- outside ---------------------------------------------------------------------------------------


def p7(*, quick: bool) -> Outcome:
    """P7: zooming and panning in a hundred million points: the relay's time, and from the gesture
    to the paint.
    """
    points = POINTS // 10 if quick else POINTS
    count = 20 if quick else 100
    with Subject(memory="4 GB") as subject, chromium() as browser:
        with window(browser, "about:blank") as page:
            least = [_empty_frame(page) for _ in range(count)]
        with window(browser, subject.url) as page:
            until(lambda: stats(page)["state"] == "live", "a connected page")
            subject.ask(hold, points=points)
            until(lambda: stats(page)["points"] == points, "all points painted", 60)
            single = [_gesture(page, i, rest=0.4) for i in range(count)]
            series = [_gesture(page, i, rest=0.0) for i in range(count)]
        server = subject.ask(look_around, count=50 if quick else 500)
    note = f"{points / 1e6:.0f} million points"
    limit, limit_is = percentile(least, 50), "an event and a frame of an empty page"
    return Outcome(
        [
            middle(server, "P7", "a zoom or pan, the relay's time", "ms", goal=5, note=note),
            middle(
                single,
                "P7",
                "from the gesture to the paint of all its vertices",
                "ms",
                goal=25,
                limit=limit,
                limit_is=limit_is,
                note=note,
            ),
            middle(
                series,
                "P7",
                "the same, one gesture after the other without a pause",
                "ms",
                limit=limit,
                limit_is=limit_is,
            ),
            middle([max(server)], "P7", "the slowest of them in the relay", "ms"),
        ]
    )


def _gesture(page: Any, i: int, rest: float) -> float:
    """Zoom in, pan, zoom out; return the milliseconds from the event to the end of the frame that
    has painted all its vertices. rest: seconds before it.
    """
    time.sleep(rest)
    page.mouse.move(300 + 37 * i % 500, 150 + i % 5)
    page.evaluate(ON_WHEEL, "() => zwsnb.stats().refinements")
    page.mouse.wheel(*((0, -240) if i % 5 < 3 else (60, 0) if i % 5 == 3 else (0, 480)))
    return _taken(page)


def _empty_frame(page: Any) -> float:
    page.mouse.move(300, 150)
    page.evaluate(ON_WHEEL, "() => performance.now()")
    page.mouse.wheel(0, -240)
    return _taken(page)


def _taken(page: Any) -> float:
    until(lambda: page.evaluate("bench.refined") is not None, "the paint of a gesture")
    taken: float = page.evaluate("1000 * (bench.refined - bench.wheeled)")
    return taken


ON_WHEEL = """(counts) => {
    const count = eval(counts), before = count();
    bench.forget();
    bench.refined = null;
    const look = () => {
        const now = bench.now();
        if (count() > before) bench.refined = now;
        else requestAnimationFrame(look);
    };
    // Behind the page's own listener, and so behind its own frame.
    addEventListener("wheel", (event) => {
        bench.wheeled = (performance.timeOrigin + event.timeStamp) / 1000;
        requestAnimationFrame(look);
    }, { once: true });
}"""


def p8(*, quick: bool) -> Outcome:
    """P8: bytes of memory for each point that is kept, raw and pyramid."""
    points = POINTS // (10 if quick else 2)
    with Subject(memory="4 GB") as subject:
        found = subject.ask(weight, points=points)
    note = f"{points / 1e6:.0f} million points"
    return Outcome(
        [
            middle(
                [found["counted"]],
                "P8",
                "kept for each point, raw and pyramid",
                "bytes",
                goal=19,
                limit=2 * np.dtype(float).itemsize,
                limit_is="x and y",
                note=note,
            ),
            middle(
                [found["grown"]],
                "P8",
                "by which the process has grown for each point",
                "bytes",
                limit=16,
                limit_is="x and y",
                note=note,
            ),
        ]
    )
