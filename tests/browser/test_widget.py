"""The page of a plot as a widget, in a real JupyterLab that is reached from another machine and has
no proxy: as a user asks for it, and as it comes by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from support import lab
from support.png_files import image_of
from support.tabs import Tabs
from support.widgets import HOST, Widget

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

Open = Callable[..., lab.Notebook]

SHOW = "import zwsnb\np = zwsnb.Plot('loss', height=240)\np.publish([1, 2, 3], [3, 1, 2])\n"

BUSY = """
import time
end, n = time.monotonic() + {seconds}, 3
while time.monotonic() < end:
    n += 1
    p.publish(n, n % 7)
print(n)
"""


def far(server: lab.Server) -> lab.Server:
    """The server as a browser on another machine knows it."""
    return lab.Server(server.url.replace("127.0.0.1", lab.HUB), server.folder)


@pytest.fixture(scope="module")
def anybody(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1100, "height": 1400})
    yield context
    context.close()


@pytest.fixture(scope="module")
def far_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    with lab.serve(tmp_path_factory.mktemp("far"), *lab.WITHOUT_PROXY) as server:
        yield far(server)


@pytest.fixture(scope="module")
def far_tabs(far_server: lab.Server, anybody: BrowserContext, names: Iterator[str]) -> Tabs:
    return Tabs(far_server, anybody, names)


@pytest.fixture
def open_far(far_tabs: Tabs) -> Iterator[Open]:
    """A function that opens a notebook of these cells, from another machine."""
    yield far_tabs.open
    far_tabs.leave()


# -- as a user asks for it -------------------------------------------------------------------------


def test_a_widget_stands_in_a_box_and_moves_while_the_cell_runs(open_far: Open) -> None:
    box = "from ipywidgets import HBox, VBox\nVBox([HBox([p.widget()]), p.controls()])"
    notebook = open_far(SHOW + box, BUSY.format(seconds=6))
    notebook.run(0)
    widget = Widget(notebook)
    widget.until_points(3)
    assert widget.host.locator("#status").inner_text()
    assert height_of(widget) == 240
    before = widget.stats()["frames"]
    notebook.start(1)
    widget.until(lambda s: s["frames"] > before + 5, "frames")
    assert not notebook.has_ended(1), "while the cell runs"
    notebook.wait(1)
    widget.until_points(int(notebook.text(1)))


def test_one_of_controls_alone_is_as_high_as_these_until_it_has_points(open_far: Open) -> None:
    cell = "import zwsnb\np = zwsnb.Plot('bare', height=240)\nlr = p.slider('lr', 1)\n"
    notebook = open_far(cell + "p.widget()", "p.publish([1, 2, 3], [3, 1, 2])")
    notebook.run(0)
    widget = Widget(notebook)
    widget.host.get_by_label("lr").wait_for()
    assert height_of(widget) < 100
    notebook.run(1)
    widget.until_points(3)
    notebook.until(lambda: height_of(widget) == 240, "its whole height")


def test_it_grows_until_its_panels_are_seen_unless_a_height_is_said(open_far: Open) -> None:
    cell = (
        "import zwsnb\np = zwsnb.Plot('four'{}, panels=[['a'], ['b'], ['c'], ['d']])\n"
        "p.publish([1, 2], a=[1, 2], b=[1, 2], c=[1, 2], d=[1, 2])\np.widget()"
    )
    notebook = open_far(cell.format(""), cell.format(", height=240"))
    notebook.run(0)
    widget = Widget(notebook)
    widget.until_points(2, "d")
    more = widget.host.locator(".more-panels")
    notebook.until(lambda: height_of(widget) > 500 and not more.is_visible(), "room for four")
    notebook.run(1)
    notebook.until(lambda: height_of(widget) == 240 and more.is_visible(), "what was said")


def height_of(widget: Widget) -> float:
    """Return that of the host, in pixels."""
    found = widget.host.bounding_box()
    assert found is not None
    return found["height"]


def test_an_image_comes_to_a_widget(open_far: Open) -> None:
    cell = "import zwsnb\nq = zwsnb.Plot('rows', height=240)\nq.image([[0, 1, 2], [3, 4, 5]])\n"
    notebook = open_far(cell + "q.widget()", "q.image([[0, 1], [3, 4]])")
    notebook.run(0)
    widget = Widget(notebook)
    widget.until(lambda s: s["image"] and s["image"]["columns"] == 3, "three columns")
    notebook.run(1)
    widget.until(lambda s: s["image"]["columns"] == 2, "two in their place")


def test_an_image_that_grows_keeps_the_connection_of_its_widget(open_far: Open) -> None:
    cell = "import zwsnb\nr = zwsnb.Plot('grows', height=240)\nr.image(0, [0, 1])\nr.widget()"
    grow = "import time\nfor x in range(1, 41):\n    r.image(x, [x, 1])\n    time.sleep(0.05)"
    patches = "print(*[its['patches'] for its in zwsnb.stats()['plots']['grows']['viewers']])"
    notebook = open_far(cell, grow, patches)
    notebook.run(0)
    widget = Widget(notebook)
    widget.until(lambda s: s["image"] and s["image"]["columns"] == 1, "one column")
    notebook.run(1)
    widget.until(lambda s: s["image"]["columns"] == 41, "all of them")
    notebook.run(2)
    assert int(notebook.text(2)) > 10, "by one connection"


def test_its_options_are_traits_and_controls_follow(open_far: Open) -> None:
    notebook = open_far(SHOW + "w = p.widget()\nw", "p.controls()")
    notebook.run(0)
    notebook.run(1)
    widget = Widget(notebook)
    widget.until_points(3)
    notebook.do("w.window = 1.5")
    widget.until(lambda s: s["view"]["window"] == 1.5, "a window")
    field = notebook.page.locator(".widget-text input").first
    notebook.until(lambda: field.input_value() == "1.5", "the control's window")
    field.fill("2")
    field.press("Enter")
    widget.until(lambda s: s["view"]["window"] == 2, "the other window")
    assert notebook.do("print(w.window)") == "2.0\n"


def test_views_look_for_themselves_and_leave_nothing_behind(open_far: Open) -> None:
    notebook = open_far(SHOW + "w = p.widget()\nw", "w")
    notebook.run(0)
    notebook.run(1)
    one, other = Widget(notebook), Widget(notebook, 1)
    one.until_points(3)
    other.until_points(3)
    one.host.locator("#plot").click()
    notebook.page.mouse.wheel(0, -300)
    zoomed = one.until(lambda s: s["view"]["mode"] == "range", "a zoom")
    assert other.stats()["view"]["mode"] == "all" != zoomed["view"]["mode"]
    assert notebook.do("print(len(w._its_views))") == "2\n"
    notebook.page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    notebook.until(lambda: notebook.page.locator(HOST).count() == 0, "no view")
    left = "print(len(w._its_views), p.stats()['viewers'])"
    notebook.until(lambda: notebook.do(left) == "0 []\n", "nobody who looks")


def test_keys_in_the_plot_are_the_plots_and_no_commands_of_the_notebook(open_far: Open) -> None:
    notebook = open_far(SHOW + "p.widget()")
    notebook.run(0)
    widget = Widget(notebook)
    widget.until_points(3)
    cells = notebook._ask("notebook.widgets.length")
    widget.host.locator("#plot").click()
    for key in ("a", "b", "d", "d", "x", " "):
        notebook.page.keyboard.press(key)
    widget.until(lambda s: s["view"]["paused"], "a pause, by the space bar")
    assert notebook._ask("notebook.widgets.length") == cells


def test_after_a_reload_the_view_finds_its_kernel(open_far: Open) -> None:
    notebook = open_far(SHOW + "p.widget()")
    notebook.run(0)
    Widget(notebook).until_points(3)
    notebook.reload()
    Widget(notebook).until_points(3)
    notebook.do("p.publish(4, 4)")
    Widget(notebook).until_points(4)


def test_when_the_kernel_is_restarted_it_says_so(open_far: Open) -> None:
    notebook = open_far(SHOW + "p.widget()")
    notebook.run(0)
    widget = Widget(notebook)
    widget.until_points(3)
    notebook.restart()
    assert "kernel" in widget.until(lambda s: s["state"] == "ended", "the end")["reason"].lower()


@pytest.fixture(scope="module")
def deaf_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    """A JupyterLab that makes no subshells: its kernels hear nothing while a cell runs."""
    home = tmp_path_factory.mktemp("deaf")
    settings = {
        "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"}
    }
    overrides = home / "config/labconfig/default_setting_overrides.json"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(json.dumps(settings), encoding="utf-8")
    with lab.serve(home) as server:
        yield server


@pytest.fixture
def deaf_notebook(deaf_server: lab.Server, anybody: BrowserContext) -> Iterator[lab.Notebook]:
    """A notebook there, of a widget and a loop."""
    deaf_server.write("deaf", [SHOW + "p.widget()", BUSY.format(seconds=10)])
    notebook = deaf_server.open(anybody.new_page(), "deaf")
    yield notebook
    notebook.close()


@pytest.mark.long
def test_a_kernel_that_does_not_hear_plays_on_and_the_line_of_state_says_so(
    deaf_notebook: lab.Notebook,
) -> None:
    notebook, widget = deaf_notebook, Widget(deaf_notebook)
    notebook.run(0)
    widget.until_points(3)
    status, later = widget.host.locator("#status"), "zoom refines when the cell ends"
    notebook.start(1)
    notebook.until(lambda: later in status.inner_text(), "an open loop")
    before = widget.stats()["frames"]
    widget.until(lambda s: s["frames"] > before + 5, "frames")
    assert not notebook.has_ended(1), "while the cell runs"
    notebook.wait(1)
    widget.until_points(int(notebook.text(1)))
    notebook.until(lambda: later not in status.inner_text(), "a closed loop")


def test_where_all_cells_run_at_once_it_is_played_before_the_kernel_has_heard_of_it(
    deaf_notebook: lab.Notebook,
) -> None:
    notebook, widget = deaf_notebook, Widget(deaf_notebook)
    notebook.start(0)
    notebook.start(1)
    moved = lab.points_of(widget.until(lambda s: lab.points_of(s) > 3, "points of the loop"))
    widget.until(lambda s: lab.points_of(s) > moved, "more of them")
    assert not notebook.has_ended(1), "while the cell runs"
    notebook.wait(1)
    widget.until_points(int(notebook.text(1)))
    assert widget.stats()["state"] == "live"


# -- as it comes by itself -------------------------------------------------------------------------

SEEN = """cell => {
    const { node } = window.jupyterapp.shell.currentWidget.content.widgets[cell];
    const seen = selector => [...node.querySelectorAll(selector)]
        .filter(one => one.checkVisibility()).length;
    return [seen(".zwsnb-widget"), seen(".jp-OutputArea-child img")];
}"""
"""How many widgets and pictures are seen below a cell."""


def test_where_no_page_comes_the_widget_does_and_the_line_says_why(open_far: Open) -> None:
    notebook = open_far(SHOW + "p", BUSY.format(seconds=3))
    notebook.run(0)
    widget = Widget(notebook)
    widget.until_points(3)
    notebook.run(1)
    widget.until_points(int(notebook.text(1)))
    notebook.until(lambda: notebook.page.evaluate(SEEN, 0) == [1, 0], "the widget alone")
    line = notebook.line(0)
    assert line.startswith("By the notebook"), line
    assert 'pip install "zwsnb[jupyter]" where the Jupyter server runs' in line
    assert "through the notebook" in notebook.do("%load_ext zwsnb\n%zwsnb")


def test_a_saved_notebook_without_its_kernel_shows_the_picture_and_no_broken_widget(
    open_far: Open,
) -> None:
    notebook = open_far(SHOW + "p")
    notebook.run(0)
    Widget(notebook).until_points(3)
    notebook.do("p.publish(4, 4)")
    notebook.until(lambda: "x 1 to 4" in lab.text_of(notebook.outputs(0)[-1]), "the picture")
    image = image_of(notebook.outputs(0)[-1])
    broad = Widget(notebook).host.evaluate("host => host.clientWidth")
    assert (image.width, image.getpixel((0, 0))) == (2 * broad, (255, 255, 255)), "the widget's own"
    notebook.save()
    notebook.restart()
    notebook.page.reload()
    notebook.wait_until_ready()
    notebook.until(lambda: notebook.page.evaluate(SEEN, 0) == [0, 1], "the picture alone")
    assert notebook.line(0).startswith("No live plot “loss”: ")
    assert not notebook.page.get_by_text("model not found").is_visible()


@pytest.fixture
def plain_notebook(
    tmp_path_factory: pytest.TempPathFactory, anybody: BrowserContext
) -> Iterator[lab.Notebook]:
    """A notebook that is shown a plot, in a JupyterLab that cannot show the widget either."""
    home = tmp_path_factory.mktemp("plain")
    with lab.serve(home, *lab.WITHOUT_PROXY, disabled=["anywidget"]) as server:
        busy = BUSY.replace("    n += 1", "    n += 1\n    time.sleep(0.01)")
        server.write("plain", [SHOW + "p", busy.format(seconds=12)])
        notebook = far(server).open(anybody.new_page(), "plain")
        notebook.run(0)
        yield notebook
        notebook.close()


@pytest.mark.long
def test_where_the_widget_is_not_shown_either_the_picture_is_kept_up(
    plain_notebook: lab.Notebook,
) -> None:
    notebook = plain_notebook

    def said() -> int:
        found = re.search(r"x 1 to (\d+)", lab.text_of(notebook.outputs(0)[-1]))
        return int(found[1]) if found else 0

    notebook.start(1)
    first = notebook.until(lambda: said() > 3 and said(), "a picture of the running cell")
    notebook.until(lambda: said() > first, "a newer one")
    assert not notebook.has_ended(1), "while the cell runs"
    assert notebook.page.evaluate(SEEN, 0) == [0, 1]
    assert notebook.line(0).startswith("No live plot “loss”: ")


def test_linked_widgets_of_a_notebook_share_their_zoom(open_far: Open) -> None:
    code = SHOW + "q = zwsnb.Plot('rate', height=240, link='x')\np.style(link='x')\n"
    notebook = open_far(
        code + "q.publish([1, 2, 3], [1, 2, 1])\n"
        "from ipywidgets import VBox\nVBox([p.widget(), q.widget()])"
    )
    notebook.run(0)
    one, other = Widget(notebook), Widget(notebook, 1)
    one.until_points(3)
    other.until_points(3)
    one.host.locator("#plot").click()
    one.host.locator("#plot").hover()  # which waits until the widget stands still
    notebook.page.mouse.wheel(0, -300)
    seen = one.until(lambda s: s["view"]["mode"] == "range", "a zoom")["view"]
    other.until(lambda s: s["view"]["from"] == seen["from"], "the same zoom")


def test_in_code_server_it_comes_where_a_frame_would_be_the_servers_own(open_far: Open) -> None:
    proxy = "import os\nos.environ['VSCODE_PROXY_URI'] = 'https://code.test/proxy/{{port}}/'\n"
    notebook = open_far(f"{proxy}__vsc_ipynb_file__ = 'a.ipynb'\n{SHOW}p")
    notebook.run(0)
    Widget(notebook).until_points(3)
    assert notebook.plots(0) == []
