"""Makes the pictures of docs/guide.md: the real page in a real Chromium, with made-up data that is
always the same.

``python tools/guide.py`` makes all of them, ``python tools/guide.py measure menu`` these.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

import zwsnb
from zwsnb import api
from zwsnb.adapters.tensorboard import SummaryWriter
from zwsnb.protocol.messages import Bar, Progress

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from small_png import has_pillow, small
from support import lab

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs/guide"
WIDTH: Final = 900
NOON: Final = 1_767_268_800.0
"""1 January 2026, 12:00 UTC."""


class Camera:
    """A browser, and what is pointed at in it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @contextlib.contextmanager
    def page(
        self, url: str, height: int = 360, scheme: Any = "light", scale: int = 2
    ) -> Iterator[Shot]:
        """A page as it is below a cell."""
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": height},
            device_scale_factor=scale if has_pillow() else 1,
            color_scheme=scheme,
            timezone_id="UTC",
            locale="en-GB",
        )
        page = context.new_page()
        page.goto(url)
        yield Shot(page)
        context.close()

    @contextlib.contextmanager
    def plot(self, plot: zwsnb.Plot, points: int, **look: Any) -> Iterator[Shot]:
        """The page of a plot, as soon as it has drawn so many points."""
        with self.page(plot.url, **look) as shot:
            shot.until(lambda s: s["points"] >= points, f"{points} points")
            shot.settle()
            yield shot


class Shot:
    """A page, in the words of its plot: values of x and y instead of pixels."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plot = lab.Plot(page)

    def until(self, holds: Callable[[Any], Any], what: str) -> dict[str, Any]:
        """Wait for what the page says of itself."""
        return self.plot.until(holds, what)

    def settle(self, seconds: float = 0.8) -> None:
        """Wait until what moves has come to rest."""
        self.page.wait_for_timeout(1000 * seconds)

    def at(self, x: float, share: float, panel: int = 0) -> tuple[float, float]:
        """Return where x is on the page, at a share of the panel's height from above."""
        corner = self.page.evaluate(
            "() => document.getElementById('plot').getBoundingClientRect().toJSON()"
        )
        found = self.plot.stats()["panels"][panel]
        box, axis = found["box"], found["x"]
        across = (x - axis["low"]) / (axis["high"] - axis["low"])
        left = corner["left"] + box["left"] + across * box["width"]
        return left, corner["top"] + box["top"] + share * box["height"]

    def point(self, x: float, share: float, panel: int = 0) -> None:
        """Move the pointer there."""
        at = self.at(x, share, panel)
        self.page.mouse.move(at[0] + 3, at[1])
        self.page.mouse.move(*at)

    def zoom_to(self, x: float, span: float) -> None:
        """Turn the wheel over x until little else is seen."""
        while (view := self.plot.stats()["view"])["to"] - view["from"] > span:
            self.point(x, 0.4)
            self.page.mouse.wheel(0, -250)
            seen = view["to"] - view["from"]
            self.until(lambda s: s["view"]["to"] - s["view"]["from"] < seen, "a closer look")  # noqa: B023

    def save(self, name: str) -> None:
        """Save the picture."""
        path = FOLDER / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(small(self.page.screenshot(animations="disabled")))
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


@contextlib.contextmanager
def stream(
    plot: zwsnb.Plot, x: np.ndarray, names: dict[str, np.ndarray], rate: float
) -> Iterator[None]:
    """Publish the first half at once, and the rest at a rate while somebody looks."""
    half, stop = len(x) // 2, threading.Event()
    plot.publish(x[:half], {name: y[:half] for name, y in names.items()})

    def pour() -> None:
        begin, sent = time.monotonic(), half
        while not stop.wait(0.01) and sent < len(x):
            now = min(len(x), half + int(rate * (time.monotonic() - begin)))
            plot.publish(x[sent:now], {name: y[sent:now] for name, y in names.items()})
            sent = now

    thread = threading.Thread(target=pour)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def random(seed: int) -> np.random.Generator:
    """Return numbers that are the same every time."""
    return np.random.default_rng(seed)


def walk(seed: int, count: int) -> np.ndarray:
    """Return a line that wanders."""
    found: np.ndarray = np.cumsum(random(seed).standard_normal(count)) / np.sqrt(count)
    return found


# --- the pictures ---


def follow(camera: Camera) -> None:
    """The live edge."""
    plot = zwsnb.Plot("follow", window=10, title="Motor", y_unit="V")
    x = np.arange(40_000) / 1_000
    drive = 2 * np.sin(x) + random(1).normal(0, 0.06, len(x))
    back = 1.4 * np.sin(x - 0.7) + random(2).normal(0, 0.03, len(x))
    with stream(plot, x, {"drive": drive, "back": back}, 1_000), camera.plot(plot, 46_000) as shot:
        shot.settle(1.5)
        shot.save("follow")


def look_back(camera: Camera) -> None:
    """A closer look at the past, while points go on arriving."""
    plot = zwsnb.Plot("look back", window=20, x_unit="s")
    x = np.arange(120_000) / 1_000
    y = np.sin(x / 2) + random(3).normal(0, 0.08, len(x))
    y[31_400:31_440] += np.hanning(40) * 2.4
    with stream(plot, x, {"signal": y}, 1_000), camera.plot(plot, 60_000) as shot:
        shot.page.keyboard.press("0")
        shot.settle()
        shot.zoom_to(31.42, 2.5)
        shot.page.mouse.move(0, 0)
        shot.settle()
        shot.save("look-back")


def box(camera: Camera) -> None:
    """A box that is being drawn."""
    plot = zwsnb.Plot("box", x_unit="s", y_unit="g")
    x = np.arange(4_000) / 100
    shock = np.where(x > 24, np.exp(-(x - 24) / 2) * np.sin(9 * x), 0)
    plot.publish(x, acceleration=3 * shock + random(4).normal(0, 0.08, len(x)))
    with camera.plot(plot, 4_000) as shot:
        shot.page.mouse.move(*shot.at(23, 0.1))
        shot.page.keyboard.down("Shift")
        shot.page.mouse.down()
        shot.page.mouse.move(*shot.at(29, 0.9), steps=5)
        shot.settle()
        shot.save("box")
        shot.page.keyboard.up("Shift")


def pause(camera: Camera) -> None:
    """The picture stands still."""
    plot = zwsnb.Plot("pause", window=10, x_unit="s")
    x = np.arange(40_000) / 1_000
    y = walk(5, len(x)) + np.sin(3 * x) / 8
    with stream(plot, x, {"level": y}, 1_000), camera.plot(plot, 21_000) as shot:
        shot.page.keyboard.press("Space")
        lab.until(lambda: "waiting" in shot.page.inner_text("#status"), "points that wait")
        shot.settle(2.5)
        shot.save("pause")


def loss_at(rate: float, steps: np.ndarray, seed: int) -> np.ndarray:
    """Return a loss that falls at a rate."""
    loss: np.ndarray = np.exp(-steps * rate / 20) + random(seed).normal(0.1, 0.02, len(steps))
    return loss


def runs(camera: Camera) -> None:
    """A cell that was run three times."""
    plot = zwsnb.Plot("runs", x_label="step")
    steps = np.arange(200.0)
    for seed, rate in enumerate((0.3, 1.0, 0.6)):
        plot.publish(steps, loss=loss_at(rate, steps, seed))
    with camera.plot(plot, 600) as shot:
        shot.point(60, 0.4)
        shot.settle()
        shot.save("runs")


def smooth(camera: Camera) -> None:
    """Two noisy losses, smoothed, one of them by the slider of the legend, and their difference."""
    plot = zwsnb.Plot("smooth", panels=[["train", "val"], ["val - train"]], x_label="step")
    plot.derive("ema(train, .98)")
    plot.derive('ema(val, .98) - "ema(train, .98)"', name="val - train")
    x, rng = np.arange(1_500.0), np.random.default_rng(4)
    for name, end in (("train", 0.3), ("val", 0.5)):
        y = end + 2 * np.exp(-x / 300) + 0.12 * rng.normal(size=len(x))
        plot.publish(x, y, series=name)
    with camera.plot(plot, 6_000, height=440) as shot:
        shot.page.locator("button.series", has_text="val").first.focus()
        shot.page.keyboard.press("Shift+F10")
        shot.page.locator("#series-smooth").click()
        for _ in range(45):
            shot.page.keyboard.press("ArrowRight")
        shot.until(lambda s: s["points"] >= 7_500, "five series")
        shot.settle()
        shot.save("smooth")


def spectrum(camera: Camera) -> None:
    """Two tones in noise, far apart in size."""
    plot = zwsnb.Plot("signal", window="5s", style="spectrum", log="y", x_unit="s", y_unit="V")
    plot.style(title="Spectrum of a signal")
    x, rng = np.arange(8_192.0) / 1_000, np.random.default_rng(4)
    y = 3 * np.sin(2 * np.pi * 50 * x) + 0.1 * np.sin(2 * np.pi * 180 * x)
    plot.publish(x, y + 0.05 * rng.normal(size=len(x)))
    with camera.plot(plot, len(x)) as shot:
        shot.point(50.1, 0.08)
        shot.settle()
        shot.save("spectrum")


def named_runs(camera: Camera) -> None:
    """Three learning rates, each with two curves."""
    plot = zwsnb.Plot("named runs", x_label="step")
    steps = np.arange(200.0)
    for seed, rate in enumerate((0.3, 1.0, 3.0)):
        with plot.run(f"lr={rate / 10:g}"):
            train, val = loss_at(rate, steps, seed), loss_at(0.8 * rate, steps, seed + 9) + 0.15
            plot.publish(steps, train=train, val=val)
    with camera.plot(plot, 1200) as shot:
        shot.save("named-runs")


def adapters(camera: Camera) -> None:
    """Two trainings, as a framework writes them."""
    for seed, lr in enumerate((0.1, 0.03)):
        rng = random(seed)
        with SummaryWriter(f"runs/lr={lr}", plot="adapters") as writer:
            for step in range(200):
                loss = 0.2 + np.exp(-lr * step) + 0.02 * rng.normal()
                writer.add_scalar("train/loss", loss, step)
                weights = rng.normal(1 - np.exp(-lr * step), 0.3, 300)
                writer.add_histogram("layer/weights", weights, step)
    with camera.plot(zwsnb.Plot("adapters", x_label="step"), 1600, height=440) as shot:
        shot.save("adapters")


def late(camera: Camera) -> None:
    """A sensor that was out of reach sends later what it has kept."""
    plot = zwsnb.Plot("late", x_unit="s", y_unit="°C", series={"buoy": {"points": True}})
    x = np.arange(0, 60, 0.5)
    water = 14 + np.sin(x / 9) + random(20).normal(0, 0.03, len(x))
    away = (x > 22) & (x < 38)
    plot.publish(x[~away], buoy=water[~away])
    plot.publish(x, pier=water + 1.2 + random(21).normal(0, 0.05, len(x)))
    with camera.plot(plot, 200) as shot:
        plot.publish(x[away][::2], buoy=water[away][::2])  # every other one
        shot.until(lambda s: s["series"]["buoy"]["points"] > 95, "what came late")
        shot.settle()
        shot.save("late")


def frame(camera: Camera) -> None:
    """A table, as it is."""
    import pandas as pd

    days = pd.date_range("2026-01-01", periods=90, freq="D", tz="UTC")
    sales = {name: 20 + 6 * walk(seed, 90) for seed, name in enumerate(("shop", "web"), 30)}
    table = pd.DataFrame(sales, index=days)
    table.loc["2026-02-10":"2026-02-16", "web"] = None
    plot = zwsnb.Plot("frame", title="Sales")
    plot.publish(table)
    with camera.plot(plot, 180) as shot:
        shot.save("frame")


PRINTED: Final = "step;train loss;val loss\n" + "".join(
    f"{step};{0.9**step + 0.1:.4f};{0.92**step + 0.15 if step % 5 == 0 else ''}\n"
    for step in range(60)
).replace(".", ",")


def pipe(camera: Camera) -> None:
    """What a program has printed."""
    words = [sys.executable, "-m", "zwsnb", "pipe", "--plot", "pipe", "--points"]
    subprocess.run(words, input=PRINTED, text=True, check=True, capture_output=True)
    with camera.plot(zwsnb.Plot("pipe"), 120) as shot:
        shot.save("pipe")


def curve(camera: Camera) -> None:
    """A curve whose x swings."""
    plot = zwsnb.Plot("curve", x_label="strain", y_label="stress")
    turn = np.linspace(0, 12 * np.pi, 3000)
    strain = np.sin(turn) * (0.3 + turn / 50)
    plot.publish(strain, np.tanh(2 * np.sin(turn - 0.5)) * (0.3 + turn / 50))
    with camera.plot(plot, 3000) as shot:
        shot.save("curve")


def read(camera: Camera) -> None:
    """The crosshair at a spike of two million points."""
    plot = zwsnb.Plot("read", time=True, y_unit="V")
    count = 1_000_000
    x = NOON + np.arange(count) / 1_000
    y = random(6).standard_normal(count)
    y[654_321] = 9.8765
    plot.publish(x, supply=12 + y / 4, sensor=y)
    with camera.plot(plot, 2 * count) as shot:
        shot.zoom_to(x[654_321], 0.08)
        shot.settle()
        shot.point(x[654_321], 0.3)
        shot.settle()
        shot.save("read")


def saved_page(camera: Camera) -> None:
    """Ten million points in a file, at a spike among them."""
    plot = zwsnb.Plot("motor", title="Motor, run 7", x_unit="s", y_unit="A")
    count = 10_000_000
    x = np.arange(count) / 1_000
    current = 3 * np.sin(x / 700) + random(7).standard_normal(count) * 0.3
    current[5_000_000] = 9
    plot.publish(x, current=current)
    plot.mark(4_960, "load on")
    with tempfile.TemporaryDirectory() as folder:
        page = plot.save(Path(folder) / "motor.html")
        plot.close()
        with camera.page(page.as_uri()) as shot:
            shot.until(lambda s: s["frames"] > 1, "a picture")
            shot.zoom_to(x[5_000_000], 180)
            shot.settle()
            shot.point(x[5_000_000], 0.2)
            shot.settle()
            shot.save("saved-page")


def measure(camera: Camera) -> None:
    """Two marks."""
    plot = zwsnb.Plot("measure", x_unit="s", y_unit="V")
    x = np.arange(3_000) / 1_000
    decay = 5 * np.exp(-x)
    plot.publish(x, decay=decay, ring=decay * np.cos(30 * x))
    with camera.plot(plot, 6_000) as shot:
        for at, share in ((0.5, 0.25), (1.5, 0.4)):
            shot.page.mouse.click(*shot.at(at, share))
            shot.settle(0.5)
        shot.page.mouse.move(0, 0)
        shot.settle()
        shot.save("measure")


def legend(camera: Camera) -> None:
    """Twelve series, of which some are hidden."""
    plot = zwsnb.Plot("legend", title="Twelve sensors", y_unit="°C")
    x = np.arange(600)
    for i in range(12):
        plot.publish(x, 20 + i + 3 * walk(20 + i, 600), series=f"t{i + 1}")
    with camera.plot(plot, 12 * 600) as shot:
        for name in ("t3", "t6", "t11"):
            shot.page.locator("#legend button").filter(
                has=shot.page.get_by_text(name, exact=True)
            ).click()
        shot.page.evaluate("() => document.activeElement.blur()")
        shot.page.mouse.move(0, 0)
        shot.settle()
        shot.save("legend")


def looks(camera: Camera) -> None:
    """What single series are called, and how they look."""
    plot = zwsnb.Plot("looks", title="Tide", x_unit="h", y_unit="m")
    plot.style(
        series={
            "h": {"label": "Height", "color": "navy", "width": 2},
            "h_model": {"label": "Forecast", "color": "tomato", "dash": "dash"},
            "raw": {"opacity": 0.3, "color": "gray"},
        }
    )
    x = np.arange(0, 48, 0.05)
    height = 2 * np.sin(x / 1.98) + 0.4 * np.sin(x / 3.9 + 1)
    seen = x < 30
    plot.publish(x[seen], raw=(height + random(40).normal(0, 0.25, len(x)))[seen])
    plot.publish(x[seen], h=(height + 0.08 * walk(41, len(x)))[seen])
    plot.publish(x, h_model=height)
    with camera.plot(plot, 2_160) as shot:
        shot.save("looks")


def many(camera: Camera) -> None:
    """Very many series, of which some are looked for."""
    plot = zwsnb.Plot("many", title="Mean of each weight", x_label="step")
    x = np.arange(60.0)
    parts = ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "mlp.up", "mlp.down")
    names = [
        f"model.encoder.layers.{layer}.{part}.{of}"
        for layer in range(100)
        for part in parts
        for of in ("weight", "bias")
    ]
    slopes = random(42).normal(0, 0.6, (len(names), 1))
    waves = np.sin(x / 9 + np.arange(len(names)).reshape(-1, 1) / 40)
    plot.publish(x, dict(zip(names, slopes * (1 - np.exp(-x / 20)) + 0.1 * waves, strict=True)))
    with camera.plot(plot, 60_000, scale=1) as shot:
        shot.page.keyboard.press("/")
        shot.page.keyboard.type("7.self bias")
        shot.settle(2)
        shot.save("many")


def styles(camera: Camera) -> None:
    """All styles, and a band."""
    names = ["line", "step", "points", "area", "bars"]
    looks: dict[str, Any] = {name: {"style": name} for name in names}
    plot = zwsnb.Plot(
        "styles",
        series=looks | {"mean": {"band": ["low", "high"]}},
        panels=[[name] for name in [*names, "mean"]],
    )
    x = np.arange(60)
    for i, name in enumerate(names):
        plot.publish(x, 2 + np.sin(x / 6 + i), series=name)
    mean = np.sin(x / 8)
    plot.publish(x, mean=mean, low=mean - 0.2 - x / 120, high=mean + 0.2 + x / 120)
    with camera.plot(plot, 8 * 60, height=640) as shot:
        shot.save("styles")


def candles(camera: Camera) -> None:
    """Candles, and the values of one."""
    plot = zwsnb.Plot("ticks", style="candles", title="Ticks", y_unit="€", tz="Europe/Berlin")
    chance = random(21)
    x = np.sort(chance.uniform(NOON, NOON + 4 * 3600, 100_000))
    plot.publish(x, 100 + np.cumsum(chance.normal(0, 0.015, len(x))))
    with camera.plot(plot, 100_000) as shot:
        shot.point(NOON + 2.3 * 3600, 0.4)
        shot.settle()
        shot.save("candles")


def orbits(camera: Camera) -> None:
    """Curves in equal aspect, with their names where they are now."""
    plot = zwsnb.Plot("orbits", xy=True, aspect="equal", title="Orbits", x_unit="au", y_unit="au")
    angle = np.linspace(0, 5, 400)
    for name, radius, speed in (("Earth", 1, 1), ("Mars", 1.52, 0.53), ("Mercury", 0.39, 4.15)):
        plot.publish(radius * np.cos(speed * angle), radius * np.sin(speed * angle), series=name)
    with camera.plot(plot, 1_200) as shot:
        shot.save("orbits")


def axes(camera: Camera) -> None:
    """A second axis, labels and units."""
    plot = zwsnb.Plot(
        "axes",
        title="Battery under load",
        x_label="time",
        x_unit="s",
        y_label="voltage",
        y_unit="V",
        y_range=(3, 4.4),
        y2_label="current",
        y2_unit="A",
        y2_range="grow",
        series={"current": {"axis": "right", "style": "step", "color": "#c45419", "width": 2}},
    )
    x = np.arange(1_200) / 10
    current = 4e-3 * (1 + (x // 15) % 3)
    voltage = 4.2 - 0.006 * x - 20 * current + random(8).normal(0, 0.004, len(x))
    plot.publish(x, voltage=voltage, current=current)
    with camera.plot(plot, 2_400) as shot:
        shot.save("axes")


def log(camera: Camera) -> None:
    """Logarithmic axes."""
    plot = zwsnb.Plot("log", log="xy", x_label="frequency", x_unit="Hz", y_label="gain")
    f = np.logspace(0, 6, 800)
    for name, corner in (("1 kHz", 1e3), ("30 kHz", 3e4)):
        plot.publish(f, 1 / np.sqrt(1 + (f / corner) ** 2), series=name)
    with camera.plot(plot, 1_600) as shot:
        shot.save("log")


def waterfall(camera: Camera) -> None:
    """A chirp and a steady tone, as rows of an image."""
    plot = zwsnb.Plot(
        "waterfall",
        x_unit="s",
        y_label="frequency",
        y_unit="Hz",
        z_label="power",
        z_unit="dB",
        z_range=(0, 50),
    )
    rng, window = random(12), np.hanning(512)
    starts = np.arange(0, 4, 0.01)
    t = starts[:, np.newaxis] + np.arange(512) / 8_000
    sweep = np.sin(2 * np.pi * (400 + 350 * t) * t) * (1 + 0.5 * np.sin(2 * np.pi * t))
    signal = sweep + 0.3 * np.sin(2 * np.pi * 2_600 * t) + rng.normal(0, 0.03, t.shape)
    power = 20 * np.log10(np.abs(np.fft.rfft(signal * window)) + 1e-3)
    plot.image(starts, power, y=(0, 4_000))
    with camera.plot(plot, len(starts)) as shot:
        shot.save("waterfall")


def scatter(camera: Camera) -> None:
    """Dots by depth and magnitude, one of them read."""
    plot = zwsnb.Plot(
        "scatter", x_label="longitude", y_label="latitude", z_label="depth", z_unit="km"
    )
    rng = random(44)
    x = rng.normal(0, 20, 600)
    y = 0.4 * x + rng.normal(0, 7, 600)
    plot.scatter(x, y, color=10 * np.hypot(x, y), size=rng.exponential(3, 600))
    with camera.plot(plot, 600) as shot:
        shot.point(0.42, 0.4)
        shot.save("scatter")


def density(camera: Camera) -> None:
    """A million points, counted."""
    plot = zwsnb.Plot("density", style="density", x_label="voltage", y_label="current", y_unit="A")
    rng = random(45)
    x = rng.normal(size=1_000_000)
    y = 0.5 * x + np.sin(3 * x) + rng.normal(0, 0.4, len(x))
    plot.publish(x, y)
    with camera.plot(plot, len(x)) as shot:
        shot.until(lambda s: s["series"]["y"]["marks"]["inSight"] == len(x), "all counted")
        shot.point(0.53, 0.42)
        shot.save("density")


def histogram(camera: Camera) -> None:
    """Bars, and below them how they were before."""
    plot = zwsnb.Plot("histogram")
    rng = random(13)
    for epoch in range(60):
        plot.histogram(rng.normal(epoch / 30, 1 - epoch / 100, 5_000))
    with camera.plot(plot, 60) as shot:
        shot.save("histogram")


def notes(camera: Camera) -> None:
    """Threshold lines, a shaded region, marks."""
    plot = zwsnb.Plot(
        "notes",
        y_label="loss",
        x_label="step",
        lines=[(0.5, "good enough")],
        regions=[(0, 100, "warm-up")],
    )
    x = np.arange(1_000)
    plot.publish(x, loss=2.4 * np.exp(-x / 320) + 0.2 + random(9).normal(0, 0.03, len(x)))
    for step, text in ((333, "epoch 1"), (666, "epoch 2")):
        plot.mark(step, text)
    with camera.plot(plot, 1_000) as shot:
        shot.save("notes")


def times(camera: Camera) -> None:
    """Seconds since 1970, in a zone that is not the reader's."""
    plot = zwsnb.Plot("times", tz="America/New_York", y_label="requests", y_unit="/s")
    seconds = np.arange(0, 86_400, 60.0)
    hours = seconds / 3600 + 7
    load = 220 + 160 * np.sin((hours - 9) * np.pi / 12) + random(21).normal(0, 12, len(seconds))
    plot.publish(NOON + seconds, load, series="requests")
    with camera.plot(plot, len(seconds)) as shot:
        shot.save("times")


def panels(camera: Camera) -> None:
    """Two panels and one crosshair."""
    plot = zwsnb.Plot("panels", panels=[["loss"], ["acc", "val_acc"]], x_label="step")
    x = np.arange(400)
    rise = 1 - np.exp(-x / 110)
    noise = random(10).normal(0, 0.012, (3, len(x)))
    plot.publish(
        x,
        loss=2.3 * np.exp(-x / 90) + noise[0],
        acc=0.97 * rise + noise[1],
        val_acc=0.9 * rise + noise[2],
    )
    with camera.plot(plot, 1_200, height=420) as shot:
        shot.point(150, 0.4, panel=1)
        shot.settle()
        shot.save("panels")


def dashboard(camera: Camera) -> None:
    """Panels with units, ranges, heights and thresholds of their own."""
    plot = zwsnb.Plot(
        "dashboard",
        panels=[
            {
                "series": ["cpu", "gpu"],
                "y_unit": "%",
                "y_range": (0, 100),
                "height": 2,
                "lines": [(80, "busy")],
            },
            {"series": ["used", "cache"], "y_unit": "B"},
        ],
        x_unit="s",
    )
    x = np.arange(600)
    cpu, gpu, used = random(14).normal(0, 1, (3, len(x)))
    plot.publish(
        x,
        cpu=np.clip(45 + 30 * np.sin(x / 70) + 4 * cpu, 0, 100),
        gpu=np.clip(62 + 25 * np.sin(x / 120 + 2) + 2 * gpu, 0, 100),
        used=4.1e9 + 1.1e9 * np.sin(x / 140) + 2e7 * used,
        cache=1.2e9 + 2e6 * x,
    )
    with camera.plot(plot, 2_400, height=420) as shot:
        shot.save("dashboard")


def track(camera: Camera) -> None:
    """Loops that say how far they are, above the groups of their metrics."""
    noise = random(13).normal(0, 0.02, (400, 2))
    for step, (loss, acc) in enumerate(noise):
        fall = np.exp(-step / 130)
        metrics = {"train/loss": 2.1 * fall + loss, "train/acc": 0.95 - 0.9 * fall + acc}
        zwsnb.log({**metrics, "val/loss": 2.2 * np.exp(-step / 150)}, lr=0.1 * fall, plot="track")
    outer = Bar("epoch · 40 % · 4 of 10 · 2.2 s each · 13 s to go", 0.4)
    inner = Bar("batch · 72 % · 72 of 100 · 45.6/s · 0.6 s to go", 0.72)
    api.publisher.send_command(Progress("track", (outer, inner)))
    with camera.plot(zwsnb.Plot("track"), 1_600, height=420) as shot:
        shot.save("track")


def steer(camera: Camera) -> None:
    """A loop that is steered, and where it was."""
    plot = zwsnb.Plot("steer", x_label="step")
    plot.slider("lr", 1e-2, (1e-4, 1), log=True)
    plot.switch("noise")
    plot.choice("rule", ["sgd", "adam"])
    plot.button("stop")
    steps, noise = np.arange(300), 0.05 * np.abs(random(14).normal(size=300))
    with camera.plot(plot, 0) as shot:
        plot.publish(steps, 2 * np.exp(-0.004 * steps), series="loss")
        shot.until(lambda s: s["points"] == 300, "the points")
        for _ in range(20):
            shot.page.get_by_label("lr").press("ArrowRight")
        shot.until(lambda s: len(s["annotations"]) == 1, "a mark")
        plot.publish(300 + steps, 0.6 * np.exp(-0.01 * steps), series="loss")
        shot.until(lambda s: s["points"] == 600, "more points")
        shot.page.get_by_label("noise").press("Space")
        shot.until(lambda s: len(s["annotations"]) == 2, "another mark")
        plot.publish(600 + steps, 0.03 * np.exp(-0.01 * steps) + noise, series="loss")
        shot.until(lambda s: s["points"] == 900, "all points")
        shot.settle()
        shot.save("steer")


def alert(camera: Camera) -> None:
    """A loss that has become too large."""
    plot = zwsnb.Plot("alert", x_label="step", lines=[(2, "")])
    plot.on_cross("loss", above=2)
    steps = np.arange(600)
    loss = 1.2 * np.exp(-0.008 * steps) + np.exp(0.02 * (steps - 560)) + walk(15, 600) / 200
    with camera.plot(plot, 0) as shot:
        shot.until(lambda s: s["listens"] == ["cross"], "what is watched")
        plot.publish(steps, loss, series="loss")
        shot.until(lambda s: s["alert"], "an alert")
        shot.settle()
        shot.save("alert")


def tiles(camera: Camera) -> None:
    """Three figures over the curves that they end."""
    plot = zwsnb.Plot(
        "tiles", tiles=["throughput", "loss", "lr"], panels=[{"series": ["throughput"],
        "y_unit": "B/s"}, ["loss", "lr"]],
    )  # fmt: skip
    steps = np.arange(500)
    with camera.plot(plot, 0, height=420) as shot:
        plot.publish(
            steps,
            throughput=4.2e7 + 2e5 * walk(21, 500),
            loss=1.5 * np.exp(-0.006 * steps) + np.abs(walk(22, 500)) / 400,
            lr=0.1 * (1 - steps / 600),
        )
        shot.until(lambda s: s["points"] == 1500, "the points")
        shot.settle()
        shot.save("tiles")


def progress(camera: Camera) -> None:
    """A loss whose end is known from the start."""
    plot = zwsnb.Plot("progress", x_range=(0, 2_000), x_label="step")
    x = np.arange(1_400)
    y = 1.4 * np.exp(-0.002 * x) + 0.1 + np.abs(walk(23, 1_400)) / 400
    with stream(plot, x, {"loss": y}, 8), camera.plot(plot, 700) as shot:
        shot.settle(6)
        shot.save("progress")


def trigger(camera: Camera) -> None:
    """A pulse that rings, over those before it."""
    plot = zwsnb.Plot(
        "trigger", window=0.02, x_unit="s", y_unit="V",
        trigger={"level": 0.5, "pre": 0.2, "persist": 8},
    )  # fmt: skip
    x = np.arange(60_000) / 100_000
    since = x % 0.037
    pitch = 2 * np.pi * (700 + 15 * np.sin(14 * x))
    y = np.exp(-300 * since) * np.cos(pitch * since) * (since < 0.02)
    with camera.plot(plot, 0) as shot:
        plot.publish(x, y + random(31).normal(0, 0.015, len(x)))
        shot.until(lambda s: len(s["trigger"]["earlier"]) == 8, "the sweeps")
        shot.settle()
        shot.save("trigger")


def state(camera: Camera) -> None:
    """The line of state, with something on it."""
    plot = zwsnb.Plot("state", window=30, x_unit="s")
    x = np.arange(400_000) / 2_000
    y = np.sin(x) + random(11).normal(0, 0.01, len(x))
    y[195_000:195_400] = np.nan
    with stream(plot, x, {"pressure": y}, 2_000), camera.plot(plot, 200_000) as shot:
        shot.settle(3)
        shot.save("state")


def menu(camera: Camera) -> None:
    """What can be taken away."""
    plot = zwsnb.Plot("menu", title="To take away", x_unit="s")
    x = np.arange(2_000) / 100
    plot.publish(x, sine=np.sin(x), drift=walk(12, len(x)))
    with camera.plot(plot, 4_000) as shot:
        for at in (4.0, 9.0):
            shot.page.mouse.click(*shot.at(at, 0.5))
            shot.settle(0.4)
        shot.page.click("#more")
        shot.page.keyboard.press("ArrowDown")
        shot.settle()
        shot.save("menu")


def plots(camera: Camera) -> None:
    """All plots of a service of their own, on one page."""
    zwsnb.stop()
    zwsnb.start()
    x = np.arange(500)
    for i, name in enumerate(("loss", "accuracy", "memory", "temperature")):
        zwsnb.Plot(name, style="area" if name == "memory" else "line").publish(
            x, walk(30 + i, 500), series=name
        )
    with camera.page(api.service().plots_url(), height=640) as shot:
        shot.page.wait_for_function("() => window.zwsnb?.stats().plots.length === 4")
        shot.settle(2.5)
        shot.save("plots")


def linked(camera: Camera) -> None:
    """Two plots of a service of their own, with one x and one crosshair."""
    zwsnb.stop()
    zwsnb.start()
    x = np.arange(2_000) / 10
    for i, name in enumerate(("losses", "rates")):
        zwsnb.Plot(name, link="x", x_unit="s").publish(x, walk(50 + i, len(x)), series=name)
    with camera.page(api.service().plots_url(), height=275) as shot:
        shot.page.wait_for_function("() => window.zwsnb?.stats().plots.length === 2")
        shot.settle(2.5)
        for turn in range(4):
            shot.page.keyboard.down("Control")
            shot.page.mouse.move(300 + turn, 160)
            shot.page.mouse.wheel(0, -250)
            shot.page.keyboard.up("Control")
            shot.settle(0.4)
        shot.page.mouse.move(230, 150)
        shot.settle()
        shot.save("linked")


def wheel(camera: Camera) -> None:
    """The hint of a plot in a page of others whose wheel is turned."""
    zwsnb.stop()
    zwsnb.start()
    x = np.arange(2_000) / 100
    zwsnb.Plot("pump", x_unit="s").publish(x, walk(9, len(x)), series="current")
    with camera.page(api.service().plots_url(), height=275) as shot:
        shot.page.wait_for_function("() => window.zwsnb?.stats().plots.length === 1")
        shot.page.get_by_text("1", exact=True).click()
        shot.settle(2)
        shot.page.mouse.move(450, 140)
        shot.page.mouse.wheel(0, 120)
        shot.settle(0.5)
        shot.save("wheel")


def keys(camera: Camera) -> None:
    """The keys, in the dark."""
    plot = zwsnb.Plot("dark", x_unit="s")
    x = np.arange(2_000) / 100
    plot.publish(x, sine=np.sin(x), drift=walk(12, len(x)))
    with camera.plot(plot, 4_000, height=740, scheme="dark", scale=1) as shot:
        shot.page.keyboard.press("?")
        shot.settle()
        shot.save("keys")


PICTURES: Final = (
    follow,
    look_back,
    box,
    pause,
    runs,
    named_runs,
    adapters,
    smooth,
    spectrum,
    late,
    curve,
    frame,
    pipe,
    read,
    saved_page,
    measure,
    legend,
    looks,
    many,
    styles,
    candles,
    orbits,
    axes,
    log,
    waterfall,
    scatter,
    density,
    histogram,
    notes,
    times,
    panels,
    dashboard,
    track,
    steer,
    alert,
    tiles,
    progress,
    trigger,
    menu,
    keys,
    wheel,
    plots,
    linked,
    state,
)


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
