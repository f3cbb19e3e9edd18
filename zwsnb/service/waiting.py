"""Keeping a script alive while somebody looks at its plots."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

POLL: Final = 0.5
"""Seconds between two looks at the pages."""

GRACE: Final = 3.0
"""Seconds without a page after which they are closed: one that is reloaded comes back sooner."""


def until_closed(count_pages: Callable[[], int], timeout: float) -> None:
    """Return when pages have been open and all are closed, or after `timeout` seconds.

    Where none has been open yet, this waits for the first.
    """
    now = time.monotonic()
    deadline, last_seen = now + timeout, None
    while now < deadline:
        if count_pages():
            last_seen = now
        elif last_seen is not None and now - last_seen >= GRACE:
            return
        time.sleep(min(POLL, deadline - now))
        now = time.monotonic()
