"""Images, scatters and histograms."""

from __future__ import annotations

import numpy as np

import zwsnb
from guide_pictures.camera import Camera
from guide_pictures.data import random


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
