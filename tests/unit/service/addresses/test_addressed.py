"""Where a service says that its pages are."""

from __future__ import annotations

from zwsnb.display.ways import Ways
from zwsnb.service.addresses.address import Address
from zwsnb.service.addresses.addressed import Addressed


class Service(Addressed):
    def __init__(self) -> None:
        self._address = Address.http("127.0.0.1", 1234, "secret")
        self._ways = Ways()


def test_a_service_says_where_its_pages_are() -> None:
    service, base = Service(), "http://127.0.0.1:1234"
    assert service.url("p", a="b") == f"{base}/?token=secret&plot=p&a=b"
    assert service.plots_url() == f"{base}/plots?token=secret"
    assert service.proved("/csv", plot="p").url.startswith(f"{base}/csv?plot=p&proof=")
    assert service.url_for_once("p").startswith(f"{base}/?once=")
    assert service.embedding("p").plot == "p"
    claims = ["claim=" in service.embedding("p", claims=each).query for each in (True, False)]
    assert claims == [True, False]
    told = service.url_for_once(), service.embedding("p").url, service.proved("/csv").url
    assert not any("secret" in each for each in told)
