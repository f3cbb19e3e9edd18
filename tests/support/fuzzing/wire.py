"""What producers and the relay send each other: batches, receipts, JSON points, ZeroMQ's frames."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from hypothesis import strategies as st

from support import zmtp_peer
from support.fuzzing.draws import SEPARATOR, byte_inputs, changed, frames_of, json_inputs
from support.fuzzing.target import Broken, Target, check_same
from support.vectors import VECTORS, batch_frames, point_message, table
from zwsnb.controls.control import control_of
from zwsnb.delivery.receipts import (
    Held,
    Receipt,
    decode_receipt,
    encode_ask,
    encode_receipt,
    envelope_in,
)
from zwsnb.events.watch import watch_of
from zwsnb.protocol.batch import Batch, Points, body_in, encode_batch, header_in
from zwsnb.protocol.images.image_patch import decode_image, encode_image
from zwsnb.protocol.messages import Declare, InvalidMessage, Listen
from zwsnb.protocol.patch import decode_patch
from zwsnb.protocol.point import Point, decode_point
from zwsnb.zmtp.frames import Limits
from zwsnb.zmtp.subscriber import Subscriber

GOOD_BATCHES: Final = [
    batch_frames(v.values[0]) for kind in ("batches", "rows") for v in table(kind, good=True)
]
GOOD_POINTS: Final = [point_message(v.values[0]) for v in table("points", good=True)]
GOOD_RECEIPTS: Final = [
    encode_receipt(each) for each in (Receipt(3), Receipt(0, 7), Receipt(1, 2, True, "full"))
]
GOOD_PATCHES: Final = [bytes.fromhex(v["hex"]) for v in VECTORS["patches"] if "refused" not in v]
GOOD_IMAGES: Final = [bytes.fromhex(v["hex"]) for v in VECTORS["images"]]
PRODUCER: Final = (
    zmtp_peer.HELLO
    + zmtp_peer.ping(b"are you there")
    + zmtp_peer.message(b"topic", b'{"y": 1}')
    + zmtp_peer.long_frame(b"x" * 300)
)
SMALL: Final = Limits(frame=256, message=512, skipped=2048, frames=4, command=64)
"""Those of the door, but of a size that noise comes to."""


def read_batch(data: bytes) -> object:
    """Read a batch as the relay does; what is a batch is the same when it is sent on."""
    frames = data.split(SEPARATOR)
    header = header_in(frames)
    envelope = envelope_in(header)
    body = body_in(header, frames)
    if isinstance(body, Points):
        if not (np.isfinite(body.x).all() and not np.isinf(body.y).any()):
            raise Broken("a number that no plot has")
        if not len(body.x) == len(body.y):
            raise Broken("columns of two lengths")
    again = encode_batch(Batch(envelope.producer, *envelope.held, body), envelope.token)
    check_same(body, body_in(header_in(again), again))
    return _described(body)


def _described(body: object) -> object:
    """Read what a program says of a control or of a watch, as the relay does when it has come."""
    try:
        if isinstance(body, Declare) and body.control is not None:
            check_same(control_of(body.control), control_of(control_of(body.control).declared()))
        if isinstance(body, Listen) and body.watch is not None:
            check_same(watch_of(body.watch), watch_of(watch_of(body.watch).declared()))
    except (TypeError, ValueError) as error:
        raise InvalidMessage("not described", str(error)) from error
    return body


def read_receipt(data: bytes) -> Receipt:
    """Read a receipt as a sender does."""
    receipt = decode_receipt(data)
    check_same(receipt, decode_receipt(encode_receipt(receipt)))
    return receipt


def read_ask(data: bytes) -> object:
    """Read a question as the relay does."""
    envelope = envelope_in(header_in([data]))
    if envelope.ask is not None:
        again = encode_ask(envelope.token, envelope.producer, envelope.held, envelope.ask)
        check_same(envelope, envelope_in(header_in([again])))
    return envelope


def read_point(data: bytes) -> Point:
    """Read a JSON point; it has a y, and an x that may be drawn."""
    point = decode_point(data)
    if not point.values or not (point.x is None or abs(point.x) < float("inf")):
        raise Broken(f"{point!r:.200}")
    return point


def read_producer(data: bytes) -> list[list[bytes]]:
    """Read what a producer sends, in pieces and at once: it is the same; but of what comes at once
    with a fault, nothing may be taken.
    """
    messages, refusal = _taken(data, 1)
    for size in (7, len(data) or 1):
        others, other_refusal = _taken(data, size)
        check_same(refusal, other_refusal)
        check_same(messages[: len(others)] if refusal else messages, others)
    if refusal:
        raise InvalidMessage(refusal, "as above")
    return messages


def _taken(data: bytes, size: int) -> tuple[list[list[bytes]], str]:
    """Return the messages in `data`, which comes in pieces, and why there are no more."""
    peer, found = Subscriber(SMALL), []
    try:
        for at in range(0, len(data), size):
            peer.receive(data[at : at + size])
            if not peer.is_ready:
                peer.shake_hands()
            while peer.can_take:
                found += peer.take(10)
                if len(peer.data_to_send()) > 1024:
                    raise Broken("more is answered than was asked")
    except InvalidMessage as refusal:
        return found, refusal.kind
    return found, ""


def read_patch(data: bytes) -> object:
    """Read a patch as a client in Python does."""
    return decode_patch(data)


def read_image(data: bytes) -> object:
    """Read the patch of an image, as `read_patch`."""
    image = decode_image(data)
    check_same(image, decode_image(encode_image(image)))
    return image


def _first_objects(messages: Sequence[Sequence[bytes]]) -> list[dict[str, Any]]:
    return [json.loads(frames[0]) for frames in messages]


_POINT_OBJECTS: Final = [
    found for each in GOOD_POINTS if isinstance(found := json.loads(each), dict)
]
_ASKS: Final = [encode_ask("token", "p", Held(3, 100, 2), 9), encode_ask("", "p", Held(), 0)]

TARGETS: Final = (
    Target(
        "batch",
        read_batch,
        (InvalidMessage,),
        frames_of(json_inputs(_first_objects(GOOD_BATCHES)), GOOD_BATCHES),
        [SEPARATOR.join(frames) for frames in GOOD_BATCHES],
    ),
    Target(
        "receipt",
        read_receipt,
        (InvalidMessage,),
        json_inputs([json.loads(each) for each in GOOD_RECEIPTS]),
        GOOD_RECEIPTS,
    ),
    Target(
        "ask", read_ask, (InvalidMessage,), json_inputs([json.loads(each) for each in _ASKS]), _ASKS
    ),
    Target(
        "point",
        read_point,
        (InvalidMessage,),
        changed(GOOD_POINTS) | json_inputs(_POINT_OBJECTS),
        GOOD_POINTS,
    ),
    Target(
        "zmtp",
        read_producer,
        (InvalidMessage,),
        byte_inputs([PRODUCER])
        | st.builds(lambda more: zmtp_peer.HELLO + more, byte_inputs([PRODUCER[-400:]])),
        [PRODUCER],
    ),
    Target("patch", read_patch, (InvalidMessage,), byte_inputs(GOOD_PATCHES), GOOD_PATCHES),
    Target("image", read_image, (InvalidMessage,), byte_inputs(GOOD_IMAGES), GOOD_IMAGES),
)
