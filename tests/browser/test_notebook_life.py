"""What a user does with a notebook that shows a plot: the plot stays, or is loaded anew and looks
as it did, or comes back. docs/notebooks.md has the list.

One kernel, whose notebook is longer than its window, serves all tests; each has a cell of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page
from support import lab

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

POINTS = 1_000
BEGIN = f"""%load_ext zwsnb
%zwsnb config show=no
from zwsnb import Plot
import time
p = Plot("p")
xs = list(range({POINTS}))
p.publish(xs, saw=[x % 50 for x in xs], steps=[x // 100 for x in xs])"""
LONG = [f"# {i}" + 20 * "\n" for i in range(30)]
"""Cells that fill some windows."""

NOTEBOOK = "window.jupyterapp.shell.currentWidget.content"


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Who has a window, and no preferred colours: those would be the frames' as well."""
    with browser.new_context(
        color_scheme="null", viewport={"width": 1100, "height": 900}
    ) as context:
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(error.error.stack or ""))
        yield context
        assert [stack for stack in errors if "/zwsnb.js" in stack] == []


@pytest.fixture(scope="module")
def begun(
    server: lab.Server, reader: BrowserContext, names: Iterator[str]
) -> Iterator[tuple[lab.Notebook, str]]:
    """A notebook whose kernel has a plot, and its name."""
    name = next(names)
    server.write(name, [BEGIN, *LONG])
    notebook = server.open(reader.new_page(), name)
    notebook.page.on("dialog", lambda dialog: dialog.accept())  # it leaves without saving
    notebook.page.evaluate("jupyterapp.shell.collapseLeft()")
    notebook.run(0)
    yield notebook, name
    notebook.close()


@pytest.fixture
def notebook(begun: tuple[lab.Notebook, str]) -> lab.Notebook:
    return begun[0]


@pytest.fixture
def cell(notebook: lab.Notebook) -> Iterator[int]:
    """The last cell, which shows the plot. All that is added goes again, wherever it was moved: a
    plot that is seen elsewhere is not lost.
    """
    last = notebook.append("p")
    notebook.run(last)
    yield last
    notebook._ask(
        """notebook.widgets.map((cell, i) => [cell.model.sharedModel.source, i])
            .filter(([source]) => !argument.includes(source)).reverse()
            .forEach(([, i]) => notebook.model.sharedModel.deleteCell(i))""",
        [BEGIN, *LONG],
    )


def do(notebook: lab.Notebook, command: str, **arguments: Any) -> None:
    """Run a command of JupyterLab."""
    notebook.page.evaluate(
        "async ([command, words]) => { await jupyterapp.commands.execute(command, words); }",
        [f"notebook:{command}" if ":" not in command else command, arguments],
    )


def do_at(notebook: lab.Notebook, cell: int, *commands: str) -> None:
    notebook._ask("(notebook.activeCellIndex = argument, null)", cell)
    for command in commands:
        do(notebook, command)


def view_of(stats: lab.Stats) -> Any:
    """What a user sees that may be their own choice."""
    view = stats["view"]
    hidden = sorted(name for name, series in stats["series"].items() if series["hidden"])
    return [view[key] for key in ("mode", "from", "to", "low", "high", "paused")], hidden


def chosen(plot: lab.Plot) -> Any:
    """Look at a part of the plot and hide a series of it, as a user does; return the view."""
    plot.until_points(POINTS, "saw")
    plot.frame.evaluate("() => { window.isTheSame = true; }")
    for key in ("+", "+", "ArrowLeft", "Shift+ArrowUp"):
        plot.frame.locator("#plot").press(key)
    plot.frame.locator("#legend button").nth(1).click()
    plot.frame.locator("#plot").press(" ")
    # What is seen is remembered at once with a pause.
    stats = plot.until(lambda s: s["view"]["paused"] and view_of(s)[1] == ["steps"], "the view")
    return view_of(stats)


def plot_at(notebook: lab.Notebook, cell: int) -> lab.Plot:
    """The plot below a cell, on the screen."""
    notebook._ask("(notebook.activeCellIndex = argument, notebook.scrollToItem(argument))", cell)
    plot = notebook.plot(cell)
    assert isinstance(plot.frame, Frame)
    plot.frame.frame_element().scroll_into_view_if_needed()
    return plot


def is_the_same(plot: lab.Plot) -> bool:
    return bool(plot.frame.evaluate("() => window.isTheSame === true"))


def until_view(notebook: lab.Notebook, cell: int, view: Any) -> lab.Plot:
    """The plot below a cell, when it is seen as it was."""
    plot = plot_at(notebook, cell)
    plot.until(lambda s: s["state"] == "paused" and view_of(s) == view, f"the view {view}")
    return plot


# -- several pages of one plot ---------------------------------------------------------------------

# The first tests: JupyterLab gives a sidebar no width after a reload, until somebody drags it.


def test_a_new_view_of_the_output_in_a_sidebar_has_its_own_view(
    notebook: lab.Notebook, cell: int
) -> None:
    view = chosen(plot_at(notebook, cell))
    do_at(notebook, cell, "create-output-view")
    notebook.page.evaluate(
        """() => {
            const { shell } = jupyterapp;
            const view = [...shell.widgets("main")].find(one => one.title.label === "Output View");
            shell.add(view, "right");
            shell.activateById(view.id);
            shell.expandRight(view.id);
        }"""
    )
    frame = notebook.until(lambda: in_sidebar(notebook.page), "a plot in the sidebar")
    assert frame is not None
    other = lab.Plot(frame)
    other.until(lambda s: view_of(s)[1] == ["steps"], "what the output shows")
    frame.locator("#plot").press("Escape")
    other.until(lambda s: s["state"] == "live" and s["view"]["mode"] == "all", "its own view")
    assert is_the_same(until_view(notebook, cell, view))
    notebook.page.evaluate(
        """() => [...jupyterapp.shell.widgets("right")].find(
            one => one.title.label === "Output View").dispose()"""
    )


def in_sidebar(page: Page) -> Frame | None:
    """The plot in the sidebar; its way is looked for again when it is moved there."""
    handle = page.query_selector("#jp-right-stack iframe.zwsnb")
    frame = handle.content_frame() if handle else None
    return frame if frame and "ticket=" in frame.url else None


def test_a_second_tab_of_the_notebook_has_its_own_view(
    begun: tuple[lab.Notebook, str], cell: int, server: lab.Server
) -> None:
    notebook, name = begun
    view = chosen(plot_at(notebook, cell))
    notebook.save()
    page = notebook.page.context.new_page()
    second = server.open(page, name, "lab/workspaces/second/tree")
    stats = plot_at(second, cell).until_points(POINTS, "steps")
    assert (stats["state"], stats["view"]["mode"]) == ("live", "all")
    page.close()
    assert is_the_same(until_view(notebook, cell, view))


def test_two_notebooks_have_a_plot_of_one_name_each(
    notebook: lab.Notebook, cell: int, server: lab.Server, names: Iterator[str]
) -> None:
    path, name = notebook._ask("panel.context.path"), next(names)
    server.write(name, ["from zwsnb import Plot\np = Plot('p')\np.publish(1, 2)\np"])
    other = server.open_in(notebook.page, name)
    other.run(0)
    assert list(other.plot(0).until_points(1)["series"]) == ["y"]
    other.leave()
    do(notebook, "docmanager:open", path=path)
    assert list(plot_at(notebook, cell).until_points(POINTS, "saw")["series"]) == ["saw", "steps"]


# -- the frame is loaded anew ----------------------------------------------------------------------


def move(notebook: lab.Notebook, cell: int) -> int:
    do_at(notebook, cell, "move-cell-up")
    return cell - 1


def paste(notebook: lab.Notebook, cell: int) -> int:
    do_at(notebook, cell, "cut-cell", "paste-cell-above")
    return cell - 1


def collapse(notebook: lab.Notebook, cell: int) -> int:
    do_at(notebook, cell, "hide-cell-outputs")
    notebook.until(lambda: not notebook.plots(cell), "no plot")
    do_at(notebook, cell, "show-cell-outputs")
    return cell


def reopen(notebook: lab.Notebook, cell: int) -> int:
    """Close the notebook in JupyterLab, and open it again."""
    path = notebook._ask("panel.context.path")
    notebook._ask("panel.context.save().then(() => (panel.dispose(), null))")
    do(notebook, "docmanager:open", path=path)
    notebook.wait_until_ready()
    return cell


def reload(notebook: lab.Notebook, cell: int) -> int:
    notebook.reload()
    return cell


@pytest.mark.parametrize(
    "act",
    [
        move,
        reload,
        *(pytest.param(act, marks=pytest.mark.long) for act in (paste, collapse, reopen)),
    ],
)
def test_a_plot_whose_frame_is_loaded_anew_is_seen_as_it_was(
    notebook: lab.Notebook, cell: int, act: Callable[[lab.Notebook, int], int]
) -> None:
    view = chosen(plot_at(notebook, cell))
    now = act(notebook, cell)
    assert not is_the_same(until_view(notebook, now, view))


def test_a_cell_that_runs_again_shows_the_plot_as_at_first(
    notebook: lab.Notebook, cell: int
) -> None:
    chosen(plot_at(notebook, cell))
    notebook.run(cell)
    plot = plot_at(notebook, cell)
    stats = plot.until_points(POINTS, "steps")
    assert view_of(stats)[1] == []
    assert (stats["state"], stats["view"]["mode"]) == ("live", "all")


# -- the frame stays -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mode",
    [
        "full",
        *(
            pytest.param(mode, marks=pytest.mark.long)
            for mode in ("defer", "contentVisibility", "none")
        ),
    ],
)
def test_a_plot_that_is_scrolled_away_stays(notebook: lab.Notebook, cell: int, mode: str) -> None:
    # As JupyterLab does it when the setting is changed.
    config = "notebook.notebookConfig"
    notebook._ask(f"({config} = {{...{config}, windowingMode: argument}}, null)", mode)
    plot = plot_at(notebook, cell)
    view = chosen(plot)
    plot.frame.locator("#plot").press(" ")
    plot.until_state("live")
    notebook._ask("(notebook.activeCellIndex = 0, notebook.scrollToItem(0))")
    plot.until(lambda s: s["view"]["hidden"], "a plot that nobody sees")
    plot_at(notebook, cell)
    plot.until(lambda s: not s["view"]["hidden"], "a plot that is seen")
    plot.frame.locator("#plot").press(" ")
    assert is_the_same(until_view(notebook, cell, view))


def scroll_output(notebook: lab.Notebook, cell: int) -> None:
    do_at(notebook, cell, "enable-output-scrolling", "disable-output-scrolling")


def hide_code(notebook: lab.Notebook, cell: int) -> None:
    do_at(notebook, cell, "hide-cell-code", "show-cell-code")


def look_elsewhere(notebook: lab.Notebook, cell: int) -> None:
    path = notebook._ask("panel.context.path")
    do(notebook, "launcher:create")
    do(notebook, "docmanager:open", path=path)


def split(notebook: lab.Notebook, cell: int) -> None:
    notebook.page.evaluate(
        """() => {
            const { shell } = jupyterapp;
            shell.add(shell.currentWidget, "main", { mode: "split-right" });
        }"""
    )


@pytest.mark.parametrize(
    "act",
    [
        look_elsewhere,
        *(pytest.param(act, marks=pytest.mark.long) for act in (scroll_output, hide_code, split)),
    ],
)
def test_a_plot_whose_frame_is_only_moved_on_the_screen_stays(
    notebook: lab.Notebook, cell: int, act: Callable[[lab.Notebook, int], None]
) -> None:
    view = chosen(plot_at(notebook, cell))
    act(notebook, cell)
    assert is_the_same(until_view(notebook, cell, view))


def test_the_theme_reaches_the_plot_at_once(notebook: lab.Notebook, cell: int) -> None:
    plot = plot_at(notebook, cell)
    chosen(plot)
    for theme in ("Dark", "Light"):
        do(notebook, "apputils:change-theme", theme=f"JupyterLab {theme}")
        plot.frame.wait_for_function(
            "theme => document.body.dataset.theme === theme", arg=theme.lower()
        )
    assert is_the_same(plot)


def test_a_page_that_is_zoomed_has_a_plot_of_finer_pixels_and_the_same_height(
    notebook: lab.Notebook, cell: int
) -> None:
    plot = plot_at(notebook, cell)
    chosen(plot)
    before = pixels_of(plot)
    session = notebook.page.context.new_cdp_session(notebook.page)
    # What the browser does at 200 %: half as many pixels of the page, of two of the screen.
    session.send(
        "Emulation.setDeviceMetricsOverride",
        {"width": 550, "height": 450, "deviceScaleFactor": 2, "mobile": False},
    )
    plot.until(lambda _: pixels_of(plot)[1:] == [before[1], 2], "two pixels for one")
    session.send("Emulation.clearDeviceMetricsOverride")
    plot.until(lambda _: pixels_of(plot) == before, "the pixels as before")
    assert is_the_same(plot)


def pixels_of(plot: lab.Plot) -> list[float]:
    """The width of the frame, its height, and the pixels of the canvas for one of the page."""
    found: list[float] = plot.frame.evaluate(
        """() => {
            const canvas = document.querySelector("#plot canvas");
            return [innerWidth, innerHeight, canvas.width / canvas.clientWidth];
        }"""
    )
    return found


def test_what_is_printed_is_the_picture(notebook: lab.Notebook, cell: int) -> None:
    notebook.plot(cell)
    notebook.until(lambda: "image/png" in notebook.outputs(cell)[-1]["data"], "a picture")
    notebook.page.evaluate(
        """() => {
            const look = ({ target }) => {
                const page = target.contentDocument;
                if (!page?.querySelector(".jp-Notebook")) return;
                window.zwsnbPrinted = {
                    frames: page.querySelectorAll("iframe").length,
                    pictures: [...page.querySelectorAll("img")].filter(
                        one => one.checkVisibility() && one.naturalWidth > 0).length,
                };
            };
            document.addEventListener("load", look, true);
            void jupyterapp.commands.execute("apputils:print");
        }"""
    )
    printed = notebook.until(lambda: notebook.page.evaluate("window.zwsnbPrinted"), "the print")
    assert printed["frames"] == 0
    assert printed["pictures"] >= 1


# -- the output goes -------------------------------------------------------------------------------


MARK = "p.mark(500, 'half')"


def kinds_below(notebook: lab.Notebook, cell: int) -> str:
    """Run a cell, and return the MIME types of what it shows."""
    notebook.run(cell)
    return " ".join(kind for one in notebook.outputs(cell) for kind in one.get("data", {}))


def test_an_output_that_is_cleared_stays_away_until_its_cell_runs_again(
    notebook: lab.Notebook, cell: int
) -> None:
    do_at(notebook, cell, "clear-cell-output")
    assert kinds_below(notebook, notebook.append(MARK)) == ""
    notebook.run(cell)
    plot_at(notebook, cell).until_points(POINTS, "saw")
    assert len(notebook.plots(cell)) == 1


def load_anew(notebook: lab.Notebook, cell: int) -> None:
    """Reload the tab, and save nothing."""
    notebook.page.reload()
    notebook.until(lambda: notebook._ask("notebook.widgets.length > argument", cell), "the cells")
    notebook.until(lambda: notebook._ask("Boolean(kernel)"), "a kernel")


GO_ON = "for i in range(10_000):\n    p.publish(i, late=i)\n    time.sleep(.01)"


def test_a_tab_that_is_reloaded_while_a_cell_runs_finds_what_was_saved(
    notebook: lab.Notebook, cell: int
) -> None:
    view = chosen(plot_at(notebook, cell))
    notebook.start(notebook.append(GO_ON))
    notebook.save()
    load_anew(notebook, cell)
    plot = until_view(notebook, cell, view)
    plot.frame.locator("#plot").press("Escape")
    before = plot.until(lambda s: "late" in s["series"], "the points of the cell")["points"]
    plot.until(lambda s: s["points"] > before, "more of them")
    notebook.interrupt()
    assert notebook.do("p.clear('late')") == ""
    assert len(notebook.plots(cell)) == 1


def test_a_plot_that_was_lost_in_mid_run_is_shown_by_the_next_cell_that_changes_it(
    notebook: lab.Notebook, cell: int
) -> None:
    do_at(notebook, cell, "clear-cell-output")
    notebook.save()
    notebook.run(cell)
    plot_at(notebook, cell).until_state("live")
    running = notebook.append(GO_ON)
    notebook.start(running)
    load_anew(notebook, cell)
    assert notebook.outputs(cell) == []
    notebook.interrupt()
    other, back = notebook.append("1"), notebook.append("p.clear('late')\ntime.sleep(1_000)")
    assert kinds_below(notebook, other) == "text/plain"
    # While that cell runs.
    notebook.start(back)
    plot_at(notebook, back).until_points(POINTS, "saw")
    assert not notebook.has_ended(back)
    notebook.interrupt()
    notebook.wait(back)
    assert len(notebook.plots(back)) == 1
    assert kinds_below(notebook, notebook.append(MARK)) == ""


# -- the kernel goes: the last test ----------------------------------------------------------------


def test_a_restart_and_run_all_bring_every_plot_back(notebook: lab.Notebook, cell: int) -> None:
    plot = plot_at(notebook, cell)
    plot.until_state("live")
    notebook.restart()
    plot.until_state("ended", 5)
    do(notebook, "run-all-cells")
    stats = notebook.plot(cell).until(
        lambda s: s["state"] == "live" and lab.points_of(s, "saw") == POINTS, "the plot again"
    )
    assert list(stats["series"]) == ["saw", "steps"]
