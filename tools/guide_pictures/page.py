"""The page and its words, and several plots."""

from __future__ import annotations

import numpy as np

import zwsnb
from guide_pictures.camera import Camera
from guide_pictures.data import random, stream, walk
from zwsnb import api


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


def keys(camera: Camera) -> None:
    """The keys, in the dark."""
    plot = zwsnb.Plot("dark", x_unit="s")
    x = np.arange(2_000) / 100
    plot.publish(x, sine=np.sin(x), drift=walk(12, len(x)))
    with camera.plot(plot, 4_000, height=740, scheme="dark", scale=1) as shot:
        shot.page.keyboard.press("?")
        shot.settle()
        shot.save("keys")


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


def state(camera: Camera) -> None:
    """The line of state, with something on it."""
    plot = zwsnb.Plot("state", window=30, x_unit="s")
    x = np.arange(400_000) / 2_000
    y = np.sin(x) + random(11).normal(0, 0.01, len(x))
    y[195_000:195_400] = np.nan
    with stream(plot, x, {"pressure": y}, 2_000), camera.plot(plot, 200_000) as shot:
        shot.settle(3)
        shot.save("state")
