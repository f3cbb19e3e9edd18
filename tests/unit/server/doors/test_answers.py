"""What every answer says besides its content."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from zwsnb.server.doors.answers import SAFE, policy, with_safe


def rules(
    host: str | None = "127.0.0.1:8000", *origins: str, framers: Iterable[str] | None = ()
) -> dict[str, str]:
    return dict(rule.split(" ", 1) for rule in policy(host, origins, framers).split("; "))


def test_an_answer_is_careful_where_it_does_not_say_otherwise() -> None:
    assert with_safe([]) == list(SAFE)
    said = with_safe([("cache-control", "no-cache"), ("X-More", "1")])
    assert dict(said)["X-More"] == "1"
    assert [value for name, value in said if name.lower() == "cache-control"] == ["no-cache"]
    assert dict(said)["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1:8000", " ws://127.0.0.1:8000 wss://127.0.0.1:8000"),
        ("lab.example", " ws://lab.example wss://lab.example"),
        ("[::1]:8000", ""),  # which no policy can name: 'self' is what there is
        ("a; script-src *", ""),
        (None, ""),
    ],
)
def test_a_page_connects_to_its_own_origin_alone(host: str | None, own: str) -> None:
    assert rules(host)["connect-src"] == f"'self'{own}"
    assert "*" not in rules(host)["script-src"]


def test_a_page_behind_a_proxy_that_changes_the_host_connects_to_that() -> None:
    own = rules("inner:1", "https://outer.example")["connect-src"].split()
    assert {"wss://outer.example", "ws://inner:1"} <= set(own)


def test_what_the_token_opens_is_framed_by_pages_of_this_machine_and_listed_ones() -> None:
    known = ["https://lab.example", "http://x; script-src *", "http://[::1]:1"]
    found = rules(framers=known)["frame-ancestors"].split()
    assert {"'self'", "http://localhost:*", "http://127.0.0.1:*", "vscode-webview:"} <= {*found}
    assert found[-1] == "https://lab.example"
    assert "*" not in found


def test_what_a_ticket_opens_is_framed_by_whatever_shows_the_notebook() -> None:
    assert "frame-ancestors" not in rules(framers=None)


@pytest.mark.parametrize("framers", [None, ()])
def test_nothing_inline_and_nothing_of_others_runs(framers: Iterable[str] | None) -> None:
    found = rules(framers=framers)
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["frame-src"] == "'self'"
    assert "unsafe" not in str(found)
