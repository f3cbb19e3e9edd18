"""The snapshot's rules are the page's: both get the same random inputs, and what comes out is the
same, texts to the letter, numbers to their last digits.

A rule that is changed on one side only fails here; so does a new edge case of it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pytest
from support.make_rules import packed
from support.page_rules import ask_page, node
from support.random_values import LARGEST, NAMES, ZONES, RandomValues
from support.rules import RULES, decode, difference, encode, set_zone

CASES: Final = 200
"""Of each rule."""


def _number(values: RandomValues) -> list[Any]:
    largest = values.positive()
    step = max(5e-324, largest * values.rng.choice([1, 0.5, 0.2, 0.1, 1e-3, 1e-9, 1e-15]))
    value = values.rng.choice([largest, -largest, step, 3 * step if step < 1e307 else 0.0, 0.0])
    return [value, largest, step, values.unit()]


def _readings(values: RandomValues) -> list[Any]:
    """Return a value on an axis, or anywhere."""
    log = values.flag()
    low, high = values.log_axis() if log else values.axis()
    at = (low / 2 + (high / 2 - low / 2) * values.rng.random()) * 2
    ends = [10.0 ** max(-300, min(end, 308)) if log else end for end in (low, high, at)]
    value = values.rng.choice([ends[2], ends[2], values.number()])
    # Below it the two languages have not the same powers of ten.
    value = ends[2] if abs(value) < 1e-300 else value
    return [value, *ends[:2], values.unit(), log, values.pixels()]


def _runs(values: RandomValues) -> list[Any]:
    series = [
        [
            values.rng.choice(NAMES),
            values.rng.choice(["", "", "a", "lr"]),
            values.rng.randrange(3),
            values.rng.randrange(80),
        ]
        for _ in range(values.rng.randrange(12))
    ]
    looks = {
        name: {
            "dash": values.rng.choice(["solid", "dash", "dot", "dashdot"]),
            "opacity": values.rng.choice([0.25, 1.0]),
            "color": values.rng.choice(["#123", "#008080"]),
        }
        for name in NAMES
        if values.flag()
    }
    return [series, looks]


def _linear_ticks(values: RandomValues) -> list[Any]:
    return [*values.axis(), values.pixels(), values.rng.choice([22, 37.43, 50]), values.unit()]


def _ticks_from(values: RandomValues) -> list[Any]:
    low, high = values.axis()
    zero = low + (high / 2 - low / 2)
    return [low, high, zero, values.pixels(), values.unit()]


def _log_ticks(values: RandomValues) -> list[Any]:
    spacing = values.rng.choice([0, 0, 20, 22.5, 30])
    return [*values.log_axis(), values.pixels(), spacing, values.unit()]


def _x_range(values: RandomValues) -> list[Any]:
    low, high = values.ends() if values.rng.random() < 0.9 else [math.nan, math.nan]
    window = values.rng.choice([None, None, values.positive(), 10.0])
    least = values.rng.choice([math.inf, -3.0, 0.5])
    wanted: Any = values.rng.choice([None, values.ends()])
    if wanted and values.flag():
        wanted[values.rng.randrange(2)] = None
    return [low, high, window, wanted, least, values.flag()]


def _y_range(values: RandomValues) -> list[Any]:
    heights = [values.number(), values.number()] if values.flag() else values.ends()
    log = values.flag()
    if log:
        heights = [max(-300.0, min(math.log10(abs(y) or 1), 308)) for y in heights]
    vertices = [[float(x), y] for x, y in enumerate([*heights, math.nan])]
    ends = sorted((values.number(), values.number()))
    option: Any = values.rng.choice([None, "auto", "grow", ends])
    if isinstance(option, list) and option[0] == option[1]:
        option = None
    if isinstance(option, list) and values.flag():
        option = values.rng.choice([[option[0], None], [None, option[1]]])
    x = values.rng.choice([[0, 1], [0.5, 3], [5, 6], [-1, 0]])
    return [vertices, x, option, values.rng.choice(["line", "bars", "area"]), log]


def _painted(values: RandomValues) -> list[Any]:
    x, y = (
        [0.0, values.rng.choice([1.0, 10.0, 100.0])],
        values.rng.choice([[-1.0, 1.0], [0.0, 9.0]]),
    )
    vertices, width = values.vertices(), values.rng.choice([20, 100, 744])
    kind = values.rng.choice(["points", "columns"])
    return [vertices, values.style(), kind, values.flag(), x, width, y, 262]


def _unpacked(values: RandomValues) -> list[Any]:
    vertices = values.vertices(ordered=values.flag())
    columns = [[x for x, _ in vertices], [y for _, y in vertices]]
    return [packed(columns), [len(vertices)] * 2]


def _image_joined(values: RandomValues) -> list[Any]:
    bins, log = values.rng.randrange(1, 9), values.flag()
    x = sorted({values.rng.uniform(0.1 if log else -9, 9) for _ in range(9)})
    colors = [[values.rng.randrange(256) for _ in range(bins)] for _ in x]
    return [x, colors, values.rng.choice([0.25, 1, 8]), log, values.rng.choice([1, 2, 4])]


def _annotations(values: RandomValues) -> list[Any]:
    log = values.flag()
    x, y = (values.log_axis(), values.log_axis()) if log else (values.axis(), values.axis())

    def value(ends: list[float]) -> float:
        at = values.rng.uniform(-0.2, 1.2)
        position = 2 * (ends[0] / 2 + at * (ends[1] / 2 - ends[0] / 2))
        position = max(-LARGEST, min(position, LARGEST))
        # On a linear axis, 0 may be so near to an end that its pixel is a matter of rounding.
        return values.rng.choice([10 ** min(position, 308), -1.0, 0.0]) if log else position

    regions = [sorted((value(x), value(x))) for _ in range(3)]
    return [
        {
            "lines": [{"y": value(y), "text": ""} for _ in range(3)],
            "regions": [{"from": a, "to": b, "text": ""} for a, b in regions if a < b],
            "marks": [],
        },
        x, y, [744, 262], log,
    ]  # fmt: skip


def _sides(values: RandomValues) -> list[Any]:
    lines = [
        [name, "#123456", values.rng.choice(["left", "right"])]
        for name in values.rng.sample(NAMES, values.rng.randrange(4))
    ]
    panels = [{"series": ["a"], **values.panel()} for _ in range(values.rng.randrange(1, 3))]
    legend = values.rng.choice(["auto", "none"])
    return [{**values.labels(), "panels": panels, "legend": legend}, lines, len(panels)]


def _panels(values: RandomValues) -> list[Any]:
    panels = [
        values.rng.choice([names, {"series": names, "height": 2}])
        for names in (values.names() for _ in range(values.rng.randrange(1, 4)))
    ]
    names = [values.rng.choice(["", "", "a/", "b/"]) + name for name in values.names()]
    return [values.rng.choice([None, panels, "groups"]), names]


def _time_ticks(values: RandomValues) -> list[Any]:
    zone, tz = values.rng.sample(ZONES, 2)
    return [zone, *values.moment(), values.pixels(), values.rng.choice([None, tz])]


def _crowd(values: RandomValues) -> list[Any]:
    rng = values.rng

    def group() -> list[Any]:
        points = [[rng.uniform(-20, 120), rng.uniform(-20, 120)] for _ in range(rng.randrange(9))]
        looks = [{}, {}, {"style": "area"}, {"style": "points"}, {"width": 1.0}, {"derived": True}]
        return [rng.randrange(50), points, rng.choice(looks)]

    return [[group() for _ in range(rng.randrange(1, 4))]]


INK_ENDS: Final[list[list[list[float]]]] = [
    [[0, 9], [0, 1]], [[2, 4], [0.5, 7]], [[-5, 5], [-5, 5]],
]  # fmt: skip

INPUTS: Final[Mapping[str, Callable[[RandomValues], list[Any]]]] = {
    "nice_step": lambda values: [values.positive()],
    "offset": lambda values: [*values.axis(), values.unit()],
    "number": _number,
    "readings": _readings,
    "linear_ticks": _linear_ticks,
    "counted_ticks": lambda values: [*values.axis(), values.pixels()],
    "labelled_ticks": lambda values: [*values.axis(), values.pixels(), values.unit()],
    "ticks_from": _ticks_from,
    "log_ticks": _log_ticks,
    "time_ticks": _time_ticks,
    "ellipsis": lambda values: [values.text(), values.rng.uniform(-5, 250)],
    "wrapped": lambda values: [values.text(), values.rng.uniform(-5, 250)],
    "position": lambda values: [values.number(), values.flag()],
    "positions": lambda values: [
        values.vertices(ordered=values.flag()), values.flag(), values.flag(),
    ],
    "widened": lambda values: (
        [*values.ends(), False] if values.flag() else [*values.log_axis(), True]
    ),
    "x_range": _x_range,
    "positions_between": lambda values: [
        *values.ends(), values.rng.choice([math.inf, -3.0, 0.5]), values.flag()
    ],
    "room_for_bars": lambda values: [
        *values.axis(), [[x for x, _ in values.vertices()] for _ in range(values.rng.randrange(3))],
    ],
    "y_range": _y_range,
    "within": lambda values: [
        values.vertices(), *values.either([[0, 1], [2.5, 7], [-5, -1], [1, 1]]),
        values.kind(),
    ],
    "equalized": lambda values: [
        values.axis(), [values.axis() for _ in range(2)], [[744, 100], [744, 262]],
    ],
    "candles": lambda values: [values.candles()],
    "dots": lambda values: [
        [[values.rng.gauss(0, 9), abs(values.rng.gauss(0, 9))] for _ in range(8)],
        values.rng.choice([None, [-5, 5], [None, 3], [0, None]]),
    ],
    "size_rows": lambda values: [
        *sorted(values.rng.choice([values.rng.uniform(0.001, 9), 10 ** values.rng.uniform(-9, 9)])
                for _ in range(2)),
        values.rng.choice([-5, 14, 30, 50, 744]),
    ],
    "room_for_candles": lambda values: [
        *values.either([[0.5, 7], [-1, 3], [2, 2.5]]),
        [values.candles() for _ in range(values.rng.randrange(3))],
    ],
    "lonely": lambda values: [values.vertices()],
    "moves": lambda values: [
        values.vertices(), values.rng.choice([0, 1, 7.44, 744]), values.rng.choice([1, 26, 262]),
        values.style(),
    ],
    "filled": lambda values: [values.vertices(), values.rng.choice([1, 7, 40])],
    "ink": lambda values: [
        values.vertices(), values.rng.choice([1, 7.44, 744]), values.rng.choice([1, 26, 262]),
        *values.rng.choice(INK_ENDS),
    ],
    "crowd": _crowd,
    "painted": _painted,
    "band": lambda values: [
        values.edge(), values.edge(), *values.either([[0, 100], [0.5, 7], [5, 5]]),
    ],
    "arrange": _panels,
    "band_ends": lambda values: [{name: values.look() for name in values.names()}, values.names()],
    "runs": _runs,
    "slots": lambda values: [[values.rng.randrange(1100) for _ in range(90)]],
    "color_at": lambda values: [values.rng.random()],
    "image_columns": lambda values: [
        sorted({values.rng.choice([values.rng.uniform(0, 9), values.rng.randrange(9)])
                for _ in range(values.rng.randrange(12))}),
        sorted(values.rng.uniform(-2, 11) for _ in range(20)),
    ],
    "image_cells": lambda values: [
        [-values.rng.random(), values.rng.uniform(1, 9)], values.rng.randrange(1, 40),
        values.rng.choice([1, 2, 4]), [values.rng.uniform(-2, 10) for _ in range(20)],
    ],
    "image_color": lambda values: [
        values.rng.choice([values.rng.uniform(-9, 99), 5]),
        *sorted(values.rng.choice([5, values.rng.uniform(0.001, 99)]) for _ in range(2)),
        values.flag(),
    ],
    "image_joined": _image_joined,
    "range_around": lambda values: [
        values.rng.choice([[0.5, 9.5], [1, 100]]),
        sorted(values.rng.choice([0, 0.5, 1, 2, 9.5, 200]) for _ in range(2)), values.flag(),
    ],
    "color_ticks": lambda values: [
        *sorted(values.rng.choice([values.rng.uniform(0.001, 9), 10 ** values.rng.uniform(-9, 9)])
                for _ in range(2)),
        values.flag(), values.rng.choice([50, 200, 744]), values.unit(),
    ],
    "image_home": lambda values: [_panels(values)[0], values.rng.choice(NAMES), 3],
    "shown_name": lambda values: [
        values.rng.choice(["a", "a (1)", "a · b", "a · b (2)", "b", "ab", "y", values.text()]),
        values.rng.choice(["a", "y"]), values.rng.choice(["", "b"]), values.rng.randrange(3),
        values.rng.choice(["", None, "label", "🌊 °C"]),
    ],
    "short_names": lambda values: [
        list(dict.fromkeys(
            "".join(values.rng.choice(["long words", ".", "12", "温🌊", "x", "/"])
                    for _ in range(values.rng.randrange(14)))
            for _ in range(values.rng.randrange(40)))),
        values.rng.choice([12, 24, 5]),
    ],
    "log_axes": lambda values: [values.rng.choice([None, "none", "x", "y", "xy"]), values.flag()],
    "panel_look": lambda values: [_sides(values)[0], values.rng.randrange(3)],
    "sides": _sides,
    "heads": lambda values: [values.side(), values.side(), 800],
    "gutter": lambda values: (
        [*values.axis(), values.rng.choice([100, 262]), values.unit(), False] if values.flag()
        else [*values.log_axis(), values.rng.choice([100, 262]), values.unit(), True]
    ),
    "annotations": _annotations,
    "beyond": lambda values: [
        values.rng.choice("↑↓"), values.rng.choice(["", "limit"]), values.number(), values.unit(),
    ],
    "mark_start": lambda values: [
        values.rng.uniform(0, 744), values.rng.uniform(0, 300), values.rng.uniform(400, 744),
    ],
    "m4": lambda values: [
        values.vertices(), 2.0 ** values.rng.randrange(-4, 8), values.rng.random() < 0.3,
    ],
    "column_width": lambda values: [values.positive(), values.rng.choice([1, 3, 744, 3840])],
    "unpacked": _unpacked,
}  # fmt: skip


def test_every_rule_is_asked() -> None:
    assert INPUTS.keys() == RULES.keys()


@pytest.fixture(scope="module")
def questions() -> dict[str, list[list[Any]]]:
    """The arguments that each rule is asked with, as JSON gives them to both sides."""
    return {
        rule: [decode(encode(make(RandomValues(seed)))) for seed in range(CASES)]
        for rule, make in INPUTS.items()
    }


@pytest.fixture(scope="module")
def answers(questions: dict[str, list[list[Any]]]) -> dict[str, list[Any]]:
    """What the page makes of them."""
    found = iter(ask_page([(rule, args) for rule, asked in questions.items() for args in asked]))
    return {rule: [next(found) for _ in asked] for rule, asked in questions.items()}


@pytest.fixture
def zone() -> Iterator[None]:
    """The time zone is as it was, after the test."""
    before = os.environ.get("TZ")
    yield
    set_zone(before)


@pytest.mark.slow
@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("rule", RULES)
def test_the_snapshot_does_as_the_page(
    rule: str, questions: dict[str, list[list[Any]]], answers: dict[str, list[Any]]
) -> None:
    faults = []
    for args, expected in zip(questions[rule], answers[rule], strict=True):
        found = decode(encode(RULES[rule](*args)))
        if apart := difference(found, expected):
            both = f"the snapshot has {encode(found)}, the page {encode(expected)}"
            faults.append(f"{encode(args)}: {both}: {apart}")
    assert not faults, f"{len(faults)} of {CASES}:\n" + "\n".join(faults[:5])


def test_without_node_it_fails_with_the_repair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.page_rules._npm_command", list)
    with pytest.raises(RuntimeError, match=r"needs Node.js: .*npm.py --ensure"):
        node()
