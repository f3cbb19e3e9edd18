"""The addresses of a service's pages and routes, and what a notebook needs to show a page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from zwsnb.display.embed import Embedding
from zwsnb.display.ways import Ways
from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.server.doors.keys import Keys

_ANY: Final = {"", "0.0.0.0", "::"}  # noqa: S104  # compared, not bound
"""Hosts that are no address to open: all of this machine's."""


class Proved(NamedTuple):
    """An address to ask at, and what only the service there can answer."""

    url: str
    answer: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service is, as in ``http://127.0.0.1:8000``, and the token that opens it."""

    base: str
    token: str = field(repr=False)

    @classmethod
    def http(cls, host: str, port: int, token: str) -> Address:
        """Return the address of a server that is bound to `host`."""
        name = "127.0.0.1" if host in _ANY else f"[{host}]" if ":" in host else host
        return cls(f"http://{name}:{port}", token)

    @classmethod
    def of(cls, url: str) -> Address:
        """Return the address of the service whose page is at `url`."""
        parts = urlsplit(url)
        return cls(f"{parts.scheme}://{parts.netloc}", parse_qs(parts.query)["token"][0])

    def page(self, plot: str, **query: str) -> str:
        """Return the address of a plot's page; the default plot needs no name."""
        named = {} if plot == DEFAULT_PLOT else {"plot": plot}
        return self.route("/", **named, **query)

    def embedding(self, plot: str, ways: Ways, now: float | None) -> Embedding:
        """Return what the output of a cell holds of a plot: nothing in it opens more than a look
        at this plot, but for the first page that comes within a minute from `now`; None: for that
        neither.
        """
        keys = Keys(self.token)
        query = {} if plot == DEFAULT_PLOT else {"plot": plot}
        query["ticket"] = keys.ticket(plot)
        if now is not None:
            query["claim"] = keys.claim(plot, now)
        return Embedding(plot, self.base, urlencode(query), keys.ask, keys.key, ways)

    def once(self, plot: str, now: float) -> str:
        """Return an address of a plot's page that leads the first who opens it, within a
        minute, to that with the token. All users of the machine can read what a browser is
        started with, and others what a notebook keeps.
        """
        return self._once("/", now, **({} if plot == DEFAULT_PLOT else {"plot": plot}))

    def plots_once(self, now: float) -> str:
        """Return such an address of the page of all plots."""
        return self._once("/plots", now)

    def _once(self, path: str, now: float, **query: str) -> str:
        return f"{self.base}{path}?{urlencode({'once': Keys(self.token).once(now), **query})}"

    def proved(self, path: str, **query: str) -> Proved:
        """Return the address of a route without the token, with the proof that it is known, which
        holds once and for a minute.
        """
        keys, asked = Keys(self.token), urlencode(query)
        proof = keys.proof(urlsplit(self.base).netloc, f"{path}?{asked}", time.time())
        return Proved(f"{self.base}{path}?{asked}&proof={proof}", keys.counterproof(proof))

    def route(self, path: str, **query: str) -> str:
        """Return the address of a route, with the token."""
        return f"{self.base}{path}?{urlencode({'token': self.token, **query})}"
