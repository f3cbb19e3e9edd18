"""Sizes as users write them."""

from __future__ import annotations

import pytest

from zwsnb.protocol.sizes import history_bytes, parse_bytes


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1 B", 1),
        ("2kB", 2000),
        ("2 KiB", 2048),
        ("1.5 MB", 1_500_000),
        (" 500 mib ", 500 << 20),
        ("1 GB", 10**9),
        ("7", 7),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert parse_bytes(text) == size


@pytest.mark.parametrize("text", ["", "MB", "-1 MB", "1 TB", "1e9", "1 MB 2", "٣ MB x", "1,5 MB"])
def test_what_is_no_size_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is no size; write bytes as in"):
        parse_bytes(text)


def test_history_is_points_or_bytes() -> None:
    assert history_bytes("1 MB") == 1_000_000
    assert history_bytes(1_000_000) >= 16_000_000
