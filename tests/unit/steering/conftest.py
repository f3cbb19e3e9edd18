"""Controls without a service."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from support.logged import Logged
from support.steered_pages import Pages

from zwsnb import api
from zwsnb.steering import loop, registry


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The pages of a service that is none."""
    made = Pages(Logged(monkeypatch))
    service = SimpleNamespace(hear=made.hear, info={"pid": 1})
    monkeypatch.setattr(api, "service", lambda: service)
    yield made
    registry._forget_all()
    loop._paused.clear()
