"""One HTTP request and its answer."""

from __future__ import annotations

import contextlib
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote

from zwsnb.protocol.messages import POLICY_VIOLATION
from zwsnb.protocol.names import DEFAULT_PLOT, check_name
from zwsnb.server.access import Visit
from zwsnb.server.doors.places import GUEST
from zwsnb.turns.rota import GUESTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from zwsnb.server.websocket import WebSocket

TEXT: Final = "text/plain; charset=utf-8"

PAGES: Final = {"/": "index.html", "/plots": "plots.html"}
"""Routes that a browser shows, and the files of the page that stand there."""

SUBPROTOCOL: Final = "zwsnb"
"""What a page's WebSocket speaks. Behind it the page offers what opens the door, as in
``ticket.XXXX``: a proxy writes addresses into its log.
"""

_KEYS: Final = ("token", "ticket", "claim")
_OFFERS: Final = 8
"""Subprotocols of which a request's keys are looked for."""

_BEARER: Final = "bearer "

_PROOF: Final = "&proof="
"""Ends a query: what stands before it is what is proved."""

MAX_FIELDS: Final = 32
"""Fields of a query; more than anybody has a use for."""


class HTTPError(Exception):
    """A request that cannot be answered: its status, and as text the sentence that says why."""

    def __init__(self, status: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status

    @property
    def reason(self) -> str:
        """What it is counted by: that of the status, as in ``not found``."""
        return self.status.partition(" ")[2].lower()


class BadRequest(HTTPError):
    """A request that makes no sense."""

    def __init__(self, sentence: str) -> None:
        super().__init__("400 Bad Request", sentence)


class NotFound(HTTPError):
    """A request for what is not there."""

    def __init__(self, sentence: str) -> None:
        super().__init__("404 Not Found", sentence)


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and how to answer it."""

    environ: WSGIEnvironment
    start_response: StartResponse
    path: str
    query: dict[str, str]

    @classmethod
    def of(cls, environ: WSGIEnvironment, start_response: StartResponse) -> Request:
        """Return the request that WSGI describes."""
        return cls(environ, start_response, environ.get("PATH_INFO", ""), query_of(environ))

    def answer(
        self,
        body: Iterable[bytes],
        content_type: str,
        status: str = "200 OK",
        *,
        cache: str = "no-store",
        headers: Iterable[tuple[str, str]] = (),
    ) -> Iterable[bytes]:
        """Answer with `body`."""
        usual = [("Content-Type", content_type), ("Cache-Control", cache)]
        self.start_response(status, [*usual, *headers])
        return body

    def refuse(self, error: HTTPError) -> Iterable[bytes]:
        """Answer with the sentence that says what is wrong; a WebSocket is closed with it."""
        socket: WebSocket | None = self.environ.get("wsgi.websocket")
        if socket is not None:
            socket.close(POLICY_VIOLATION, str(error))
            return []
        return self.answer([str(error).encode()], TEXT, error.status)

    @property
    def socket(self) -> WebSocket:
        """The WebSocket that the request was upgraded to.

        Raises:
            BadRequest: it was not.
        """
        socket: WebSocket | None = self.environ.get("wsgi.websocket")
        if socket is None:
            raise BadRequest("This address is for a WebSocket; the page is at /.")
        return socket

    def plot_name(self) -> str:
        """Return the name of the plot that it is about.

        Raises:
            BadRequest: it can be none.
        """
        try:
            return check_name(self.query.get("plot", DEFAULT_PLOT), "plot")
        except ValueError as error:
            raise BadRequest(str(error)) from error

    def attached(self, ending: str) -> tuple[str, str]:
        """Return the header of an answer that is to be saved, as the file that was asked for."""
        file = self.query.get("file", f"{self.plot_name()}.{ending}")
        return "Content-Disposition", f"attachment; filename*=UTF-8''{quote(file)}"

    @property
    def party(self) -> object:
        """Whose turns its answer is made in: a connection has one request; all guests are one."""
        return GUESTS if self.environ.get(GUEST) else id(self.environ)

    @property
    def origin(self) -> int:
        """What x are counted from, in the query and in the answer: whole seconds since 1970.

        Raises:
            BadRequest: it is no whole number.
        """
        said = self.query.get("origin", "0")
        if re.fullmatch(r"-?\d{1,12}", said, re.ASCII) is None:
            raise BadRequest(f"origin is {said[:100]!r}, not a whole number of seconds.")
        return int(said)

    def number(self, key: str, default: float) -> float:
        """Return the number at `key` of the query.

        Raises:
            BadRequest: it is no number.
        """
        with contextlib.suppress(ValueError):
            if not math.isnan(number := float(self.query.get(key, default))):
                return number
        raise BadRequest(f"{key} is {self.query[key][:100]!r}, not a number.")


def visit_of(environ: WSGIEnvironment) -> Visit:
    """Return what a request says of itself, to be checked."""
    query = query_of(environ)
    given = {key: query[key] for key in _KEYS if key in query} | _offered(environ)
    visit = Visit(
        path=environ.get("PATH_INFO", ""),
        plot=query.get("plot", DEFAULT_PLOT),
        host=environ.get("HTTP_HOST"),
        origin=environ.get("HTTP_ORIGIN"),
        ask=query.get("ask"),
        of=query.get("of"),
        once=query.get("once"),
        brief=query.get("brief"),
        **given,
        **_proof_of(environ),
    )
    # What a proxy hands on in the header may be for itself: a key of ours goes before, and a page
    # that is loaded anew, whose tab has its key, brings none.
    is_asked = visit.has_no_key and visit.path not in PAGES
    return replace(visit, token=_borne(environ)) if is_asked else visit


def _borne(environ: WSGIEnvironment) -> str | None:
    """Return the token that a request brings as other programs do: Authorization: Bearer .."""
    said = environ.get("HTTP_AUTHORIZATION", "")
    is_bearer = said[: len(_BEARER)].lower() == _BEARER
    return said[len(_BEARER) :].strip() if is_bearer else None


def _proof_of(environ: WSGIEnvironment) -> dict[str, str]:
    """Return the proof that a query ends with, and what it is about."""
    asked, found, proof = environ.get("QUERY_STRING", "").rpartition(_PROOF)
    return {"proof": proof, "proved": f"{environ['PATH_INFO']}?{asked}"} if found else {}


def _offered(environ: WSGIEnvironment) -> dict[str, str]:
    """Return the keys that a WebSocket brings as subprotocols."""
    found = {}
    for word in environ.get("HTTP_SEC_WEBSOCKET_PROTOCOL", "").split(",", _OFFERS)[:_OFFERS]:
        name, _, key = word.strip().partition(".")
        if name in _KEYS:
            found[name] = key
    return found


def query_of(environ: WSGIEnvironment) -> dict[str, str]:
    """Return the fields of a request's query, the last one of each name; none if there are too
    many.
    """
    try:
        fields = parse_qs(environ.get("QUERY_STRING", ""), max_num_fields=MAX_FIELDS)
    except ValueError:
        return {}
    return {key: values[-1] for key, values in fields.items()}
