"""Which series of a snapshot are in which panel: the same as on the page."""

from __future__ import annotations

from support.rules import check_golden


def test_the_golden_table_holds() -> None:
    check_golden("arrange")
