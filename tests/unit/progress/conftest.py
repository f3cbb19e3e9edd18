"""Points that are logged, without a service."""

from __future__ import annotations

import pytest
from support.logged import Logged


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Logged:
    """Take the place of the service."""
    return Logged(monkeypatch)
