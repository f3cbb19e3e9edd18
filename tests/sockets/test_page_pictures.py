"""A page is asked for its own drawing, over a real WebSocket: who is, and what is taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from support.eventually import PATIENCE, eventually
from support.services import Page, get, own, page, stats, viewers
from support.tiny_png import PNG

from zwsnb.clients import drawings
from zwsnb.display.picture import MOST_BYTES, Drawing
from zwsnb.server.doors.keys import Keys
from zwsnb.service.backend import Backend
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service

DRAWING = Drawing(PNG, 900.0, 359.5)


@pytest.fixture
def asker() -> Iterator[ThreadPoolExecutor]:
    """Asks in threads of its own, as a kernel does."""
    with ThreadPoolExecutor(2) as made:
        yield made


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "DRAWN_WITHIN", 0.2)


def settle(service: Service, plot: str, viewer: Page) -> None:
    """Have a page look, and paint what there is."""
    viewer.look()
    viewer.until_x(1)
    eventually(lambda: all(one["in_flight"] == 0 for one in viewers(service, plot)))


def answer(viewer: Page, png: str | None = PNG) -> None:
    """Take a question, and answer it."""
    number = viewer.hear_of("picture")["id"]
    viewer.say("picture", id=number, png=png, width=900, height=359.5)


def result(asked: Future[Drawing | None]) -> Drawing | None:
    return asked.result(PATIENCE)


def refused(service: Service) -> int:
    """How many messages of pages could not be used."""
    return stats(service)["counts"].get("refused", {}).get("bad page message", 0)


def test_a_page_that_looks_draws(
    backend: Backend, service: Service, plot: str, asker: ThreadPoolExecutor
) -> None:
    own(service).bind(plot)(1, 1)
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        asked = asker.submit(backend.picture, plot)
        answer(viewer)
        assert result(asked) == DRAWING


def test_the_points_that_were_published_before_are_painted_first(
    backend: Backend, service: Service, plot: str, asker: ThreadPoolExecutor
) -> None:
    publish = own(service).bind(plot)
    publish(1, 1)
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        publish(2, 2)
        asked = asker.submit(backend.picture, plot)
        viewer.until_x(2)
        assert [said for said in viewer.said if said["type"] == "picture"] == []
        answer(viewer)
        assert result(asked) == DRAWING


def test_where_no_page_looks_nobody_is_asked(backend: Backend, service: Service, plot: str) -> None:
    assert backend.picture(plot) is None
    own(service).bind(plot)(1, 1)
    assert backend.picture(plot) is None
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        viewer.look(paused=True)
        eventually(lambda: viewers(service, plot)[0]["paused"])
        assert backend.picture(plot) is None


def test_of_several_pages_the_one_that_was_moved_last_draws(
    service: Service, plot: str, asker: ThreadPoolExecutor
) -> None:
    own(service).bind(plot)(1, 1)
    with page(service, plot=plot) as first, page(service, plot=plot) as second:
        for viewer in (first, second):
            settle(service, plot, viewer)
        for viewer in (second, first):
            viewer.look(mode="range", **{"from": 0, "to": 2})
            viewer.say("clock", sent=0)
            viewer.hear_of("clock")
            viewer.ack()
            asked = asker.submit(service.picture, plot)
            answer(viewer)
            assert result(asked) == DRAWING


@pytest.mark.usefixtures("hurry")
def test_a_page_that_may_only_look_is_not_asked_and_its_answers_are_refused(
    service: Service, plot: str, asker: ThreadPoolExecutor
) -> None:
    own(service).bind(plot)(1, 1)
    keys = Keys(service.token)
    with page(service, plot=plot, token=None, ticket=keys.ticket(plot)) as viewer:
        settle(service, plot, viewer)
        before = refused(service)
        asked = asker.submit(service.picture, plot)
        for number in range(3):
            viewer.say("picture", id=number, png=PNG, width=900, height=359)
        assert result(asked) is None
        eventually(lambda: refused(service) == before + 3)
    with page(service, plot=plot, token=None, ticket=keys.editor(plot)) as viewer:
        settle(service, plot, viewer)
        asked = asker.submit(service.picture, plot)
        answer(viewer)
        assert result(asked) == DRAWING


def test_an_answer_that_nobody_asked_for_is_refused_and_the_page_is_served(
    service: Service, plot: str
) -> None:
    own(service).bind(plot)(1, 1)
    before = refused(service)
    with page(service, plot=plot) as viewer:
        viewer.say("picture", id=1, png=PNG, width=900, height=359)
        viewer.look()
        viewer.until_x(1)
    assert refused(service) == before + 1


def test_the_largest_picture_comes_through(
    service: Service, plot: str, asker: ThreadPoolExecutor
) -> None:
    own(service).bind(plot)(1, 1)
    png = PNG[:32] + (MOST_BYTES - 32) * "A"
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        asked = asker.submit(service.picture, plot)
        answer(viewer, png)
        assert result(asked) == Drawing(png, 900.0, 359.5)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("png", ["no picture", PNG[:12] + MOST_BYTES * "A"])
def test_what_is_no_picture_is_refused_and_there_is_none(
    service: Service, plot: str, png: str, asker: ThreadPoolExecutor
) -> None:
    own(service).bind(plot)(1, 1)
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        before = refused(service)
        asked = asker.submit(service.picture, plot)
        answer(viewer, png)
        assert result(asked) is None
        assert refused(service) == before + 1


@pytest.mark.usefixtures("hurry")
def test_a_page_of_a_version_that_knows_nothing_of_it_is_asked_once_and_served(
    backend: Backend, service: Service, plot: str
) -> None:
    publish = own(service).bind(plot)
    publish(1, 1)
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        assert backend.picture(plot) is None
        assert backend.picture(plot) is None
        publish(2, 2)
        viewer.until_x(2)
        assert [said["id"] for said in viewer.said if said["type"] == "picture"] == [1]


def test_nobody_waits_for_a_page_that_goes(
    service: Service, plot: str, asker: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawings, "DRAWN_WITHIN", 1000.0)
    own(service).bind(plot)(1, 1)
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        asked = asker.submit(service.picture, plot)
        viewer.hear_of("picture")
    assert result(asked) is None


def test_the_route_answers_in_json(service: Service, plot: str, asker: ThreadPoolExecutor) -> None:
    own(service).bind(plot)(1, 1)
    assert get(service, "/picture", plot=plot)[2] == b"null"
    ticket = Keys(service.token).ticket(plot)
    assert get(service, "/picture", plot=plot, token=None, ticket=ticket)[0] == 403
    with page(service, plot=plot) as viewer:
        settle(service, plot, viewer)
        asked = asker.submit(get, service, "/picture", plot=plot)
        answer(viewer)
        status, headers, body = asked.result(PATIENCE)
        assert (status, headers["Content-Type"]) == (200, "application/json")
        assert Remote(own(service), service.info).picture("none") is None
        assert b'"width": 900' in body
