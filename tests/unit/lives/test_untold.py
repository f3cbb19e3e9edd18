"""What is told once."""

from __future__ import annotations

import pytest

from zwsnb.lives import untold


def test_each_is_told_once_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    untold.taken()
    untold.note("one")
    untold.note("two")
    assert untold.taken() == ["one", "two"]
    assert untold.taken() == []
    assert [record.message for record in caplog.records] == ["one", "two"]


def test_of_very_many_the_newest_are_told() -> None:
    for i in range(100):
        untold.note(str(i))
    assert untold.taken()[-1] == "99"
    assert untold.taken() == []
