"""Libraries whose values zwsnb takes, and which it does not need."""

from __future__ import annotations

import builtins
from typing import Any

import pytest


def library(name: str) -> Any:
    """Return a library, or a module of it; skip the test where it is not installed."""
    # Once a test has made a shell of IPython this stays, and astropy asks for a shell that is gone.
    mark = builtins.__dict__.pop("__IPYTHON__", None)
    try:
        return pytest.importorskip(name)
    finally:
        if mark is not None:
            builtins.__dict__["__IPYTHON__"] = mark
