"""Blocks so small that a few hundred points make pyramids, and evictions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

import pytest

from zwsnb.history import pyramid

POINT_ROWS: Final = 64
CELL_ROWS: Final = 8
BUNCH: Final = 40

LARGE: Final = (pyramid.POINT_ROWS, pyramid.CELL_ROWS, pyramid.BUNCH)


def small_blocks() -> AbstractContextManager[None]:
    """Let series have small blocks meanwhile."""
    return _blocks(POINT_ROWS, CELL_ROWS, BUNCH)


def large_blocks() -> AbstractContextManager[None]:
    """Let series have their real blocks meanwhile: many points in small ones take long."""
    return _blocks(*LARGE)


@contextmanager
def _blocks(point_rows: int, cell_rows: int, bunch: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyramid, "POINT_ROWS", point_rows)
        patch.setattr(pyramid, "CELL_ROWS", cell_rows)
        patch.setattr(pyramid, "BUNCH", bunch)
        yield
