"""The addresses of a service."""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qs, urlsplit

import pytest

from zwsnb.display.ways import Ways
from zwsnb.server.doors.keys import Keys, made_at
from zwsnb.service.addresses.address import Address


@pytest.mark.parametrize(
    ("host", "plot", "query", "url"),
    [
        ("127.0.0.1", "plot", {}, "http://127.0.0.1:1234/?token=secret"),
        ("0.0.0.0", "plot", {}, "http://127.0.0.1:1234/?token=secret"),
        ("", "plot", {}, "http://127.0.0.1:1234/?token=secret"),
        ("lab.example", "p", {}, "http://lab.example:1234/?token=secret&plot=p"),
        (
            "127.0.0.1",
            "größe & <b>",
            {"a": "b"},
            "http://127.0.0.1:1234/?token=secret&plot=gr%C3%B6%C3%9Fe+%26+%3Cb%3E&a=b",
        ),
    ],
)
def test_the_address_of_a_plot(host: str, plot: str, query: dict[str, str], url: str) -> None:
    assert Address.http(host, 1234, "secret").page(plot, **query) == url


def test_the_address_of_a_page_is_the_address_of_its_service() -> None:
    address = Address.http("lab.example", 80, "a token+/")
    assert Address.of(address.page("some")) == address
    assert address.route("/plots") == "http://lab.example:80/plots?token=a+token%2B%2F"


def test_what_an_output_holds_opens_one_plot_and_nothing_else() -> None:
    page = Address.http("127.0.0.1", 1234, "secret").embedding("a b", Ways(), now=1000)
    keys = Keys("secret")
    fields = parse_qs(urlsplit(page.url).query)
    assert page.url.startswith("http://127.0.0.1:1234/?")
    assert set(fields) == {"plot", "ticket", "claim"}
    assert (fields["plot"], fields["ticket"]) == (["a b"], [keys.ticket("a b")])
    assert keys.is_claim(fields["claim"][0], "a b")
    assert made_at(fields["claim"][0]) == 1000
    assert (page.ask, page.key) == (keys.ask, keys.key)
    assert "secret" not in str(dataclasses.astuple(page))


def test_an_output_for_those_who_only_look_has_no_claim() -> None:
    page = Address.http("127.0.0.1", 1234, "secret").embedding("a b", Ways(), now=None)
    assert set(parse_qs(page.query)) == {"plot", "ticket"}


def test_the_default_plot_needs_no_name_in_an_output() -> None:
    page = Address.http("127.0.0.1", 1234, "secret").embedding("plot", Ways(), now=1000)
    assert page.query.startswith("ticket=")


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(Address.http("127.0.0.1", 1, "secret"))
