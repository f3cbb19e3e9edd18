"""How much memory this process has."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest

from zwsnb.limits.memory import resident


@pytest.mark.parametrize(
    ("said", "pages"), [("900 7 3 1 0 5 0\n", 7), ("", None), ("900", None), ("a b", None)]
)
def test_it_is_what_the_system_says_in_pages(tmp_path: Path, said: str, pages: int | None) -> None:
    statm = tmp_path / "statm"
    statm.write_text(said, encoding="ascii")
    assert resident(statm) == (None if pages is None else pages * mmap.PAGESIZE)
    assert resident(tmp_path / "none") is None


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="nothing says it here")
def test_it_grows_with_what_is_held() -> None:
    before = resident()
    held = bytearray(b"x" * (64 << 20))
    after = resident()
    assert before is not None
    assert after is not None
    assert after - before > len(held) // 2
