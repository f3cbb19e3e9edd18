"""What a program is told, as text and back."""

from __future__ import annotations

import pytest

from zwsnb.controls.control import Steered
from zwsnb.events.happened import Happened, Told, told_of


@pytest.mark.parametrize("told", [
    Steered("p", "lr", 0.5, 3),
    Happened("p", "loss above 2", "cross", 3, None, {"x": 1.0, "y": 2.5}),
    Happened("p", "click f", "click", 3, 1700000000, {"x": 1.0, "point": [1.0, None]}),
])  # fmt: skip
def test_it_is_the_same_in_another_process(told: Told) -> None:
    assert told_of(told.to_json()) == told
