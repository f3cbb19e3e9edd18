"""What a service answers to a page that reaches it by a comm only."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from zwsnb.server.doors.answers import PROVED
from zwsnb.service.addresses.asking import AnotherProgram, Connection, Response

PIECE: Final = 64 * 1024
"""Bytes of an answer in one message."""

ANSWERS_WITHIN: Final = 60.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer by HTTP; its body comes in pieces."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


def get(address: str, proof: str | None = None) -> Answer:
    """Ask a service of this machine; nothing is believed of one that does not answer with `proof`.

    Raises:
        OSError: it does not answer, or is another program.
    """
    parts = urlsplit(address)
    connection = Connection(parts.netloc, timeout=ANSWERS_WITHIN)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        response = connection.getresponse()
        if proof not in (None, response.headers.get(PROVED)):
            raise AnotherProgram
    except (http.client.HTTPException, OSError) as error:
        connection.close()
        raise OSError(f"the zwsnb service does not answer ({error})") from error
    response.timely.trust()
    return Answer(response.status, dict(response.headers), _pieces(connection, response))


def _pieces(connection: Connection, response: Response) -> Iterator[bytes]:
    try:
        while piece := response.read(PIECE):
            yield piece
        if response.length:  # of a body of a known length, the end of the connection is no error
            raise http.client.IncompleteRead(b"", response.length)
    except http.client.HTTPException as error:
        raise OSError(f"the zwsnb service has stopped in mid-answer ({error})") from error
    finally:
        connection.close()
