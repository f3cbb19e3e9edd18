"""The words of W&B that draw nothing."""

from __future__ import annotations

import pytest

from zwsnb.adapters.reporter import number_in
from zwsnb.adapters.undrawn import NOT_DONE, NOT_NEEDED, VALUES, AlertLevel, Undrawn


@pytest.mark.parametrize("name", sorted(VALUES.keys() - {"plot"}))
def test_a_value_is_made_as_the_original_and_is_no_number(name: str) -> None:
    value = VALUES[name]([1, 2], caption="c")
    assert (isinstance(value, Undrawn), type(value).__name__) == (True, name)
    assert number_in(value) is None
    assert value.add_data(1, 2) is None
    with pytest.raises(AttributeError, match=f"a {name} that is not drawn has no 'download'"):
        value.download()


def test_a_chart_is_such_a_value() -> None:
    assert isinstance(VALUES["plot"].line([1], x="x", y="y"), Undrawn)
    with pytest.raises(AttributeError):
        _ = VALUES["plot"].__wrapped__


def test_a_word_has_one_meaning() -> None:
    assert not NOT_DONE & NOT_NEEDED
    assert not VALUES.keys() & (NOT_DONE | NOT_NEEDED)
    assert AlertLevel.WARN == "WARN"
