"""Points that are logged, without a service."""

from __future__ import annotations

import pytest
from support.logged import Logged

from zwsnb.adapters import bands


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Logged:
    """Take the place of the service."""
    bands._banded.clear()
    return Logged(monkeypatch)
