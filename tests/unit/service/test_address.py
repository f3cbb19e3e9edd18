"""The addresses of a service."""

from __future__ import annotations

import pytest

from zwsnb.service.address import Address


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


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(Address.http("127.0.0.1", 1, "secret"))
