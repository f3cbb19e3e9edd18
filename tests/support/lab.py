"""A real Jupyter server, its notebooks in a real browser, and the plots in them.

Everything is driven through what the application itself offers (its commands, its model of the
notebook) and not through what it looks like, so that a new look breaks nothing here. Every wait is
for a state, with a deadline; what is waited for is named in the error.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from playwright.sync_api import Browser, Error, Frame, Page, Playwright

T = TypeVar("T")
Stats = dict[str, Any]

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WITHOUT: Final = (
    # The address bar's suggestions are pages of their own, two for each window, and cost almost as
    # much as ours.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # Playwright's list has these, and Chromium hears the last list only.
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
)
WITHOUT_PROXY: Final = (
    "--ServerApp.allow_remote_access=True",
    "--ServerApp.jpserver_extensions=jupyter_server_proxy=False",
)
"""Words of a server that others reach, and that leads to no port of its machine."""

ANNOUNCEMENTS: Final = "@jupyterlab/apputils-extension:announcements"

HUB: Final = "hub.test"
"""A name of this machine that a browser does not take for its own: that of a hub, as it were."""

QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
    f"--host-resolver-rules=MAP {HUB} 127.0.0.1",
)
TOKEN: Final = "a-token-for-tests"
PATIENCE: Final = 20.0
"""Seconds that a state may take to come; a shared machine is slow at times."""


def until(
    look: Callable[[], T],
    what: str,
    within: float = PATIENCE,
    pause: Callable[[float], None] = time.sleep,
) -> T:
    """Return what `look` returns, as soon as that is true; fail when it is not within that many
    seconds.
    """
    deadline = time.monotonic() + within
    # To look into a page keeps three processes busy: seldom, where it takes longer.
    between = 0.02
    while not (found := look()):
        assert time.monotonic() < deadline, f"{what}: not within {within:g} s"
        pause(between)
        between = min(1.3 * between, 0.1)
    return found


def report(measured: str) -> None:
    """Say what was measured: `pytest -rP` shows it. Nothing is asserted of it, since machines
    differ.
    """
    print(measured)  # noqa: T201


# --- the browser ---


def find_browser() -> str:
    """Return the path of this machine's Chromium or Chrome."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise FileNotFoundError(
        f"no browser here: none of {', '.join(BROWSERS)} is on the PATH. "
        "Debian: apt install chromium; elsewhere install Chromium or Google Chrome"
    )


@contextlib.contextmanager
def launch(playwright: Playwright) -> Iterator[Browser]:
    """Run this machine's browser, without a window."""
    browser = playwright.chromium.launch(executable_path=find_browser(), args=list(QUIET))
    try:
        yield browser
    finally:
        browser.close()


# --- the server ---


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a user who has never used Jupyter, and whose home is `home`."""
    ours = ("JUPYTER", "IPYTHON", "JPY_", "PYTHONPATH", "XDG_", "ZWSNB_")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    folders = {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "ZWSNB_RUNTIME_DIR": home / "services",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    _write(home / "data/kernels/python3/kernel.json", _kernelspec())
    _disable(home, ANNOUNCEMENTS)
    in_browser = {"expose_app_in_browser": True}
    _write(
        home / "config/jupyter_server_config.json",
        {"LabApp": in_browser, "JupyterNotebookApp": in_browser},
    )
    return inherited | {key: str(folder) for key, folder in folders.items()}


def _disable(home: Path, *extensions: str) -> None:
    """Have JupyterLab do without these extensions."""
    _write(
        home / "config/labconfig/page_config.json",
        {"disabledExtensions": dict.fromkeys(extensions, True)},
    )


def _kernelspec() -> dict[str, Any]:
    """Return a kernel of this very Python, whatever `python` is on the PATH."""
    words = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return {"argv": words, "display_name": "Python 3", "language": "python"}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


class Server:
    """A running JupyterLab, which serves the classic Notebook's pages as well.

    token: opens it; empty where its user has logged in.
    """

    def __init__(self, url: str, folder: Path, token: str = TOKEN) -> None:
        self.url = url
        self.folder = folder
        self.token = token

    def write(self, name: str, cells: Sequence[str]) -> Path:
        """Put a notebook of these code cells into the served folder."""
        path = self.folder / f"{name}.ipynb"
        _write(path, notebook_of(cells))
        return path

    def open(self, page: Page, name: str, interface: str | None = None) -> Notebook:
        """Open a notebook of the served folder: in JupyterLab, or by the interface "notebooks", the
        classic one.
        """
        # A workspace of its own: the default one would open what was open last as well.
        where = interface or f"lab/workspaces/{name}/tree"
        key = f"?token={self.token}" if self.token else ""
        page.goto(f"{self.url}{where}/{name}.ipynb{key}")
        notebook = Notebook(page)
        notebook.wait_until_ready()
        return notebook

    def open_in(self, page: Page, name: str) -> Notebook:
        """Open a notebook of the served folder in a JupyterLab whose own was left: to load another
        one takes seconds.
        """
        page.evaluate(
            "async path => { await jupyterapp.commands.execute('docmanager:open', { path }); }",
            f"{name}.ipynb",
        )
        notebook = Notebook(page)
        notebook.wait_until_ready()
        return notebook


@contextlib.contextmanager
def serve(
    home: Path, *more: str, disabled: Sequence[str] = (), **variables: str
) -> Iterator[Server]:
    """Run a Jupyter server on a free port, with a home of its own, for as long as the context
    lasts.

    more: of its command line. disabled: extensions of JupyterLab that it has not. variables: more
    of the environment, for its kernels.
    """
    env = environment(home) | variables
    folder = home / "work"
    folder.mkdir()
    _disable(home, ANNOUNCEMENTS, *disabled)
    words = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
        f"--ServerApp.root_dir={folder}",
        f"--IdentityProvider.token={TOKEN}",
        *more,
    ]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words], env=env, cwd=home, stdout=log, stderr=log
        )
    try:
        yield Server(until(lambda: _url_of(home, process), "a Jupyter server", 60), folder)
    finally:
        end(process)


def _url_of(home: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the server's address once it answers, else nothing; fail when it has ended."""
    assert process.poll() is None, (home / "server.log").read_text()[-2000:]
    with contextlib.suppress(OSError, ValueError):
        url: str = json.loads((home / f"runtime/jpserver-{process.pid}.json").read_text())["url"]
        return url
    return ""


def end(process: subprocess.Popen[Any]) -> None:
    """End a process; its kernels see that it has gone, and end as well."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def notebook_of(cells: Sequence[str]) -> dict[str, Any]:
    """Return a notebook of code cells, as its file has it."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
        },
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{i}",
                "execution_count": None,
                "metadata": {},
                "outputs": [],
                "source": source,
            }
            for i, source in enumerate(cells)
        ],
    }


# --- a notebook ---


class Notebook:
    """A notebook that is open in a page; cells are named by their index."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def until(self, look: Callable[[], T], what: str, within: float = PATIENCE) -> T:
        """Return what `look` returns, as soon as that is true; the page lives on meanwhile."""
        return until(look, what, within, lambda seconds: self.page.wait_for_timeout(1000 * seconds))

    def wait_until_ready(self) -> None:
        """Wait until the notebook is on the screen and its kernel has nothing to do."""
        self.until(lambda: self._ask("kernel?.status === 'idle'"), "an idle kernel", 60)

    def _ask(self, expression: str, argument: Any = None) -> Any:
        """Evaluate an expression about the open notebook; None as long as there is none."""
        return self.page.evaluate(
            f"""argument => {{
                const panel = window.jupyterapp?.shell?.currentWidget;
                const notebook = panel?.content, kernel = panel?.sessionContext?.session?.kernel;
                const cell = i => notebook.widgets[i];
                return notebook?.widgets?.length ? ({expression}) : null;
            }}""",
            argument,
        )

    # -- cells --

    def append(self, source: str) -> int:
        """Append a code cell, and return its index."""
        added: int = self._ask(
            "(notebook.model.sharedModel.addCell({cell_type: 'code', source: argument}), "
            "notebook.widgets.length - 1)",
            source,
        )
        return added

    def start(self, cell: int) -> None:
        """Run a cell, and do not wait for it."""
        self._ask(
            "(notebook.activeCellIndex = argument, "
            "window.zwsnbRuns ??= {}, zwsnbRuns[argument] = 'running', "
            "window.jupyterapp.commands.execute('notebook:run-cell')"
            ".finally(() => zwsnbRuns[argument] = 'done'), null)",
            cell,
        )

    def has_ended(self, cell: int) -> bool:
        """Say whether the last run of a cell is over."""
        return bool(self.page.evaluate("cell => window.zwsnbRuns?.[cell] === 'done'", cell))

    def wait(self, cell: int, within: float = PATIENCE) -> None:
        """Wait until a cell that was started has ended, well or not."""
        self.until(lambda: self.has_ended(cell), f"the end of cell {cell}", within)

    def run(self, cell: int, within: float = PATIENCE) -> str:
        """Run a cell to its end, and return the text below it."""
        self.start(cell)
        self.wait(cell, within)
        return self.text(cell)

    def do(self, source: str, within: float = PATIENCE) -> str:
        """Run a new cell to its end, and return the text below it."""
        return self.run(self.append(source), within)

    def outputs(self, cell: int) -> list[dict[str, Any]]:
        """Return what is below a cell, as a notebook's file has it."""
        found: list[dict[str, Any]] = self._ask("cell(argument).model.outputs.toJSON()", cell)
        return found

    def text(self, cell: int) -> str:
        """Return what is below a cell in plain text, without pictures of plots: what was printed,
        values, errors.
        """
        return "".join(text_of(one) for one in self.outputs(cell) if not is_picture(one))

    # -- the kernel --

    def is_busy(self) -> bool:
        """Say whether the kernel is at work."""
        return bool(self._ask("kernel.status === 'busy'"))

    def interrupt(self) -> None:
        """Press the stop button."""
        self._ask("kernel.interrupt()")

    def restart(self) -> None:
        """Restart the kernel, and return when the new one is ready."""
        self._ask("kernel.restart()")

    def save(self) -> None:
        """Write the notebook, with its outputs, to its file."""
        self._ask("panel.context.save()")

    def reload(self) -> None:
        """Save, and reload the tab; the kernel goes on."""
        self.save()
        self.page.reload()
        self.wait_until_ready()

    # -- plots --

    def line(self, cell: int) -> str:
        """Return the line that stands below a cell where no live plot can be shown."""
        found: str | None = self._ask(
            "cell(argument).node.querySelector('.zwsnb-lost')?.innerText", cell
        )
        return found or ""

    def plots(self, cell: int) -> list[Frame]:
        """Return the frames of the plots below a cell."""
        handle = self.page.evaluate_handle(
            """i => {
                const cell = window.jupyterapp.shell.currentWidget.content.widgets[i];
                return [...cell.node.querySelectorAll('iframe.zwsnb')];
            }""",
            cell,
        )
        elements = [value.as_element() for value in handle.get_properties().values()]
        frames = [element.content_frame() for element in elements if element is not None]
        return [frame for frame in frames if frame is not None and "ticket=" in frame.url]

    def plot(self, cell: int, within: float = PATIENCE) -> Plot:
        """Return the plot below a cell, the last one if there are several, as soon as it is there;
        look at it.
        """
        # A plot that is not on the screen gets no points.
        self._ask("cell(argument).node.scrollIntoView({block: 'center'})", cell)
        what = f"a plot below cell {cell}, where there is {self.text(cell)!r}"
        return Plot(self.until(lambda: self.plots(cell), what, within)[-1])

    def leave(self) -> bool:
        """End the kernel, and close the notebook; say whether another can be opened in the page:
        one that was loaded anew brings the notebook back, at some time, in front of the other.
        """
        with contextlib.suppress(Error):
            self._ask("panel.sessionContext.shutdown()")
            self._ask("panel.context.save().then(() => panel.dispose())")
            return bool(
                self.page.evaluate(
                    """() => (delete window.zwsnbRuns,
                        !document.querySelector('.jp-Dialog, iframe') &&
                        performance.getEntriesByType("navigation")[0].type !== "reload")"""
                )
            )
        return False

    def close(self) -> None:
        """End the kernel, and close the page."""
        with contextlib.suppress(Error):
            self._ask("panel.sessionContext.shutdown()")
        self.page.close()


def is_picture(output: Mapping[str, Any]) -> bool:
    """Say whether an output is the picture of a plot, or keeps its place."""
    return text_of(output).startswith("Plot '")


def text_of(output: Mapping[str, Any]) -> str:
    """Return one output in plain text."""
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}\n"
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    return text if isinstance(text, str) else "".join(text)


# --- a plot ---


class Plot:
    """A page of zwsnb: a frame of a notebook, or a page of its own."""

    def __init__(self, frame: Frame | Page) -> None:
        self.frame = frame

    @property
    def page(self) -> Page:
        """The page that it is in."""
        return self.frame if isinstance(self.frame, Page) else self.frame.page

    def stats(self) -> Stats:
        """Return what the page says of itself; nothing while it loads."""
        try:
            found: Stats = self.frame.evaluate("() => window.zwsnb?.stats() ?? {}")
        except Error:
            # The frame is being loaded anew.
            return {}
        return found

    def until(self, holds: Callable[[Stats], Any], what: str, within: float = PATIENCE) -> Stats:
        """Return the statistics as soon as something holds of them."""
        last: Stats = {}

        def look() -> Stats | None:
            nonlocal last
            last = self.stats()
            return last if last and holds(last) else None

        try:
            found = until(
                look, what, within, lambda seconds: self.page.wait_for_timeout(1000 * seconds)
            )
        except AssertionError as error:
            raise AssertionError(f"{error}; the page says {last}") from None
        assert found is not None
        return found

    def until_state(self, state: str, within: float = PATIENCE) -> Stats:
        """Wait for a state: live, paused, ended, and so on."""
        return self.until(lambda s: s["state"] == state, f"state {state}", within)

    def until_points(self, points: int, series: str = "y", within: float = PATIENCE) -> Stats:
        """Wait until that many points of a series are painted."""
        return self.until(
            lambda s: points_of(s, series) == points, f"{points:,} points of {series!r}", within
        )

    def record(self) -> None:
        """Note from now on, with each animation frame: the time, the frames drawn, the newest x on
        the screen.
        """
        self.frame.evaluate(
            """() => {
                const seen = window.zwsnbSeen = [];
                const look = () => {
                    const { frames, series } = window.zwsnb.stats();
                    const now = (performance.timeOrigin + performance.now()) / 1000;
                    seen.push([now, frames, series.y?.lastX ?? NaN]);
                    requestAnimationFrame(look);
                };
                requestAnimationFrame(look);
            }"""
        )

    def record_texts(self) -> None:
        """Note from now on what is written on the canvas: the labels of the axes."""
        self.frame.evaluate(
            """() => {
                const texts = window.zwsnbTexts = new Set();
                const { fillText } = CanvasRenderingContext2D.prototype;
                CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
                    texts.add(text);
                    fillText.call(this, text, ...where);
                };
            }"""
        )

    def texts(self) -> set[str]:
        """Return what was written since `record_texts`."""
        return set(self.frame.evaluate("() => [...window.zwsnbTexts]"))

    def recorded(self) -> list[tuple[float, int, float]]:
        """Return what was noted since `record`."""
        return [tuple(row) for row in self.frame.evaluate("() => window.zwsnbSeen")]


def points_of(stats: Stats, series: str = "y") -> int:
    """Return how many points of a series are painted."""
    points: int = stats["series"].get(series, {}).get("points", 0)
    return points
