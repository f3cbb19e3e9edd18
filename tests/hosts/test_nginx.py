"""A Jupyter server behind nginx with TLS, under another name and a base URL. Nothing else of its
machine is reached by the browser, so the plot has to come through the Jupyter server.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from support import lab, nginx
from support.decoy import decoy
from support.programs import needs
from support.showing import LOOP, SHOW, follow, reload_and_come_late, requests_of

pytest.importorskip("jupyter_server_proxy")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.kernel,
    pytest.mark.slow,
    needs("nginx", "openssl"),
]

Open = Callable[..., lab.Notebook]

NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    """The Jupyter server itself, which only nginx reaches."""
    words = ("--ServerApp.base_url=/user/ann/", "--ServerApp.allow_remote_access=True")
    with lab.serve(tmp_path_factory.mktemp("server"), *words) as found:
        yield found


@pytest.fixture(scope="module")
def secure(server: lab.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    """The server as a browser elsewhere knows it."""
    with nginx.before(server, tmp_path_factory.mktemp("nginx")) as found:
        yield found


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    with contextlib.closing(somebody(browser)) as made:
        yield made


@pytest.fixture
def open_at(reader: BrowserContext) -> Iterator[Open]:
    """A function that opens a notebook of a plot and a loop at a server."""
    opened: list[lab.Notebook] = []

    def open_at(server: lab.Server, interface: str | None = None) -> lab.Notebook:
        name = f"notebook-{next(NUMBERS)}"
        server.write(name, [SHOW, LOOP])
        opened.append(server.open(reader.new_page(), name, interface))
        return opened[-1]

    yield open_at
    for notebook in opened:
        notebook.close()


@pytest.mark.parametrize(
    "interface",
    [
        pytest.param(None, id="JupyterLab"),
        pytest.param("notebooks", id="Notebook 7", marks=pytest.mark.long),
    ],
)
def test_it_is_live_during_the_cell_and_after_it_on_reload_and_to_who_comes_late(
    interface: str | None, open_at: Open, secure: lab.Server, browser: Browser
) -> None:
    notebook = open_at(secure, interface)
    asked = requests_of(notebook.page)
    plot = follow(notebook, 1, secure.folder)
    assert re.match(rf"{re.escape(secure.url)}proxy/\d+/\?plot=loss&ticket=", plot.frame.url)
    assert plot.frame.locator(".proxy").text_content() == "by proxy"
    with contextlib.closing(somebody(browser)) as late:
        reload_and_come_late(notebook, secure, late.new_page(), interface)
    # Nothing of the reader's own machine is asked, nor anything else but the server.
    origin = secure.url.removeprefix("https").removesuffix("/user/ann/")
    assert asked
    assert [url for url in asked if not re.match(rf"(https|wss){origin}/|(data|blob):", url)] == []


def somebody(browser: Browser) -> BrowserContext:
    """Somebody who takes a certificate that nobody has signed."""
    size: ViewportSize = {"width": 1000, "height": 900}
    return browser.new_context(ignore_https_errors=True, viewport=size)


@pytest.mark.long
def test_another_program_on_the_kernels_port_is_not_shown_and_told_nothing(
    open_at: Open, secure: lab.Server
) -> None:
    notebook = open_at(secure)
    notebook.run(0)
    notebook.plot(0).until_points(3)
    port, token = notebook.do(
        "s = zwsnb.api.service()\nprint(s.port, s.token)\nzwsnb.stop()"
    ).split()
    notebook.save()
    with decoy(int(port)) as told:
        notebook.page.reload()
        notebook.wait_until_ready()
        line = notebook.until(lambda: notebook.line(0), "the line")
    assert told
    assert not [text for text in told if re.search("ticket|claim|token", text, re.IGNORECASE)]
    assert not [text for text in told if token in text]
    assert notebook.plots(0) == []
    assert "I am another program" not in notebook.page.content()
    assert "is another program" in line
    assert "run the cell again" in line


@pytest.mark.long
def test_where_the_proxy_lets_no_websocket_through_the_line_says_so(
    open_at: Open, server: lab.Server, tmp_path: Path
) -> None:
    with nginx.before(server, tmp_path / "nginx", nginx.NO_SOCKETS) as deaf:
        notebook = open_at(deaf)
        notebook.run(0)
        line = notebook.until(lambda: notebook.line(0), "the line")
        assert re.search(r"/user/ann/proxy/\d+/ lets no WebSocket through\. ", line)
        assert "A proxy before Jupyter must let WebSockets through, and keep Host." in line
        # The page, which would be reconnecting for ever, is not shown.
        assert notebook.plots(0) == []
        notebook.close()


@pytest.mark.long
def test_without_jupyter_server_proxy_the_line_says_what_brings_it(
    open_at: Open, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        lab.serve(tmp_path_factory.mktemp("bare"), *lab.WITHOUT_PROXY) as server,
        nginx.before(server, tmp_path_factory.mktemp("nginx")) as secure,
    ):
        notebook = open_at(secure)
        notebook.run(0)
        line = notebook.until(lambda: notebook.line(0), "the line")
        assert re.search(r"“loss”: /proxy/\d+/ answers 404\. ", line)
        assert 'pip install "zwsnb[jupyter]" where the Jupyter server runs' in line
        assert notebook.plots(0) == []
        notebook.close()
