"""What a relay in a process of its own is told by the process that has started it: one line when it
begins, and another one when it is to end, for good or for another that takes its place.
"""

from __future__ import annotations

import json
import os
import select
import sys
from typing import Any, Final, cast

END: Final = "end\n"
"""What ends it. The end of its input does as well, but a process that was forked from its parent
may hold that open.
"""

ABANDON: Final = "abandon\n"
"""Likewise, where another one takes its place: its pages are not told the end, and look for it."""

LOOK_EVERY: Final = 1.0
"""Seconds after which it looks whether the other process is still there."""


def first_order(descriptor: int = 0) -> dict[str, Any]:
    """Return what it is told when it begins; nothing where it is told nothing."""
    line = b""
    # Letter by letter: what comes behind stays where `until_ended` waits for it.
    while (letter := os.read(descriptor, 1)) not in (b"", b"\n"):
        line += letter
    return cast("dict[str, Any]", json.loads(line)) if line else {}


def until_ended(parent: int, descriptor: int = 0) -> str:
    """Return the word that ends it, or nothing when the process that has started it has ended: one
    that was forked from that may hold the pipe open.
    """
    while os.getppid() == parent:
        # On Windows no pipe can be waited for with a deadline.
        if sys.platform == "win32" or select.select([descriptor], [], [], LOOK_EVERY)[0]:
            return os.read(descriptor, 64).decode(errors="replace")
    return ""
