"""The ways from a notebook's page to the kernel's: directly, and through jupyter-server-proxy under
a base URL where the browser is on another machine, which only reaches the Jupyter server.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from support import lab
from support.decoy import decoy
from support.showing import SHOW, requests_of
from support.tabs import Tabs

pytest.importorskip("jupyter_server_proxy")

pytestmark = [pytest.mark.browser, pytest.mark.kernel, pytest.mark.slow]

Open = Callable[..., lab.Notebook]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    home = tmp_path_factory.mktemp("hub")
    words = ("--ServerApp.base_url=/user/ann/", "--ServerApp.allow_remote_access=True")
    with lab.serve(home, *words) as found:
        yield found


@pytest.fixture(scope="module")
def anybody(browser: Browser) -> BrowserContext:
    """Somebody with an empty browser, whose cache makes all pages but the first quick."""
    return browser.new_context(viewport={"width": 1000, "height": 900})


@pytest.fixture(scope="module")
def near_tabs(server: lab.Server, anybody: BrowserContext, names: Iterator[str]) -> Tabs:
    return Tabs(server, anybody, names)


@pytest.fixture(scope="module")
def far_tabs(server: lab.Server, anybody: BrowserContext, names: Iterator[str]) -> Tabs:
    return Tabs(by_name(server), anybody, names)


@pytest.fixture
def near_notebook(near_tabs: Tabs) -> Iterator[Open]:
    """A function that opens a notebook of these cells, on this machine."""
    yield near_tabs.open
    near_tabs.leave()


@pytest.fixture
def far_notebook(far_tabs: Tabs) -> Iterator[Open]:
    """A function that opens a notebook of these cells, from another machine."""
    yield far_tabs.open
    far_tabs.leave()


@pytest.fixture(params=[pytest.param("near_notebook", marks=pytest.mark.long), "far_notebook"])
def notebook(request: pytest.FixtureRequest) -> lab.Notebook:
    """A notebook that shows a plot, on this machine and through the Jupyter server."""
    shown: lab.Notebook = request.getfixturevalue(request.param)(SHOW)
    shown.run(0)
    see(shown)
    return shown


def by_name(server: lab.Server) -> lab.Server:
    """The server as a browser on another machine knows it."""
    return lab.Server(server.url.replace("127.0.0.1", lab.HUB), server.folder)


def port_of(notebook: lab.Notebook) -> int:
    return int(notebook.do("print(zwsnb.api.service().port)"))


def saved(server: lab.Server, notebook: lab.Notebook) -> str:
    """The notebook's file, after it was saved."""
    notebook.save()
    path: str = notebook._ask("panel.context.path")
    return (server.folder / path).read_text(encoding="utf-8")


def see(notebook: lab.Notebook, cell: int = 0) -> lab.Plot:
    plot = notebook.plot(cell)
    plot.until_points(3)
    return plot


# -- the ways --------------------------------------------------------------------------------------


def test_on_this_machine_the_page_comes_directly(near_notebook: Open) -> None:
    notebook = near_notebook(SHOW)
    notebook.run(0)
    plot = see(notebook)
    port = port_of(notebook)
    assert plot.frame.url.startswith(f"http://127.0.0.1:{port}/?plot=loss&ticket=")
    assert plot.frame.locator(".proxy").text_content() == ""
    assert "through" not in notebook.do("%load_ext zwsnb\n%zwsnb")


def test_from_another_machine_it_comes_through_the_jupyter_server(
    far_notebook: Open, server: lab.Server
) -> None:
    notebook = far_notebook(SHOW)
    asked = requests_of(notebook.page)
    notebook.run(0)
    plot = see(notebook)
    port = port_of(notebook)
    host = re.escape(server.url.removeprefix("http://127.0.0.1").partition("/")[0])
    assert re.match(
        rf"http://{lab.HUB}{host}/user/ann/proxy/{port}/\?plot=loss&ticket=", plot.frame.url
    )
    assert plot.frame.locator(".proxy").text_content() == "by proxy"
    assert f"through {lab.HUB}" in notebook.do("%load_ext zwsnb\n%zwsnb")
    # Nothing of this machine's own is asked from a page of another one.
    assert not [url for url in asked if "127.0.0.1" in url or "localhost" in url]


def test_points_come_through_the_proxy_while_the_cell_runs(far_notebook: Open) -> None:
    notebook = far_notebook(SHOW, "for i in range(200_000):\n    p.publish(4 + i, i % 7)")
    notebook.run(0)
    plot = see(notebook)
    notebook.run(1)
    plot.until_points(200_003)


def test_a_way_that_is_set_is_the_only_one(near_notebook: Open) -> None:
    way = "/user/ann/proxy/{port}/"
    notebook = near_notebook(f"%load_ext zwsnb\n%zwsnb config proxy={way}\n{SHOW}", "p")
    notebook.run(0)
    notebook.until(lambda: len(notebook.plots(0)) == 2, "two plots")
    assert "/user/ann/proxy/" in see(notebook).frame.url
    assert notebook.do("%zwsnb config") == f"proxy={way}\nshow=yes\n"
    notebook.do("%zwsnb config proxy=/user/ann/nowhere/{port}/")
    notebook.run(1)
    line = notebook.until(lambda: notebook.line(1), "the line")
    assert re.match(r"No live plot “loss”: /user/ann/nowhere/\d+/ answers 404\. The way is", line)
    notebook.do("%zwsnb config proxy=")
    notebook.run(1)
    assert see(notebook, 1).frame.url.startswith("http://127.0.0.1:")


def test_the_end_of_the_service_is_said_through_the_proxy_too(far_notebook: Open) -> None:
    notebook = far_notebook(SHOW)
    notebook.run(0)
    plot = see(notebook)
    notebook.do("zwsnb.stop()")
    assert plot.until_state("ended")["reason"] == "The service was stopped."


def test_a_proxys_log_and_the_file_have_no_token(far_notebook: Open, server: lab.Server) -> None:
    notebook = far_notebook(SHOW)
    notebook.run(0)
    see(notebook)
    token = notebook.do("print(zwsnb.api.service().token)").strip()
    log = (server.folder.parent / "server.log").read_text(encoding="utf-8")
    sockets = [line for line in log.splitlines() if "websocket" in line and "/ws?" in line]
    assert sockets, "the proxy logs the addresses of WebSockets"
    assert not [line for line in sockets if "ticket" in line or "token" in line]
    assert token not in log
    notebook.page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    notebook.run(0)
    assert token not in saved(server, notebook)


# -- what the page may do --------------------------------------------------------------------------


def test_the_first_page_of_a_cell_edits_and_what_is_left_in_the_file_only_looks(
    notebook: lab.Notebook,
) -> None:
    plot = see(notebook)
    rename(plot, "loss")
    plot.until(lambda stats: "loss" in stats["series"], "the new name")
    # Another tab, which has what is in the file: the claim is spent.
    other = notebook.page.context.new_page()
    other.goto(plot.frame.url)
    reader = lab.Plot(other)
    reader.until_points(3, "loss")
    other.locator("#legend button").first.press("Delete")
    assert other.locator("#series-only-looks").is_visible()
    assert other.locator("#series-remove").is_hidden()
    other.close()
    # The tab itself remembers what it may do.
    plot.frame.evaluate("location.reload()")
    plot = notebook.plot(0)
    plot.until_points(3, "loss")
    rename(plot, "again")
    plot.until(lambda stats: "again" in stats["series"], "the newer name")


def rename(plot: lab.Plot, to: str) -> None:
    plot.frame.locator("#legend button").first.press("F2")
    plot.frame.locator("#legend input").fill(to)
    plot.frame.locator("#legend input").press("Enter")


# -- what is there no more -------------------------------------------------------------------------


def test_another_program_on_the_kernels_port_is_not_shown_and_not_told_the_ticket(
    notebook: lab.Notebook,
) -> None:
    port = port_of(notebook)
    notebook.do("zwsnb.stop()")
    notebook.save()
    with decoy(port) as told:
        notebook.page.reload()
        notebook.wait_until_ready()
        line = notebook.until(lambda: notebook.line(0), "the line")
    assert told
    assert not [text for text in told if "ticket" in text.lower() or "claim" in text.lower()]
    assert notebook.plots(0) == []
    assert "I am another program" not in notebook.page.content()
    assert line.startswith("No live plot “loss”: ")
    assert "run the cell again" in line


def test_another_program_is_not_shown_either_when_an_output_is_moved(far_notebook: Open) -> None:
    # Through a proxy its page would be one of the Jupyter server's own.
    notebook = far_notebook(SHOW)
    notebook.run(0)
    see(notebook)
    port = port_of(notebook)
    move(notebook)
    see(notebook)
    notebook.do("zwsnb.stop()")
    with decoy(port) as told:
        move(notebook)
        line = notebook.until(lambda: notebook.line(0), "the line")
    assert told
    assert not [text for text in told if "ticket" in text.lower() or "claim" in text.lower()]
    assert notebook.plots(0) == []
    assert "is another program" in line


def move(notebook: lab.Notebook) -> None:
    """Take the plots out of the page and put them in again, as JupyterLab does with a notebook that
    is moved to another area, and so load their frames anew.
    """
    notebook.page.evaluate(
        "() => { for (const frame of document.querySelectorAll('iframe.zwsnb'))"
        " frame.parentNode.replaceWith(frame.parentNode); }"
    )


def test_a_kernel_that_has_ended_is_said_in_one_line_and_running_again_mends_it(
    notebook: lab.Notebook,
) -> None:
    notebook.save()
    notebook.restart()
    notebook.page.reload()
    notebook.wait_until_ready()
    line = notebook.until(lambda: notebook.line(0), "the line")
    assert "run the cell again" in line
    notebook.run(0)
    see(notebook)
    assert notebook.line(0) == ""


@pytest.fixture
def bare_notebook(
    tmp_path_factory: pytest.TempPathFactory, anybody: BrowserContext, names: Iterator[str]
) -> Iterator[Open]:
    """As `far_notebook`, of a server without jupyter-server-proxy."""
    with lab.serve(tmp_path_factory.mktemp("bare"), *lab.WITHOUT_PROXY) as server:
        tabs = Tabs(by_name(server), anybody, names)
        yield tabs.open
        tabs.leave()


@pytest.mark.long
def test_without_jupyter_server_proxy_the_line_says_what_brings_it(bare_notebook: Open) -> None:
    notebook = bare_notebook(SHOW)
    notebook.run(0)
    line = notebook.until(lambda: notebook.line(0), "the line")
    assert re.search(r"/proxy/\d+/ answers 404", line)
    assert 'pip install "zwsnb[jupyter]" where the Jupyter server runs' in line
    assert notebook.plots(0) == []
