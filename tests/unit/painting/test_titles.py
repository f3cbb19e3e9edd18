"""The title and the date of a picture."""

from __future__ import annotations

from zwsnb.painting.titles import paint_date, paint_title


def test_a_title_takes_as_many_rows_as_it_needs() -> None:
    assert paint_title("", 800) == ("", 8)
    one, height = paint_title("Run", 800)
    assert (one.count("<text"), height) == (1, 28)
    long, height = paint_title("a title of many words " * 12, 800)
    assert (long.count("<text"), height) == (3, 64)


def test_a_date_stands_below() -> None:
    assert paint_date("", 100) == ("", 0)
    assert paint_date("2026-01-01", 100)[1] == 23
