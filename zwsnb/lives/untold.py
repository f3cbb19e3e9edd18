"""What has happened to a service behind the user's back: each is told once, in the next cell."""

from __future__ import annotations

import logging
from collections import deque
from typing import Final

_log = logging.getLogger("zwsnb.service")
# Without a handler Python prints warnings to stderr, which a notebook shows below a cell.
_log.addHandler(logging.NullHandler())

_untold: Final[deque[str]] = deque(maxlen=20)


def note(sentence: str) -> None:
    """Have a sentence told, and log it; from any thread."""
    _log.warning("%s", sentence)
    _untold.append(sentence)


def taken() -> list[str]:
    """Return what has not been told yet, the oldest first; it is told now."""
    found = []
    while _untold:
        found.append(_untold.popleft())
    return found
