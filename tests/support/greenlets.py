"""Greenlets of a test's own hub."""

from __future__ import annotations

import gevent

PATIENCE = 10.0
"""Seconds."""


def run_all(timeout: float = PATIENCE) -> None:
    """Run the hub until nothing is left to do."""
    # A hub reckons from when its loop ran last: after other tests every deadline would be over.
    gevent.get_hub().loop.update_now()
    gevent.wait(timeout=timeout)
