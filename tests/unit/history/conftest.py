"""Every series of these tests has small blocks, unless a test asks for large ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.small_blocks import large_blocks, small_blocks


@pytest.fixture(autouse=True, scope="module")
def _small_blocks() -> Iterator[None]:
    with small_blocks():
        yield


@pytest.fixture
def _large_blocks() -> Iterator[None]:
    with large_blocks():
        yield
