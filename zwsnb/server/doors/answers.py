"""What every answer says besides its content: who may show it in a frame, what it may reach, and
that nobody keeps it or guesses what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

OF_REQUEST: Final = "zwsnb.headers"
"""Where a request's WSGI environment has the headers of its answer that are about the request."""

PROVED: Final = "X-Zwsnb-Proof"
"""The header by which a service proves itself to who has proved that it knows the token."""

AGAIN: Final = "X-Zwsnb-Again"
"""The header by which a page without a WebSocket is told what to ask first the next time."""

BRIEF: Final = "X-Zwsnb-Brief"
"""The header by which a page is told what gets the same file once more, by an address."""

SAFE: Final = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'"),
)
"""What stands in an answer that does not say otherwise."""

_NEAR: Final = (
    "'self'",
    *(
        f"{scheme}://{name}:*"
        for scheme in ("http", "https")
        for name in ("127.0.0.1", "localhost")
    ),
    *("vscode-webview:", "vscode-file:"),
)
"""Whose pages may show that which the token opens: our own, this machine's, and VS Code's."""

_NAMED: Final = re.compile(r"[\w.-]+(:\d+)?", re.ASCII)
_ORIGIN: Final = re.compile(rf"https?://{_NAMED.pattern}", re.ASCII)
"""What may be a source in a policy, where a semicolon begins another rule: no address of IPv6."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer to a request that does not reach the application; count: the reason by which it is
    counted, empty for one that is no refusal.
    """

    status: str
    body: bytes
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    count: str = "forbidden"


def with_safe(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return headers, and those of `SAFE` that they do not say."""
    given = list(headers)
    said = {name.lower() for name, _ in given}
    return [*given, *(pair for pair in SAFE if pair[0].lower() not in said)]


def policy(host: str | None, origins: Iterable[str], framers: Iterable[str] | None) -> str:
    """Return the Content-Security-Policy of an answer.

    host: the request's Host, if it is ours: a page connects to it and to nothing else. origins:
    those that the user has added, since a proxy may change the Host. framers: whose pages may show
    this one in a frame, besides ours and those of this machine; None: anybody's, of what a
    notebook's output shows, for whoever has its ticket has been given the output.
    """
    hosts = {host, *(origin.partition("//")[2] for origin in origins)}
    named = sorted(each for each in hosts if each and _NAMED.fullmatch(each))
    sockets = [f"{scheme}://{each}" for each in named for scheme in ("ws", "wss")]
    rules = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        " ".join(("connect-src 'self'", *sockets)),
        "img-src 'self' data: blob:",
        "frame-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    if framers is not None:
        others = sorted(each for each in framers if _ORIGIN.fullmatch(each))
        rules.append(" ".join(("frame-ancestors", *_NEAR, *others)))
    return "; ".join(rules)
