"""The gate from outside: methods, upgrades, the page for who brings no key, an address for once."""

from __future__ import annotations

import contextlib
import socket
import time
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from support.eventually import PATIENCE
from support.raw_websocket import KEY
from support.services import get, own, running, stats

from zwsnb.protocol.messages import VERSION
from zwsnb.server.doors.answers import BRIEF, PROVED
from zwsnb.server.doors.gate import USED
from zwsnb.server.doors.keys import Keys
from zwsnb.server.doors.places import Places
from zwsnb.server.doors.spent import WITHIN
from zwsnb.service.addresses.address import Address
from zwsnb.service.service import Service

ROUTES = [
    "/", "/ws", "/json", "/steer", "/alive", "/stats", "/metrics", "/data", "/csv", "/html",
    "/plot", "/plots", "/snapshot", "/picture", "/version", "/static/dist/style.css", "/nothing",
]  # fmt: skip
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": KEY,
}


def ask(
    service: Service,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    **query: Any,
) -> tuple[HTTPResponse, bytes]:
    """The answer to a request, with the token unless another is given, and its body."""
    given = {
        key: value for key, value in ({"token": service.token} | query).items() if value is not None
    }
    connection = HTTPConnection("127.0.0.1", service.port, timeout=5)
    connection.request(method, f"{path}?{urlencode(given)}", headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


# -- methods ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/stats", "/metrics", "/csv", "/static/dist/style.css"])
def test_whoever_wants_to_do_something_is_told_what_there_is(
    service: Service, path: str, method: str
) -> None:
    answer, body = ask(service, path, method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert body == b"This server knows GET and HEAD only."
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_body_is_not_read(service: Service) -> None:
    answer, _ = ask(service, "/stats", "POST", {"Content-Length": str(1 << 40)})
    assert answer.status == 405


@pytest.mark.parametrize("path", ROUTES)
def test_head_is_told_what_get_is_and_has_no_body(service: Service, path: str) -> None:
    own(service).bind("some")(1, 1)
    plain, _ = ask(service, path, plot="some", series="y")
    query = urlencode({"token": service.token, "plot": "some", "series": "y"})
    with socket.create_connection(("127.0.0.1", service.port), PATIENCE) as peer:
        host = f"127.0.0.1:{service.port}"
        peer.sendall(f"HEAD {path}?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: peer.recv(65536), b"")).partition(b"\r\n\r\n")
    assert int(head.split()[1]) == plain.status
    assert f"Content-Type: {plain.headers['Content-Type']}".encode() in head.splitlines()
    assert body == b""


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("headers", [{}, UPGRADE])
def test_no_request_makes_a_plot(service: Service, path: str, headers: dict[str, str]) -> None:
    if headers and path in ("/ws", "/json", "/steer", "/alive"):
        return  # a WebSocket's plot goes with it
    before = set(stats(service)["plots"])
    for method in ("GET", "HEAD"):
        ask(service, path, method, headers, plot="invented", series="y")
    assert set(stats(service)["plots"]) == before


# -- upgrades --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [p for p in ROUTES if p not in ("/ws", "/json", "/steer")])
def test_an_upgrade_is_refused_where_there_is_none_before_an_answer_is_made(
    service: Service, path: str
) -> None:
    own(service).bind("some")(1, 1)
    answer, body = ask(service, path, headers=UPGRADE, plot="some")
    assert answer.status == (403 if path == "/alive" else 400)
    assert len(body) < 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


# -- what answers say ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "method", "token", "status"),
    [
        ("/stats", "GET", None, 403),
        ("/", "GET", None, 403),
        ("/stats", "GET", "wrong", 403),
        ("/metrics", "GET", None, 403),
        ("/nothing", "GET", "", 404),
        ("/csv", "GET", "", 404),
        ("/ws", "GET", "", 400),
        ("/stats", "POST", "", 405),
        ("/stats", "GET" + "x" * 20, "", 405),
        ("/" + "x" * 9000, "GET", "", 414),
    ],
)
def test_a_refusal_is_as_careful_as_an_answer(
    service: Service, path: str, method: str, token: str | None, status: int
) -> None:
    given = service.token if token == "" else token
    answer, _ = ask(service, path, method, token=given, plot="none")
    assert answer.status == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_page_connects_to_its_own_address_and_is_framed_by_its_neighbours(
    service: Service,
) -> None:
    rules = get(service, "/")[1]["Content-Security-Policy"].split("; ")
    host = f"127.0.0.1:{service.port}"
    assert f"connect-src 'self' ws://{host} wss://{host}" in rules
    (framers,) = [rule for rule in rules if rule.startswith("frame-ancestors ")]
    assert "http://localhost:*" in framers.split()
    assert "*" not in framers.split()


def test_a_notebook_shows_its_output_wherever_it_is(service: Service) -> None:
    ticket = Keys(service.token).ticket("plot")
    headers = get(service, "/", token=None, ticket=ticket)[1]
    assert "frame-ancestors" not in headers["Content-Security-Policy"]


# -- who brings no key -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/plots"])
def test_a_browser_without_a_key_gets_the_page_which_its_tab_may_have_one_for(
    service: Service, path: str
) -> None:
    answer, body = ask(service, path, token=None)
    assert (answer.status, answer.headers["Content-Type"]) == (403, "text/html; charset=utf-8")
    assert body == get(service, path)[2]
    assert service.token.encode() not in body


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ({"token": "wrong"}, {}),
        ({"token": None, "ticket": "wrong"}, {}),
        ({"token": None}, {"Host": "evil.example"}),
        ({"token": None}, {"Origin": "http://evil.example"}),
        ({"token": None}, UPGRADE),
    ],
)
def test_who_brings_a_wrong_one_or_comes_from_elsewhere_does_not(
    service: Service, query: dict[str, Any], headers: dict[str, str]
) -> None:
    answer, body = ask(service, "/", headers=headers, **query)
    assert (answer.status, answer.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert len(body) < 300


# -- an address for once ---------------------------------------------------------------------------


def test_an_address_for_once_leads_the_first_browser_to_the_page(service: Service) -> None:
    once = service.url_for_once("a plot")
    assert service.token not in once
    query: dict[str, Any] = {
        key: values[0] for key, values in parse_qs(urlsplit(once).query).items()
    }
    assert ask(service, "/", "HEAD", token=None, **query)[0].status == 403  # and does not take it
    answer, body = ask(service, "/", token=None, **query)
    assert (answer.status, body) == (303, b"")
    to = f"./?token={service.token}&plot={quote('a plot').replace('%20', '+')}"
    assert answer.headers["Location"] == to
    assert answer.headers["Cache-Control"] == "no-store"
    again, body = ask(service, "/", token=None, **query)
    assert (again.status, body.decode()) == (403, USED)


def test_an_address_for_once_ends_within_a_minute_and_with_its_service(service: Service) -> None:
    keys = Keys(service.token)
    for once in (keys.once(time.time() - 61), Keys("x" * 32).once(time.time()), "x", ""):
        answer, body = ask(service, "/", token=None, once=once)
        assert answer.status == 403
        assert service.token.encode() not in body
        assert "Location" not in answer.headers


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_service_that_is_started_anew_opens_by_no_address_of_before(is_taken: bool) -> None:
    """It has the same token, and does not know what was taken."""

    def comes_in(once: str) -> bool:
        given = parse_qs(urlsplit(once).query)["once"][0]
        answer, body = ask(service, "/", token=None, once=given)
        assert answer.status == 303 or body.decode() == USED
        return answer.status == 303

    with running() as service:
        once, token = service.url_for_once(), service.token
        assert not is_taken or comes_in(once)
        service.restart()
        assert service.token == token
        assert not comes_in(once)
        assert comes_in(service.url_for_once())


@pytest.mark.parametrize("path", ["/stats", "/plots", "/ws", "/csv"])
def test_an_address_for_once_opens_the_page_alone(service: Service, path: str) -> None:
    once = Keys(service.token).once(time.time())
    answer, _ = ask(service, path, token=None, once=once)
    assert answer.status in (303, 403)
    assert (answer.status == 303) is (path == "/plots")


def test_the_page_of_all_plots_has_such_an_address_too(service: Service) -> None:
    address = urlsplit(service.plots_url_for_once())
    query: dict[str, Any] = {key: values[0] for key, values in parse_qs(address.query).items()}
    answer, _ = ask(service, address.path, token=None, **query)
    assert answer.headers["Location"] == f"./plots?token={service.token}"


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}]
)
def test_an_address_for_once_needs_host_and_origin_as_well(
    service: Service, headers: dict[str, str]
) -> None:
    once = Keys(service.token).once(time.time())
    answer, body = ask(service, "/", headers=headers, token=None, once=once)
    assert answer.status == 403
    assert service.token.encode() not in body


# -- proofs ----------------------------------------------------------------------------------------


def test_who_proves_that_it_knows_the_token_comes_in_and_is_answered_with_a_proof(
    service: Service,
) -> None:
    keys, host = Keys(service.token), f"127.0.0.1:{service.port}"
    proof = keys.proof(host, "/stats?a=1", time.time())
    answer, _ = ask(service, "/stats", token=None, a="1", proof=proof)
    assert answer.status == 200
    assert answer.headers[PROVED] == keys.counterproof(proof)


@pytest.mark.parametrize(
    ("path", "a", "port"), [("/csv", "1", 0), ("/stats", "2", 0), ("/stats", "1", 1)]
)
def test_a_proof_of_another_request_opens_nothing(
    service: Service, path: str, a: str, port: int
) -> None:
    proof = Keys(service.token).proof(f"127.0.0.1:{service.port + port}", "/stats?a=1", time.time())
    answer, body = ask(service, path, token=None, a=a, proof=proof)
    assert answer.status == 403
    assert body.startswith(b"The token is not this server's")


@pytest.mark.parametrize("path", ["/stats", "/", "/static/dist/style.css", "/alive", "/nothing"])
@pytest.mark.parametrize(
    ("port", "host", "more"),
    [
        (1, None, {}),
        (1, "127.0.0.1:{}", {}),
        (0, "evil.example", {}),
        (1, None, {"token": "right"}),
        (1, None, {"token": "wrong"}),
        (1, None, {"ask": "right"}),
    ],
)
def test_the_service_signs_for_nobody_who_hands_a_proof_on(
    service: Service, path: str, port: int, host: str | None, more: dict[str, str]
) -> None:
    """One that was made for another port, where somebody else listens by now."""
    keys, port = Keys(service.token), service.port + port
    right = {"token": service.token, "ask": keys.ask}
    query: dict[str, Any] = {
        key: right[key] if value == "right" else value for key, value in more.items()
    }
    asked = urlencode(query)
    proof = keys.proof(f"127.0.0.1:{port}", f"{path}?{asked}", time.time())
    headers = {} if host is None else {"Host": host.format(port)}
    answer, _ = ask(service, path, headers=headers, **({"token": None} | query), proof=proof)
    assert PROVED not in answer.headers


@pytest.mark.parametrize("path", ["/stats", "/ws"])
@pytest.mark.parametrize("after", ["use", "restart"])
def test_a_proof_that_somebody_has_seen_opens_nothing_a_second_time(path: str, after: str) -> None:
    def status(url: str, headers: dict[str, str]) -> int:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE)
        connection.request("GET", url.partition(str(service.port))[2], headers=headers)
        answer = connection.getresponse()
        connection.close()
        assert (PROVED in answer.headers) is (answer.status != 403)
        return answer.status

    headers, opened = (UPGRADE, 101) if path == "/ws" else ({}, 200)
    with running() as service:
        address = Address.http("127.0.0.1", service.port, service.token)
        seen = address.proved(path, plot="p", v=str(VERSION), comm="1").url
        if after == "use":
            assert status(seen, headers) == opened
        else:
            port = service.port
            service.restart()
            assert service.port == port
        assert status(seen, headers) == 403
        assert status(address.proved(path, plot="p", v=str(VERSION)).url, headers) == opened


def test_a_proof_ends_within_a_minute(service: Service) -> None:
    proof = Keys(service.token).proof(
        f"127.0.0.1:{service.port}", "/stats?a=1", time.time() - WITHIN - 1
    )
    answer, body = ask(service, "/stats", token=None, a="1", proof=proof)
    assert answer.status == 403
    assert body.startswith(b"The proof was brought before, or was not made within")
    assert PROVED not in answer.headers


# -- what holds briefly ----------------------------------------------------------------------------


def test_an_address_without_the_key_gets_the_same_file_once_more(service: Service) -> None:
    own(service).bind("brief")(1, 2)
    answer, body = ask(service, "/csv", plot="brief")
    brief = answer.headers[BRIEF]
    again, file = ask(service, "/csv", token=None, plot="brief", brief=brief)
    assert (again.status, file) == (200, body)
    assert BRIEF not in again.headers, "it would be one for ever"
    for path, plot in (("/csv", "other"), ("/data", "brief"), ("/", "brief"), ("/html", "brief")):
        assert ask(service, path, token=None, plot=plot, brief=brief)[0].status == 403
    late = Keys(service.token).brief("brief", time.time() - WITHIN - 1, edits=True)
    answer, said = ask(service, "/csv", token=None, plot="brief", brief=late)
    assert answer.status == 403
    assert said.startswith(b"This address got its file for a minute")


# -- places ----------------------------------------------------------------------------------------


def test_a_crowd_that_says_nothing_keeps_nobody_out_who_has_the_token() -> None:
    """600 connections, with half a header of 60 kB each: few are held, and none of the program's
    descriptors are missed.
    """
    with running() as service:
        server = service._hub.resident._server
        crowd = []
        try:
            for _ in range(600):
                peer = socket.create_connection(("127.0.0.1", service.port))
                peer.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 8000)
                crowd.append(peer)
            assert stats(service)["viewers"] == 0
            assert len(server.places) <= server.limits.strangers + 1
            assert server.refused["stranger"] > 500
        finally:
            for peer in crowd:
                peer.close()


def test_a_crowd_that_may_only_look_keeps_nobody_out_who_has_the_token() -> None:
    """A ticket stands in every copy of a notebook."""
    with running() as service:
        service._hub.resident._server.places = Places(32, 8)
        query = urlencode({"plot": "p", "v": VERSION, "ticket": Keys(service.token).ticket("p")})
        head = "".join(f"{name}: {value}\r\n" for name, value in UPGRADE.items())
        host = f"127.0.0.1:{service.port}"
        asked = f"GET /ws?{query} HTTP/1.1\r\nHost: {host}\r\n{head}\r\n".encode()
        answers = []
        with contextlib.ExitStack() as guests:
            for _ in range(10):
                peer = guests.enter_context(
                    socket.create_connection(("127.0.0.1", service.port), PATIENCE)
                )
                peer.sendall(asked)
                answers.append(peer.recv(12))
            assert answers == [b"HTTP/1.1 101"] * 4 + [b"HTTP/1.1 503"] * 6
            assert ask(service, "/stats")[0].status == 200
