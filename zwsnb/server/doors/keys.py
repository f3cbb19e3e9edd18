"""What is made of a service's token, and tells nothing of it."""

from __future__ import annotations

import hmac
import math
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from zwsnb.server.doors import exchange

_WHO: Final = {True: "who edits", False: "who looks"}


@dataclass(frozen=True, slots=True)
class Keys:
    """What is made of a token: 192 bits each, in 32 characters."""

    token: str = field(repr=False)

    @property
    def ask(self) -> str:
        """What a notebook's output asks `/alive` before it shows or tells a server anything."""
        return self._derive("ask")

    @property
    def key(self) -> str:
        """The key by which an output finds out whether the service is the one that has made it."""
        return exchange.key_of(self._digest("exchange"))

    def answer(self, asked: Mapping[str, str]) -> str:
        """Return what only this service answers to a page of ours (``of``) and to an output: a
        ``point`` is made up for each question, so who has a copy of the output, and has asked
        before, has no answer to that of another.

        Raises:
            ValueError: it is none.
        """
        if "of" in asked:
            return self.answer_to(asked["of"])
        return exchange.answer_to(asked.get("point", ""), self._digest("exchange"))

    def again(self) -> dict[str, str]:
        """Return what a page asks `/alive` before it brings its key again, and the answer: another
        may have the port by then.
        """
        of = secrets.token_urlsafe(16)
        return {"ask": self.ask, "of": of, "answer": self.answer_to(of)}

    def answer_to(self, of: str) -> str:
        """Return what only this service answers to a question of `again`."""
        return self._derive("answer", of)

    def ticket(self, plot: str) -> str:
        """Return what lets a page look at one plot, as long as the service lives."""
        return self._derive("ticket", plot)

    def editor(self, plot: str) -> str:
        """Return a ticket that also renames and removes the series of the plot."""
        return self._derive("editor", plot)

    def brief(self, plot: str, now: float, *, edits: bool) -> str:
        """Return what gets the points of one plot as a file, soon: browsers write the address of
        one down, and some systems beside the file. edits: for whom may do more than look.
        """
        return self._signed(now, "brief", _WHO[edits], plot)

    def is_brief(self, brief: str, plot: str, *, edits: bool) -> bool:
        """True for what `brief` has returned for this plot; `Spent` says if it still holds."""
        return self._is_signed(brief, "brief", _WHO[edits], plot)

    def claim(self, plot: str, now: float) -> str:
        """Return what the first page that brings it soon gets an `editor` for."""
        return self._signed(now, "claim", plot)

    def is_claim(self, claim: str, plot: str) -> bool:
        """True for what `claim` has returned for this plot; `Spent` says if it still holds."""
        return self._is_signed(claim, "claim", plot)

    def once(self, now: float) -> str:
        """Return what the first browser that brings it soon gets the token for. It may stand where
        others read it: in the arguments of a process.
        """
        return self._signed(now, "once")

    def is_once(self, once: str) -> bool:
        """True for what `once` has returned; `Spent` says if it still holds."""
        return self._is_signed(once, "once")

    def proof(self, host: str, asked: str, now: float) -> str:
        """Return what proves to the service at `host` that who asks knows the token, once and soon,
        and opens nothing else: whoever else has that port by now learns nothing. asked: path and
        query.
        """
        return self._signed(now, "proof", host, asked)

    def is_proof(self, proof: str, host: str, asked: str) -> bool:
        """True for what `proof` has returned for that host and request; `Spent` says if it still
        holds.
        """
        return self._is_signed(proof, "proof", host, asked)

    def counterproof(self, proof: str) -> str:
        """Return what only the service that a proof was for answers to it."""
        return self._derive("counterproof", proof)

    def _signed(self, now: float, *words: str) -> str:
        made, nonce = str(math.floor(now * 1000)), secrets.token_urlsafe(16)
        return f"{made}.{nonce}.{self._derive(*words, made, nonce)}"

    def _is_signed(self, text: str, *words: str) -> bool:
        made, _, rest = text.partition(".")
        nonce, _, proof = rest.partition(".")
        return is_equal(proof, self._derive(*words, made, nonce))

    def _derive(self, *words: str) -> str:
        return urlsafe_b64encode(self._digest(*words)[:24]).decode()

    def _digest(self, *words: str) -> bytes:
        text = "\0".join(("zwsnb", *words)).encode("utf-8", "surrogatepass")
        return hmac.digest(self.token.encode(), text, "sha256")


def made_at(signed: str) -> float:
    """Return the Unix time at which a claim, a proof or what opens once was made. Its signature was
    found right before.
    """
    return int(signed.partition(".")[0]) / 1000


def is_equal(one: str, other: str) -> bool:
    """Return whether two keys are one, in a time that does not tell how much of them is."""
    # Bytes, because compare_digest refuses text that is not ASCII; a lone surrogate must not raise
    # either.
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
