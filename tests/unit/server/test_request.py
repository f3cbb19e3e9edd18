"""One HTTP request and its answer, without a server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from wsgiref.types import StartResponse

import pytest

from zwsnb.server.access import Visit
from zwsnb.server.doors.places import GUEST
from zwsnb.server.request import BadRequest, HTTPError, NotFound, Request, query_of, visit_of


class Answer:
    """What WSGI is told of an answer."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: dict[str, str] = {}

    def start(self) -> StartResponse:
        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            self.status, self.headers = status, dict(headers)

        return start_response


def assert_seen(path: str, query: str, found: dict[str, str], **headers: str) -> None:
    """A request of such headers is seen as one with what was `found`."""
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "h:1", **headers}
    expected: dict[str, Any] = {"path": path, "host": "h:1", "origin": None} | found
    assert visit_of(environ) == Visit(**expected)


@pytest.mark.parametrize(
    ("query", "protocols", "found"),
    [
        ("token=t", "", {"token": "t"}),
        ("plot=p&ticket=s&claim=c", "", {"plot": "p", "ticket": "s", "claim": "c"}),
        ("plot=p", "zwsnb, ticket.s, claim.1.n.m", {"plot": "p", "ticket": "s", "claim": "1.n.m"}),
        ("token=t", "zwsnb,token.u", {"token": "u"}),
        ("ask=q", "zwsnb, host.x, ask.y, token", {"ask": "q", "token": ""}),
    ],
)
def test_keys_come_in_the_address_or_as_subprotocols(
    query: str, protocols: str, found: dict[str, str]
) -> None:
    assert_seen("/ws", query, found, HTTP_SEC_WEBSOCKET_PROTOCOL=protocols)


@pytest.mark.parametrize(
    ("header", "query", "found"),
    [
        ("Bearer t", "", {"token": "t"}),
        ("bearer  t ", "", {"token": "t"}),
        ("BEARER t u", "", {"token": "t u"}),
        ("Bearer ", "", {"token": ""}),
        ("Bearer", "", {}),
        ("Bearert", "", {}),
        ("token t", "", {}),  # that of a notebook's server, through which it came
        ("Basic dDp1", "", {}),
        ("", "", {}),
        # A key of ours goes before, for a proxy may have put its own into the header.
        ("Bearer t", "token=u", {"token": "u"}),
        ("Bearer t", "ticket=s", {"ticket": "s"}),
        ("Bearer t", "a=b&proof=p", {"proof": "p", "proved": "/metrics?a=b"}),
        ("Bearer t", "once=o", {"once": "o", "token": "t"}),
    ],
)
def test_a_token_may_come_as_that_of_a_bearer(
    header: str, query: str, found: dict[str, str]
) -> None:
    assert_seen("/metrics", query, found, HTTP_AUTHORIZATION=header)


@pytest.mark.parametrize("path", ["/", "/plots"])
def test_a_page_that_is_loaded_anew_through_a_proxy_is_not_refused_for_its_header(
    path: str,
) -> None:
    environ = {"PATH_INFO": path, "HTTP_HOST": "h:1", "HTTP_AUTHORIZATION": "Bearer other"}
    assert visit_of(environ).has_no_key


class FakeSocket:
    """A WebSocket that only notes how it was closed."""

    def __init__(self) -> None:
        self.closed: list[tuple[int, str]] = []

    def close(self, code: int, reason: str) -> None:
        self.closed.append((code, reason))


def request(answer: Answer | None = None, socket: object = None, **query: str) -> Request:
    environ = {"PATH_INFO": "/some", "QUERY_STRING": urlencode(query), "wsgi.websocket": socket}
    return Request.of(environ, (answer or Answer()).start())


def text(body: Iterable[bytes]) -> str:
    return b"".join(body).decode()


def test_an_answer_is_not_kept() -> None:
    answer = Answer()
    body = request(answer).answer([b"x"], "text/html", headers=[("X-More", "1")])
    assert (text(body), answer.status) == ("x", "200 OK")
    assert answer.headers["Content-Type"] == "text/html"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-More"] == "1"


@pytest.mark.parametrize(
    ("error", "status"),
    [(BadRequest("why"), "400 Bad Request"), (NotFound("why"), "404 Not Found")],
)
def test_an_error_is_its_status_and_a_sentence(error: HTTPError, status: str) -> None:
    answer = Answer()
    assert text(request(answer).refuse(error)) == "why"
    assert (answer.status, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")


def test_an_error_closes_a_websocket_with_its_sentence() -> None:
    answer, socket = Answer(), FakeSocket()
    assert text(request(answer, socket).refuse(NotFound("why"))) == ""
    assert (socket.closed, answer.status) == ([(1008, "why")], "")


def test_a_request_that_was_not_upgraded_has_no_websocket() -> None:
    socket = FakeSocket()
    found: object = request(socket=socket).socket
    assert found is socket
    with pytest.raises(BadRequest, match="This address is for a WebSocket; the page is at /"):
        _ = request().socket


def test_a_number_of_the_query() -> None:
    asked = request(a="1.5", b="one", c="nan")
    assert (asked.number("a", 0.0), asked.number("none", 7.0)) == (1.5, 7.0)
    for key, text in (("b", "one"), ("c", "nan")):
        with pytest.raises(BadRequest, match=f"{key} is '{text}', not a number"):
            asked.number(key, 0.0)


def test_the_plot_of_a_query_and_the_file_that_its_answer_is_saved_as() -> None:
    attached = "attachment; filename*=UTF-8''"
    assert request().attached("csv")[1] == f"{attached}plot.csv"
    assert request(plot="ö").attached("csv") == ("Content-Disposition", f"{attached}%C3%B6.csv")
    assert request(file="a b").attached("csv")[1] == f"{attached}a%20b"
    with pytest.raises(BadRequest, match="plot"):
        request(plot="p" * 1000).plot_name()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", {}),
        ("a=1&a=2&b=%C3%B6", {"a": "2", "b": "ö"}),
        ("a", {}),
        ("&".join(f"k{i}=v" for i in range(100)), {}),
    ],
)
def test_the_fields_of_a_query(text: str, query: dict[str, str]) -> None:
    assert query_of({"QUERY_STRING": text}) == query


def test_guests_share_what_one_connection_has() -> None:
    """A notebook that is passed on makes many of them, and each may ask for whole plots."""

    def party(**environ: Any) -> object:
        return Request.of(environ, Answer().start()).party

    assert party(**{GUEST: True}) == party(**{GUEST: True})
    assert len({party(**{GUEST: True}), party(**{GUEST: False}, a=1)}) == 2
    one, two = (Request.of({"PATH_INFO": "/"}, Answer().start()) for _ in range(2))
    assert one.party != two.party
