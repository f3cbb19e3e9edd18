"""Units of measure of astropy and pint."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from support.fake_quantity import FakeUnit, quantity
from support.optional import library

from zwsnb.kinds.units import Unit, quantity_of


def of_astropy(magnitude: Any, unit: str) -> Any:
    units = library("astropy.units")
    return units.Quantity(magnitude, units.Unit(unit))


def of_pint(magnitude: Any, unit: str) -> Any:
    pint = library("pint")
    return pint.get_application_registry().Quantity(magnitude, unit)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Others' warnings about others are not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


LIBRARIES = pytest.mark.parametrize("make", [of_astropy, of_pint, quantity])


@LIBRARIES
def test_a_quantity_is_its_magnitude_and_its_unit(make: Any) -> None:
    for magnitude in (5.0, np.array([1.0, 2.0])):
        found = quantity_of(make(magnitude, "mV"))
        assert found is not None
        assert found[1].text == str(found[1]) == "mV"
        np.testing.assert_array_equal(found[0], magnitude)


@pytest.mark.parametrize(
    "value", [5, 5.0, "mV", None, np.ones(2), [1], object(), np.timedelta64(1, "s")]
)
def test_other_values_have_no_unit(value: object) -> None:
    assert quantity_of(value) is None


@LIBRARIES
def test_a_unit_is_converted_to_one_that_a_text_names(make: Any) -> None:
    found = quantity_of(make(5.0, "mV"))
    assert found is not None
    millivolts = found[1]
    volts = millivolts.named("V")
    assert volts is not None
    column = np.array([5.0, np.nan])
    np.testing.assert_allclose(millivolts.convert(column, volts), [0.005, np.nan], rtol=1e-15)
    assert column[0] == 5
    assert millivolts.becomes(volts)
    assert not millivolts.is_same(volts)
    assert millivolts.named("volts of joy") is None


@LIBRARIES
def test_a_unit_does_not_become_one_of_another_dimension(make: Any) -> None:
    found = quantity_of(make(5.0, "mV"))
    assert found is not None
    kilograms = found[1].named("kg")
    assert kilograms is not None
    assert not found[1].becomes(kilograms)
    assert not found[1].is_same(kilograms)
    with pytest.raises(ValueError, match=r"^mV does not become kg$"):
        found[1].convert(np.ones(1), kilograms)


@LIBRARIES
def test_no_unit_is_a_unit_too(make: Any) -> None:
    found = quantity_of(make(5.0, ""))
    assert found is not None
    assert (found[1].text, str(found[1])) == ("", "no unit")


def test_a_unit_goes_from_one_library_to_another_by_its_text() -> None:
    pint, astropy = quantity_of(of_pint(5.0, "m/s**2")), quantity_of(of_astropy(5.0, "m s-2"))
    assert pint is not None
    assert astropy is not None
    for one, other in ((pint[1], astropy[1]), (astropy[1], pint[1])):
        same = one.like(other)
        assert same is not None
        assert same.is_same(other)
    assert pint[1].like(pint[1]) is pint[1]


def test_temperatures_have_their_zero() -> None:
    found = quantity_of(of_pint(0.0, "kelvin"))
    assert found is not None
    celsius = found[1].named("°C")
    assert celsius is not None
    assert found[1].convert(np.array([0.0]), celsius).tolist() == pytest.approx([-273.15])


def test_a_column_of_a_table_of_astropy_has_its_unit() -> None:
    table = library("astropy.table")
    found = quantity_of(table.Column([1.0, 2.0], unit="mV"))
    assert found is not None
    assert (type(found[0]), found[1].text) == (np.ndarray, "mV")
    assert quantity_of(table.Column([1.0])) is None


def test_a_unit_shows_itself() -> None:
    assert repr(Unit("pint", FakeUnit("V"))) == "<unit 'V' of pint>"
