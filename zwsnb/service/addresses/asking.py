"""How a service of another process is asked: directly, and believed when it has proved itself.

Until then it is anybody, who has as long to answer as the question waits, in all and not for each
byte anew, and one sentence to say why not.
"""

from __future__ import annotations

import io
import time
from http.client import (
    BadStatusLine,
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    RemoteDisconnected,
    UnknownProtocol,
)
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.error import HTTPError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from zwsnb.server.doors.answers import PROVED

if TYPE_CHECKING:
    import socket

    from zwsnb.service.addresses.address import Proved

_LONGEST: Final = 300
"""Bytes that are read of what anybody says."""


class _Timely(io.RawIOBase):
    """What comes by a socket within its timeout, in all."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._raw = sock, sock.makefile("rb", buffering=0)
        self._patience: float | None = sock.gettimeout()
        self._end = time.monotonic() + (self._patience or 0)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        """Read what has come.

        Raises:
            TimeoutError: nothing has, or the time is over.
        """
        if self._patience is not None:
            if (left := self._end - time.monotonic()) <= 0:  # though more may have come
                raise TimeoutError("the answer did not end in time")
            self._sock.settimeout(left)
        read: int | None = self._raw.readinto(buffer)
        return read

    def trust(self) -> None:
        """Wait as long for each byte from now on."""
        self._sock.settimeout(self._patience)
        self._patience = None

    def close(self) -> None:
        """Close the connection."""
        self._raw.close()
        super().close()


class Response(HTTPResponse):
    """An answer of anybody."""

    def __init__(self, sock: socket.socket, *rest: Any, **more: Any) -> None:
        super().__init__(sock, *rest, **more)
        self.fp.close()
        self.timely = _Timely(sock)
        self.fp = io.BufferedReader(self.timely)

    def begin(self) -> None:
        """Read the head.

        Raises:
            HTTPException, OSError: it is none; as an `AnotherProgram`, where the error would say
                what has come, which may be orders for a terminal.
        """
        try:
            super().begin()
        except RemoteDisconnected:
            raise
        except (BadStatusLine, UnknownProtocol):
            raise AnotherProgram from None


class Connection(HTTPConnection):
    """A connection to anybody."""

    response_class = Response

    def getresponse(self) -> Response:
        """Return the head of the answer, whose body is read later."""
        return cast("Response", super().getresponse())


class _Handler(HTTPHandler):
    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(Connection, req)


_HANDLERS: Final = (_Handler, HTTPDefaultErrorHandler, HTTPErrorProcessor, UnknownHandler)
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


class Refused(HTTPException):
    """An answer with an error; the text says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def ask(asked: Proved, patience: float) -> bytes:
    """Return the body of an answer.

    Raises:
        URLError, HTTPException, OSError: there is none within `patience` seconds, or none that
            could be used; as a `Refused`, there is an error; as an `AnotherProgram`, none of the
            service.
    """
    try:
        with direct.open(asked.url, timeout=patience) as answer:
            if answer.headers.get(PROVED) != asked.answer:
                raise AnotherProgram
            answer.timely.trust()
            content: bytes = answer.read()
            return content
    except HTTPError as error:
        with error:
            raise _refused(error, asked.answer) from None


def _refused(error: HTTPError, proof: str) -> HTTPException:
    """Return what an error says; a service that was started anew, with another token, cannot prove
    itself to who has the old one.
    """
    if error.headers.get(PROVED) == proof:
        return Refused(error.code, error.read().decode(errors="replace"))
    if error.code == 404:
        return AnotherProgram()
    said = error.read(_LONGEST).decode(errors="replace")
    return Refused(error.code, "".join(each if each.isprintable() else " " for each in said))
