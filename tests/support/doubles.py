"""Any double, for properties: pairs of them as ends of data, and what a label of a tick says."""

from __future__ import annotations

import math
import re
import struct
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

LARGEST: Final = 1.7976931348623157e308
RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
LABEL: Final = re.compile(f"(-?)(?:([0-9]+)(?:[.]([0-9]+))?)?(?:×?10([{RAISED}]+))?")
TYPED: Final = str.maketrans(RAISED, "0123456789-")


def _of_bits(bits: int) -> float:
    found: float = struct.unpack("<d", struct.pack("<Q", bits))[0]
    return found


any_double = st.integers(0, 2**64 - 1).map(_of_bits).filter(math.isfinite)
"""One of a random bit pattern: all exponents are as likely."""


@st.composite
def any_ends(draw: st.DrawFn) -> tuple[float, float]:
    """Two ends of data: the same, near, far, or of opposite signs."""
    low = draw(any_double)
    others = [
        low, low + draw(st.integers(1, 100)) * math.ulp(low),
        low + abs(low) * 10.0 ** -draw(st.integers(0, 16)), draw(any_double), -low, 0.0,
    ]  # fmt: skip
    high = max(-LARGEST, min(draw(st.sampled_from(others)), LARGEST))
    return min(low, high), max(low, high)


def read_label(label: str) -> tuple[float, float]:
    """Return the value that a label without a unit says, and half of its last digit."""
    plain = label.replace("\u202f", "").replace("\u2212", "-")
    found = LABEL.fullmatch(plain)
    assert found is not None, label
    sign, whole, fraction, exponent = (group or "" for group in found.groups())
    last = Decimal(1).scaleb(int(exponent.translate(TYPED) or 0) - len(fraction))
    return float(int(sign + (whole + fraction or "1")) * last), float(last / 2)
