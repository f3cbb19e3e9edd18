"""Kernels that are restarted, reloaded and interrupted; `make soak` does it hundreds of times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from soaks.interrupts import interrupt, reload
from soaks.restarts import restart
from support.kernels import Kernel, start_kernel

pytestmark = [pytest.mark.kernel, pytest.mark.slow]


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Kernel]:
    yield from start_kernel(tmp_path)


def test_restarts_leave_nothing(kernel: Kernel) -> None:
    """In order, once more, and by a kill."""
    assert restart(kernel, 3).left.total() == 0


def test_reloads_leave_nothing(kernel: Kernel) -> None:
    assert reload(kernel, 3, warm=2) == (0, 0, 0, 0)


@pytest.mark.parametrize("seed", [6])
def test_interrupts_leave_nothing(kernel: Kernel, seed: int) -> None:
    interrupts = interrupt(kernel, 5, seed)
    assert interrupts.met.total() == 5
    assert sum(interrupts.left or ()) == 0, interrupts
