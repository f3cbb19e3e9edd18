"""Tickets, claims and the question, through real clients and a proxy's headers."""

from __future__ import annotations

import json
import re
import time
from socket import create_connection
from typing import Any
from urllib.parse import urlencode

import pytest
from support.eventually import PATIENCE
from support.services import Page, get, own, running, stats
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from zwsnb.producer.publisher import Publisher
from zwsnb.protocol.messages import VERSION
from zwsnb.server.doors.keys import Keys
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service

PROXY = {"Host": "hub.test:8888"}
HUB = Origin("http://hub.test:8888")
ASKED: dict[str, Any] = {"point": "9"}  # of what an output makes up


def keys(service: Service) -> Keys:
    return Keys(service.token)


def socket(
    service: Service, path: str, origin: Origin | None = None, *words: str, **query: object
) -> ClientConnection:
    """A WebSocket with no token in its address, whose Host is that of its Origin; words: what it
    brings as subprotocols.
    """
    host = origin.partition("//")[2] if origin else f"127.0.0.1:{service.port}"
    return connect(
        f"ws://{host}{path}?{urlencode(query)}",
        sock=create_connection(("127.0.0.1", service.port)),
        origin=origin,
        subprotocols=[Subprotocol(word) for word in ("zwsnb", *words)],
        proxy=None,
    )


def watching(service: Service, plot: str, *words: str, origin: Origin | None = None) -> Page:
    return Page(socket(service, "/ws", origin, *words, plot=plot, v=VERSION))


def hello(viewer: Page) -> dict[str, object]:
    message = viewer.hear()
    assert message is not None
    return message


# -- the question ----------------------------------------------------------------------------------


def test_who_asks_is_told_who_this_is(service: Service) -> None:
    mine = keys(service)
    status, _, body = get(service, "/alive", ask=mine.ask, token=None, **ASKED)
    assert (status, body.decode()) == (200, mine.answer(ASKED))
    with socket(service, "/alive", None, ask=mine.ask, **ASKED) as asked:
        assert asked.recv(PATIENCE) == mine.answer(ASKED)


def test_who_has_asked_before_has_no_answer_to_what_another_asks(service: Service) -> None:
    mine, answers = keys(service), set()
    for point in ("9", "a"):
        answers.add(get(service, "/alive", ask=mine.ask, point=point, token=None)[2])
    assert len(answers) == 2
    nothings: list[dict[str, Any]] = [{}, {"point": ""}, {"point": "no number"}]
    for nothing in nothings:
        status, _, body = get(service, "/alive", ask=mine.ask, token=None, **nothing)
        assert (status, body.endswith(b"is no point")) == (400, True)


def test_a_page_that_was_let_in_knows_who_answers_before_it_comes_again(service: Service) -> None:
    viewer = watching(service, "p", f"ticket.{keys(service).ticket('p')}")
    with viewer.socket:
        again = hello(viewer)["again"]
    assert isinstance(again, dict)
    status, _, body = get(service, "/alive", ask=again["ask"], of=again["of"], token=None)
    assert (status, body.decode()) == (200, again["answer"])
    _, headers, _ = get(service, "/stats")
    ask, of, answer = headers["X-Zwsnb-Again"].split(" ")
    assert get(service, "/alive", ask=ask, of=of, token=None)[2].decode() == answer
    assert again["answer"] != answer


def test_a_page_of_an_earlier_service_is_told_so(service: Service) -> None:
    status, _, body = get(service, "/alive", ask="x" * 32, of="q", token=None)
    assert status == 403
    assert body.startswith(b"The page is not this server's, perhaps an earlier one's: take the")


@pytest.mark.parametrize("path", ["/csv", "/html", "/plot", "/snapshot"])
def test_a_ticket_of_a_plot_that_has_gone_tells_no_names_of_others(
    service: Service, path: str
) -> None:
    own(service).bind("secret name")(1, 1)
    ticket = keys(service).ticket("gone")
    status, _, body = get(service, path, plot="gone", ticket=ticket, token=None)
    assert (status, body) == (404, b"plot 'gone' has had no points")
    assert b"secret name" in get(service, path, plot="gone")[2]


@pytest.mark.parametrize("ask", [None, "", "x" * 32])
def test_who_does_not_know_the_question_is_told_nothing(service: Service, ask: str | None) -> None:
    status, _, body = get(service, "/alive", ask=ask, **ASKED)
    assert status == 403
    assert keys(service).answer(ASKED) not in body.decode()
    with pytest.raises(InvalidStatus):
        socket(service, "/alive", None, ask=ask, **ASKED)


def test_a_notebooks_server_is_found_by_the_question_and_not_before(service: Service) -> None:
    mine = keys(service)
    for path in ("/", "/static/dist/zwsnb.js", "/plot"):
        assert get(service, path, PROXY)[0] == 403
    with pytest.raises(InvalidStatus):
        watching(service, "p", f"ticket.{mine.ticket('p')}", origin=HUB)
    with socket(service, "/alive", HUB, ask=mine.ask, **ASKED) as asked:
        assert asked.recv(PATIENCE) == mine.answer(ASKED)
    assert get(service, "/", PROXY, token=None, ticket=mine.ticket("plot"))[0] == 200
    assert get(service, "/static/dist/zwsnb.js", PROXY, token=None)[0] == 200
    with watching(service, "p", f"ticket.{mine.ticket('p')}", origin=HUB).socket:
        found = stats(service)["plots"]["p"]["viewers"]
        assert [viewer["through"] for viewer in found] == ["hub.test:8888"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_notebooks_server_stays_found_when_the_service_is_restarted(whole: bool) -> None:
    with running() as service:
        mine = keys(service)
        with socket(service, "/alive", HUB, ask=mine.ask, **ASKED) as asked:
            assert asked.recv(PATIENCE) == mine.answer(ASKED)
        service._is_whole = whole  # else nothing that its relay holds goes on
        service.restart()
        assert get(service, "/", PROXY, token=None, ticket=mine.ticket("plot"))[0] == 200


def test_a_proxy_that_changes_the_host_is_told_what_to_add(service: Service) -> None:
    mine = keys(service)
    with connect(
        f"ws://inner:1/alive?{urlencode({'ask': mine.ask} | ASKED)}",
        sock=create_connection(("127.0.0.1", service.port)),
        origin=Origin("https://outer"),
        proxy=None,
    ) as asked:
        text = str(asked.recv(PATIENCE))
    assert text.startswith(f"{mine.answer(ASKED)} A proxy changes the Host to 'inner:1'")
    assert "zwsnb.start(hosts=[..], origins=[..])" in text
    assert get(service, "/static/dist/zwsnb.js", {"Host": "inner:1"})[0] == 403


# -- keys ------------------------------------------------------------------------------------------


def test_a_key_may_come_as_a_subprotocol(service: Service, plot: str) -> None:
    own(service).bind(plot)(1, 2)
    for key in (f"token.{service.token}", f"ticket.{keys(service).ticket(plot)}"):
        with watching(service, plot, key).socket as opened:
            assert opened.subprotocol == "zwsnb"
            viewer = Page(opened)
            assert hello(viewer)["edits"] is key.startswith("token")
            viewer.look().until_x(1)


def test_a_ticket_opens_what_is_of_its_plot(service: Service, plot: str) -> None:
    own(service).bind(plot)([1, 2], [3, 4])
    ticket = keys(service).ticket(plot)

    def ask(path: str, of: str = plot) -> tuple[int, bytes]:
        status, _, body = get(service, path, token=None, ticket=ticket, plot=of)
        return status, body

    assert ask("/")[0] == 200
    assert ask("/snapshot")[1].startswith(b"<svg")
    assert ask("/csv")[1].count(b"\n") == 3
    assert json.loads(ask("/plot")[1]) == {"points": 2}
    for path in ("/", "/csv", "/html", "/plot", "/snapshot"):
        assert ask(path, of="other")[0] == 403
    for path in ("/stats", "/plots", "/data", "/json"):
        status, body = ask(path)
        assert (status, body[:27]) == (403, b"A ticket only looks at its ")
    with pytest.raises(InvalidStatus):
        watching(service, "other", f"ticket.{ticket}")


def test_plot_answers_only_for_a_plot_that_there_is(service: Service) -> None:
    assert get(service, "/plot", plot="invented")[0] == 404


def names(service: Service, plot: str) -> list[str]:
    return list(stats(service)["plots"][plot]["series"])


def test_a_page_with_a_ticket_renames_and_removes_nothing(service: Service, plot: str) -> None:
    own(service).bind(plot)(1, 2)
    with watching(service, plot, f"ticket.{keys(service).ticket(plot)}").socket as opened:
        viewer = Page(opened).look()
        ident = viewer.hear_of("series")["series"][0]["id"]
        viewer.say("rename", id=ident, to="other").say("remove", id=ident)
        viewer.say("read", id=7, x=1).hear_of("read")
        assert names(service, plot) == ["y"]
        assert stats(service)["counts"]["refused"]["bad page message"] >= 2


def test_the_first_page_that_brings_a_claim_edits(service: Service, plot: str) -> None:
    own(service).bind(plot)(1, 2)
    fields = dict(re.findall(r"(\w+)=([^&]+)", service.embedding(plot).query))
    words = f"ticket.{fields['ticket']}", f"claim.{fields['claim']}"
    with watching(service, plot, *words).socket as first:
        viewer = Page(first)
        greeting = hello(viewer)
        assert (greeting["edits"], greeting["editor"]) == (True, keys(service).editor(plot))
        ident = viewer.look().hear_of("series")["series"][0]["id"]
        viewer.say("rename", id=ident, to="loss")
        while viewer.hear_of("series")["series"][0]["name"] != "loss":
            pass
    with watching(service, plot, *words).socket as second:
        greeting = hello(Page(second))
        assert greeting["edits"] is False
        assert "editor" not in greeting
    with watching(service, plot, f"ticket.{keys(service).editor(plot)}").socket as again:
        assert hello(Page(again))["edits"] is True


def test_a_claim_alone_opens_nothing(service: Service, plot: str) -> None:
    claim = keys(service).claim(plot, time.time())
    with pytest.raises(InvalidStatus):
        watching(service, plot, f"claim.{claim}")
    with watching(service, plot, f"ticket.{keys(service).ticket(plot)}", f"claim.{claim}").socket:
        pass


# -- a way that is set -----------------------------------------------------------------------------

FAR = {"Host": "t.test", "Origin": "https://t.test"}


def test_the_page_may_be_at_the_address_that_is_set() -> None:
    with running(proxy="https://t.test/{port}/") as service:
        assert service.embedding("p").url.startswith(f"https://t.test/{service.port}/?plot=p&")
        assert get(service, "/", FAR)[0] == 200
        key = f"ticket.{keys(service).ticket('p')}"
        with watching(service, "p", key, origin=Origin("https://t.test")).socket:
            (viewer,) = stats(service)["plots"]["p"]["viewers"]
            assert viewer["through"] == "t.test"
        # A tunnel may tell its own Host, and the page's Origin.
        assert get(service, "/", {"Origin": "https://t.test"})[0] == 200


def test_the_address_can_be_set_while_it_runs() -> None:
    with running() as service:
        assert get(service, "/", FAR)[0] == 403
        assert service.set_proxy("https://t.test/{port}/") == "https://t.test/{port}/"
        assert get(service, "/", FAR)[0] == 200
        assert service.set_proxy("") == ""
        assert service.embedding("p").url.startswith("http://127.0.0.1:")


def test_the_environment_sets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZWSNB_PROXY_URL", "/lab/{port}/")
    with running() as service:
        assert service.embedding("p").ways.template == "/lab/{port}/"
    monkeypatch.setenv("ZWSNB_PROXY_URL", "/lab/")
    with pytest.raises(ValueError, match=r"^ZWSNB_PROXY_URL is '/lab/'; it needs \{port\}"):
        Service.start()


def test_what_another_process_shows_is_what_the_service_itself_would(service: Service) -> None:
    remote = Remote(Publisher(), service.info)
    ours, theirs = service.embedding("p"), remote.embedding("p")
    assert (ours.base, ours.ask, ours.key) == (theirs.base, theirs.ask, theirs.key)
    assert remote.set_proxy("/x/{port}/") == "/x/{port}/"
    assert remote.embedding("p").ways.template == "/x/{port}/"
