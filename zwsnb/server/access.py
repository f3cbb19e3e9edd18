"""Who may come in.

Any page in the browser and any user of the machine can reach a loopback port, so an open port is no
permission. A request is let in when its Host is ours (no rebound DNS name), its Origin, if a page
sent it, is ours (no foreign page), and it brings the token (no other user). Hosts and origins are
compared as whole strings, and the first thing that is wrong is named together with its repair.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

_SHORTEST = 22  # characters of base64 that hold 128 bits
_CLIP = 100  # characters of a stranger's header that an answer repeats


def new_token() -> str:
    """Return a fresh token: 192 random bits in 32 characters that a URL takes as they are."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one server: its token, and the exact Host and Origin headers that it answers to.

    Raises ValueError for a token too short to hold 128 bits: an empty one would let everybody in.
    """

    token: str = field(repr=False)
    hosts: frozenset[str]
    origins: frozenset[str]

    def __post_init__(self) -> None:
        if len(self.token) < _SHORTEST:
            raise ValueError(
                f"token has {len(self.token)} characters, needs {_SHORTEST}: use new_token()"
            )

    @classmethod
    def loopback(
        cls,
        port: int,
        *,
        token: str | None = None,
        hosts: Iterable[str] = (),
        origins: Iterable[str] = (),
    ) -> Access:
        """Return the usual rules: this machine's own names at `port`, and what the user adds.

        `hosts` are whole Host headers (`"lab.example:8000"`), `origins` whole origins
        (`"https://lab.example"`).
        """
        own = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:  # the port that a browser leaves out
            own |= {"127.0.0.1", "localhost"}
        return cls(
            token=new_token() if token is None else token,
            hosts=frozenset(own) | frozenset(hosts),
            origins=frozenset(f"http://{host}" for host in own) | frozenset(origins),
        )


def check(
    rules: Access,
    *,
    token: str | None,
    host: str | None,
    origin: str | None,
    needs_token: bool = True,
) -> str | None:
    """Return None for a request that may come in, or else one sentence: what is wrong, and its
    repair.

    Each of the three is the request's own, or None where it has none. `needs_token=False` is for
    what is no secret (script and style); Host and Origin are looked at all the same.
    """
    refusal = _check_host(rules, host) or _check_origin(rules, origin)
    if refusal is None and needs_token:
        refusal = _check_token(rules, token)
    return refusal


def _check_host(rules: Access, host: str | None) -> str | None:
    if host is None:
        return "The request has no Host header: add one, such as Host: " + min(
            rules.hosts, default="?"
        )
    if host not in rules.hosts:
        return (
            f"This server is not {_quote(host)}: open it by its own address, or add this name to "
            "`hosts`."
        )
    return None


def _check_origin(rules: Access, origin: str | None) -> str | None:
    if origin is None:  # a program, or a page's own navigation: the token decides
        return None
    if origin == "null":
        return (
            "A page without an origin (a file, a sandboxed frame) may not connect: open it by http."
        )
    if origin not in rules.origins:
        return (
            f"Pages of {_quote(origin)} may not connect: open this server's page, or add it to "
            "`origins`."
        )
    return None


def _check_token(rules: Access, token: str | None) -> str | None:
    if token is None:
        return (
            "The address lacks its token: take the whole address, ?token=... included, that %zwsnb "
            "shows."
        )
    # Bytes, because compare_digest refuses text that is not ASCII; a lone surrogate must not raise
    # either.
    if not hmac.compare_digest(token.encode("utf-8", "surrogatepass"), rules.token.encode()):
        return (
            "The token is not this server's, perhaps an earlier one's: take the address that "
            "%zwsnb shows now."
        )
    return None


def _quote(header: str) -> str:
    return repr(header[:_CLIP])
