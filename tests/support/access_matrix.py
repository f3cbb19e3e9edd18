"""Who may come in: the table of Host, Origin and token, at port 8000."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

TOKEN = "right-0123456789-abcdefgh"
PORT: Final = 8000
PROXY = "hub.test:8888"
"""Host of a notebook's server, through which an output of ours was shown."""

HOSTS = {
    "ip": "127.0.0.1:8000",
    "ip6": "[::1]:8000",
    "name": "localhost:8000",
    "added": "lab.example",
    "proxy": PROXY,
    "foreign": "evil.example:8000",
    "prefix": "localhost:80",
    "suffix": "localhost:8000.evil.example",
    "port": "hub.test:9999",
    "case": "LOCALHOST:8000",
    "empty": "",
    "none": None,
}
TOKENS = {"none": None, "wrong": "wrong-0123456789-abcdefgh", "right": TOKEN}

# What is found wrong: H the Host, O the Origin, T the token, and a dot lets the request in.
# Each column is a Host, and in it the three tokens: none, wrong, right. A rebound name sends its
# own Host and Origin (evil.example:8000); a hostile page on another port of the same host has that
# port in its Origin (hub.test:9999, localhost:80), directly and through the proxy.
MATRIX = """
    Origin                              ip   ip6  name added proxy foreign prefix suffix port case empty none
    (none)                              TT.  TT.  TT.  TT.   TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://127.0.0.1:8000               TT.  TT.  TT.  TT.   TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:8000               TT.  TT.  TT.  TT.   TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://[::1]:8000                   TT.  TT.  TT.  TT.   TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    https://lab.example                 TT.  TT.  TT.  TT.   TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://hub.test:8888                OOO  OOO  OOO  OOO   TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    https://hub.test:8888               OOO  OOO  OOO  OOO   TT.   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://hub.test:9999                OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://hub.test                     OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://evil.example:8000            OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    null                                OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://evil.example                 OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:80                 OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost                    OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:8000.evil.example  OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://evil.example/localhost:8000  OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    http://localhost:8000/              OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    HTTP://LOCALHOST:8000               OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    lab.example                         OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    https://lab.example.evil.example    OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
    (empty)                             OOO  OOO  OOO  OOO   OOO   HHH     HHH    HHH    HHH  HHH  HHH   HHH
"""  # noqa: E501


COLUMNS, *ROWS = MATRIX.strip().splitlines()


class Cell(NamedTuple):
    """A request, by its headers, and its token; verdict: the letter that the matrix has."""

    host: str | None
    origin: str | None
    token: str | None
    verdict: str


def cells() -> Iterator[Cell]:
    """Yield all cells of the matrix."""
    for row in ROWS:
        said, *verdicts = row.split()
        origin = {"(none)": None, "(empty)": ""}.get(said, said)
        for host, letters in zip(COLUMNS.split()[1:], verdicts, strict=True):
            for token, letter in zip(TOKENS.values(), letters, strict=True):
                yield Cell(HOSTS[host], origin, token, letter)
