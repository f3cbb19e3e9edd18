"""The values that options can have, and the sentence for every other."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import pytest

from zwsnb.protocol.option_types import LOGS
from zwsnb.protocol.options import check_options
from zwsnb.protocol.series_options import STYLES

NOON: Final = datetime(2024, 2, 29, 12, tzinfo=UTC)
A_COLOR = 'a colour as in "#0072b2", by its name in CSS, or "auto"'
SIZE: Final = 'give points as a number, or bytes as a text such as "500 MB"'


@pytest.mark.parametrize(
    ("given", "checked"),
    [
        ({}, {}),
        ({"title": None, "window": None}, {}),
        (
            {"title": "", "x_label": "t", "y_unit": "V"},
            {"title": "", "x_label": "t", "y_unit": "V"},
        ),
        ({"title": "a\ud800"}, {"title": "a\ufffd"}),  # no file could hold it
        ({"window": 30}, {"window": 30.0}),
        ({"window": np.float32(0.5)}, {"window": 0.5}),
        ({"window": 0}, {"window": 0.0}),
        ({"window": "500ms"}, {"window": 0.5}),
        ({"window": timedelta(minutes=5)}, {"window": 300.0}),
        ({"window": np.timedelta64(2, "h")}, {"window": 7200.0}),
        ({"y_range": (0, 1)}, {"y_range": [0.0, 1.0]}),
        ({"x_range": (0, np.int64(100))}, {"x_range": [0.0, 100.0]}),
        ({"x_range": (NOON, None)}, {"x_range": [1709208000.0, None]}),
        ({"x_range": (None, None)}, {"x_range": "auto"}),
        ({"x_range": "auto", "tiles": "all"}, {"x_range": "auto", "tiles": "all"}),
        ({"tiles": ("loss", "acc")}, {"tiles": ["loss", "acc"]}),
        ({"y_range": [-1e300, np.int64(3)]}, {"y_range": [-1e300, 3.0]}),
        (
            {"y_range": (0, None), "y2_range": (None, 1)},
            {"y_range": [0, None], "y2_range": [None, 1]},
        ),
        ({"y_range": (None, None)}, {"y_range": "auto"}),
        ({"y_range": "grow", "y2_range": "auto"}, {"y_range": "grow", "y2_range": "auto"}),
        ({"points": True, "time": False}, {"points": True, "time": False}),
        ({"time": "auto"}, {"time": "auto"}),
        ({"time": "ns"}, {"time": "ns"}),
        ({"tz": "America/New_York"}, {"tz": "America/New_York"}),
        ({"tz": ""}, {"tz": ""}),
        ({"log": "none"}, {"log": "none"}),
        ({"history": 1000}, {"history": 1000}),
        ({"history": "500 MB"}, {"history": "500 MB"}),
        (
            {
                "series": {
                    "a": {"color": "#0072B2", "width": 2, "band": ("lo", "hi"), "style": None}
                }
            },
            {"series": {"a": {"color": "#0072B2", "width": 2.0, "band": ["lo", "hi"]}}},
        ),
        (
            {
                "title": "",
                "panels": [],
                "lines": [],
                "regions": [],
                "history": "auto",
                "xy": "auto",
            },
            {
                "title": "",
                "panels": [],
                "lines": [],
                "regions": [],
                "history": "auto",
                "xy": "auto",
            },
        ),
        (
            {"series": {"a": dict.fromkeys(["style", "points", "xy", "color", "width"], "auto")}},
            {"series": {"a": dict.fromkeys(["style", "points", "xy", "color", "width"], "auto")}},
        ),
        ({"series": {"a": {"band": ()}}}, {"series": {"a": {"band": []}}}),
        # A name of CSS becomes its digits, so that nobody else has to know it.
        ({"series": {"a": {"color": "Teal"}}}, {"series": {"a": {"color": "#008080"}}}),
        (
            {"series": {"a": {"label": "Loss", "dash": "dot", "opacity": 1}}},
            {"series": {"a": {"label": "Loss", "dash": "dot", "opacity": 1.0}}},
        ),
        ({"series": {"a": {"label": ""}}}, {"series": {"a": {"label": ""}}}),
        ({"panels": [["a"], ("b", "c")]}, {"panels": [["a"], ["b", "c"]]}),
        ({"panels": "groups"}, {"panels": "groups"}),
        ({"panels": [{"series": ("a",), "y_unit": None}, {}]}, {"panels": [["a"], []]}),
        (
            {
                "panels": [
                    {"y_unit": "%", "height": 2, "series": ["cpu"], "lines": [80]},
                    {"y_range": (None, 5), "log": "y", "y2_label": ""},
                ]
            },
            {
                "panels": [
                    {
                        "series": ["cpu"],
                        "height": 2.0,
                        "y_unit": "%",
                        "lines": [{"y": 80.0, "text": ""}],
                    },
                    {"series": [], "y_range": [None, 5.0], "y2_label": "", "log": "y"},
                ]
            },
        ),
        (
            {"lines": [{"y": 3, "axis": "right"}, {"y": 4, "axis": None, "text": "four"}]},
            {"lines": [{"y": 3.0, "text": "", "axis": "right"}, {"y": 4.0, "text": "four"}]},
        ),
        (
            {"lines": [1, (2, "two"), {"y": 3, "text": None}]},
            {"lines": [{"y": 1.0, "text": ""}, {"y": 2.0, "text": "two"}, {"y": 3.0, "text": ""}]},
        ),
        (
            {"regions": [(0, 1), (2, 3, "night")]},
            {
                "regions": [
                    {"from": 0.0, "to": 1.0, "text": ""},
                    {"from": 2.0, "to": 3.0, "text": "night"},
                ]
            },
        ),
        (
            {"regions": [(NOON, np.datetime64("2024-02-29T13:00"))]},
            {"regions": [{"from": 1709208000.0, "to": 1709211600.0, "text": ""}]},
        ),
    ],
)
def test_what_is_wanted_is_as_json_can_carry_it(
    given: dict[str, Any], checked: dict[str, Any]
) -> None:
    assert check_options(given) == checked
    assert check_options(json.loads(json.dumps(checked))) == checked


@pytest.mark.parametrize(("key", "choices"), [("style", STYLES), ("log", LOGS)])
def test_every_choice_is_accepted(key: str, choices: tuple[str, ...]) -> None:
    for choice in choices:
        assert check_options({key: choice}) == {key: choice}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"title": 3}, "title is a whole number; it is a text"),
        ({"window": [1]}, "window is [1]; it is a number"),
        ({"y_range": 3}, "y_range is 3; it is a pair (low, high)"),
        ({"x_range": "grow"}, "x_range is 'grow'; it is a pair (low, high)"),
        ({"x_range": 3}, "x_range is 3; it is a pair (low, high)"),
        ({"tiles": "loss"}, "tiles is a text; it is a list"),
        ({"y_range": (1, 2, 3)}, "y_range is (1, 2, 3); it is a pair (low, high)"),
        ({"points": 1}, "points is 1; it is True or False"),
        ({"history": 1.5}, f"history is 1.5; {SIZE}"),
        ({"history": True}, f"history is True; {SIZE}"),
        ({"series": ["a"]}, 'series is a list; it is as in {"loss": {"style": "step"}}'),
        ({"series": {"a": "step"}}, 'series[\'a\'] is a text; it is as in {"style": "step"}'),
        (
            {"series": {"a": {"colour": "red"}}},
            (
                "there is no option 'colour' of a series; did you mean color? They are style,"
                " points, xy, label, color, dash, width, opacity, axis, hidden, band"
            ),
        ),
        ({"series": {3: {}}}, "a name in series is a whole number; a name is a text"),
        ({"panels": "ab"}, "panels is 'ab'; it is a list, or \"groups\""),
        (
            {"panels": [["a"], {"yunit": "%"}]},
            (
                "panel 2 has no option 'yunit'; did you mean y_unit? They are series, height,"
                " y_range, y2_range, y_label, y2_label, y_unit, y2_unit, z_label, z_unit, log,"
                " lines"
            ),
        ),
        ({"panels": [{"series": "a"}]}, "panel 1's series is a text; it is a list"),
        ({"panels": [{"y_range": 3}]}, "panel 1's y_range is 3; it is a pair (low, high)"),
        ({"panels": [{"lines": ["x"]}]}, "panel 1's lines[0] is 'x'; it is a number"),
        (
            {"lines": [{"y": 1, "txt": "a"}]},
            "lines[0] has no 'txt'; did you mean text? They are y, text, axis",
        ),
        ({"lines": 3}, "lines is a whole number; it is a list"),
        ({"regions": [3]}, "regions[0] is 3; it is (from, to) or (from, to, text)"),
    ],
)
def test_what_is_of_a_wrong_type_is_refused(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(TypeError) as caught:
        check_options(options)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"title": "x" * 1001}, "title has 1001 characters; at most 1000"),
        (
            {"window": -1},
            "window is -1; it is 0 or more, in the units of x (seconds, for times)",
        ),
        (
            {"window": "wide"},
            (
                'window is \'wide\'; it is a number, or a span of time as in "500ms", "10s",'
                ' "5m", "2h" or "1d"'
            ),
        ),
        ({"window": math.nan}, "window is nan; it is a finite number"),
        ({"window": 10**400}, "window is inf; it is a finite number"),
        ({"y_range": (1, 1)}, "y_range is (1, 1); low must be below high"),
        ({"y_range": (None, math.nan)}, "y_range is nan; it is a finite number"),
        ({"y_range": (0, math.inf)}, "y_range is inf; it is a finite number"),
        ({"y_range": "wide"}, 'y_range is \'wide\'; it is a pair (low, high), "auto" or "grow"'),
        (
            {"style": "dashed"},
            (
                "style is 'dashed'; it is one of line, points, step, area, bars, candles, density,"
                " spectrum"
            ),
        ),
        ({"log": "z"}, "log is 'z'; it is one of none, x, y, xy"),
        ({"history": 0}, "history is 0; it is more than nothing"),
        ({"history": -5}, "history is -5; it is more than nothing"),
        ({"history": "much"}, "'much' is no size; write bytes as in \"500 MB\""),
        ({"series": {"": {}}}, "a name in series is empty; a name has 1 to 256 characters"),
        (
            {"series": {"a": {"color": "toml"}}},
            f"series['a']['color'] is 'toml'; write {A_COLOR}",
        ),
        (
            {"series": {"a": {"color": "darkgeen"}}},
            f"series['a']['color'] is 'darkgeen'; did you mean darkgreen? Write {A_COLOR}",
        ),
        (
            {"series": {"a": {"dash": "dotted"}}},
            "series['a']['dash'] is 'dotted'; it is one of solid, dash, dot, dashdot",
        ),
        (
            {"series": {"a": {"opacity": 0}}},
            "series['a']['opacity'] is 0; it is more than 0 and at most 1",
        ),
        (
            {"series": {"a": {"opacity": 1.5}}},
            "series['a']['opacity'] is 1.5; it is more than 0 and at most 1",
        ),
        (
            {"series": {"a": {"label": "two\nlines"}}},
            "series['a']['label'] 'two\\nlines' has the control character '\\n'",
        ),
        ({"legend": "left"}, "legend is 'left'; it is one of auto, top, right, none"),
        (
            {"series": {"a": {"color": "#0072b2;x:y"}}},
            f"series['a']['color'] is '#0072b2;x:y'; write {A_COLOR}",
        ),
        (
            {"series": {"a": {"width": 0}}},
            "series['a']['width'] is 0; it is pixels, more than 0 and at most 20",
        ),
        (
            {"series": {"a": {"band": ["x"]}}},
            "series['a']['band'] names 1 series; it names two, low and high",
        ),
        ({"panels": [["a"]] * 17}, "panels has 17 panels; it has at most 16"),
        (
            {"panels": [["a"], {"height": 0}]},
            "panel 2's height is 0; it is more than 0 and at most 100: 2 is twice as high as 1",
        ),
        ({"panels": [{"log": "xy"}]}, "panel 1's log is 'xy'; it is one of none, y"),
        (
            {"lines": [{"y": 1, "axis": "top"}]},
            "the axis of lines[0] is 'top'; it is one of left, right",
        ),
        ({"lines": [1] * 1001}, "lines has 1001 items; at most 1000"),
        ({"regions": [(1, 0)]}, "regions[0] is (1, 0); low must be below high"),
        ({"x_range": (1, 0)}, "x_range is (1, 0); low must be below high"),
    ],
)
def test_a_wrong_value_is_refused(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        check_options(options)
    assert str(caught.value) == sentence
