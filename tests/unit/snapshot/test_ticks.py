"""Ticks of the still picture: the page's numbers, decades and times, and labels that never touch."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import given, settings, strategies as st

from zwsnb.snapshot.scales import nice_step, widened
from zwsnb.snapshot.svg import width_of
from zwsnb.snapshot.ticks import (
    Ticks,
    labelled_ticks,
    linear_ticks,
    log_label_room,
    log_ticks,
    multiples,
    unit_for,
    written,
)
from zwsnb.snapshot.time_ticks import time_ticks


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u2212", "-")


def labels(ticks: Ticks) -> list[str]:
    return [plain(tick.label) for tick in ticks.list]


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("largest", "step", "value", "text"),
    [
        (1, 0.2, 0.4, "0.4"),
        (1, 0.25, 0.25, "0.25"),
        (9999, 1000, 9000, "9000"),
        (20_000, 5000, 15_000, "15 k"),
        (1500e3, 500e3, 1.5e6, "1.5 M"),
        (2e-3, 5e-4, 1.5e-3, "1.5 m"),
        (5.6e-6, 2e-7, 5.6e-6, "5.6 µ"),
        (1.7e9, 5, 1_700_000_005, "1 700 000 005"),
        (2e9, 5e8, 1.5e9, "1.5 G"),
        (3e27, 1e27, 3e27, "3.0e27"),
        (1.7976931348623157e308, 1e308, -1e308, "-1.0e308"),
        (5e-324, 5e-324, 0, "0"),
        (1, 0.5, -0.5, "-0.5"),
        (1, 0.5, -0.0001, "0.0"),
    ],
)
def test_a_number_is_written_as_on_the_page(
    largest: float, step: float, value: float, text: str
) -> None:
    assert plain(written(value, unit_for(largest, step))) == text


@pytest.mark.parametrize(
    ("value", "step", "unit", "text"),
    [
        (1200, 200, "V", "1.2 kV"),
        (0.0015, 0.0005, "V", "1.5 mV"),
        (2e6, 1e6, "B/s", "2 MB/s"),
        (12_000, 2000, "%", "12 000 %"),
        (0.25, 0.05, "°C", "0.25 °C"),
        (5000, 1000, "mV", "5000 mV"),
        (4000, 1000, "s", "4000 s"),
        (0.004, 0.001, "s", "4 ms"),
        (2e12, 1e12, "%", "2.0e12 %"),
    ],
)
def test_a_unit_has_the_prefixes_that_people_write(
    value: float, step: float, unit: str, text: str
) -> None:
    assert plain(written(value, unit_for(value, step, unit))) == text


@pytest.mark.parametrize(
    ("raw", "step"), [(1, 1), (1.1, 2), (2, 2), (3, 5), (7, 10), (4e-7, 5e-7), (1e-300, 1e-300)]
)
def test_a_step_is_round(raw: float, step: float) -> None:
    assert nice_step(raw) == pytest.approx(step, rel=1e-9)


@pytest.mark.parametrize(
    ("low", "high", "pixels", "expected"),
    [
        (0, 1, 300, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (-2.2, 2.2, 200, ["-2", "-1", "0", "1", "2"]),
        (0, 12_000, 200, ["0", "5 k", "10 k"]),
        (0, 4e-6, 200, ["0", "1 µ", "2 µ", "3 µ", "4 µ"]),
        (1_000_000, 1_000_001, 120, ["1 000 000.0", "1 000 000.5", "1 000 001.0"]),
        (0, 1e30, 120, ["0", "5.0e29", "1.0e30"]),
        (-1.7e308, 1.7e308, 120, ["-1.0e308", "0", "1.0e308"]),
    ],
)
def test_linear_ticks(low: float, high: float, pixels: float, expected: list[str]) -> None:
    assert labels(linear_ticks(low, high, pixels, 40)) == expected


def test_multiples_are_exact_decimals_and_zero_has_no_sign() -> None:
    assert multiples(-0.3, 0.3, 0.1) == [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]
    assert math.copysign(1, multiples(-1, 1, 1)[1]) == 1


@pytest.mark.parametrize(
    ("low", "high", "pixels", "unit", "expected"),
    [
        (0, 6, 600, "", ["1", "10", "100", "1000", "10 k", "100 k", "1 M"]),
        (-3, 1, 400, "V", ["1 mV", "10 mV", "100 mV", "1 V", "10 V"]),
        (0, 3, 900, "", ["1", "2", "5", "10", "20", "50", "100", "200", "500", "1000"]),
        (0, 12, 500, "", ["1", "100", "10 k", "1 M", "100 M", "10 G", "1 T"]),
        (math.log10(2), math.log10(3), 400, "", ["2.0", "2.2", "2.4", "2.6", "2.8", "3.0"]),
    ],
)
def test_logarithmic_ticks(
    low: float, high: float, pixels: float, unit: str, expected: list[str]
) -> None:
    found = log_ticks(low, high, pixels, lambda label: 6 * len(label) + 28, unit)
    assert labels(found) == expected


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("begin", "seconds", "some", "context"),
    [
        ((2026, 10, 2, 12), 30, ["12:00:00", "12:00:05"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 12), 3600, ["12:00", "12:10"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 22), 4 * 3600, ["23:30", "3 Oct", "00:30"], "Fri 2 Oct 2026"),
        ((2026, 10, 2), 172_800, ["2 Oct", "12:00", "3 Oct", "12:00", "4 Oct"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 12), 0.5, ["12:00:00.0", "12:00:00.1"], "Fri 2 Oct 2026"),
        ((2026, 10, 2, 12), 20e-6, ["12:00:00.000005", "12:00:00.000010"], "Fri 2 Oct 2026"),
        ((2026, 10, 2), 40 * 86_400, ["5 Oct", "12 Oct"], "2026"),
        ((2026, 2, 1), 200 * 86_400, ["Feb", "Mar", "Aug"], "2026"),
        ((2026, 8, 1), 300 * 86_400, ["Aug", "Dec", "2027", "Feb"], ""),
        ((1999, 6, 1), 31 * 365 * 86_400, ["2000", "2005", "2030"], ""),
        ((2026, 3, 29), 12 * 3600, ["29 Mar", "03:00", "04:00", "12:00"], "Sun 29 Mar 2026"),
        ((2026, 10, 25), 12 * 3600, ["25 Oct", "02:00", "04:00"], "Sun 25 Oct 2026"),
    ],
)
def test_times_are_round_in_local_time_and_say_their_date_once(
    begin: tuple[int, ...], seconds: float, some: list[str], context: str
) -> None:
    first = datetime(*begin).timestamp()  # type: ignore[arg-type, misc]  # noqa: DTZ001 - local time
    found = time_ticks(first, first + seconds, 800)
    said = labels(found)
    assert [label for label in said if label in some] == some
    assert all(a.place < b.place for a, b in itertools.pairwise(found.list))
    assert found.context == context


@pytest.mark.parametrize("low", [-1e14, 1e14, 1e300])
def test_times_that_the_calendar_has_not_are_numbers(low: float) -> None:
    found = time_ticks(low, low + abs(low), 800)
    assert found.context == ""
    assert found == labelled_ticks(low, low + abs(low), 800)


anywhere = st.sampled_from([0.0, 1.0, 1e-300, 1e-9, 0.02, 7.3, 1e4, 1.7e9, 1e21, 1e300, 1.7e308])
sign = st.sampled_from([-1.0, 1.0])


@settings(derandomize=True, max_examples=400, deadline=None)
@given(anywhere, sign, anywhere, st.integers(240, 3840), st.sampled_from(["", "V", "%", "<unit>"]))
def test_labels_never_touch(at: float, way: float, span: float, pixels: int, unit: str) -> None:
    low, high = widened(way * at, way * at + span)
    check(labelled_ticks(low, high, pixels, unit), low, high, pixels)
    check(time_ticks(low, high, pixels), low, high, pixels)
    low, high = sorted((math.log10(at or 1.0), math.log10(span or 1.0)))
    check(
        log_ticks(low, max(high, low + 0.01), pixels, log_label_room, unit),
        low,
        max(high, low + 0.01),
        pixels,
    )


def check(ticks: Ticks, low: float, high: float, pixels: int) -> None:
    where = [(tick.place / 2 - low / 2) / (high / 2 - low / 2) * pixels for tick in ticks.list]
    halves = [width_of(tick.label) / 2 for tick in ticks.list]
    assert all(-1 <= at <= pixels + 1 for at in where)
    assert all(
        b - a > left + right
        for a, b, left, right in zip(where, where[1:], halves, halves[1:], strict=False)
    ), labels(ticks)
