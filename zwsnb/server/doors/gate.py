"""The gate of the application: what is done with a request before its route is asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from zwsnb.limits.peers import is_anothers
from zwsnb.server.access import (
    ALIVE,
    CSV,
    SPENT,
    STATIC,
    Access,
    Visit,
    check,
    lacks_key_only,
    reason,
)
from zwsnb.server.doors.answers import BRIEF, OF_REQUEST, PROVED, Refusal, policy
from zwsnb.server.doors.handshake import asks_for_websocket
from zwsnb.server.doors.places import GUEST, STRANGER
from zwsnb.server.doors.presence import CONNECTION
from zwsnb.server.request import visit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import WSGIEnvironment

WEBSOCKETS: Final = {"/ws", "/json", "/steer", ALIVE}
"""Routes that take an upgrade."""

NONE: Final = Refusal("400 Bad Request", b"This address is for no WebSocket.", count="upgrade")
"""Said before anything is made of the request: an answer would be gathered in one piece."""

USED: Final = (
    "This address opens a page once and soon, and has done so, or is too old: open the one that "
    "%zwsnb, p.url or zwsnb status shows."
)

OTHERS: Final = (
    "This address is for the user who was given it, and another user of this machine has brought "
    "it: open the one that p.url or zwsnb status shows."
)

UNTOLD: Final = (
    "It could not be found out whose program has brought this address ({}): close files that the "
    "service's program has open, and open it again, or the one that p.url shows."
)


class Gate:
    """Lets requests in. pages: the page's HTML by the routes at which a browser shows it."""

    def __init__(self, access: Access, pages: Mapping[str, bytes]) -> None:
        self.access = access
        self.proxies: set[str] = set()  # Hosts that were set or are known
        self._pages = pages

    def allow(self, hosts: Iterable[str], origins: Iterable[str]) -> None:
        """Answer to these Hosts and Origins, of a proxy, as well."""
        self.proxies |= (proxies := set(hosts))
        self.access = self.access.allowing(proxies, origins)

    def is_proxy(self, host: str) -> bool:
        """Return whether a Host is that of a proxy."""
        return host in self.proxies or host in self.access.found

    def admit(self, environ: WSGIEnvironment) -> Refusal | None:
        """Return None for a request that may come in, else what it is answered."""
        visit = visit_of(environ)
        environ[OF_REQUEST] = self._headers_for(visit)
        now = time.time()
        sentence = check(self.access, visit) or self.access.take(visit, now)
        if sentence is not None:
            return self._refusal(visit, sentence, environ)
        if visit.is_by_proof:
            counterproof = self.access.keys.counterproof(visit.proof or "")
            environ[OF_REQUEST].append((PROVED, counterproof))
        edits = self.access.may_edit(visit)
        if visit.path == CSV and not visit.is_brief:
            brief = self.access.keys.brief(visit.plot, now, edits=edits)
            environ[OF_REQUEST].append((BRIEF, brief))
        if asks_for_websocket(environ) and visit.path not in WEBSOCKETS:
            return NONE
        environ[STRANGER] = visit.path.startswith(STATIC)
        environ[GUEST] = visit.path == ALIVE or not edits
        return None

    def _headers_for(self, visit: Visit) -> list[tuple[str, str]]:
        """Return the headers of the answer that are about who asks."""
        access = self.access
        host = visit.host if visit.host and access.is_own(visit.host) else None
        framers = None if visit.ticket is not None else access.known
        rules = policy(host, access.listed, framers)
        return [("Content-Security-Policy", rules)]

    def _refusal(self, visit: Visit, sentence: str, environ: WSGIEnvironment) -> Refusal:
        """Return the answer to who may not come in. A browser that brings no key gets the page: its
        tab may have kept one; else the page says the sentence.
        """
        page = None if asks_for_websocket(environ) else self._pages.get(visit.path)
        why = reason(self.access, visit)
        if page is None or not lacks_key_only(self.access, visit):
            return Refusal("403 Forbidden", sentence.encode(), count=why)
        if visit.once is not None and environ["REQUEST_METHOD"] == "GET":
            return self._open(visit, environ)
        return Refusal("403 Forbidden", page, "text/html; charset=utf-8", count=why)

    def _open(self, visit: Visit, environ: WSGIEnvironment) -> Refusal:
        """Lead a browser that comes by an address for once to that with the token: it did not stand
        in the browser's arguments, where another user reads the address sooner than a browser has
        started.
        """
        if not self.access.has_once(visit, now := time.time()):
            return Refusal("403 Forbidden", USED.encode(), count=SPENT)
        try:
            if is_anothers(environ[CONNECTION]):
                return Refusal("403 Forbidden", OTHERS.encode(), count="other user")
        except OSError as error:
            sentence = UNTOLD.format(error.strerror)
            return Refusal("503 Service Unavailable", sentence.encode(), count="unknown user")
        self.access.take_once(visit, now)
        rest = [(key, value) for key, value in parse_qsl(environ["QUERY_STRING"]) if key != "once"]
        to = f".{visit.path}?{urlencode([('token', self.access.token), *rest])}"
        return Refusal("303 See Other", b"", headers=(("Location", to),), count="")
