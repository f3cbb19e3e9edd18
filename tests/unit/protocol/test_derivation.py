"""The command that declares a derived series, as a batch."""

from __future__ import annotations

import json

import pytest
from support.batches import decode_batch

from zwsnb.protocol.batch import Batch, encode_batch
from zwsnb.protocol.derivation import Derive, ShowSpectrum
from zwsnb.protocol.messages import InvalidMessage


@pytest.mark.parametrize(
    "body",
    [Derive("plot", "smooth", 'ema("train/loss", .99)'), ShowSpectrum("plot", "signal", "y", 512)],
)
def test_it_comes_through(body: Derive | ShowSpectrum) -> None:
    batch, _ = decode_batch(encode_batch(Batch("me", 0, 0, 0, body), "token"))
    assert batch.body == body


@pytest.mark.parametrize("options", [{}, {"series": "a"}, {"series": "a", "expression": 3}])
def test_what_is_none_is_refused(options: dict[str, object]) -> None:
    [frame] = encode_batch(Batch("me", 0, 0, 0, Derive("plot", "a", "y")), "token")
    header = json.loads(bytes(frame)) | {"options": options}
    with pytest.raises(InvalidMessage, match="not a batch"):
        decode_batch([json.dumps(header).encode()])


@pytest.mark.parametrize("points", [7, 65_537, 512.0, None])
def test_a_spectrum_is_of_so_many_points(points: object) -> None:
    body = ShowSpectrum("plot", "signal", "y", points)  # type: ignore[arg-type]
    frames = encode_batch(Batch("me", 0, 0, 0, body), "token")
    with pytest.raises(InvalidMessage, match="points is"):
        decode_batch(frames)
