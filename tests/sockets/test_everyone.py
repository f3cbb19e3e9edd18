"""All views of a widget as one page: what they are sent; and nobody takes them for a reader."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from support.comm_page import CommPage
from support.services import own, stats, viewers

from zwsnb.service.backend import Backend
from zwsnb.service.service import Service


@pytest.fixture
def everyone(backend: Backend, service: Service, plot: str) -> Iterator[CommPage]:
    own(service).bind(plot)([1, 2], [3, 4])
    with contextlib.closing(CommPage(backend, plot, answers=False, everyone=True)) as page:
        page.until_told("hello")
        page.look()
        page.until_x(2)
        yield page


def test_every_patch_is_a_fresh_one(everyone: CommPage, service: Service, plot: str) -> None:
    for x in range(3, 8):
        own(service).bind(plot)(x, x)
        everyone.until_x(x)
    assert len(everyone.fresh) >= 5
    assert all(everyone.fresh)
    assert [said["open"] for said in everyone.of("pace")] == [True], "and never another"


def test_it_is_no_reader(everyone: CommPage, service: Service, plot: str) -> None:
    assert everyone.of("hello")[0]["edits"] is False
    assert (viewers(service, plot), stats(service)["viewers"]) == ([], 0)
    assert service.is_seen(plot) is False
    assert service.picture(plot) is None
    assert everyone.of("picture") == [], "it is not asked to draw"
