"""How series tell themselves apart in a snapshot: as on the page, which reads the same tables."""

from __future__ import annotations

import pytest
from support.rules import check_golden


@pytest.mark.parametrize("rule", ["slots", "shown_name", "short_names"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)
