"""How a service of another process is asked: directly, and believed when it has proved itself."""

from __future__ import annotations

from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    OpenerDirector,
    UnknownHandler,
)

from zwsnb.server.doors.answers import PROVED

if TYPE_CHECKING:
    from zwsnb.service.addresses.address import Proved

_HANDLERS: Final = (HTTPHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor, UnknownHandler)
"""Those of `build_opener` without proxies, which an address of this machine does not need, and
without HTTPS, which reads all certificates there are from Python 3.12 on: 100 ms where a call of an
empty function takes 0.17 us.
"""

direct: Final = OpenerDirector()
for _handler in _HANDLERS:
    direct.add_handler(_handler())


class AnotherProgram(HTTPException):
    """Who answers at the service's port does not know its token."""

    def __str__(self) -> str:
        return "another program has its port"


def ask(asked: Proved, patience: float) -> bytes:
    """Return the body of an answer.

    Raises:
        HTTPError, URLError, HTTPException: there is none within `patience` seconds, or none that
            could be used; as an `AnotherProgram`, none of the service.
    """
    with direct.open(asked.url, timeout=patience) as answer:
        if answer.headers.get(PROVED) != asked.answer:
            raise AnotherProgram
        content: bytes = answer.read()
        return content
