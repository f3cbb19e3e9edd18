"""Batches as a relay reads them."""

from __future__ import annotations

from collections.abc import Sequence

from zwsnb.delivery.receipts import envelope_in
from zwsnb.protocol.batch import Batch, Frame, body_in, header_in


def decode_batch(frames: Sequence[Frame]) -> tuple[Batch, str]:
    """Return the batch in `frames` and the token that it claims; raises as the relay refuses."""
    header = header_in(frames)
    envelope = envelope_in(header)
    return Batch(envelope.producer, *envelope.held, body_in(header, frames)), envelope.token
