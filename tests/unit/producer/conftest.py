"""A publisher with a sink that takes when a test does."""

from __future__ import annotations

import pytest
from support.pairs import language  # noqa: F401 - a fixture of all tests here
from support.sinks import FakeSink

from zwsnb.producer import queue
from zwsnb.producer.publisher import Publisher
from zwsnb.producer.signature import Publish


@pytest.fixture
def publisher() -> Publisher:
    made = Publisher()
    made.sink = FakeSink(made)
    return made


@pytest.fixture
def publish(publisher: Publisher) -> Publish:
    return publisher.bind("plot")


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of 100 points, the sink behind with more than 50."""
    monkeypatch.setattr(queue, "HIGH_WATER_MARK", 1600)
    monkeypatch.setattr(queue, "SOFT_LIMIT", 800)
