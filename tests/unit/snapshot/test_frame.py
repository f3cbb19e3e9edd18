"""What stands around the lines of a snapshot: titles, names, labels and heads of axes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.rules import check_golden
from support.snapshots import (
    GALLERY,
    areas,
    check_texts,
    gallery,
    plot_of,
    plot_with,
    texts,
)


@pytest.mark.parametrize("rule", ["heads"])
def test_the_golden_tables_hold(rule: str) -> None:
    check_golden(rule)


@pytest.mark.parametrize(
    ("count", "said"), [(1, None), (12, None), (64, None), (400, r"and \d+ more")]
)
def test_many_names_make_the_picture_higher_and_not_the_plot_lower(
    count: int, said: str | None
) -> None:
    plot = plot_with({}, **{f"s{i}": [i, i] for i in range(count)})
    names = texts(plot, font_size="12")
    assert areas(plot)[0].height >= 200
    if said is None:
        assert names == list(plot.series)
    else:
        assert re.fullmatch(said, names[-1])
        assert len(names) - 1 + int(names[-1].split()[1]) == count


def test_labels_say_units_with_their_prefixes_and_axes_what_they_are() -> None:
    plot = plot_of(
        (0, 0),
        (20, 1200),
        x_label="since start",
        x_unit="s",
        y_label="voltage",
        y_unit="V",
        title="A title",
    )
    assert {"since start", "voltage", "A title", "20 s", "1.0 kV", "0"} <= set(texts(plot))


def test_times_have_their_unit_beside_the_date() -> None:
    assert "UTC" in texts(plot_of((0, 1), (60, 2), time=True, x_unit="UTC"))


def test_a_label_of_x_stands_for_the_unit_of_times_and_an_empty_one_is_none() -> None:
    plot = plot_of((0, 1), (60, 2), time=True, x_unit="UTC", x_label="at sea")
    assert {"UTC", "at sea"} & set(texts(plot)) == {"at sea"}
    plot.set_options({"x_label": ""})
    assert "UTC" in texts(plot)


@pytest.mark.parametrize("options", GALLERY.values(), ids=GALLERY)
def test_no_text_touches_another_or_is_cut(options: dict[str, Any]) -> None:
    check_texts(gallery(options))


def test_the_last_label_of_x_is_whole() -> None:
    plot = plot_with({"x_range": (0, 1e6)}, y=[1, 2])
    assert "1 000 000" in texts(plot, text_anchor="middle")
    check_texts(plot)
