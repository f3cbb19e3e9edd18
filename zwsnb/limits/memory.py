"""How much memory a process has."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import Final

_STATM: Final = Path("/proc/self/statm")
"""Where Linux says it, in pages: all of it, and what of it is resident, first."""


def resident(statm: Path = _STATM) -> int | None:
    """Return the bytes of this process that are in memory; None where the system does not say."""
    try:
        return int(statm.read_text(encoding="utf-8").split()[1]) * mmap.PAGESIZE
    except (OSError, ValueError, IndexError):
        return None
