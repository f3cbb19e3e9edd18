"""The application through real clients: every route, who may come in, and hostile names."""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from support.eventually import PATIENCE
from support.services import Page, address, closing, get, own, page, running, stats, strict
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from zwsnb import __version__
from zwsnb.protocol.batch import Close, SetOptions
from zwsnb.protocol.messages import VERSION
from zwsnb.service.service import Service

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'+alert(1)+'",
    "</title><svg/onload=alert(1)>",
    "{{7*7}}${7*7}",
    "&lt;b&gt;",
    "]]><!--",
    "\u2028\u2029\ufeff\uffff",
    "\u202egnirts",
    "%00%0d%0aSet-Cookie: a=b",
    "../../etc/passwd",
    "größe Ω 💩",
]


# -- routes ----------------------------------------------------------------------------------------


ROUTES = {
    "/": "text/html; charset=utf-8",
    "/static/dist/style.css": "text/css; charset=utf-8",
    "/static/dist/zwsnb.js": "text/javascript; charset=utf-8",
    "/stats": "application/json",
    "/metrics": "text/plain; version=0.0.4; charset=utf-8",
    "/snapshot": "image/svg+xml",
    "/picture": "application/json",
    "/version": "application/json",
    "/csv": "text/csv; charset=utf-8",
    "/html": "text/html; charset=utf-8",
}


@pytest.mark.parametrize(("path", "kind"), ROUTES.items())
def test_every_route_answers_and_is_careful(service: Service, path: str, kind: str) -> None:
    own(service).bind("some")(1, 1)
    status, headers, body = get(service, path, plot="some")
    assert (status, headers["Content-Type"]) == (200, kind)
    assert body
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize(
    ("path", "query", "status", "says"),
    [
        ("/nothing", {}, 404, "There is no '/nothing' here."),
        ("/static/nothing.js", {}, 404, "There is no file 'nothing.js' here."),
        ("/static/../server.py", {}, 404, "There is no file '../server.py' here."),
        ("/static/main.js", {}, 404, "There is no file 'main.js' here."),
        ("/static/style.css", {}, 404, "There is no file 'style.css' here."),
        ("/", {"plot": "x" * 257}, 400, "plot has 257 characters; a name has at most 256"),
        ("/snapshot", {"plot": "a\nb"}, 400, r"plot 'a\nb' has the control character '\n'"),
        ("/ws", {}, 400, "This address is for a WebSocket; the page is at /."),
        ("/json", {}, 400, "This address is for a WebSocket; the page is at /."),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    service: Service, path: str, query: dict[str, str], status: int, says: str
) -> None:
    found, headers, body = get(service, path, None, **query)
    assert (found, body.decode()) == (status, says)
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "query", "sentence"),
    [
        ("/data", {"plot": "none", "series": "y"}, "plot 'none' has had no points; "),
        ("/csv", {"plot": "none"}, "plot 'none' has had no points; the plots are 'some'"),
        ("/html", {"plot": "none"}, "plot 'none' has had no points; the plots are 'some'"),
        ("/snapshot", {"plot": "none"}, "plot 'none' has had no points; the plots are 'some'"),
        ("/picture", {"plot": "none"}, "plot 'none' has had no points; the plots are 'some'"),
        ("/version", {"plot": "none"}, "plot 'none' has had no points; the plots are 'some'"),
        ("/data", {"plot": "some", "series": "x"}, "plot 'some' has no series 'x'; it has 'y'"),
        ("/data", {"plot": "some"}, "plot 'some' has no series ''; it has 'y'"),
    ],
)
def test_what_is_read_and_not_there_is_answered_with_what_there_is(
    path: str, query: dict[str, str], sentence: str
) -> None:
    with running() as service:
        own(service).bind("some")(1, 1)
        status, headers, body = get(service, path, None, **query)
        assert (status, headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
        assert body.decode().startswith(sentence)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/stats",
        "/metrics",
        "/data",
        "/csv",
        "/html",
        "/plots",
        "/snapshot",
        "/picture",
        "/version",
        "/ws",
    ],
)
def test_a_request_makes_no_plot(service: Service, path: str) -> None:
    before = set(stats(service)["plots"])
    for i in range(3):
        get(service, path, plot=f"invented {i}")
    assert set(stats(service)["plots"]) == before


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ws",
        "/json",
        "/stats",
        "/metrics",
        "/data",
        "/csv",
        "/html",
        "/snapshot",
        "/picture",
        "/version",
        "/nothing",
    ],
)
@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ({"token": None}, {}),
        ({"token": "wrong"}, {}),
        ({"token": ""}, {}),
        ({"token": None}, {"Authorization": "Bearer wrong"}),
        ({"token": "wrong"}, {"Authorization": "Bearer TOKEN"}),
        ({"token": None}, {"Authorization": "token TOKEN"}),
        ({"token": None}, {"Authorization": "Basic TOKEN"}),
        ({"token": None}, {"Authorization": "Bearer TOKEN", "Host": "evil.example"}),
        ({"token": None}, {"Authorization": "Bearer TOKEN", "Origin": "http://evil.example"}),
        ({}, {"Host": "evil.example"}),
        ({}, {"Origin": "http://evil.example"}),
        ({}, {"Origin": "null"}),
    ],
)
def test_nobody_comes_in_without_token_host_and_origin(
    service: Service, path: str, query: Any, headers: dict[str, str]
) -> None:
    brought = {name: its.replace("TOKEN", service.token) for name, its in headers.items()}
    status, answer, body = get(service, path, headers=brought, **query)
    assert status == 403
    # A browser gets the page, which asks its tab for a key (test_gate.py).
    assert body.decode().endswith(".") is (answer["Content-Type"] == "text/plain; charset=utf-8")
    assert service.token not in body.decode()


def test_the_page_brings_what_it_needs_itself(service: Service) -> None:
    body = get(service, "/")[2].decode()
    assert "<script" in body
    assert "http://" not in body
    assert "https://" not in body
    assert service.token not in body


def test_a_query_of_very_many_words_is_no_request(service: Service) -> None:
    status, _, _ = get(service, "/stats", None, **{f"k{i}": "v" for i in range(100)})
    assert status in (400, 403)
    assert get(service, "/stats")[0] == 200


def test_stats_is_json_that_a_browser_reads(service: Service, plot: str) -> None:
    own(service).bind(plot)(1, math.nan)
    found = strict(get(service, "/stats")[2])
    assert found["zwsnb"] == __version__
    assert found["plots"][plot]["points"] == 1
    assert found["plots"][plot]["series"]["y"]["last"] == [1, None]


def test_data_is_every_point_that_is_held(service: Service, plot: str) -> None:
    n = 200_000
    own(service).bind(plot)(np.arange(n), np.arange(n) * 0.5)
    points = np.frombuffer(get(service, "/data", plot=plot, series="y")[2], "<f8").reshape(-1, 2)
    assert (points[:, 0] == np.arange(n)).all()
    assert (points == service.points(plot, "y")).all()


# -- WebSockets --------------------------------------------------------------------------------


def test_what_is_read_of_times_may_be_counted_from_any_second(service: Service, plot: str) -> None:
    midnight = 1_795_824_000
    times = np.array([midnight * 10**9 + 1, midnight * 10**9 + 2_000_000_003], "M8[ns]")
    own(service).bind(plot)(times, [7, 8])
    asked: dict[str, Any] = {"plot": plot, "series": "y"}
    for origin, x in ((0, [midnight, midnight + 2]), (midnight, [1e-9, 2.000000003])):
        body = get(service, "/data", **asked, origin=origin)[2]
        np.testing.assert_allclose(np.frombuffer(body).reshape(-1, 2)[:, 0], x, rtol=1e-16)
    rows = [
        b"y,2026-11-28T00:00:00.000000001+00:00,7.0",
        b"y,2026-11-28T00:00:02.000000003+00:00,8.0",
    ]
    ranges: list[tuple[dict[str, Any], list[bytes]]] = [
        ({}, rows),
        ({"from": 1e-9, "to": 1e-9, "origin": midnight}, rows[:1]),
        ({"from": 2e-9, "origin": midnight}, rows[1:]),
        ({"from": midnight + 1}, rows[1:]),
    ]
    for query, expected in ranges:
        assert get(service, "/csv", **asked, **query)[2].split()[1:] == expected
    for route in ("/data", "/csv"):
        for said in ("noon", "1_0", "9" * 400, "0.5"):
            status, _, body = get(service, route, **asked, origin=said)
            assert status == 400
            assert body == f"origin is {said[:100]!r}, not a whole number of seconds.".encode()
    found = stats(service)["plots"][plot]
    assert found["origin"] == midnight
    assert found["series"]["y"]["x_range"] == [midnight, midnight + 2]


def test_a_page_of_another_version_is_told_to_reload(service: Service) -> None:
    for query in ({"v": VERSION + 1}, {"v": "x"}, {"v": None}):
        with connect(address(service, "/ws", "ws", **query), proxy=None) as socket:
            assert closing(Page(socket)) == (
                4002,
                f"This page is not of the relay's version {VERSION}: reload it.",
            )


@pytest.mark.parametrize("route", ["/ws", "/json"])
def test_a_socket_without_the_token_is_refused_before_it_opens(
    service: Service, route: str
) -> None:
    refused: list[tuple[dict[str, str], Origin | None]] = [
        ({"token": "wrong"}, None),
        ({}, Origin("http://evil.example")),
    ]
    for query, origin in refused:
        with (
            pytest.raises(InvalidStatus) as caught,
            connect(
                address(service, route, "ws", v=VERSION, **query),
                origin=origin,
                proxy=None,
            ),
        ):
            pass
        assert caught.value.response.status_code == 403


@pytest.mark.parametrize("route", ["/ws", "/json"])
def test_a_socket_to_a_plot_that_cannot_be_is_closed(service: Service, route: str) -> None:
    at = address(service, route, "ws", v=VERSION, plot="a\nb")
    with connect(at, proxy=None) as socket, pytest.raises(ConnectionClosed):
        socket.recv(PATIENCE)


# -- hostile names ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(service: Service, name: str) -> None:
    own(service).bind(name)(1, 2, series=name)
    own(service).send_command(SetOptions(name, {"title": name, "x_label": name}))
    with page(service, plot=name) as viewer:
        viewer.look()
        assert viewer.hear_of("series")["series"][0]["name"] == name
        assert viewer.said[0]["plot"] == viewer.said[0]["options"]["title"] == name
        viewer.until_x(1)
    assert stats(service)["plots"][name]["series"][name]["points"] == 1
    assert len(get(service, "/data", plot=name, series=name)[2]) == 16
    own(service).send_command(Close(name))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_never_appears_as_markup(service: Service, name: str) -> None:
    own(service).bind(name)(1, 2, series=name)
    own(service).send_command(SetOptions(name, {"title": name}))
    assert name.encode() not in get(service, "/", plot=name)[2]
    picture = get(service, "/snapshot", plot=name)[2].decode()
    elements = list(ET.fromstring(picture).iter())  # noqa: S314 - our own
    texts = [element.text for element in elements if element.tag.endswith("text")]
    assert {element.tag.rpartition("}")[2] for element in elements} <= {
        "svg", "desc", "rect", "path", "text", "tspan", "clipPath", "circle"
    }  # fmt: skip
    assert any(text and name[:4] in text for text in texts) or "\uffff" in name
    own(service).send_command(Close(name))


@pytest.mark.parametrize(
    "path", ["/<script>alert(1)</script>", "/static/<script>alert(1)</script>"]
)
def test_a_hostile_path_is_answered_as_text(service: Service, path: str) -> None:
    status, headers, _ = get(service, path.replace("<", "%3C").replace(">", "%3E"))
    assert (status, headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
