"""Points that gather in C and in Python: both ways are held to the same tests."""

from __future__ import annotations

import shutil
import sysconfig
from collections.abc import Iterator, Sequence
from typing import Final

import pytest

from zwsnb.quick import pairs
from zwsnb.quick.pairs import Pairs, columns

COMPILER: Final = shutil.which((sysconfig.get_config_var("CC") or "cc").split()[0])

IMPLEMENTATIONS: Final = [
    "Python",
    pytest.param(
        "C", marks=pytest.mark.skipif(not pairs.IN_C, reason="zwsnb/quick/in_c.c is not compiled")
    ),
]


@pytest.fixture(scope="module", params=IMPLEMENTATIONS, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language in which new series gather: tests that have this hold for each."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "Python":
            patch.setattr(pairs, "IN_C", None)
        yield request.param


def gather(into: Pairs, numbers: Sequence[float]) -> None:
    """Have x, y, x, y, ... gather."""
    for pair in zip(numbers[::2], numbers[1::2], strict=True):
        into.extend(pair)


def gathered(pairs: Pairs) -> list[float]:
    """What has gathered, x, y, x, y, ..."""
    x, y = columns(pairs, len(pairs))
    return [number for pair in zip(x.tolist(), y.tolist(), strict=True) for number in pair]
