"""A real JupyterLab in a real browser: what is published in a cell is what the page has drawn.

Nothing here looks at pictures, or waits for a time to pass: the page says what it has painted
(`window.zwsnb.stats()`).
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
import time
from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import BrowserContext, Locator
from support.lab import Notebook, Plot, Stats, points_of, report, text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.kernel,
    pytest.mark.slow,
    pytest.mark.usefixtures("context"),
]

OpenNotebook = Callable[..., Notebook]

LOAD = "%load_ext zwsnb"
SHOW = f"{LOAD}\n%zwsnb show"
"""The plot stands below this cell, whichever publishes to it."""
numbers = itertools.count()


def name_of_a_plot() -> str:
    """Return a name that no other test uses."""
    return f"plot {next(numbers)}"


def times_of(text: str) -> tuple[float, float]:
    """Return the two times that a cell has printed."""
    begin, end = map(float, text.split())
    return begin, end


# --- one plot ---


def test_the_first_publish_right_after_loading_arrives(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(f"{LOAD}\npublish(1, 2)")
    begin = time.monotonic()
    notebook.start(0)
    stats = notebook.plot(0).until_points(1)
    report(f"from Shift+Enter on %load_ext to a painted point: {time.monotonic() - begin:.2f} s")
    assert stats["state"] == "live"
    assert (stats["series"]["y"]["lastX"], stats["series"]["y"]["lastY"]) == (1, 2)
    assert notebook.text(0) == "Plot('plot')"


MANY = 10_000_000  # a second at least

LOOP = f"""
import time
begin = time.time()
for i in range({MANY}):
    publish(i, i % 1000)
print(begin, time.time())
"""


def test_ten_million_points_of_a_tight_loop_all_arrive_and_move_the_plot_meanwhile(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(SHOW, LOOP)
    notebook.run(0)
    plot = notebook.plot(0)
    plot.until_state("live")
    plot.record()
    begin, end = times_of(notebook.run(1))
    plot.until_points(MANY, within=5)
    seen = notebook.until(
        lambda: [row for row in plot.recorded() if row[2] == MANY - 1], "the last point"
    )
    during = [row for row in plot.recorded() if begin <= row[0] <= end]
    drawn = during[-1][1] - during[0][1]
    report(
        f"{MANY / 1e6 / (end - begin):.2f} million points/s; "
        f"{drawn / (end - begin):.0f} frames/s in the loop"
    )
    report(f"the last point is on the screen {seen[0][0] - end:.3f} s after the loop")
    # That it moves at all; how often in a second is for the benchmarks (P4).
    assert len({x for _, _, x in during if not math.isnan(x)}) >= 3
    assert drawn >= 3


def test_an_interrupt_stops_the_cell_and_not_the_plot(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        SHOW, "import itertools\nfor n in itertools.count():\n    publish(n, n % 7)"
    )
    notebook.run(0)
    plot = notebook.plot(0)
    notebook.start(1)
    plot.until(lambda s: points_of(s) > 10_000, "a moving plot")
    assert notebook.is_busy()
    notebook.interrupt()
    notebook.wait(1)
    assert "KeyboardInterrupt" in notebook.text(1)
    last = int(notebook.do("publish(n + 1, 5); print(n + 1)"))
    stats = plot.until(lambda s: s["series"]["y"]["lastX"] == last, "the point after the interrupt")
    assert stats["state"] == "live"


# --- the forms of publish ---

LOCAL = dt.datetime(2024, 2, 29, 12, 30, 15, 250_000)  # noqa: DTZ001 - local, as most people write it
UTC = LOCAL.replace(tzinfo=dt.UTC).timestamp()

FORMS: Sequence[tuple[str, dict[str, tuple[int, float, float]]]] = [
    ("p.publish(1, 2.5)", {"y": (1, 1, 2.5)}),
    ("p.publish([1, 2, 3], (4, 5, 6))", {"y": (3, 3, 6)}),
    ("p.publish(np.arange(100_000), np.arange(100_000) / 4)", {"y": (100_000, 99_999, 24_999.75)}),
    ("p.publish(pd.Series([1, 2]), pd.Series([3, 4]))", {"y": (2, 2, 4)}),
    ("p.publish(1, 2, series='loss')", {"loss": (1, 1, 2)}),
    ("p.publish(3, loss=0.25, acc=0.75)", {"loss": (1, 3, 0.25), "acc": (1, 3, 0.75)}),
    (
        "p.publish(4, {'any name': 0.5, 'näme 2': 1})",
        {"any name": (1, 4, 0.5), "näme 2": (1, 4, 1)},
    ),
    ("p.publish([1, 2], {'a': [3, 4], 'b': [5, 6]})", {"a": (2, 2, 4), "b": (2, 2, 6)}),
    ("publish(5, 6, plot=p.name)", {"y": (1, 5, 6)}),
    (f"p.publish({LOCAL!r}, 1)", {"y": (1, LOCAL.timestamp(), 1)}),
    ("p.publish(np.datetime64('2024-02-29T12:30:15.25'), 1)", {"y": (1, UTC, 1)}),
    ("p.publish(pd.Timestamp('2024-02-29T12:30:15.25'), 1)", {"y": (1, UTC, 1)}),
    (
        "p.publish(pd.to_datetime(['2024-02-29T12:30:15.00', '2024-02-29T12:30:15.25']), [0, 1])",
        {"y": (2, UTC, 1)},
    ),
]


@pytest.mark.parametrize(("form", "expected"), FORMS, ids=[form for form, _ in FORMS])
def test_every_form_of_publish(
    loaded: Notebook, form: str, expected: dict[str, tuple[int, float, float]]
) -> None:
    source = "import datetime, numpy as np, pandas as pd\nfrom zwsnb import Plot\n"
    cell = loaded.append(f"{source}p = Plot({name_of_a_plot()!r}, height=120)\n{form}\np")
    loaded.run(cell)

    def shown(stats: Stats) -> bool:
        series = {
            name: (s["points"], s["lastX"] + stats["origin"], s["lastY"])
            for name, s in stats["series"].items()
        }
        return series == expected

    loaded.plot(cell).until(shown, f"{expected}")


def test_times_make_a_time_axis(loaded: Notebook) -> None:
    name = name_of_a_plot()
    cell = loaded.append(
        f"import datetime\nfrom zwsnb import Plot\np = Plot({name!r}, height=200)\np"
    )
    loaded.run(cell)
    plot = loaded.plot(cell)
    plot.until_state("live")
    plot.record_texts()
    loaded.do(f"p.publish([{LOCAL!r}, {LOCAL.replace(minute=45)!r}], [1, 2])")
    plot.until_points(2)
    # A label in every 5 minutes, or in every 2: the frame may be a little broader.
    loaded.until(lambda: "12:40" in {text[:5] for text in plot.texts()}, "times at the axis")


# --- several plots, several views ---


def test_two_plots_and_two_views_of_one_are_live_side_by_side_and_none_twice_below_a_cell(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(
        f"{SHOW}\nfrom zwsnb import Plot",
        "a = Plot('a', height=150)\na",
        "b = Plot('b', height=150)\nb.show()\nb.show()",
        "a",
        "for i in range(500):\n    publish(i, 0)\n    a.publish(i, 1)\n    b.publish(i, 2)",
    )
    for cell in range(4):
        notebook.run(cell)
    views = [notebook.plots(cell) for cell in range(4)]
    assert [len(frames) for frames in views] == [1, 1, 1, 1]
    notebook.run(4)
    for y, frames in zip((0, 1, 2, 1), views, strict=True):
        for frame in frames:
            series = Plot(frame).until_points(500)["series"]["y"]
            assert (series["lastX"], series["lastY"]) == (499, y)
            assert Plot(frame).stats()["state"] == "live"


def test_a_second_viewer_sees_the_same(loaded: Notebook, context: BrowserContext) -> None:
    name = name_of_a_plot()
    cell = loaded.append(f"from zwsnb import Plot\nq = Plot({name!r}, height=150)\nq")
    loaded.run(cell)
    loaded.do("for i in range(2_000):\n    q.publish(i, i / 2)")
    page = context.new_page()
    page.goto(loaded.do("print(q.url)").strip())
    second = Plot(page)
    ours = loaded.plot(cell).until_points(2_000)["series"]
    assert second.until_points(2_000)["series"]["y"]["lastX"] == ours["y"]["lastX"] == 1_999
    loaded.do("q.publish(2_000, 7)")
    assert second.until_points(2_001)["series"]["y"]["lastY"] == 7
    page.close()


# --- runs ---


def test_a_cell_that_is_run_twice_makes_two_runs(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(SHOW, "for i in range(300):\n    publish(i, loss=i / 2)")
    notebook.run(0)
    plot = notebook.plot(0)
    notebook.run(1)
    plot.until_points(300, "loss")
    notebook.run(1)

    def both(stats: Stats) -> bool:
        return {name: one["points"] for name, one in stats["series"].items()} == {
            "loss": 300,
            "loss (1)": 300,
        }

    colors = [one["color"] for one in plot.until(both, "two runs")["series"].values()]
    assert len(set(colors)) == 2
    rows = plot.frame.locator("#legend button")
    notebook.until(lambda: rows.count() == 2, "two rows")
    cells = [re.search(r"cell (\d+)", title) for title in titles_of(rows)]
    assert [found and int(found[1]) for found in cells] == [3, 2], "in which each began"


def titles_of(rows: Locator) -> list[str]:
    return [row.get_attribute("title") or "" for row in rows.all()]


# --- reload ---


def test_a_reloaded_frame_and_a_reloaded_tab_show_the_history(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(SHOW, "for i in range(5_000):\n    publish(i, i % 10)")
    notebook.run(0)
    notebook.run(1)
    plot = notebook.plot(0)
    plot.until_points(5_000)
    plot.frame.evaluate("location.reload()")
    notebook.until(lambda: not plot.stats().get("patches", 0), "a page that begins anew", 5)
    assert plot.until_points(5_000)["series"]["y"]["vertices"] >= 1_000

    notebook.reload()
    again = notebook.plot(0)
    assert again.until_points(5_000)["series"]["y"]["lastX"] == 4_999
    notebook.do("publish(5_000, 1)")
    assert again.until_points(5_001)["state"] == "live"


# --- the words of %zwsnb ---


@pytest.mark.long
def test_status_says_the_address_the_viewers_and_the_points(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(SHOW, "for i in range(1_234):\n    publish(i, i)")
    notebook.run(0)
    notebook.run(1)
    notebook.plot(0).until_points(1_234)
    said = notebook.do("%zwsnb")
    assert re.search(r"at http://127\.0\.0\.1:\d+/\?once=\S{22,}", said)
    assert "1,234 points in 1 plot" in said
    assert "1 viewer" in said
    assert "dropped" not in said


def test_show_with_options_follows_a_window(loaded: Notebook) -> None:
    name = name_of_a_plot()
    loaded.do(f"publish(range(100), range(100), plot={name!r})")
    cell = loaded.append(f"%zwsnb show '{name}' --window 30 --y-range 0 200 --height 150")
    loaded.run(cell)
    stats = loaded.plot(cell).until_points(100)
    view = stats["view"]
    assert (view["mode"], view["window"]) == ("follow", 30)
    assert (view["low"], view["high"]) == (0, 200)


def test_clear_empties_the_plot_and_the_next_point_begins_anew(loaded: Notebook) -> None:
    name = name_of_a_plot()
    cell = loaded.append(f"from zwsnb import Plot\nPlot({name!r}, height=150)")
    loaded.run(cell)
    loaded.do(f"publish([1, 2, 3], [4, 5, 6], plot={name!r})")
    plot = loaded.plot(cell)
    plot.until_points(3)
    assert loaded.do(f"%zwsnb clear '{name}'") == ""
    plot.until(lambda s: "y" not in s["series"], "an empty plot")
    loaded.do(f"publish(1, 9, plot={name!r})")
    assert plot.until_points(1)["series"]["y"]["lastY"] == 9


def test_freeze_leaves_a_picture_in_the_notebook(loaded: Notebook) -> None:
    name = name_of_a_plot()
    loaded.do(f"publish([1, 2, 3], [4, 5, 6], plot={name!r})")
    cell = loaded.append(f"%zwsnb freeze '{name}'")
    loaded.run(cell)
    loaded.until(lambda: "image/png" in loaded.outputs(cell)[0]["data"], "a picture")
    (output,) = loaded.outputs(cell)
    assert text_of(output).endswith(": x 1 to 3; y 4 to 6")


@pytest.mark.long
def test_stop_ends_the_plot_and_start_begins_another(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(SHOW, "publish(1, 2)", "%zwsnb stop", "%zwsnb start", "publish(3, 4)")
    notebook.run(0)
    notebook.run(1)
    old = notebook.plot(0)
    old.until_points(1)
    assert "has stopped" in notebook.run(2)
    assert old.until_state("ended", 5)["reason"]
    assert "zwsnb is not running" in notebook.run(4)
    notebook.run(3)
    new = notebook.plot(3)
    new.until_state("live")
    assert notebook.run(4) == ""
    assert new.until_points(1)["series"]["y"]["lastX"] == 3


# --- loading and unloading ---


@pytest.mark.long
def test_running_the_loading_cell_again_shows_the_plot_again(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(LOAD, "publish(1, 2)")
    notebook.run(0)
    notebook.run(1)
    notebook.plot(1).until_points(1)
    notebook.run(0)
    assert notebook.plot(0).until_points(1)["state"] == "live"
    assert len(notebook.plots(0)) == 1


@pytest.mark.long
def test_reloading_shows_the_plot_again_and_unloading_ends_it(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        f"{LOAD}\npublish(3, 4)", "%reload_ext zwsnb\npublish(5, 6)", "%unload_ext zwsnb"
    )
    notebook.run(0)
    notebook.plot(0).until_points(1)
    assert notebook.run(1) == "Plot('plot')"
    plots = [notebook.plot(0), notebook.plot(1)]
    for plot in plots:
        assert plot.until_points(2)["series"]["y"]["lastX"] == 5
    assert notebook.run(2) == ""
    for plot in plots:
        plot.until_state("ended", 5)


# --- the end of a kernel ---


def test_a_restart_of_the_kernel_ends_the_plot_and_the_page_says_so(
    open_notebook: OpenNotebook,
) -> None:
    notebook = open_notebook(f"{LOAD}\npublish(1, 2)")
    notebook.run(0)
    plot = notebook.plot(0)
    plot.until_points(1)
    begin = time.monotonic()
    notebook.restart()
    stats = plot.until_state("ended", 5)
    report(f"from the restart to a page that says so: {time.monotonic() - begin:.2f} s")
    assert stats["reason"]
    notebook.run(0)
    assert notebook.plot(0).until_points(1)["state"] == "live"


def test_a_kernel_that_is_killed_shows_in_the_page(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        f"{LOAD}\npublish(1, 2)", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    notebook.run(0)
    plot = notebook.plot(0)
    plot.until_points(1)
    notebook.start(1)
    stats = plot.until(lambda s: s["state"] in {"reconnecting", "ended"}, "a page that knows", 5)
    assert stats["reason"]


# --- the classic interface ---


@pytest.mark.long
def test_notebook_7_shows_the_plot_as_well(open_notebook: OpenNotebook) -> None:
    notebook = open_notebook(
        SHOW, "for i in range(1_000):\n    publish(i, i)", interface="notebooks"
    )
    notebook.run(0)
    notebook.run(1)
    assert notebook.plot(0).until_points(1_000)["series"]["y"]["lastX"] == 999
