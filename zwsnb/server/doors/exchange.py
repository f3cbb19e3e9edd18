"""Questions of which everybody may know who asks and what is asked, and one alone has the answer:
X25519, the exchange of keys of RFC 7748, as static/embed/exchange.js has it too.

Who asks knows a key, makes a number up, and asks with the point that belongs to it; the answer is
what the two have in common. Key, points and answers are numbers, written in hexadecimal.  [no I/O]
"""

from __future__ import annotations

import re
from typing import Final

_PRIME: Final = 2**255 - 19
_BASE: Final = 9
_BITS: Final = 255
_A24: Final = 121665
_NUMBER: Final = re.compile("[0-9a-f]{1,64}")


def key_of(secret: bytes) -> str:
    """Return the key of a secret of 32 bytes, which tells nothing of it."""
    return f"{_times(_clamped(secret), _BASE):x}"


def answer_to(point: str, secret: bytes) -> str:
    """Return the answer to a question about the key of a secret. It takes a millisecond.

    Raises:
        ValueError: the question is no number of so many digits.
    """
    if not _NUMBER.fullmatch(point):
        raise ValueError(f"{point[:20]!r} is no point")
    return f"{_times(_clamped(secret), int(point, 16)):x}"


def _clamped(secret: bytes) -> int:
    """Return the number of a secret: a multiple of 8, of which no point tells a remainder."""
    return int.from_bytes(secret, "little") & ((1 << _BITS) - 8) | 1 << (_BITS - 1)


def _times(number: int, point: int) -> int:
    """Return so many times a point; of all points one coordinate (RFC 7748, 5)."""
    x2, z2, x3, z3 = 1, 0, point, 1
    for bit in reversed(range(_BITS)):
        if is_one := number >> bit & 1:
            x2, z2, x3, z3 = x3, z3, x2, z2
        plus, minus = x2 + z2, x2 - z2
        far, near = (x3 - z3) * plus, (x3 + z3) * minus
        x3, z3 = (far + near) ** 2 % _PRIME, point * (far - near) ** 2 % _PRIME
        plus, minus = plus * plus % _PRIME, minus * minus % _PRIME
        both = plus - minus
        x2, z2 = plus * minus % _PRIME, both * (plus + _A24 * both) % _PRIME
        if is_one:
            x2, z2, x3, z3 = x3, z3, x2, z2
    return x2 * pow(z2, _PRIME - 2, _PRIME) % _PRIME
