"""Sizes and spans of time as users write them."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from zwsnb.protocol.sizes import history_bytes, parse_bytes, seconds_of


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1 B", 1),
        ("2kB", 2000),
        ("2 KiB", 2048),
        ("1.5 MB", 1_500_000),
        (" 500 mib ", 500 << 20),
        ("1 GB", 10**9),
        ("7", 7),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert parse_bytes(text) == size


@pytest.mark.parametrize("text", ["", "MB", "-1 MB", "1 TB", "1e9", "1 MB 2", "٣ MB x", "1,5 MB"])
def test_what_is_no_size_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is no size; write bytes as in"):
        parse_bytes(text)


@pytest.mark.parametrize("text", ["5" + 500_000 * " " + "x", 500_000 * " ", 500_000 * "5"])
def test_a_text_of_megabytes_is_none_at_once(text: str) -> None:
    with pytest.raises(ValueError, match="is no size"):
        parse_bytes(text)
    with pytest.raises(ValueError, match="it is a number, or a span of time"):
        seconds_of(text, "holdoff")


def test_history_is_points_or_bytes() -> None:
    assert history_bytes("1 MB") == 1_000_000
    assert history_bytes(1_000_000) >= 16_000_000


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10s", 10),
        ("5m", 300),
        ("2h", 7200),
        ("1d", 86400),
        ("1w", 604800),
        ("500ms", 0.5),
        ("20us", 2e-5),
        ("20 µs", 2e-5),  # the micro sign, and the Greek letter:
        ("20 \u03bcs", 2e-5),
        ("10 min", 600),
        (" 1.5 hours ", 5400),
        ("3 Seconds", 3),
        (".5 day", 43200),
        ("10", 10),
        ("1e3", 1000),
        ("-3s", -3),
    ],
)
def test_a_text_is_its_seconds(text: str, seconds: float) -> None:
    assert seconds_of(text, "window") == seconds


@pytest.mark.parametrize(
    "text", ["", "s", "wide", "10 x", "10 sx", "ss", "1 2", "1h 5m", "nan", "1,5s"]
)
def test_a_text_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="it is a number, or a span of time as in") as caught:
        seconds_of(text, "window")
    assert str(caught.value).startswith(f"window is {text!r}; ")


def test_a_timedelta_is_its_seconds() -> None:
    assert seconds_of(timedelta(minutes=1.5), "window") == 90
    assert seconds_of(np.timedelta64(250, "ms"), "window") == 0.25
    with pytest.raises(ValueError, match="the unit 'Y', which has no length in seconds"):
        seconds_of(np.timedelta64(1, "Y"), "window")


@pytest.mark.parametrize("text", ["1M", " 3 M "])
def test_a_month_is_no_minute(text: str) -> None:
    with pytest.raises(ValueError, match=r"a month has no length: write days as in \"30d\""):
        seconds_of(text, "period")


@pytest.mark.parametrize("text", ["9" * 400, "9" * 301 + " GB"])
def test_a_size_that_no_double_holds_gets_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is more than any memory has"):
        parse_bytes(text)
