"""Runs, and what becomes of what others have written."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import numpy as np

import zwsnb
from guide_pictures.camera import Camera
from guide_pictures.data import loss_at, random, walk
from zwsnb.adapters.tensorboard import SummaryWriter


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


def curve(camera: Camera) -> None:
    """A curve whose x swings."""
    plot = zwsnb.Plot("curve", x_label="strain", y_label="stress")
    turn = np.linspace(0, 12 * np.pi, 3000)
    strain = np.sin(turn) * (0.3 + turn / 50)
    plot.publish(strain, np.tanh(2 * np.sin(turn - 0.5)) * (0.3 + turn / 50))
    with camera.plot(plot, 3000) as shot:
        shot.save("curve")


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
