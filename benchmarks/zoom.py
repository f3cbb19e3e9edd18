"""P7 and P8: a hundred million points: how fast another part is shown, and their memory."""

from __future__ import annotations

import random
import time
from typing import Any

import numpy as np
import psutil
from browser import plot_page, stats, until
from figures import Outcome, middle
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
    with Subject(memory="4 GB") as subject, plot_page(subject.url) as page:
        subject.ask(hold, points=points)
        until(lambda: stats(page)["points"] == points, "all points painted", 60)
        gestures = [_gesture(page, i) for i in range(20 if quick else 100)]
        server = subject.ask(look_around, count=50 if quick else 500)
    note = f"{points / 1e6:.0f} million points"
    return Outcome(
        [
            middle(server, "P7", "a zoom or pan, the relay's time", "ms", goal=5, note=note),
            middle(
                gestures,
                "P7",
                "from the gesture to the paint of all its vertices",
                "ms",
                goal=25,
                note=note,
            ),
            middle([max(server)], "P7", "the slowest of them in the relay", "ms"),
        ]
    )


def _gesture(page: Any, i: int) -> float:
    """Zoom in, pan, zoom out; return the milliseconds from the event to the acknowledgement of what
    it asked for.
    """
    page.evaluate("bench.forget()")
    x = 300 + 37 * i % 500
    page.mouse.move(x, 150 + i % 5)
    page.evaluate(ON_WHEEL)
    delta = (0, -240) if i % 5 < 3 else (60, 0) if i % 5 == 3 else (0, 480)
    page.mouse.wheel(*delta)
    until(lambda: page.evaluate("bench.acked") is not None, "the paint of a gesture")
    taken: float = page.evaluate("1000 * (bench.acked - bench.wheeled)")
    time.sleep(0.1)
    return taken


ON_WHEEL = """() => {
    bench.acked = null;
    let asked = false;
    const note = (event) => bench.wheeled = (performance.timeOrigin + event.timeStamp) / 1000;
    addEventListener("wheel", note, { capture: true, once: true });
    bench.onsend = (said) => {
        if (said.includes('"view"')) asked = true;
        else if (asked && said.includes('"ack"')) bench.acked ??= bench.now();
    };
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
