"""What front ends are shown that do not run what an output brings."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from zwsnb import api
from zwsnb.display.embed import Embedding
from zwsnb.display.ways import Ways
from zwsnb.notebook import unscripted

APART = "https://{port}.lab.test/"
SHARED = "https://lab.test/proxy/{port}/"


def lead(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a service to which this template leads."""
    page = Embedding("p", "http://127.0.0.1:4000", "plot=p", "ask", "answer", Ways(proxy))
    service: Any = SimpleNamespace(
        is_running=True, embedding=lambda _, **_claims: page, stats=lambda: {"plots": {}}
    )
    monkeypatch.setattr(api, "_service", service)


@pytest.mark.parametrize(
    ("proxy", "front_end", "takes"),
    [
        (SHARED, "frame", True),
        ("/proxy/{port}/", "frame", True),
        (APART, "frame", False),
        ("", "frame", False),
        (SHARED, None, False),
    ],
)
def test_the_widget_is_shown_where_a_frame_would_not_be_kept_apart(
    proxy: str, front_end: str | None, takes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(proxy, monkeypatch)
    monkeypatch.delitem(sys.modules, "marimo", raising=False)
    assert unscripted.takes_widget("p", front_end) is takes


@pytest.mark.parametrize(("proxy", "takes"), [(SHARED, True), (APART, False), ("", False)])
def test_in_a_notebook_of_marimos_too_but_not_where_that_is_imported_only(
    proxy: str, takes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(proxy, monkeypatch)
    for runs in (False, True):
        marimo = SimpleNamespace(running_in_notebook=lambda runs=runs: runs)
        monkeypatch.setitem(sys.modules, "marimo", marimo)
        assert unscripted.takes_widget("p", None) is (takes and runs)


@pytest.mark.parametrize(
    ("proxy", "begin"),
    [
        ("", 'src="http://127.0.0.1:4000/?plot=p"'),
        (APART, 'src="https://4000.lab.test/?plot=p"'),
        (SHARED, '<a href="https://lab.test/proxy/4000/?plot=p"'),
        ("/proxy/{port}/", '<a href="/proxy/4000/?plot=p"'),
    ],
)
def test_where_there_is_no_widget_it_is_a_link(
    proxy: str, begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(proxy, monkeypatch)
    html = unscripted.html("p", 360)
    assert begin in html
    assert ("<iframe" in html) is not ("<a " in html)
