"""A plot of which something is derived; its series have small blocks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.deriving import World
from support.small_blocks import small_blocks


@pytest.fixture(autouse=True, scope="module")
def _small_blocks() -> Iterator[None]:
    with small_blocks():
        yield


@pytest.fixture
def world() -> World:
    return World()
