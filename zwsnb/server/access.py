"""Who may come in, and to do what.

Any page in the browser and any user of the machine can reach a loopback port, so an open port is no
permission. A request is let in when its Host is ours (no rebound DNS name), its Origin, if a page
sent it, is that Host's or a listed one (no foreign page), and it brings the token or, to look at
one plot, that plot's ticket (no other user). Ours are this machine's own names at the port, those
that the user adds, and the name of a notebook's server through which an output of ours was shown:
it proves that by a secret that stands in such an output only (`Keys.ask`). All are compared as
whole strings, and the first thing that is wrong is named together with its repair.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from zwsnb.protocol.names import DEFAULT_PLOT

_SHORTEST = 22  # characters of base64 that hold 128 bits
_CLIP = 100  # characters of a stranger's header that an answer repeats

STATIC: Final = "/static/"
"""Under it stands what is no secret: script and style."""

ALIVE: Final = "/alive"
"""The route that answers `Keys.ask`."""

_OF_ONE_PLOT: Final = {"/", "/ws", "/csv", "/html", "/plot", "/snapshot"}
"""Routes that a ticket opens."""

_MOST_FOUND: Final = 32
"""Names of notebooks' servers that are remembered."""


def new_token() -> str:
    """Return a fresh token: 192 random bits in 32 characters that a URL takes as they are."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class Keys:
    """What is made of a token, and tells nothing of it: 192 bits each, in 32 characters."""

    token: str = field(repr=False)

    @property
    def ask(self) -> str:
        """What a notebook's output asks `/alive` before it shows or tells a server anything."""
        return self._derive("ask")

    @property
    def answer(self) -> str:
        """What only this service answers to `ask`."""
        return self._derive("answer")

    def ticket(self, plot: str) -> str:
        """Return what lets a page look at one plot, as long as the service lives."""
        return self._derive("ticket", plot)

    def editor(self, plot: str) -> str:
        """Return a ticket that also renames and removes the series of the plot."""
        return self._derive("editor", plot)

    def claim(self, plot: str, until: float) -> str:
        """Return what the first page that brings it, until that time, gets an `editor` for."""
        end, nonce = str(int(until)), secrets.token_urlsafe(16)
        return f"{end}.{nonce}.{self._derive('claim', plot, end, nonce)}"

    def is_claim(self, claim: str, plot: str, now: float) -> bool:
        """True for what `claim` has returned for this plot, and in time."""
        end, _, rest = claim.partition(".")
        nonce, _, proof = rest.partition(".")
        return _equal(proof, self._derive("claim", plot, end, nonce)) and now <= int(end)

    def _derive(self, *words: str) -> str:
        text = "\0".join(("zwsnb", *words)).encode("utf-8", "surrogatepass")
        digest = hmac.digest(self.token.encode(), text, "sha256")
        return urlsafe_b64encode(digest[:24]).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a request says of itself; None for what it does not say."""

    path: str = "/"
    plot: str = DEFAULT_PLOT
    host: str | None
    origin: str | None
    token: str | None = field(default=None, repr=False)
    ticket: str | None = field(default=None, repr=False)
    claim: str | None = field(default=None, repr=False)
    ask: str | None = field(default=None, repr=False)

    @property
    def is_same_origin(self) -> bool:
        """True when a page of the Host itself has sent it."""
        return self.host is not None and self.origin in _origins_of(self.host)


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one server: its token, and the exact Host and Origin headers that it answers to.

    Raises ValueError for a token too short to hold 128 bits: an empty one would let everybody in.
    """

    token: str = field(repr=False)
    hosts: frozenset[str]
    origins: frozenset[str]
    # Further hosts, of notebooks' servers, the oldest first.
    found: dict[str, None] = field(default_factory=dict, repr=False, compare=False)
    # Claims that a page has had its editor for, and until when they would hold.
    _spent: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

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

    def allowing(self, hosts: Iterable[str], origins: Iterable[str]) -> Access:
        """Return the same rules with further hosts and origins."""
        return replace(self, hosts=self.hosts | {*hosts}, origins=self.origins | {*origins})

    @property
    def keys(self) -> Keys:
        """What is made of the token."""
        return Keys(self.token)

    def find_host(self, visit: Visit) -> str | None:
        """Remember the Host under which an output of ours is shown, as a request for `ALIVE` that
        was let in has it; return a sentence where that is not the Host of the page that asks.
        """
        if not visit.host or not (self.is_own(visit.host) or visit.is_same_origin):
            return (
                f"A proxy changes the Host to {_quote(visit.host or '')}, and the page's Origin is "
                f"{_quote(visit.origin or '')}: add both, by zwsnb.start(hosts=[..], origins=[..])."
            )
        if not self.is_own(visit.host):
            while len(self.found) >= _MOST_FOUND:
                del self.found[next(iter(self.found))]
            self.found[visit.host] = None
        return None

    def is_own(self, host: str) -> bool:
        """True for a Host that the server answers to."""
        return host in self.hosts or host in self.found

    def may_edit(self, visit: Visit) -> bool:
        """True for a visit that was let in and may do more than look."""
        if visit.token is not None:
            return True
        return _equal(visit.ticket or "", self.keys.editor(visit.plot))

    def take_claim(self, visit: Visit, now: float) -> str | None:
        """Return the editor that the claim of a visit gets, the first time that it is brought."""
        claim = visit.claim
        if claim is None or claim in self._spent or not self.keys.is_claim(claim, visit.plot, now):
            return None
        for old in [old for old, until in self._spent.items() if until < now]:
            del self._spent[old]
        self._spent[claim] = float(claim.partition(".")[0])
        return self.keys.editor(visit.plot)


def check(rules: Access, visit: Visit) -> str | None:
    """Return None for a request that may come in, or else one sentence: what is wrong, and its
    repair.
    """
    if visit.path == ALIVE:
        return _check_ask(rules, visit)
    refusal = _check_host(rules, visit) or _check_origin(rules, visit)
    if refusal is None and not visit.path.startswith(STATIC):
        refusal = _check_key(rules, visit)
    return refusal


def _check_ask(rules: Access, visit: Visit) -> str | None:
    """Whoever knows the question has an output of ours, and is told who this is and nothing else:
    its page may be anywhere.
    """
    if _equal(visit.ask or "", rules.keys.ask):
        return None
    return "This is not the service of that output, perhaps an earlier one's: run its cell again."


def _check_host(rules: Access, visit: Visit) -> str | None:
    if visit.host is None:
        return "The request has no Host header: add one, such as Host: " + min(
            rules.hosts, default="?"
        )
    if not rules.is_own(visit.host):
        return (
            f"This server is not {_quote(visit.host)}: open it by its own address, or add this "
            "name to `hosts`."
        )
    return None


def _check_origin(rules: Access, visit: Visit) -> str | None:
    if visit.origin is None:  # a program, or a page's own navigation: the token decides
        return None
    if visit.origin == "null":
        return (
            "A page without an origin (a file, a sandboxed frame) may not connect: open it by http."
        )
    if not visit.is_same_origin and visit.origin not in rules.origins:
        return (
            f"Pages of {_quote(visit.origin)} may not connect: open this server's page, or add it "
            "to `origins`."
        )
    return None


def _check_key(rules: Access, visit: Visit) -> str | None:
    if visit.token is not None:
        return None if _equal(visit.token, rules.token) else _OTHER.format("token")
    if visit.ticket is None:
        return (
            "The address lacks its token: take the whole address, ?token=... included, that %zwsnb "
            "shows."
        )
    keys = (rules.keys.ticket(visit.plot), rules.keys.editor(visit.plot))
    if not any(_equal(visit.ticket, key) for key in keys):
        return _OTHER.format("ticket")
    if visit.path not in _OF_ONE_PLOT:
        return (
            "A ticket only looks at its plot: take the address, with its token, that %zwsnb shows."
        )
    return None


_OTHER: Final = (
    "The {} is not this server's, perhaps an earlier one's: take the address that %zwsnb shows now."
)


def _equal(one: str, other: str) -> bool:
    # Bytes, because compare_digest refuses text that is not ASCII; a lone surrogate must not raise
    # either.
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())


def _origins_of(host: str) -> tuple[str, str]:
    """Return the origins of the pages of a Host: a proxy may add TLS."""
    return f"http://{host}", f"https://{host}"


def _quote(header: str) -> str:
    return repr(header[:_CLIP])
