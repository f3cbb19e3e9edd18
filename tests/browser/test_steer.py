"""A loop that is steered from its plot while its cell runs: in a real kernel."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator
from support import lab

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

SHOW = """
import time, zwsnb
p = zwsnb.Plot("steered")
lr = p.slider("lr", 0.5, (0, 1), step=0.1)
how = p.choice("how", ["one", "two"])
stop = p.button("stop")
p
"""

LOOP = """
n = 0
while not stop.pressed():
    n += 1
    p.publish(n, lr.value)
    p.publish(n, ["one", "two"].index(how.value), series="how")
    time.sleep(0.001)
print(lr.value, how.value)
"""


def last_of(stats: lab.Stats, series: str = "y") -> float:
    found: float = stats["series"][series]["lastY"]
    return found


def drag_to_the_end(slider: Locator) -> None:
    """Drag the knob in its middle to the end."""
    box = slider.bounding_box()
    assert box is not None
    x, y, width = box["x"], box["y"] + box["height"] / 2, box["width"]
    mouse = slider.page.mouse
    mouse.move(x + width / 2, y)
    mouse.down()
    mouse.move(x + width + 20, y, steps=10)
    mouse.up()


def test_a_running_loop_reads_what_its_page_sets(loaded: lab.Notebook) -> None:
    shown = loaded.append(SHOW)
    loaded.run(shown)
    plot = loaded.plot(shown)
    # The controls alone: the frame is as high as they are, and grows with the first points.
    bounds = plot.frame.get_by_label("lr").bounding_box
    loaded.until(lambda: (box := bounds()) and box["height"] > 0, "a slider to be seen")
    assert 40 < plot.frame.evaluate("innerHeight") < 100
    cell = loaded.append(LOOP)
    loaded.start(cell)
    plot.until(lambda s: "y" in s["series"] and last_of(s) == 0.5, "points at 0.5")
    loaded.until(lambda: plot.frame.evaluate("innerHeight") == 360, "its whole height")
    slider = plot.frame.get_by_label("lr")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    plot.until(lambda s: last_of(s) == 0.7, "points at 0.7")
    plot.until(lambda s: s["annotations"][-1:] == ["lr = 0.7"], "a mark of the keys")
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    until_now = plot.until(lambda s: s["annotations"][-1:] == ["lr = 0.5"], "another mark")
    before = len(until_now["annotations"])
    drag_to_the_end(slider)
    plot.until(lambda s: last_of(s) == 1, "points at 1")
    plot.frame.get_by_label("how").select_option("two")
    plot.until(lambda s: last_of(s, "how") == 1, "points of the other choice")
    marks = ["lr = 1", "how = two"]
    plot.until(lambda s: s["annotations"][before:] == marks, "one mark for the drag")
    assert not plot.stats()["view"]["paused"], "keys on a control are not the plot's"
    plot.frame.get_by_role("button", name="stop").press("Enter")
    loaded.wait(cell)
    assert "1.0 two" in loaded.text(cell)


PAUSED = """
q = zwsnb.Plot("looped")
q
"""

LOOPED = """
for step in q.loop(range(10**9)):
    q.publish(step, step)
    print(step)
    time.sleep(0.05)
print("stopped at", step)
"""

PRINTED_WITHIN = 500
"""Milliseconds: a kernel sends what was printed five times a second."""


def points_at_rest(notebook: lab.Notebook, cell: int, plot: lab.Plot) -> int:
    """Return how many points there are, as soon as the page shows all that the loop has counted and
    no more come: some may be on their way when a loop is paused.
    """

    def counted() -> tuple[int, int]:
        return notebook.text(cell).count("\n"), plot.stats()["points"]

    def at_rest() -> int:
        printed, shown = before = counted()
        notebook.page.wait_for_timeout(PRINTED_WITHIN)
        return printed if printed == shown and counted() == before else 0

    return notebook.until(at_rest, "a loop that stands still")


def test_a_loop_is_paused_taken_a_step_and_stopped(loaded: lab.Notebook) -> None:
    loaded.do("import time, zwsnb")
    shown = loaded.append(PAUSED)
    loaded.run(shown)
    cell = loaded.append(LOOPED)
    loaded.start(cell)
    plot = loaded.plot(shown)
    plot.until(lambda s: "y" in s["series"], "points")
    plot.frame.get_by_role("switch", name="Pause loop").press("Space")
    plot.until(lambda s: "Pause loop = on" in s["annotations"], "a pause")
    seen = [points_at_rest(loaded, cell, plot)]
    step = plot.frame.get_by_role("button", name="Step loop")
    for _ in range(2):
        step.press("Enter")
        plot.until(lambda s: s["points"] > seen[-1], "a step")
        seen.append(points_at_rest(loaded, cell, plot))
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2]
    plot.frame.get_by_role("button", name="Stop loop").press("Enter")
    loaded.wait(cell)
    assert loaded.text(cell).endswith(f"\nstopped at {seen[-1] - 1}\n")
    plot.frame.locator("#controls").wait_for(state="hidden")
