"""A value without its unit, and the unit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from support.fake_quantity import quantity

from zwsnb.producer.quantities import in_unit, opened


@pytest.mark.parametrize("value", [1, 1.5, np.ones(2), [1, 2], "a", None, np.array([None, 1])])
def test_what_has_no_unit_is_only_opened(value: object) -> None:
    assert opened(value, "x")[1] is None


@pytest.mark.parametrize("magnitude", [5, 5.0, np.array([5.0, 6.0]), [5, 6]])
def test_a_quantity_is_a_magnitude_and_a_unit(magnitude: Any) -> None:
    found, unit = opened(quantity(magnitude, "mV"), "y")
    assert unit is not None
    assert unit.text == "mV"
    np.testing.assert_array_equal(found, magnitude)


@pytest.mark.parametrize("make", [list, tuple, lambda v: np.array(v, dtype=object), iter])
def test_a_list_of_quantities_is_in_the_unit_of_the_first(make: Any) -> None:
    values = [None, quantity(1, "mV"), quantity(2, "V"), math.nan, quantity(3.5, "mV")]
    found, unit = opened(make(values), "y")
    assert unit is not None
    assert unit.text == "mV"
    assert found.tolist() == pytest.approx([math.nan, 1, 2000, math.nan, 3.5], nan_ok=True)


@pytest.mark.parametrize(
    ("values", "error", "sentence"),
    [
        ([quantity(1, "V"), 2], TypeError, "y[1] has no unit, others in y have one"),
        ([2, quantity(1, "V")], TypeError, "y[0] has no unit, others in y have one"),
        ([quantity(1, "V"), quantity(1, "kg")], ValueError, "y[1] is in kg, others in y in V"),
        ([quantity(1, "V"), quantity(1, "")], ValueError, "y[1] is in no unit, others in y in V"),
    ],
)
def test_a_list_of_what_does_not_go_together_is_told_so(
    values: list[Any], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error) as caught:
        opened(values, "y")
    assert str(caught.value) == sentence


def test_a_number_and_a_column_become_the_same() -> None:
    unit, target = opened(quantity(1, "mV"), "y")[1], opened(quantity(1, "V"), "y")[1]
    assert unit is not None
    assert target is not None
    assert in_unit(5.0, unit, target) == in_unit(np.array([5.0]), unit, target)[0] == 0.005
    assert in_unit(5.0, unit, unit) == 5
