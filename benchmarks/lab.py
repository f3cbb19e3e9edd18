"""A JupyterLab of its own in a real Chromium, watched by `page.js`; cells hand back what they
measured as a file.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from browser import chromium, context, forget
from playwright.sync_api import Browser
from support.lab import HUB, Notebook, Server, serve

HERE: Final = Path(__file__).parent
SIZE: Final = (1280, 900)

FIRST_CELL: Final = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE / "peers")!r}]
"""


class Lab:
    """A server and a browser, in which notebooks are opened."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self._server = server
        self._browser = browser
        self._opened = 0

    @contextmanager
    def notebook(self, *cells: str, by_name: bool = False) -> Iterator[Watched]:
        """Open a notebook of these cells, its kernel ready; `by_name`: as a browser on another
        machine knows the server.
        """
        self._opened += 1
        name = f"bench{self._opened}"
        self._server.write(name, [FIRST_CELL, *cells])
        with context(self._browser, SIZE) as made:
            # A workspace of its own: the default one would open the last notebook as well.
            server = self._server
            if by_name:
                server = Server(server.url.replace("127.0.0.1", HUB), server.folder)
            notebook = server.open(made.new_page(), name, f"lab/workspaces/{name}/tree")
            notebook.run(0, 60)
            try:
                yield Watched(notebook, self._server.folder / f"{name}.json")
            finally:
                notebook.close()


class Watched:
    """An open notebook; its cells are numbered from 1. A cell that measures ends in `job.tell(path,
    result)`.
    """

    def __init__(self, notebook: Notebook, result: Path) -> None:
        self.notebook = notebook
        self.page = notebook.page
        self.result = result

    def run(self, cell: int, within: float = 60) -> None:
        """Run a cell to its end.

        Raises:
            RuntimeError: the cell has failed.
        """
        text = self.notebook.run(cell, within)
        if any(output["output_type"] == "error" for output in self.notebook.outputs(cell)):
            raise RuntimeError(f"cell {cell} has failed: {text[-1000:]}")

    def measure(self, source: str, seconds: float, within: float = 60) -> dict[str, Any]:
        """Run `source`, which takes about `seconds` and calls `tell(result)`, with nobody looking;
        return that result.
        """
        cell = self.notebook.append(
            f"from job import tell_to\ntell = tell_to({str(self.result)!r})\n{source}"
        )
        self.result.unlink(missing_ok=True)
        time.sleep(0.5)
        forget(self.page)
        self.notebook.start(cell)
        time.sleep(seconds)
        self.notebook.wait(cell, within)
        if not self.result.exists():
            raise RuntimeError(f"the cell has failed: {self.notebook.text(cell)[-1000:]}")
        found: dict[str, Any] = json.loads(self.result.read_text())
        return found


@contextmanager
def lab(*words: str) -> Iterator[Lab]:
    """Run a JupyterLab, with these words of its command line, and a browser."""
    folder = tempfile.TemporaryDirectory(prefix="zwsnb-lab-", ignore_cleanup_errors=True)
    with folder as home, serve(Path(home), *words) as server, chromium() as browser:
        yield Lab(server, browser)
