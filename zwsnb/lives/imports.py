"""Who waits for an import that another thread is in the midst of.

Python finds out where imports wait for each other. Where the thread that imports waits for one that
needs the same module, as the handler of a signal does that starts a service, it does not: both
would wait for ever.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Final

from zwsnb.producer import native

if TYPE_CHECKING:
    from types import FrameType

_AT_LOCKS: Final = {
    *("_get_module_lock", "cb", "acquire", "release"),
    *("_find_spec", "__enter__", "__exit__"),
}
"""Functions of Python's imports that hold a lock for an instant; it does not tell whose it is."""

_LONGEST_CHAIN: Final = 10
"""Threads of which each waits for an import of the next."""


def wait_for_this(thread: int | None) -> bool:
    """Return whether a thread waits for this one, which is in the midst of an import."""
    if native.waits_to_import(thread):
        return True
    blocking = getattr(importlib._bootstrap, "_blocking_on", None) or {}  # noqa: SLF001
    for _ in range(_LONGEST_CHAIN):
        found = blocking.get(thread)
        lock = found[-1] if isinstance(found, list) and found else found  # a list since Python 3.12
        thread = getattr(lock, "owner", None)
        if thread in {None, native.get_ident()}:
            break
    return thread == native.get_ident()


def holds_a_lock() -> bool:
    """Return whether this call has come in the midst of what Python does to locks of imports."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001
    while frame is not None and frame.f_code.co_filename != "<frozen importlib._bootstrap>":
        frame = frame.f_back
    return frame is not None and frame.f_code.co_name in _AT_LOCKS
