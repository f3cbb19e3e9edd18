"""A function of a module that is another one for the thread of a test only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest


def replace(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, instead: Callable[..., Any]
) -> None:
    """Have this thread call `instead`; threads that tests before have left go on as they were."""
    real, own = getattr(module, name), threading.get_ident()

    def either(*given: Any, **named: Any) -> Any:
        return (instead if threading.get_ident() == own else real)(*given, **named)

    monkeypatch.setattr(module, name, either)
