"""Who may come in, and to do what.

Any page in the browser and any user of the machine can reach a loopback port, so an open port is no
permission. A request is let in when its Host is ours (no rebound DNS name), its Origin, if a page
sent it, is that Host's or a listed one (no foreign page), and it brings the token, or a proof that
it knows the token, or, to look at one plot, that plot's ticket (no other user). Ours are this
machine's own names at the port, those
that the user adds, and the name of a notebook's server through which an output of ours was shown:
it proves that by a secret that stands in such an output only (`Keys.ask`). All are compared as
whole strings, and the first thing that is wrong is named together with its repair.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from zwsnb.protocol.names import DEFAULT_PLOT
from zwsnb.server.doors.keys import Keys, is_equal
from zwsnb.server.doors.spent import Spent

_SHORTEST = 22  # characters of base64 that hold 128 bits
_CLIP = 100  # characters of a stranger's header that an answer repeats

STATIC: Final = "/static/"
"""Under it stands what is no secret: script and style."""

CSV: Final = "/csv"
"""The route that a browser may ask with what holds briefly."""

ALIVE: Final = "/alive"
"""The route that answers `Keys.ask`."""

SPENT: Final = "spent"
"""Why a request is refused whose key is right, and holds no more."""

_OF_ONE_PLOT: Final = {"/", "/ws", CSV, "/html", "/plot", "/snapshot"}
"""Routes that a ticket opens."""

_OWN_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
"""Hosts that are this machine, and no name that could be bound to another."""

_HOST: Final = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)
"""What may be the name of a host, with its port: it is shown in terminals."""

_MOST_FOUND: Final = 32
"""Names of notebooks' servers that are remembered."""


def new_token() -> str:
    """Return a fresh token: 192 random bits in 32 characters that a URL takes as they are."""
    return secrets.token_urlsafe(24)


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
    of: str | None = field(default=None, repr=False)  # of a page that was let in before
    once: str | None = field(default=None, repr=False)
    brief: str | None = field(default=None, repr=False)
    proof: str | None = field(default=None, repr=False)
    proved: str = field(default="", repr=False)  # what the proof is about: path and query

    @property
    def has_no_key(self) -> bool:
        """True when it brings nothing that opens the door more than once."""
        return (self.token, self.ticket, self.brief, self.proof) == (None,) * 4

    @property
    def knows_token(self) -> bool:
        """True when it is not for one plot alone, if it is let in."""
        return self.token is not None or self.proof is not None

    @property
    def is_by_proof(self) -> bool:
        """True when it is let in by its proof, if at all: elsewhere none is checked."""
        is_checked = self.path != ALIVE and not self.path.startswith(STATIC)
        return is_checked and self.token is None and self.proof is not None

    @property
    def is_brief(self) -> bool:
        """True when it is let in for the file that it asks for, if at all."""
        return self.path == CSV and not self.knows_token and self.brief is not None

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
    # What is taken once and was: claims, proofs and what opens the door.
    spent: Spent = field(default_factory=Spent, repr=False, compare=False)

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
        own = {f"{name}:{port}" for name in _OWN_NAMES}
        if port == 80:  # the port that a browser leaves out
            own |= {*_OWN_NAMES}
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
        host = visit.host or ""
        if not _HOST.fullmatch(host) or not (self.is_own(host) or visit.is_same_origin):
            return (
                f"A proxy changes the Host to {_quote(host)}, and the page's Origin is "
                f"{_quote(visit.origin or '')}: add both, by zwsnb.start(hosts=[..], origins=[..])."
            )
        if not self.is_own(host):
            while len(self.found) >= _MOST_FOUND:
                del self.found[next(iter(self.found))]
            self.found[host] = None
        return None

    @property
    def listed(self) -> frozenset[str]:
        """The origins that were added, of pages that are behind a proxy or somebody else's."""
        return self.origins - {f"http://{host}" for host in self.hosts}

    @property
    def known(self) -> frozenset[str]:
        """Those, and the origins of the notebooks' servers that were found."""
        return self.listed.union(*(_origins_of(host) for host in self.found))

    def is_own(self, host: str) -> bool:
        """True for a Host that the server answers to."""
        return host in self.hosts or host in self.found

    def may_edit(self, visit: Visit) -> bool:
        """True for a visit that was let in and may do more than look."""
        if visit.knows_token:
            return True
        if visit.brief is not None and visit.is_brief:
            return self.keys.is_brief(visit.brief, visit.plot, edits=True)
        return is_equal(visit.ticket or "", self.keys.editor(visit.plot))

    def take_claim(self, visit: Visit, now: float) -> str | None:
        """Return the editor that the claim of a visit gets, the first time that it is brought."""
        claim = visit.claim
        if claim is None or not self.keys.is_claim(claim, visit.plot):
            return None
        return self.keys.editor(visit.plot) if self.spent.take(claim, now) else None

    def take(self, visit: Visit, now: float) -> str | None:
        """Return None for a visit that was let in, if that was by a proof, the first time that it
        is brought, or by what holds briefly, in time; or else one sentence.
        """
        if visit.brief is not None and visit.is_brief:
            return None if self.spent.is_in_time(visit.brief, now) else _TOO_LATE
        if visit.proof is None or not visit.is_by_proof or self.spent.take(visit.proof, now):
            return None
        return _NOT_NOW

    def has_once(self, visit: Visit, now: float) -> bool:
        """Return whether a visit brings what opens the door, in time and for the first time."""
        once = visit.once
        return once is not None and self.keys.is_once(once) and self.spent.holds(once, now)

    def take_once(self, visit: Visit, now: float) -> bool:
        """Return the same, and have it open no more."""
        return self.has_once(visit, now) and self.spent.take(visit.once or "", now)


def check(rules: Access, visit: Visit) -> str | None:
    """Return None for a request that may come in, or else one sentence: what is wrong, and its
    repair.
    """
    if visit.path == ALIVE:
        return _check_ask(rules, visit)
    refusal = _check_place(rules, visit)
    if refusal is None and not visit.path.startswith(STATIC):
        refusal = _check_key(rules, visit)
    return refusal


def reason(rules: Access, visit: Visit) -> str:
    """Return in a word or two, by which refusals are counted, why a request may not come in."""
    if visit.path == ALIVE:
        return "question"
    if _check_host(rules, visit) is not None:
        return "host"
    if _check_origin(rules, visit) is not None:
        return "origin"
    if visit.has_no_key:
        return "no key"
    return SPENT if _check_key(rules, visit) is None else "key"


def lacks_key_only(rules: Access, visit: Visit) -> bool:
    """Return whether the one thing that is wrong with a request is that it brings no key."""
    return visit.has_no_key and _check_place(rules, visit) is None


def _check_place(rules: Access, visit: Visit) -> str | None:
    return _check_host(rules, visit) or _check_origin(rules, visit)


def _check_ask(rules: Access, visit: Visit) -> str | None:
    """Whoever knows the question has an output of ours, and is told who this is and nothing else:
    its page may be anywhere.
    """
    if is_equal(visit.ask or "", rules.keys.ask):
        return None
    if visit.of is not None:
        return _OTHER.format("page")
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
    keys = rules.keys
    if visit.token is not None:
        is_right = is_equal(visit.token, rules.token)
    elif visit.proof is not None:
        is_right = keys.is_proof(visit.proof, visit.host or "", visit.proved)
    elif visit.brief is not None and visit.is_brief:
        is_right = any(keys.is_brief(visit.brief, visit.plot, edits=it) for it in (True, False))
    else:
        return _check_ticket(keys, visit)
    return None if is_right else _OTHER.format("token")


def _check_ticket(keys: Keys, visit: Visit) -> str | None:
    if visit.ticket is None:
        return (
            "The address lacks its token, which stays in the tab that it came to: open the one "
            "that %zwsnb, p.url or zwsnb status shows."
        )
    its = (keys.ticket(visit.plot), keys.editor(visit.plot))
    if not any(is_equal(visit.ticket, key) for key in its):
        return _OTHER.format("ticket")
    if visit.path not in _OF_ONE_PLOT:
        return (
            "A ticket only looks at its plot: open the address that %zwsnb, p.url or zwsnb status"
            " shows."
        )
    return None


_NOT_NOW: Final = (
    "The proof was brought before, or was not made within the last minute and since the service "
    "began: ask again, and if it stays so, compare the clocks of the two machines."
)

_TOO_LATE: Final = (
    "This address got its file for a minute, and is too old: save the CSV again from the plot."
)

_OTHER: Final = (
    "The {} is not this server's, perhaps an earlier one's: take the address that %zwsnb shows now."
)


def _origins_of(host: str) -> tuple[str, str]:
    """Return the origins of the pages of a Host: a proxy may add TLS."""
    return f"http://{host}", f"https://{host}"


def _quote(header: str) -> str:
    return repr(header[:_CLIP])
