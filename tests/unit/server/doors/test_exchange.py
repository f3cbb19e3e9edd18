"""Questions that one alone answers, with the numbers of RFC 7748 (5.2, 6.1)."""

from __future__ import annotations

import pytest

from zwsnb.server.doors.exchange import answer_to, key_of


def number(text: str) -> str:
    """Bytes in hexadecimal, the lowest first as the RFC writes them, as a number."""
    return f"{int.from_bytes(bytes.fromhex(text), 'little'):x}"


SECRET = bytes(range(32))


@pytest.mark.parametrize(
    ("secret", "point", "answer"),
    [
        (
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        ),
        (
            "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a413",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        ),
    ],
)
def test_the_answers_of_the_standard(secret: str, point: str, answer: str) -> None:
    assert answer_to(number(point), bytes.fromhex(secret)) == number(answer)


def test_two_have_the_same_in_common() -> None:
    one, two = bytes(range(32)), bytes(range(32, 64))
    assert answer_to(key_of(one), two) == answer_to(key_of(two), one)
    assert answer_to(key_of(one), two) != answer_to(key_of(one), bytes(32))


@pytest.mark.parametrize("point", ["0", "1", "f" * 64])
def test_a_point_that_is_none_is_answered_and_tells_nothing(point: str) -> None:
    assert len(answer_to(point, SECRET)) <= 64


@pytest.mark.parametrize("point", ["", "x", "-1", "0x1", "1_0", " 1", "1" * 65, "é", "\ud800"])
def test_what_is_no_number_is_refused(point: str) -> None:
    with pytest.raises(ValueError, match=r"is no point$"):
        answer_to(point, SECRET)
