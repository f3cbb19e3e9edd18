"""What a sender and the relay say to each other beside batches: questions and receipts.  [no I/O]

A sender asks what the relay has of it, when a connection is new and when it has heard nothing; the
relay answers each of its messages, some together, with the number of the batch that it wants next.
"""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from zwsnb.protocol.batch import count_in, plot_in
from zwsnb.protocol.messages import VERSION, InvalidMessage, JsonObject, json_object
from zwsnb.protocol.names import check_name

ASK: Final = "ask"
"""The kind of a message that has no body: a question."""


class Held(NamedTuple):
    """Where a sender stands: its oldest batch that no relay has acknowledged, the points that it
    had accepted before that one, and how many of those it had dropped.
    """

    number: int = 0
    points: int = 0
    dropped: int = 0


class Envelope(NamedTuple):
    """What the header of a message says before its body is looked at.

    ask: the number of a question, None for a batch.
    """

    token: str
    producer: str
    held: Held
    ask: int | None = None


class Receipt(NamedTuple):
    """The relay's answer.

    next: the batch that it wants next: it has all before. ask: the question that it answers, None
    where it acknowledges batches. is_hole: one came that stands behind others which did not.
    refused: why the relay takes nothing of this sender, or empty.
    """

    next: int
    ask: int | None = None
    is_hole: bool = False
    refused: str = ""


def envelope_in(header: JsonObject) -> Envelope:
    """Return what a header says before its body is looked at.

    Raises:
        InvalidMessage: it says no such thing.
    """
    try:
        return Envelope(
            str(header.get("token", "")),
            check_name(header["producer"], "producer"),
            Held(*(count_in(header.get(key, 0)) for key in ("batch", "points", "dropped"))),
            count_in(header["ask"]) if header.get("kind") == ASK else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidMessage("not a batch", str(error), plot_in(header)) from error


def encode_ask(token: str, producer: str, held: Held, ask: int) -> bytes:
    """Return the message, of one frame, that asks what the relay has of a producer."""
    header = {
        "v": VERSION,
        "token": token,
        "producer": producer,
        "batch": held.number,
        "points": held.points,
        "dropped": held.dropped,
        "kind": ASK,
        "ask": ask,
    }
    return json.dumps(header).encode()


def encode_receipt(receipt: Receipt) -> bytes:
    """Return a receipt as the one frame of a message."""
    said: JsonObject = {"v": VERSION, "next": receipt.next}
    if receipt.ask is not None:
        said["ask"] = receipt.ask
    if receipt.is_hole:
        said["hole"] = True
    if receipt.refused:
        said["refused"] = receipt.refused
    return json.dumps(said).encode()


def decode_receipt(frame: bytes) -> Receipt:
    """Return the receipt in a frame.

    Raises:
        InvalidMessage: it is none, or of another version.
    """
    said = json_object(frame)
    if said.get("v") != VERSION:
        raise InvalidMessage("other version", f"a receipt of version {said.get('v')!r}")
    try:
        ask = said.get("ask")
        return Receipt(
            count_in(said["next"]),
            None if ask is None else count_in(ask),
            said.get("hole") is True,
            str(said.get("refused", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidMessage("not a receipt", str(error)) from error
