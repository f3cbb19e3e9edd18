"""A spectrum has the sines that are in a signal, in its own units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.derived.spectrum import Amplitudes, Slices, labels_of, making
from zwsnb.history.plots import Plot
from zwsnb.kinds.arrays import Column


def amplitudes(x: Column, y: Column) -> Amplitudes | None:
    """The spectrum of points, all slices of the work at once."""
    steps = making(x, y, Slices())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Amplitudes | None = end.value
            return found


def sine(n: int, rate: float, frequency: float, size: float) -> tuple[Column, Column]:
    x = np.arange(n) / rate
    return x, 7 + size * np.sin(2 * np.pi * frequency * x)


@settings(deadline=None)
@given(st.integers(64, 999), st.floats(1e-3, 1e9), st.floats(0.1, 0.4), st.floats(1e-9, 1e9))
def test_a_sine_stands_at_its_frequency_with_its_amplitude(
    n: int, rate: float, share: float, size: float
) -> None:
    frequency = round(share * n) * rate / n  # a whole number of periods
    x, y = sine(n, rate, frequency, size)
    found = amplitudes(x, y - 7)
    assert found is not None
    frequencies, values = found.rows
    assert frequencies[values.argmax()] == pytest.approx(frequency)
    assert values.max() == pytest.approx(size, rel=1e-6)
    assert frequencies[-1] <= rate / 2 * (1 + 1e-9)
    assert not found.is_resampled


def test_what_does_not_change_has_no_amplitude_but_for_rounding() -> None:
    found = amplitudes(np.arange(64.0), np.full(64, 1e6))
    assert found is not None
    assert found.rows[1].max() < 1e-6


def test_points_that_do_not_stand_evenly_are_resampled() -> None:
    x, y = sine(1_000, 1_000, 50, 2)
    for gone in (np.arange(1_000) % 97 == 0, np.arange(1_000) == 500):
        found = amplitudes(x[~gone], y[~gone])
        assert found is not None
        assert found.is_resampled
        assert found.rows[1].max() == pytest.approx(2, rel=0.1)
        gaps = amplitudes(x, np.where(gone, np.nan, y))
        assert gaps is not None
        np.testing.assert_array_equal(gaps.rows, found.rows)


@pytest.mark.parametrize("x", [[], [1.0] * 20, [0.0, 1.0]])
def test_too_few_points_have_none(x: list[float]) -> None:
    assert amplitudes(np.array(x), np.zeros(len(x))) is None


@pytest.mark.parametrize(
    ("options", "units"),
    [({}, {}), ({"x_unit": "s", "y_unit": "V"}, {"x_unit": "Hz", "y_unit": "V"})],
)
def test_the_axes_are_called_by_what_they_show(
    options: dict[str, str], units: dict[str, str]
) -> None:
    plot = Plot("p")
    plot.set_options(options)
    assert labels_of(plot) == {"x_label": "frequency", "y_label": "amplitude", **units}


def test_of_times_a_frequency_is_per_second() -> None:
    plot = Plot("p")
    plot.bring_times()
    assert labels_of(plot)["x_unit"] == "Hz"


@pytest.mark.parametrize("n", [4_099, 40_009, 65_521])
def test_of_many_points_there_are_as_many_as_have_small_factors(n: int) -> None:
    x, y = sine(n, 1_000, 125, 2)
    found = amplitudes(x, y)
    assert found is not None
    used = 2 * (found.rows.shape[1] - 1)
    assert 0.98 * n < used + 1 <= n
    assert found.rows[0, found.rows[1].argmax()] == pytest.approx(125, abs=1_000 / used)
    assert found.rows[0, -1] == pytest.approx(500, rel=1e-3)
    uneven = amplitudes(np.delete(x, n // 2), np.delete(y, n // 2))
    assert uneven is not None
    assert uneven.rows[0, uneven.rows[1].argmax()] == pytest.approx(125, abs=1_000 / used)


def test_x_over_all_that_doubles_hold_are_no_warning() -> None:
    x = np.sort(np.append(np.linspace(0, 1, 100), (-1.7e308, 1.7e308)))
    found = amplitudes(x, np.sin(x / 1e300))
    assert found is not None
    assert np.isfinite(found.rows[0]).all()
