"""A loop that hears, while its cell runs, what happens on its plot: in a real kernel."""

from __future__ import annotations

import pytest
from support import lab

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

SHOW = """
import threading, time, zwsnb
p = zwsnb.Plot("heard")
p
"""

LISTEN = """
done = threading.Event()

@p.on_select
def selected(s):
    print("selected", s.start, s.end, s.series["y"].count, s.series["y"].max)

@p.on_click
def clicked(c):
    print("clicked", c.series, c.point)

@p.on_cross("y", above=6, again=0)
def stop(alert):
    print(alert.name, alert.x, alert.y)
    done.set()

p.publish(range(11), [5] * 11)
go = p.button("go")
while not go.pressed():
    time.sleep(0.01)
p.publish(range(11, 14), [5, 7, 8])
print("told", done.wait(60))
"""


def test_a_running_cell_hears_of_a_selection_a_click_and_an_alert(loaded: lab.Notebook) -> None:
    shown = loaded.append(SHOW)
    loaded.run(shown)
    cell = loaded.append(LISTEN)
    loaded.start(cell)
    plot = loaded.plot(shown)
    plot.until(lambda s: s["listens"] == ["click", "cross", "select"], "what is watched")
    seen = plot.until(lambda s: s["points"] == 11 and s["view"]["to"] >= 10, "points")
    box, low, high = seen["panels"][0]["box"], seen["view"]["from"], seen["view"]["to"]
    plot.frame.locator("#plot").click(position={"x": 200, "y": 100})  # takes the wheel
    for x in (2, 8):
        at = box["left"] + box["width"] * (x - low) / (high - low)
        plot.frame.locator("#plot").click(position={"x": at, "y": box["top"] + box["height"] / 2})
    loaded.until(lambda: "selected" in loaded.text(cell), "the selection")
    plot.frame.get_by_role("button", name="go").press("Enter")
    loaded.wait(cell)
    assert loaded.text(cell).splitlines() == [
        "clicked y (2.0, 5.0)",
        "clicked y (8.0, 5.0)",
        "selected 2.0 8.0 7 5.0",
        "y above 6 12.0 7.0",
        "told True",
    ]
    plot.until(lambda s: s["alert"] == "y above 6: 7 at 12", "a notice")
    assert plot.stats()["annotations"] == ["go", "y above 6"]
    plot.frame.get_by_role("button", name="Close the alert").click()
    plot.until(lambda s: s["alert"] == "", "that it was closed")


PRESS = """
failing = p.button("fail")
failing.on_click(lambda: 1 / 0)
"""


def test_what_a_function_raises_stands_below_the_cell_that_gave_it(loaded: lab.Notebook) -> None:
    shown, giving, last = (loaded.append(source) for source in (SHOW, PRESS, "'last'"))
    for cell in (shown, giving, last):
        loaded.run(cell)
    loaded.plot(shown).frame.get_by_role("button", name="fail").press("Enter")
    loaded.until(lambda: "ZeroDivisionError" in loaded.text(giving), "the error")
    said = loaded.text(giving).splitlines()
    assert said[0] == "a callback of 'fail' has failed: division by zero"
    assert loaded.text(last) == "'last'"
