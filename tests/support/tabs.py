"""Notebooks in the tabs of one user of a JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import BrowserContext, Page

from support import lab


class Tabs:
    """Opens notebooks of given cells. To load a JupyterLab takes seconds, so a tab whose notebook
    was left is used again.

    names: for the notebooks, each another one.
    """

    def __init__(self, server: lab.Server, user: BrowserContext, names: Iterator[str]) -> None:
        self.server = server
        self._user, self._names = user, names
        self._free: list[Page] = []
        self._opened: list[lab.Notebook] = []

    def open(self, *cells: str, interface: str | None = None) -> lab.Notebook:
        """Open a notebook of these cells, its kernel ready; see `lab.Server.open`."""
        name = next(self._names)
        self.server.write(name, cells)
        if self._free and interface is None:
            notebook = self.server.open_in(self._free.pop(), name)
        else:
            notebook = self.server.open(self._user.new_page(), name, interface)
        self._opened.append(notebook)
        return notebook

    def leave(self) -> None:
        """Leave the notebooks that are open, and end their kernels."""
        for notebook in self._opened:
            if "/lab/" in notebook.page.url and notebook.leave():
                self._free.append(notebook.page)
            else:
                notebook.close()
        self._opened.clear()
