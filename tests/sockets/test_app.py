"""The site through real clients: every route, who may come in, pages that are slow, strange or
hostile names.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from support.eventually import PATIENCE, eventually
from support.services import Page, address, get, page, running, stats
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from zwsnb import __version__
from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.messages import VERSION
from zwsnb.server.page_client import JSON_BACKLOG
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


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as found:
        yield found


def own(service: Service) -> Publisher:
    """The publisher of the service's process."""
    assert service._publisher is not None
    return service._publisher


@pytest.fixture
def plot(service: Service, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of a plot for this test alone."""
    yield request.node.name
    own(service).send_command("close", request.node.name)


# -- routes ----------------------------------------------------------------------------------------

ROUTES = {
    "/": "text/html; charset=utf-8",
    "/static/dist/style.css": "text/css; charset=utf-8",
    "/static/dist/zwsnb.js": "text/javascript; charset=utf-8",
    "/stats": "application/json",
    "/snapshot": "image/svg+xml",
    "/csv": "text/csv; charset=utf-8",
}


@pytest.mark.parametrize(("path", "kind"), ROUTES.items())
def test_every_route_answers_and_is_careful(service: Service, path: str, kind: str) -> None:
    status, headers, body = get(service, path)
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
        ("/data", {"series": "none"}, 404, "There is no series 'none' in this plot."),
        ("/data", {}, 404, "There is no series '' in this plot."),
        ("/", {"plot": "x" * 257}, 400, "plot has 257 characters; a name has at most 256"),
        ("/snapshot", {"plot": "a\nb"}, 400, r"plot 'a\nb' has the control character '\n'"),
        ("/ws", {}, 400, "This address is for a WebSocket; the page is at /."),
        ("/json", {}, 400, "This address is for a WebSocket; the page is at /."),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    service: Service, path: str, query: dict[str, str], status: int, says: str
) -> None:
    found, headers, body = get(service, path, **query)
    assert (found, body.decode()) == (status, says)
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/", "/ws", "/json", "/stats", "/data", "/csv", "/snapshot", "/nothing"]
)
@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ({"token": None}, {}),
        ({"token": "wrong"}, {}),
        ({"token": ""}, {}),
        ({}, {"Host": "evil.example"}),
        ({}, {"Origin": "http://evil.example"}),
        ({}, {"Origin": "null"}),
    ],
)
def test_nobody_comes_in_without_token_host_and_origin(
    service: Service, path: str, query: Any, headers: dict[str, str]
) -> None:
    status, _, body = get(service, path, headers=headers, **query)
    assert status == 403
    assert body.decode().endswith(".")
    assert service.token not in body.decode()


def test_the_page_brings_what_it_needs_itself(service: Service) -> None:
    body = get(service, "/")[2].decode()
    assert "<script" in body
    assert "http://" not in body
    assert "https://" not in body
    assert service.token not in body


def test_a_query_of_very_many_words_is_no_request(service: Service) -> None:
    status, _, _ = get(service, "/stats", **{f"k{i}": "v" for i in range(100)})
    assert status in (400, 403)
    assert get(service, "/stats")[0] == 200


def strict(text: str | bytes) -> Any:
    """Read JSON as a browser does: NaN and Infinity are no JSON."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


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


# -- a page ----------------------------------------------------------------------------------------


def test_a_page_is_greeted_and_shown_what_there_is(service: Service, plot: str) -> None:
    own(service).send_command("options", plot, {"title": "Titel", "window": 30.0})
    own(service).bind(plot)([1, 2], [3, 4], series="a")
    with page(service, plot=plot) as viewer:
        hello = viewer.said[0]
        assert (hello["type"], hello["version"], hello["zwsnb"]) == ("hello", VERSION, __version__)
        assert (hello["plot"], hello["options"]["title"], hello["options"]["window"]) == (
            plot,
            "Titel",
            30.0,
        )
        viewer.look()
        assert viewer.hear_of("series")["series"] == [{"id": 0, "name": "a"}]
        viewer.until_x(2)
        assert viewer.page.vertices[0].tolist() == [[1, 3], [2, 4]]


def test_a_page_hears_of_what_comes_new(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look()
        publish(1, 1)
        viewer.until_x(1)
        publish(1, 1, series="b")
        assert viewer.hear_of("series")["series"] == [
            {"id": 0, "name": "y"},
            {"id": 1, "name": "b"},
        ]
        viewer.until_x(1, series=1)
        own(service).send_command("options", plot, {"style": "step"})
        assert viewer.hear_of("options")["options"]["style"] == "step"
        own(service).send_command("mark", plot, {"x": 1.0, "text": "here"})
        while not (marks := viewer.hear_of("marks"))["marks"]:
            pass
        assert marks["marks"] == [{"x": 1.0, "text": "here"}]
        own(service).send_command("clear", plot)
        publish(7, 7)
        viewer.until_x(7)
        assert viewer.page.vertices[0].tolist() == [[7, 7]]


def test_a_page_learns_the_difference_of_the_clocks(service: Service, plot: str) -> None:
    with page(service, plot=plot) as viewer:
        viewer.say("clock", sent=12.5)
        said = viewer.hear_of("clock")
        assert said["sent"] == 12.5
        assert said["clock"] > 1.7e9


def test_a_page_that_pauses_gets_nothing_and_is_current_at_once(
    service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look()
        publish(1, 1)
        viewer.until_x(1)
        viewer.look(paused=True)
        eventually(lambda: viewers(service, plot)[0]["paused"])
        patches = viewers(service, plot)[0]["patches"]
        publish(np.arange(2, 1000), np.zeros(998))
        assert viewers(service, plot)[0]["patches"] == patches
        viewer.look(paused=False)
        viewer.until_x(999)


def viewers(service: Service, plot: str) -> list[dict[str, Any]]:
    """The accounts of a plot's viewers."""
    found: list[dict[str, Any]] = stats(service)["plots"][plot]["viewers"]
    return found


def assert_account(viewer: dict[str, Any]) -> None:
    parts = [viewer[key] for key in ("delivered", "conflated", "dropped", "queued")]
    assert min(parts) >= 0
    assert sum(parts) == viewer["accepted"]


def test_a_page_that_never_acks_holds_up_nobody(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as silent, page(service, plot=plot) as good:
        silent.look()
        good.look()
        for i in range(100):
            publish(np.arange(i * 100, i * 100 + 100), np.zeros(100))
            good.until_x(i * 100 + 99)
            for viewer in viewers(service, plot):
                assert_account(viewer)
        eventually(lambda: viewers(service, plot)[1]["queued"] == 0)
        first, second = viewers(service, plot)
        assert (first["in_flight"], first["patches"], second["in_flight"]) == (2, 2, 0)
        assert second["patches"] >= 100
        while len(silent.owed) < 2:
            silent.hear()
        silent.until_x(9999)


def test_pages_come_and_go_and_nothing_of_them_stays(service: Service, plot: str) -> None:
    for _ in range(20):
        with page(service, plot=plot) as viewer:
            viewer.look()
    eventually(lambda: stats(service)["viewers"] == 0)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "3",
        "null",
        "{}",
        "[" * 30_000,
        '{"type": "ack"}',
        '{"type": "ack", "patch": 99}',
        '{"type": "ack", "patch": "1"}',
        '{"type": "ack", "patch": null}',
        '{"type": "view"}',
        '{"type": "view", "width": 1' + 400 * "0" + ', "mode": "all"}',
        '{"type": "view", "width": 10, "mode": "follow", "window": NaN}',
        '{"type": "view", "width": 10, "mode": "range", "from": 2, "to": 1}',
        '{"type": "clock"}',
        '{"type": "read", "id": 1, "x": "a"}',
        '{"type": "read", "id": 1, "x": 1' + 400 * "0" + "}",
        '{"type": "measure", "id": 1, "from": 1}',
        b"\xff\xfe binary",
    ],
)
def test_a_page_that_talks_nonsense_is_counted_and_served(
    service: Service, plot: str, message: str | bytes
) -> None:
    own(service).bind(plot)(1, 1)
    before = stats(service)["counts"].get("refused", {}).get("bad page message", 0)
    with page(service, plot=plot) as viewer:
        viewer.socket.send(message)
        viewer.look()
        viewer.until_x(1)
    assert stats(service)["counts"]["refused"]["bad page message"] == before + 1


@pytest.mark.parametrize(
    "message", ['{"type": "dance", "steps": 3}', '{"type": []}', '{"type": null}']
)
def test_words_of_tomorrow_are_ignored(service: Service, plot: str, message: str) -> None:
    own(service).bind(plot)(1, 1)
    with page(service, plot=plot) as viewer:
        viewer.socket.send(message)
        viewer.look()
        viewer.until_x(1)


@pytest.mark.parametrize("window", [1e-300, 1e-9, 1.7e308])
def test_a_page_may_look_at_any_width(service: Service, plot: str, window: float) -> None:
    publish = own(service).bind(plot)
    with page(service, plot=plot) as viewer:
        viewer.look(mode="follow", window=window)
        for x in (-1e308, 0.0, 1.7e9, 1e308):
            publish([x, x], [1, 2])
            viewer.until_x(x)


# -- the end ---------------------------------------------------------------------------------------


def closing(viewer: Page) -> tuple[int, str]:
    """Take messages until the connection ends; return its code and reason."""
    with contextlib.suppress(ConnectionClosed):
        while True:
            viewer.hear()
            viewer.ack()
    return viewer.socket.close_code or 0, viewer.socket.close_reason or ""


def test_a_page_of_another_version_is_told_to_reload(service: Service) -> None:
    for query in ({"v": VERSION + 1}, {"v": "x"}, {"v": None}):
        with connect(address(service, "/ws", "ws", **query), proxy=None) as socket:
            assert closing(Page(socket)) == (
                4002,
                f"This page is not of the relay's version {VERSION}: reload it.",
            )


def test_pages_of_a_closed_plot_are_told_so_and_others_are_not(service: Service, plot: str) -> None:
    with page(service, plot=plot) as viewer, page(service, plot="another") as other:
        own(service).send_command("close", plot)
        assert closing(viewer) == (4000, "The plot was closed.")
        other.look()
        own(service).bind("another")(1, 1)
        other.until_x(1)


def test_pages_are_told_that_the_service_stops() -> None:
    with running() as service, page(service) as viewer, page(service, plot="b") as other:
        service.stop("The kernel was restarted.")
        assert closing(viewer) == closing(other) == (4000, "The kernel was restarted.")


@pytest.mark.parametrize("route", ["/ws", "/json"])
def test_a_socket_without_the_token_is_refused_before_it_opens(
    service: Service, route: str
) -> None:
    for query, origin in (({"token": "wrong"}, None), ({}, "http://evil.example")):
        with (
            pytest.raises(InvalidStatus) as caught,
            connect(
                address(service, route, "ws", v=VERSION, **query),
                origin=origin,
                proxy=None,  # type: ignore[arg-type]
            ),
        ):
            pass
        assert caught.value.response.status_code == 403


@pytest.mark.parametrize("route", ["/ws", "/json"])
def test_a_socket_to_a_plot_that_cannot_be_is_closed(service: Service, route: str) -> None:
    at = address(service, route, "ws", v=VERSION, plot="a\nb")
    with connect(at, proxy=None) as socket, pytest.raises(ConnectionClosed):
        socket.recv(PATIENCE)


# -- /json -----------------------------------------------------------------------------------------


@contextlib.contextmanager
def reader(service: Service, plot: str, **query: str) -> Iterator[ClientConnection]:
    """A plain WebSocket client that is known to the service."""
    before = stats(service)["viewers"]
    with connect(address(service, "/json", "ws", plot=plot, **query), proxy=None) as socket:
        eventually(lambda: stats(service)["viewers"] == before + 1)
        yield socket


def test_json_gives_new_points_as_the_articles_own(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    publish(0, 0)
    with reader(service, plot) as socket:
        publish(1, 0.5)
        publish(2, math.nan, series="b")
        got = [strict(socket.recv(PATIENCE)) for _ in range(2)]
        assert got == [{"x": 1, "y": 0.5, "series": "y"}, {"x": 2, "y": None, "series": "b"}]


def test_json_may_be_of_one_series(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with reader(service, plot, series="b") as socket:
        publish(1, 1)
        publish(2, 2, series="b")
        assert strict(socket.recv(PATIENCE)) == {"x": 2, "y": 2, "series": "b"}
        eventually(lambda: viewers(service, plot)[0]["delivered"] == 1)
        assert_account(viewers(service, plot)[0])
        assert viewers(service, plot)[0]["queued"] == 0


def test_a_reader_that_is_behind_skips_to_the_newest_and_is_told_how_many(
    service: Service, plot: str
) -> None:
    n = 5 * JSON_BACKLOG
    with reader(service, plot) as socket:
        own(service).bind(plot)(np.arange(n), np.zeros(n))
        xs = [strict(socket.recv(PATIENCE))["x"] for _ in range(JSON_BACKLOG)]
        assert xs == list(range(n - JSON_BACKLOG, n))
        eventually(lambda: viewers(service, plot)[0]["delivered"] == JSON_BACKLOG)
        account = viewers(service, plot)[0]
        assert_account(account)
        assert (account["conflated"], account["queued"]) == (n - JSON_BACKLOG, 0)


def test_a_reader_that_does_not_read_holds_up_nobody(service: Service, plot: str) -> None:
    publish, n = own(service).bind(plot), 0
    with reader(service, plot) as socket, page(service, plot=plot) as viewer:
        viewer.look()
        while viewers(service, plot)[0]["queued"] < 3 * JSON_BACKLOG:
            publish(np.arange(n, n + 5000), np.full(5000, 1 / 3))
            n += 5000
            viewer.until_x(n - 1)
            assert_account(viewers(service, plot)[0])
        while strict(socket.recv(PATIENCE))["x"] != n - 1:
            pass
        account = viewers(service, plot)[0]
        assert account["conflated"] >= 2 * JSON_BACKLOG
        assert (account["accepted"], account["queued"]) == (n, 0)


def test_a_reader_goes_on_after_a_clear(service: Service, plot: str) -> None:
    publish = own(service).bind(plot)
    with reader(service, plot) as socket:
        publish([1, 2], [1, 2])
        assert [strict(socket.recv(PATIENCE))["x"] for _ in range(2)] == [1, 2]
        own(service).send_command("clear", plot)
        publish(3, 3)
        assert strict(socket.recv(PATIENCE))["x"] == 3
        eventually(lambda: viewers(service, plot)[0]["queued"] == 0)


# -- hostile names ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(service: Service, name: str) -> None:
    own(service).bind(name)(1, 2, series=name)
    own(service).send_command("options", name, {"title": name, "x_label": name})
    with page(service, plot=name) as viewer:
        viewer.look()
        assert viewer.hear_of("series")["series"] == [{"id": 0, "name": name}]
        assert viewer.said[0]["plot"] == viewer.said[0]["options"]["title"] == name
        viewer.until_x(1)
    assert stats(service)["plots"][name]["series"][name]["points"] == 1
    assert len(get(service, "/data", plot=name, series=name)[2]) == 16
    own(service).send_command("close", name)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_never_appears_as_markup(service: Service, name: str) -> None:
    own(service).bind(name)(1, 2, series=name)
    own(service).send_command("options", name, {"title": name})
    assert name.encode() not in get(service, "/", plot=name)[2]
    picture = get(service, "/snapshot", plot=name)[2].decode()
    elements = list(ET.fromstring(picture).iter())  # noqa: S314 - our own
    texts = [element.text for element in elements if element.tag.endswith("text")]
    assert {element.tag.rpartition("}")[2] for element in elements} <= {
        "svg", "rect", "path", "text", "clipPath", "circle"
    }  # fmt: skip
    assert any(text and name[:4] in text for text in texts) or "\uffff" in name
    own(service).send_command("close", name)


@pytest.mark.parametrize(
    "path", ["/<script>alert(1)</script>", "/static/<script>alert(1)</script>"]
)
def test_a_hostile_path_is_answered_as_text(service: Service, path: str) -> None:
    status, headers, _ = get(service, path.replace("<", "%3C").replace(">", "%3E"))
    assert (status, headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
