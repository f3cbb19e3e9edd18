"""Every gesture, key and menu in Firefox, and what it draws: issue 4, tests.

The steps are in firefox/*.mjs. One script of puppeteer-core takes one Firefox through all of them,
against the relay of this process, and says of each what was wrong; each is a test here. What a step
wishes to happen here meanwhile, it says on the way.
"""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import zwsnb
from zwsnb import api

FOLDER: Final = Path(__file__).parent / "firefox"
FIREFOX: Final = shutil.which("firefox-esr") or shutil.which("firefox")
NODE: Final = shutil.which("node")
SHORT: Final = {"gestures", "series", "plots"}
"""Of these files always; of all where what takes long is asked for."""

STEPS: Final = [
    (path.stem, name)
    for path in sorted(FOLDER.glob("*.mjs"))
    for name in re.findall(r'^  async "(.+)"\(', path.read_text(encoding="utf-8"), re.MULTILINE)
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        FIREFOX is None or NODE is None, reason="no Firefox, or no Node.js, on the PATH"
    ),
]


@pytest.fixture(scope="module")
def urls() -> Iterator[dict[str, str]]:
    """Pages of plots that nobody adds to."""
    zwsnb.start()
    made = [publish_plain(), publish_stacked(), publish_styles()]
    plain, stacked, styles = (plot.url for plot in made)
    yield {"plot": plain, "stacked": stacked, "styles": styles, "plots": api.service().plots_url()}
    zwsnb.stop()


def publish_plain() -> zwsnb.Plot:
    plot = zwsnb.Plot("in firefox")
    plot.publish(range(2_000), sine=[math.sin(x / 100) for x in range(2_000)], ramp=range(2_000))
    return plot


def publish_stacked() -> zwsnb.Plot:
    """Two panels, and a second axis in the upper one."""
    plot = zwsnb.Plot(
        "stacked", panels=[["a", "b"], ["c"]], series={"b": {"axis": "right"}}, y2_unit="W"
    )
    x = range(500)
    plot.publish(x, a=[i % 7 for i in x], b=[1000 + i for i in x], c=[-i for i in x])
    return plot


def publish_styles() -> zwsnb.Plot:
    """Eight series of 100 points, one above the other, and the bars by themselves, since they would
    hide the others.
    """
    styles = {"line": "line", "step": "step", "dots": "points", "area": "area", "bars": "bars"}
    series: dict[str, Any] = {name: {"style": style} for name, style in styles.items()}
    series["mean"] = {"band": ["low", "high"]}
    panels = [["line", "step", "dots", "area", "mean"], ["bars"]]
    lines, regions = [(3, "goal")], [(20, 40, "warm-up")]
    plot = zwsnb.Plot("styles", log="y", panels=panels, series=series, lines=lines, regions=regions)
    names = [*reversed(styles), "low", "mean", "high"]
    x = range(100)
    plot.publish(
        x,
        {name: [2**at * (1.2 + math.sin(i / 9) / 8) for i in x] for at, name in enumerate(names)},
    )
    plot.mark(70, "epoch 3")
    return plot


def publish_late() -> None:
    zwsnb.Plot("late", title="a late one").publish(range(10), range(10))


WISHES: Final[dict[str, Callable[[], None]]] = {
    "a new plot": publish_late,
    "no new plot": lambda: zwsnb.Plot("late").close(),
}


def lines_of(words: list[str], within: float) -> Iterator[dict[str, str]]:
    """What a program says, each line as soon as it is said."""
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, text=True) as program,
    ):
        alarm = threading.Timer(within, program.kill)
        alarm.start()
        assert program.stdout
        yield from map(json.loads, program.stdout)
        alarm.cancel()
        errors.seek(0)
        assert program.wait() == 0, errors.read()


@pytest.fixture(scope="module")
def stems(request: pytest.FixtureRequest) -> set[str]:
    """The files whose steps are taken."""
    return {stem for stem, _ in STEPS} if request.config.getoption("long") else SHORT


@pytest.fixture(scope="module")
def told(
    urls: dict[str, str], stems: set[str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """What was wrong in each step, by its name; nothing: it went well."""
    task = {
        "firefox": FIREFOX,
        "downloads": str(tmp_path_factory.mktemp("downloads")),
        "urls": urls,
        "stems": sorted(stems),
    }
    words = [str(NODE), str(FOLDER / "run.mjs"), json.dumps(task)]
    said: dict[str, str] = {}
    for one in lines_of(words, within=150):
        if "wish" in one:
            WISHES[one["wish"]]()
        else:
            said[one["name"]] = one["wrong"]
    return said


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, id=f"{stem}: {name}", marks=[] if stem in SHORT else pytest.mark.long)
        for stem, name in STEPS
    ],
)
def test_in_firefox(told: dict[str, str], name: str) -> None:
    assert name in told, "the time was over before its turn"
    assert not told[name], told[name]


def test_every_step_in_firefox_is_a_test(told: dict[str, str], stems: set[str]) -> None:
    assert set(told) <= {name for stem, name in STEPS if stem in stems}
