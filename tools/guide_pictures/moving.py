"""Plots that move, and one that is looked at while it does."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from support import lab

import zwsnb
from guide_pictures.camera import Camera
from guide_pictures.data import NOON, random, stream, walk


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
