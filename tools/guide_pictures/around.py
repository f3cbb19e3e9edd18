"""Panels, and what is above and below them: bars, controls, notices, figures."""

from __future__ import annotations

import numpy as np

import zwsnb
from guide_pictures.camera import Camera
from guide_pictures.data import random, stream, walk
from zwsnb import api
from zwsnb.protocol.messages import Bar, Progress


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
