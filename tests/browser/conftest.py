"""What the tests in a browser share: its user, one JupyterLab, notebooks in it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    ViewportSize,
    WebError,
)
from support import lab
from support.hand import RAMP, SINE, HandOf, X, hands
from support.tabs import Tabs

import zwsnb

OpenNotebook = Callable[..., lab.Notebook]

SIZE: ViewportSize = {"width": 1100, "height": 2200}
"""Pixels of a page, so high that every plot of a test is on the screen: one that is not gets no
points.
"""


@pytest.fixture(scope="module")
def service() -> Iterator[None]:
    """The service of this process, for the tests of one module."""
    zwsnb.start()
    yield
    zwsnb.stop()


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """A number for each plot of a module, so that no two have one name."""
    return itertools.count()


@pytest.fixture(scope="session")
def user(browser: Browser) -> BrowserContext:
    """One user of the browser, whose cache makes all pages but the first quick."""
    return browser.new_context(viewport=SIZE)


@pytest.fixture
def context(user: BrowserContext) -> Iterator[BrowserContext]:
    """The user; afterwards no plot may have failed with an error of its own."""
    errors: list[str] = []

    def note(error: WebError) -> None:
        if "/zwsnb.js" in (stack := error.error.stack or ""):
            errors.append(stack)

    def note_fault(message: ConsoleMessage) -> None:
        if message.text.startswith("zwsnb: without"):
            errors.append(message.text)

    user.on("weberror", note)
    user.on("console", note_fault)
    yield user
    user.remove_listener("weberror", note)
    user.remove_listener("console", note_fault)
    assert errors == []


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lab.Server]:
    with lab.serve(tmp_path_factory.mktemp("jupyter")) as found:
        yield found


@pytest.fixture(scope="session")
def names() -> Iterator[str]:
    return (f"notebook-{i}" for i in itertools.count())


@pytest.fixture(scope="session")
def tabs(server: lab.Server, user: BrowserContext, names: Iterator[str]) -> Tabs:
    return Tabs(server, user, names)


@pytest.fixture
def open_notebook(tabs: Tabs, context: BrowserContext) -> Iterator[OpenNotebook]:
    """A function that opens a notebook of these cells, its kernel ready, in JupyterLab or in the
    classic interface.
    """
    yield tabs.open
    tabs.leave()


@pytest.fixture(scope="module")
def loaded(
    server: lab.Server, user: BrowserContext, names: Iterator[str]
) -> Iterator[lab.Notebook]:
    """A notebook with zwsnb loaded, for the tests of a module that need nothing to themselves but
    their plots.
    """
    name = next(names)
    server.write(name, ["%load_ext zwsnb"])
    notebook = server.open(user.new_page(), name)
    notebook.run(0)
    yield notebook
    notebook.close()


@pytest.fixture
def hand_of(browser: Browser) -> Iterator[HandOf]:
    """A function that opens the page of a plot, and returns when it has drawn all its points."""
    with hands(browser) as found:
        yield found


@pytest.fixture(scope="module")
def small() -> zwsnb.Plot:
    """A plot of two series of 2,000 points that nobody adds to, of the service of a module."""
    plot = zwsnb.Plot("two series", x_unit="mm", y_unit="V")
    plot.publish(X, sine=SINE, ramp=RAMP)
    return plot
