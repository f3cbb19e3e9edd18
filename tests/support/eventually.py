"""Waiting for a state, with a deadline: no test of ours sleeps for a time and hopes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds that a state may take to come; a shared machine is slow at times."""


def eventually(look: Callable[[], T], what: str = "", within: float = PATIENCE) -> T:
    """Return what `look` returns as soon as that is true; fail when it is not in time."""
    deadline = time.monotonic() + within
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {within:g} s: {what or look}"
        time.sleep(0.002)
    return found
