"""Many series, and how each is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

import zwsnb
from guide_pictures.camera import Camera
from guide_pictures.data import NOON, random, walk


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
