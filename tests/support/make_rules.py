"""Write the golden tables of the rules that page and snapshot share: tests/shared/<rule>.json.

`PYTHONPATH=tests:. python -m support.make_rules` after a rule has changed, or has a new case here.
What comes out is the snapshot's answer; tests/page and tests/unit/snapshot both read the tables, so
a table is right when both pass, and its change is what is to be reviewed.
"""

from __future__ import annotations

import base64
import json
import math
import string
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from support.paths import SHARED
from support.rules import RULES, encode, text_widths
from zwsnb.saved.packing import pack

NAN, INF = math.nan, math.inf
LARGEST: Final = 1.7976931348623157e308

DAY = 86_400
FRIDAY = 1_790_935_200.0
"""2026-10-02 12:00 in Berlin."""

SPRING, AUTUMN = 1_774_738_800.0, 1_792_879_200.0
"""Midnight in Berlin before clocks go forward, on 2026-03-29, and back, on 2026-10-25."""

NANOSECONDS = 1_795_811_940_000_000_000.0

LOW = [[0, 0], [1, 1], [2, NAN], [3, 1], [4, 2]]
HIGH = [[0.5, 5], [1.5, 6], [3.2, 7], [9, 8]]

NOISE = [[x / 4, (x * 7919 % 13) / 13] for x in range(120)]
SLOPE = [[x / 40, x / 10] for x in range(120)]
# Lines of a panel of 100 x 100 pixels: across it, a bit of it, far beyond, and steep.
WIDE, SHORT, FAR = [[0, 50], [100, 50]], [[0, 50], [9, 50]], [[-1e6, 50], [1e6, 51]]
STEEP = [[x, x % 2 * 90] for x in range(20)]
STAIRS = [[x / 4, x // 2 * 1.0] for x in range(12)]
LINE = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]]

CANDLES = [
    point
    for at, values in ((0, (2, 5, 1, 4)), (2, (4, 4, 3, 3)), (4, (3, 9, 3, 9)), (6, (9, 9, 0, 1)))
    for point in zip((at, at + 1, at + 1, at + 2), values, strict=True)
]

LAYERS: Final = [
    f"model.encoder.layers.{i}.self_attn.{of}" for i in (0, 1, 11) for of in ("weight", "bias")
]


def packed(columns: list[list[float]]) -> str:
    """Return columns of numbers as a saved page has them."""
    return base64.b64encode(b"".join(pack(np.array(each) for each in columns))).decode()


HALF_OPEN: Final[list[list[Any]]] = [
    [[[0, low], [1, high]], [0, 1], said, style, log]
    for (low, high), style, log in (
        ((0, 1), "line", False), ((100, 101), "line", False), ((-5, -3), "line", False),
        ((3, 90), "bars", False), ((-1.7e308, 1.7e308), "line", False), ((1, 3), "line", True),
    )
    for said in ([0, None], [None, 2], [-1e308, None], [None, -7])
] + [
    [[], [0, 1], [5, None], "line", False], [[], [0, 1], [None, 0], "line", False],
    [[], [0, 1], [10, None], "line", True], [[], [0, 1], [0, None], "line", True],
]  # fmt: skip
"""Ranges of y of which one end is open."""

CASES: Final[Mapping[str, list[list[Any]]]] = {
    "nice_step": [
        [raw] for raw in (1, 1.1, 2, 3, 7, 0.03, 4e-7, 123, 1e-12, 1e-300, 1e300, 9.99e307, LARGEST)
    ],
    "number": [
        [0.4, 1, 0.2, ""], [0.25, 1, 0.25, ""], [2.5, 5, 2.5, ""], [9000, 9999, 1000, ""],
        [15_000, 20_000, 5000, ""], [1.5e6, 1500e3, 500e3, ""], [1.5e-3, 2e-3, 5e-4, ""],
        [5.6e-6, 5.6e-6, 2e-7, ""], [1_700_000_005, 1.7e9, 5, ""], [1.5e9, 2e9, 5e8, ""],
        [3e27, 3e27, 1e27, ""], [-1e308, LARGEST, 1e308, ""], [0, 5e-324, 5e-324, ""],
        [-0.5, 1, 0.5, ""], [-0.0001, 1, 0.5, ""], [1200, 1200, 200, "V"],
        [0.0015, 0.0015, 0.0005, "V"], [1500, 1500, 500, "Hz"], [2e6, 2e6, 1e6, "B/s"],
        [12_000, 12_000, 2000, "%"], [0.25, 0.25, 0.05, "°C"], [5000, 5000, 1000, "mV"],
        [4000, 4000, 1000, "s"], [0.004, 0.004, 0.001, "s"], [2e12, 2e12, 1e12, "%"],
        [2000, 2000, 1000, "m/12345678"], [2000, 2000, 1000, "m/123456789"], [999, 999, 1, "V"],
        [0.5, 10, 1, ""], [2.5, 10, 1, ""], [-2.5, 10, 1, ""], [2.5e30, 2.5e30, 2.5e30, ""],
        [45_000, 50_000, 10_000, ""], [9e6, 9e6, 1e6, ""], [1e7, 1e7, 1e6, ""],
        [1e-4, 1e-4, 2e-5, ""], [9e-5, 9e-5, 1e-5, ""], [-9e-5, 9e-5, 1e-5, "%"],
        [1_700_000_005, 1.7e9, 5, "Hz"], [2e9, 2e9, 5e8, "s"], [2e-5, 2e-5, 1e-5, "s"],
        [2e30, 2e30, 1e30, "V"], [1e6, 1e6, 1e5, "🌊"], [1e3, 1e3, 1e2, "V/\n"],
    ],
    # A value beside its axis, and one that somebody has said.
    "readings": [
        [value, low, high, suffix, log, pixels]
        for low, high, suffix, log, pixels in (
            (0, 1, "", False, 250), (-2, 2, "V", False, 250), (0, 1.2e3, "V", False, 262),
            (0, 2000, "", False, 100), (0.12, 0.13, "%", False, 250), (0, 4e-6, "A", False, 250),
            (0, 3e6, "", False, 250), (0, 3e8, "", False, 250), (0, 1e6, "V", False, 250),
            (-4e-6, 4e-6, "", False, 250), (1e9, 1e9 + 5, "Hz", False, 250),
            (-LARGEST, LARGEST, "", False, 250), (0, 90, "s", False, 250),
            (1e-6, 1e-1, "", True, 250), (1, 1e3, "V", True, 250), (1, 1e9, "", True, 100),
        )
        for value in (
            0.0, 1.0, -1.0, 0.5, 0.1, 0.123456, 5.0, 9.995, 21.64, 97.996, 1234.5, 45_000.0, 5e-4,
            2.5e-6, -3.26e-4, 0.0099999, 1e6, 999_999.6, 1_700_000_005.0, 1e-9, 3.5e9, 5e-300,
            LARGEST,
        )
    ],
    "runs": [
        [[], {}],
        [[["loss", "", 0, 0], ["loss", "", 2, 0], ["loss", "", 1, 0], ["acc", "", 0, 1],
          ["acc", "", 1, 1]], {}],
        [[["y", "a", 0, 0], ["y", "b", 0, 1], ["y", "b", 1, 1]], {}],
        [[["loss", "lr=1", 0, 0], ["acc", "lr=1", 0, 0], ["loss", "lr=2", 0, 1],
          ["acc", "lr=2", 0, 1]], {}],
        [[["y", "", 0, 3], *[["y", "", n, 3] for n in range(19, 0, -1)]], {}],
        [[["y", "y", 0, 0], ["y", "", 0, 0], ["a", "b", 1, 1], ["b", "a", 0, 2],
          ["c", "a", 0, 2]], {}],
        [[["a", "", 0, 0], ["a", "", 1, 0], ["b", "lr", 0, 70], ["c", "", 0, 17]],
         {"a": {"color": "#123", "dash": "dot", "opacity": 0.5}, "b": {"dash": "dashdot"},
          "c": {"dash": "solid"}}],
    ],
    "linear_ticks": [
        [0, 1, 300, 40, ""], [-2.2, 2.2, 200, 40, ""], [0, 12_000, 200, 40, ""],
        [0, 3e6, 200, 40, ""], [0, 4e-6, 200, 40, ""], [1e6, 1e6 + 1, 120, 40, ""],
        [0, 1e30, 120, 40, ""], [-1.7e308, 1.7e308, 120, 40, ""], [0, 950, 262, 37, "V"],
        [-0.3, 0.3, 262, 37, ""], [0, 1200, 262, 37, "Hz"], [0, 1e-300, 262, 37, ""],
        [0, 45_000, 262, 37, ""], [0, 45_000, 262, 37, "V"], [-1.2e-6, 1.2e-6, 262, 37, ""],
        [-1.2e-6, 1.2e-6, 262, 37, "A"], [2.0**53, 2.0**53 + 40, 262, 37, ""],
        [-1.2e-306, 1.2e-306, 262, 37, ""],
        [1 - 1.2e-13, 1 + 1.2e-13, 262, 37, ""], [NANOSECONDS, NANOSECONDS + 3e5, 262, 37, "ns"],
        [-LARGEST, LARGEST, 262, 37, "V"], [1e-14 * 9, 1e-14 * 9.00001, 262, 37, "%"],
    ],
    "offset": [
        [0, 1, ""], [1e6, 1e6 + 1, ""], [1.7e9, 1.7e9 + 1e-4, "s"], [1e9 - 1e-4, 1e9 + 1e-4, "V"],
        [1 - 1.2e-13, 1 + 1.2e-13, ""], [NANOSECONDS, NANOSECONDS + 3e5, ""],
        [-NANOSECONDS - 3e5, -NANOSECONDS, ""], [1e-5, 1e-5 + 1e-16, ""],
        [1.7e308, 1.7e308 + 1e295, ""], [-LARGEST, LARGEST, ""], [0, 2e-307, ""],
    ],
    # Of cells: each where there is room, and never between two.
    "counted_ticks": [
        [-0.5, 9.5, 100], [-0.5, 9.5, 300], [-0.5, 9.5, 800], [-0.5, 99.5, 300], [2.2, 3.4, 300],
        [2.2, 2.8, 300], [-0.5, 1e6, 744],
    ],
    "labelled_ticks": [
        [0, 1, 744, ""], [-1e9, 1e9, 240, ""], [1e6, 1e6 + 1, 744, "V"], [0.001, 0.0011, 400, ""],
        [1.7e9, 1.7e9 + 30, 744, ""], [-3, 1e-3, 100, "<unit>"], [0, 900, 744, "m"],
        [-LARGEST, LARGEST, 100, ""], [1.7e9, 1.7e9 + 1e-5, 744, ""], [0, 1e5, 744, "s"],
        [NANOSECONDS, NANOSECONDS + 3e5, 744, ""], [1e6, 1e6 + 3e-7, 744, "m"],
    ],
    "ticks_from": [
        [-4, 16, 0, 744, "s"], [1000.496, 1000.516, 1000.5, 744, "s"], [9, 11, 10, 240, ""],
        [1.7e9, 1.7e9 + 30, 1.7e9 + 3, 744, "V"], [57.5, 67.5, 59.5, 100, "<unit>"],
    ],
    "log_ticks": [
        [0, 6, 600, 0, ""], [-3, 1, 400, 0, "V"], [0, 3, 900, 0, ""], [0, 12, 500, 0, ""],
        [math.log10(2), math.log10(3), 400, 0, ""],
        # 1 000 000 s is wider than 1 s and 10⁸ s.
        [0, 8, 744, 0, "s"], [0, 8, 744, 20, "s"], [0, 8, 744, 0, ""], [0, 8, 744, 0, "%"],
        # Where one label is a power of ten, all are.
        [-6, 6, 744, 0, ""], [-6, 6, 744, 0, "Hz"], [-6, 6, 744, 0, "%"], [-4, 6.9, 744, 0, ""],
        [-4.5, -3, 744, 0, ""], [-6.2, -4.9, 744, 0, ""], [5.8, 7.2, 262, 22, ""],
        [-300, 308.25, 744, 0, ""], [308, 308.25, 744, 0, ""], [2.3, 2.31, 744, 0, ""],
        [0.9, 2.2, 262, 22, "Hz"], [5, 5.6, 262, 22, ""], [2.1, 2.9, 744, 0, "µm"],
    ],
    "time_ticks": [
        ["Europe/Berlin", FRIDAY, FRIDAY + seconds, pixels]
        for seconds, pixels in (
            (20e-6, 600), (0.004, 744), (0.5, 744), (30, 744), (120, 744), (3600, 744),
            (4 * 3600, 744), (2 * DAY, 744), (5 * DAY, 400), (40 * DAY, 744), (200 * DAY, 744),
            (300 * DAY, 744), (31 * 365 * DAY, 500), (900 * 365 * DAY, 744),
            (8000 * 365 * DAY, 744),
        )
    ] + [
        ["Europe/Berlin", SPRING, SPRING + DAY / 2, 744],
        ["Europe/Berlin", AUTUMN, AUTUMN + DAY / 2, 744],
        ["Asia/Kolkata", FRIDAY, FRIDAY + 7200, 744],
        ["Asia/Kathmandu", FRIDAY, FRIDAY + 2 * DAY, 744],
        ["Pacific/Apia", 1_325_100_000, 1_325_100_000 + 5 * DAY, 744],
        ["America/Sao_Paulo", 1_507_900_000, 1_507_900_000 + 4 * DAY, 744],
        ["Europe/Berlin", -2_422_054_408 - 600, -2_422_054_408 + 600, 744],
        # A zone of the plot's own, whatever that of the reader is.
        ["Europe/Berlin", FRIDAY, FRIDAY + 3600, 744, "America/New_York"],
        ["Europe/Berlin", FRIDAY, FRIDAY + 40 * DAY, 744, "UTC"],
        ["Europe/Berlin", FRIDAY, FRIDAY + 900 * 365 * DAY, 744, "Asia/Tokyo"],
        ["UTC", FRIDAY, FRIDAY + 7200, 744, "Asia/Kathmandu"],
        ["UTC", SPRING, SPRING + DAY / 2, 744, "Europe/Berlin"],
        ["UTC", AUTUMN, AUTUMN + DAY / 2, 744, "Europe/Berlin"],
        ["UTC", 1_325_100_000, 1_325_100_000 + 5 * DAY, 744, "Pacific/Apia"],
        ["UTC", 1_507_900_000, 1_507_900_000 + 4 * DAY, 744, "America/Sao_Paulo"],
        ["UTC", -2_422_054_408 - 600, -2_422_054_408 + 600, 744, "Europe/Berlin"],
        ["UTC", 1e300, 2e300, 744, "Europe/Berlin"],
        # The first column of an image is of another day, or of another year, than its edge.
        *(
            ["UTC", begin, end, 744, None, origin, first]
            for begin, end, origin, first in (
                (-DAY / 48, DAY, SPRING + 3600, [0, DAY / 24]),
                (-DAY / 2, 2.5 * DAY, SPRING + 3600, [0, DAY]),
                (-DAY / 2, DAY, SPRING + 3600, [0, DAY]),
                (-DAY / 2, 9.5 * DAY, 1_798_761_600, [0, DAY]),
                (-DAY / 8, DAY, SPRING + 3600, [2 * DAY, DAY / 8]),
            )
        ),
        ["Europe/Berlin", -DAY / 2, 2.5 * DAY, 744, None, SPRING, [0, DAY]],
        # Counted from a second nearby, so that there are nanoseconds.
        *(
            ["UTC", 45_000.25, 45_000.25 + seconds, 744, "Asia/Kathmandu", 1_795_824_000]
            for seconds in (1e-9, 4e-9, 3e-8, 1e-6, 0.02, 30, 7200, 5 * DAY, 400 * DAY)
        ),
        ["Europe/Berlin", -1e-8, 2e-8, 744, None, 1_795_824_000],
        ["UTC", 1e-6, 2e-6, 744, None, -46_388_678_400],
        ["UTC", 2.0**24, 2.0**24 + 1e-7, 744, None, 1_795_824_000],
        ["UTC", 4e10, 5e10, 744, None, -86_400], ["UTC", 1e13, 2e13, 744, None, 86_400],
        ["UTC", -1e14, -5e13, 744], ["UTC", 1e300, 2e300, 744], ["UTC", -4e10, -3.9e10, 744],
    ],
    "ellipsis": [
        ["short", 100], ["a text that is too long", 60], ["a text", 10], ["温温温温温温温温", 60],
        ["", 0], ["", -1], ["ab", 5], ["a  b  c  d  e", 40], ["🌊🌊🌊🌊🌊🌊", 70], ["abc", 19],
    ],
    "wrapped": [
        ["", 100], ["short", 100], ["a text that is too long", 60], ["  gaps \n go ", 200],
        ["do not\u202fbreak", 60], ["averyveryverylongword and more", 60], ["abc", 0],
        ["温温温温温温温温 🌊🌊🌊", 60],
    ],
    "position": [
        [value, log] for value in (1000, 1, 0, -1, 1e-310, 5e-324, LARGEST) for log in (False, True)
    ],
    "positions": [
        [[[-1, 5], [0, 5], [1, 10], [10, -3], [100, 0.1], [1000, NAN]], x, y]
        for x in (False, True) for y in (False, True)
    ] + [[[[1, 1], [-1, 2], [10, 3]], True, False], [[[-1, 1], [0, 2]], True, True]],
    "widened": [
        [0, 1, False], [3, 3, False], [1e300, 1e300, False], [-LARGEST, LARGEST, False],
        [0, 5e-324, False], [1e16, 1e16 + 2, False], [LARGEST, INF, False], [2, 2, True],
        [-400, -350, True], [308, 400, True], [0, 1e-10, True],
    ],
    "x_range": [
        [0, 8, None, None, 0, False], [0, 8, 5, None, 0, False], [0, 8, 10, None, 0, False],
        [3, 3, None, None, 3, False], [NAN, NAN, 30, None, INF, False],
        [NAN, NAN, None, None, INF, True], [NAN, NAN, 30, None, INF, True],
        [1, 1000, None, None, 0, True], [-5, 1000, None, None, 1, True],
        [-5, -1, None, None, INF, True], [10, 10, None, None, 1, True],
        [0, 0, None, None, INF, True], [-1.7e308, 1.7e308, None, None, 0, False],
        [1e300, 1e300, None, None, 0, False], [1.7e9, 1.7e9 + 1e-6, None, None, 0, False],
        # What is to be filled.
        [0, 8, None, [0, 100], 0, False], [-3, 8, None, [0, 5], 0, False],
        [2, 8, None, [0, None], 0, False], [2, 8, None, [None, 100], 0, False],
        [NAN, NAN, None, [0, 100], INF, False], [NAN, NAN, None, [5, None], INF, False],
        [NAN, NAN, None, [None, 5], INF, False], [0, 8, 5, [0, 100], 0, False],
        [1, 10, None, [1, 1000], 0, True], [1, 10, None, [0, 1000], 0, True],
        [NAN, NAN, None, [1, 1000], INF, True], [NAN, NAN, None, [0, 1000], INF, True],
    ],
    # A sweep, whose begin may be left of all that has a logarithm.
    "positions_between": [
        [9, 11, 9, False], [-3, 7, -3, False], [1, 100, 0, True], [-2.95, 7.05, -1, True],
        [-2.95, 7.05, INF, True], [-9, -1, 0, True], [0, 10, 1, True], [5, 5, 0, True],
    ],
    "room_for_bars": [
        [0, 8, []], [0, 8, [[]]], [0, 8, [[1]]], [0, 8, [[0, 1, 1, 3]]], [0, 8, [[0, 4], [0, 0.5]]],
        [-1.7e308, 1.7e308, [[0, 1e308]]], [0, 8, [[0, 4, 8]]], [0, 2, [[0, 100]]],
    ],
    "y_range": HALF_OPEN + [
        [[[0, low], [1, high]], [0, 1], None, "line", False]
        for low, high in (
            (0, 1), (-1, 1), (5, 5), (0, 0), (-3, -1), (-1, 0), (100, 101), (0, 5e-324),
            (-1.7e308, 1.7e308), (1e15, 1e15 + 1), (0.3, 0.30000000000000004),
            (-1e-306, 1e-306), (1 - 1e-13, 1 + 1e-13), (NANOSECONDS, NANOSECONDS + 3e5),
            (1.7e308, 1.7e308),
        )
    ] + [
        [[[0, 2], [1, 5]], [0, 1], None, "bars", False],
        [[[0, 2], [1, 5]], [0, 1], None, "area", True],
        [[[0, 99], [1, 2], [2, NAN], [3, 4], [9, 99]], [1, 3], "grow", "line", False],
        [[], [0, 1], None, "bars", False], [[[5, 5]], [0, 1], "auto", "line", False],
        [[[0, 1]], [0, 1], [10, 1000], "line", False], [[[0, 1]], [0, 1], [10, 1000], "line", True],
        [[[0, 1]], [0, 1], [0, 1000], "line", True], [[[0, 1]], [0, 1], [-5, 0], "line", True],
        [[[0, -2], [1, 2]], [0, 1], None, "line", True],
        [[[0, 1e300]], [0, 1], [1e300, 1.0000000000000002e300], "line", False],
    ],
    "within": [
        [LINE, 1.5, 2.5, "points"], [LINE, 1, 3, "columns"], [LINE, -9, 9, "points"],
        [LINE, 3.5, 9, "points"], [LINE, 7, 9, "points"], [LINE, -9, -7, "points"],
        [[], 0, 1, "points"], [[[1, 1], [1, 2], [1, 3], [2, 4], [3, 5]], 0, 1, "points"],
        [[[3, 1], [1, 2], [9, 3]], 1, 2, "xy"], [CANDLES, 0, 9, "candles"],
        [CANDLES, 4.5, 4.75, "candles"], [CANDLES, 2, 2, "candles"], [CANDLES, 8, 9, "candles"],
    ],
    "equalized": [
        [[0, 10], [[0, 1]], [[500, 250]]], [[0, 1], [[-5, 5]], [[500, 250]]],
        [[0, 10], [[0, 1], [3, 30]], [[500, 100], [500, 300]]], [[0, 1], [], []],
        [[-LARGEST, LARGEST], [[0, 1]], [[500, 250]]], [[2, 2.5], [[2, 2.25]], [[500, 250]]],
    ],
    "candles": [
        [[]], [CANDLES], [[[0, 1], [1, 2], [1, 0]]],
        [[[0, 5], [0.25, 5], [0.25, 5], [0.5, 5]]], [[[0, NAN], [1, 2], [1, 0], [2, 1]]],
    ],
    "dots": [
        [[], None], [[[1, 2]], None], [[[NAN, NAN], [3, NAN], [NAN, 4]], None],
        [[[0, 0], [1, 1], [2, 4], [3, 9], [4, 16], [255, 0.001]], None],
        [[[0, 1], [5, 2], [10, 3]], [2, None]], [[[0, 1], [5, 2], [10, 3]], [None, 5]],
        [[[0, 1], [5, 2]], [7, 7]], [[[-3, 0], [-3, 0]], None], [[[3, 1], [NAN, 1]], None],
        [[[2, 1], [3, 1], [4, 1]], [3, 3]],
        [[[-1e300, 1e300], [1e300, 1]], None],
    ],
    # Rings that say what sizes mean: the least and the largest one, pixels that there are.
    "size_rows": [
        [0, 31.6, 200], [0, 31.6, 40], [0, 31.6, 20], [0, 31.6, 10], [90, 100, 200], [1, 99, 200],
        [0, 1, 200], [0.002, 0.07, 200], [0, 2_500_000, 200], [5, 6, 200], [0, 1e-300, 200],
        [0, 1e300, 200], [0, 49, -5], [10, 45, 60],
    ],
    "room_for_candles": [
        [0.5, 7.5, []], [0.5, 7.5, [[]]], [0.5, 7.5, [CANDLES]], [3, 5, [CANDLES]],
        [0, 8, [CANDLES]], [-2, 9, [CANDLES, CANDLES]],
    ],
    "lonely": [
        [[]], [[[0, 1]]], [[[0, 1], [1, NAN], [2, 1], [3, NAN], [4, 1], [5, 1]]], [[[0, NAN]]],
    ],
    # What counts is how often a line goes up or down, however many vertices it takes.
    "moves": [
        [NOISE, 1, 262, "line"], [NOISE, 4, 262, "line"], [NOISE, 1, 1, "line"],
        [SLOPE, 1, 26, "line"], [SLOPE, 400, 26, "line"], [SLOPE, 0, 26, "step"],
        [STAIRS, 4, 26, "line"], [[], 1, 1, "line"], [[[0, 1], [1, NAN], [2, 5]], 1, 1, "area"],
    ],
    # What a line inks of each pixel column: points in pixels, and how many columns there are.
    "filled": [
        [[[0.5, 3], [0.75, 9], [2.25, 1]], 4], [[[2.25, 1], [0.5, 3]], 4], [[[3.5, 2]], 4],
        [[[-1000.5, 2], [1000.5, 8]], 3], [[[0, 1], [1, NAN], [2, 5], [4, 7]], 4], [[], 4],
        [[[1, 2], [1, 8], [1, 4], [2, 4]], 4], [[[5, 1], [9, 1]], 4], [[[-9, 1], [-5, 1]], 4],
    ],
    # How many pixels of a panel a line goes through: points, pixels per unit, the ends of x and y.
    "ink": [
        [[[0, 0], [3, 4]], 10, 10, [0, 9], [0, 10]],
        [[[0, 0], [3, 1]], 10, 10, [0, 9], [0, 10]],
        [[[0, -5], [1, 5], [2, 15]], 1, 2, [0, 9], [0, 10]],
        [[[0, 12], [9, 15]], 1, 1, [0, 9], [0, 10]],
        [[[0, 1], [1, NAN], [2, 5], [3, 6]], 1, 1, [0, 9], [0, 10]],
        [[[3, 1], [0, 1]], 2, 1, [0, 9], [0, 10]],
        # Far to both sides; up through a corner; on the edges; beside them.
        [[[-1e6, 5], [1e6, 5]], 1, 1, [0, 100], [0, 10]],
        [[[-1e6, -1e6], [1e6, 1e6]], 1, 1, [0, 100], [0, 10]],
        [[[0, 10], [100, 10], [100, 0], [0, 0], [0, 10]], 1, 1, [0, 100], [0, 10]],
        [[[101, 0], [101, 10]], 1, 1, [0, 100], [0, 10]],
        [[[5, 5], [5, 5]], 1, 1, [0, 9], [0, 9]],
        [[], 1, 1, [0, 1], [0, 1]], [[[0, 1]], 1, 1, [0, 1], [0, 1]],
    ],
    # Which lines of a panel of 100 x 100 pixels are as thin as can be: so many each time, their
    # points, and what else they are.
    "crowd": [
        [[[31, WIDE, {}]]], [[[32, WIDE, {}]]], [[[40, WIDE, {"width": 3}]]],
        [[[40, WIDE, {"style": "bars"}]]], [[[40, WIDE, {"style": "step"}]]],
        [[[40, WIDE, {"kind": "candles"}]]],
        [[[40, WIDE, {}], [1, SHORT, {}], [1, WIDE, {"derived": True}]]],
        [[[40, SHORT, {}]]], [[[300, SHORT, {}]]], [[[20, FAR, {}], [20, WIDE, {}]]],
        [[[20, STEEP, {}], [20, SHORT, {}]]],
        [[[1, WIDE, {}], [1, WIDE, {"width": 1}], [31, WIDE, {}]]],
    ],
    "painted": [
        [NOISE, "line", "columns", False, [0, 30], width, [0, 1], 262] for width in (20, 74, 744)
    ] + [
        [SLOPE, "line", "columns", False, [0, 3], 20, [0, 12], 262],
        [SLOPE, "step", "columns", False, [0, 3], 20, [0, 12], 262],
        [LINE, "line", "points", False, [0, 4], 89, [0, 9], 262],
        [LINE, "line", "points", False, [0, 4], 90, [0, 9], 262],
        [LINE, "line", "points", True, [0, 4], 25, [0, 9], 262],
        [LINE, "line", "columns", True, [0, 4], 744, [0, 9], 262],
        [[[0, 1], [1, NAN], [2, 5], [3, NAN], [4, 99]], "area", "columns", False, [0, 4], 744,
         [0, 9], 262],
    ],
    "band": [
        [LOW, HIGH, 0, 9], [LOW, HIGH, 0.7, 3.5], [LOW, HIGH, 5, 6], [[], HIGH, 0, 9],
        [[[0, 0], [10, 0]], [[0, 9], [10, 19]], 2, 4],
        [[[0, 0], [10, 0]], [[0, 5], [1, 1], [1.2, 9], [1.4, 2], [10, 5]], 0, 10],
        [[[0, 0], [2, 0], [2, 5]], [[0, 9], [0, 8], [2, 9]], 0, 2],
    ],
    "arrange": [
        [None, ["a", "b"]], [[["b"], ["a"]], ["a", "b", "c"]], [[["b"], []], ["a", "b"]],
        [[["a"], ["a", "b"], ["c"]], ["a", "b", "c"]], [[["c"], ["a", "b"]], ["a", "b"]],
        [[["__proto__"], ["constructor"]], ["a", "__proto__"]], [None, []],
        ["groups", ["t/loss", "lr", "v/loss", "t/acc", "/", "__proto__/a/b"]], ["groups", []],
        ["groups", [f"g{i % 18}/{i}" for i in range(20)]],
        [[{"series": ["b"], "height": 2}, {"series": [], "y_unit": "V"}], ["a", "b"]],
        # What is derived stands beside its source, unless a panel names it.
        [[["a"], ["b"]], ["a", "b", "a + 1", "a + 2"],
         {"a + 1": ["a + 1", "a"], "a + 2": ["a + 2", "a + 1", "a"]}],
        [[["a"], ["a + 1"], ["b"]], ["a", "b", "a + 1", "a + 2"],
         {"a + 1": ["a + 1", "a"], "a + 2": ["a + 2", "a + 1", "a"]}],
        ["groups", ["t/a", "b", "-t/a"], {"-t/a": ["-t/a", "t/a"]}],
    ],
    "band_ends": [
        [{"m": {"band": ["lo", "hi"]}, "other": {"style": "step"}}, ["lo", "hi", "m", "other"]],
        # While its own series has not come, what bounds a band is drawn: it would be seen nowhere.
        [{"m": {"band": ["lo", "hi"]}}, ["lo", "hi"]], [{"m": {"band": ["m", "hi"]}}, ["m", "hi"]],
        [{"__proto__": {"band": ["a", "b"]}}, ["a", "b"]], [{}, ["a"]],
    ],
    "slots": [[[]], [list(range(70))], [[100, 999]]],
    "color_at": [[i / 16] for i in range(17)],
    "image_columns": [
        [[], [0, 1]], [[5], [4.4, 4.6, 5, 5.4, 5.6]], [[0, 1, 2], [-0.6, -0.4, 0.4, 0.6, 2.4, 2.6]],
        [[0, 1, 50, 51], [2.4, 2.6, 20, 48.4, 48.6]],
        [[0, 1, 3, 3.5], [i / 4 for i in range(-4, 20)]],
    ],
    "image_cells": [
        [[-0.5, 5.5], 6, 1, [-1, -0.5, 0, 0.5, 5.4, 5.5, 6]], [[0, 10], 5, 2, [0, 3.9, 4, 9.9, 10]],
    ],
    # An image fills its panel, from -0.5 to 9.5, and lines go beyond it, or do not.
    "range_around": [
        [[-0.5, 9.5], extent, False]
        for extent in ([0, 9], [-0.5, 9.5], [-1, 9], [0, 10], [-3, 33])
    ] + [[[0.5, 100], extent, True] for extent in ([0, 2], [-1, 2], [0, 3])],
    "color_ticks": [
        [0, 100, False, 200, "dB"], [-80.5, 3, False, 60, "dB"], [5, 5, False, 200, ""],
        [0.10000000149011612, 0.10000000149011612, False, 200, "V"], [0.001, 2000, True, 200, ""],
        [3, 70, True, 100, "V"], [1e-30, 1e30, True, 300, ""], [2, 2.1, True, 200, ""],
    ],
    # Columns of colours, of a screen's width: linear and logarithmic, joined in x, in y, in both.
    "image_color": [
        *([value, *z] for z in ((0, 10, False), (5, 20, False), (1, 1000, True))
          for value in (-1, 0, 1, 4.9, 5, 7.77, 10, 20, 999, 1e30)),
        *([value, 5, 5, log] for value in (-1, 2, 5, 9) for log in (False, True)),
    ],
    "image_joined": [
        [[0, 1, 2.5, 4], [[1, 2, 3], [4, 0, 6], [0, 0, 9], [7, 7, 7]], width, log, factor]
        for width in (0.5, 2, 4) for log in (False, True) for factor in (1, 2, 4)
    ],
    "image_home": [
        [None, "image", 1], ["groups", "image", 3], [[["a"], ["image"], ["b"]], "image", 3],
        [[["a"], {"series": ["image", "b"]}], "image", 2], [[["a"], ["b"]], "image", 2],
    ],
    "shown_name": [
        ["loss", "loss", "", 0, None], ["loss", "loss", "", 0, ""],
        ["loss", "loss", "", 0, "Loss, train"], ["loss (1)", "loss", "", 1, "L"],
        ["loss · lr=1", "loss", "lr=1", 0, "L"], ["loss · lr=1 (2)", "loss", "lr=1", 2, "L"],
        # A run of y has the name of the run; and what a user has called it stays.
        ["lr=1", "y", "lr=1", 0, "L"], ["best", "loss", "", 1, "L"], ["lossy", "loss", "", 0, "L"],
    ],
    "short_names": [
        [[], 24], [["loss", "acc"], 24],
        [["model.encoder.layers.0.self_attn.weight", "model.encoder.layers.0.self_attn.bias"], 24],
        [LAYERS, 24], [LAYERS, 12],
        [[f"model.encoder.layers.{i}.self_attn.{p}_proj.bias" for i in (7, 17) for p in "qk"], 24],
        [[f"measurement {i} of the great machine in the cellar" for i in (1, 2)], 24],
        [[f"a/{i}/{'long ' * 9}" for i in (1, 2)], 24], [["温" * 30, "🌊" * 30], 12],
        [["x" * 24, "x" * 25], 24], [["x" * 40, "x" * 41], 24],
    ],
    "log_axes": [
        [log, time] for log in (None, "none", "x", "y", "xy") for time in (False, True)
    ],
    "panel_look": [
        [{"y_range": [0, None], "y2_unit": "A", "log": "xy", "lines": [{"y": 1, "text": ""}],
          "panels": panels}, index]
        for panels in (
            None, "groups", [["a"], ["b"]],
            [["a"], {"series": [], "y_range": "auto", "y_label": "U", "y_unit": "", "log": "none",
                     "height": 2, "lines": []}],
            [["a"], {"series": ["b"], "y2_range": [0, 1], "y2_label": "I", "y2_unit": "",
                     "log": "y", "lines": [{"y": 2, "text": "", "axis": "right"}]}],
        )
        for index in (0, 1)
    ] + [[{"panels": [{"series": ["a"], "log": "y"}, ["b"]]}, index] for index in (0, 1)],
    "sides": [
        [{}, [], 1], [{}, [["a", "#123456", "left"]], 1], [{}, [["a", "#123456", "left"]], 2],
        # An empty label of x is a label: times say nothing then, not their unit.
        [{"time": True, "x_unit": "UTC"}, [], 1],
        [{"time": True, "x_unit": "UTC", "x_label": "at sea"}, [], 1],
        [{"x_unit": "s"}, [], 1], [{"x_label": "time", "x_unit": "s"}, [], 1],
        [{"y_label": "U", "y2_label": "", "y2_unit": "A"},
         [["a", "#123456", "left"], ["b", "#abcdef", "right"]], 1],
        [{"y_label": "U"}, [["a", "#123456", "right"], ["b", "#abcdef", "right"]], 1],
        # Among others the legend of a panel names its series; where there is none, its axes do.
        [{"y_label": "U"}, [["a", "#123456", "left"], ["b", "#abcdef", "right"]], 2],
        [{"y_label": "U", "legend": "none"}, [["a", "#123456", "left"]], 2],
        # What a panel says is its own, also that it has no label.
        [{"y_label": "U", "y_unit": "V", "panels": [
            ["b"], {"series": ["a"], "y_label": "", "y_unit": "%"}]},
         [["a", "#123456", "left"]], 2],
        [{"y_unit": "V", "y2_unit": "V", "panels": [
            {"series": ["b"], "y_unit": "%"}, {"series": ["a"], "y2_label": "A", "y2_unit": "A"}]},
         [["a", "#123456", "left"], ["b", "#abcdef", "right"]], 2],
    ],
    "heads": [
        [None, None, 800], [{"keys": [], "named": False, "label": "voltage"}, None, 800],
        [{"keys": [["a", "#123456"]], "named": True, "label": "voltage"},
         {"keys": [["b", "#abcdef"], ["c", "#fedcba"]], "named": False, "label": "ampere"}, 800],
        [{"keys": [["long " * 9, "#123456"]] * 3, "named": True, "label": "voltage"},
         {"keys": [["name " * 9, "#abcdef"]] * 3, "named": True, "label": "ampere"}, 800],
        [None, {"keys": [["name " * 9, "#abcdef"]] * 4, "named": True, "label": ""}, 800],
    ],
    "gutter": [
        [0, 1, 262, "", False], [0, 1e6 + 1, 262, "%", False],
        [-1.7e308, 1.7e308, 262, "<unit>", False],
        [0, 8, 262, "%", True], [0, 950, 262, "V", False],
    ],
    "annotations": [
        [{"lines": [{"y": 5, "text": "half"}, {"y": 99, "text": ""}, {"y": 0, "text": ""}],
          "regions": [{"from": 2, "to": 4, "text": ""}, {"from": -9, "to": 1, "text": ""},
                      {"from": 8, "to": 19, "text": ""}, {"from": 11, "to": 12, "text": ""}],
          "marks": []}, [0, 10], [0, 10], [744, 262], False],
        # What has no logarithm is left of all that has one.
        [{"lines": [{"y": 0, "text": ""}, {"y": 10, "text": ""}],
          "regions": [{"from": 0, "to": 10, "text": ""}, {"from": -5, "to": 0, "text": ""}],
          "marks": []}, [0, 2], [0, 2], [744, 262], True],
        [{"lines": [{"y": -1, "text": "a"}, {"y": 4, "text": "b"}, {"y": 3, "text": "c"},
                    {"y": -1e308, "text": ""}, {"y": 1e308, "text": ""}], "regions": [],
          "marks": []}, [0, 1], [0, 3], [744, 262], False],
    ],
    "beyond": [
        ["↑", "good enough", 3, "V"], ["↑", "", 80, ""], ["↓", "", -0.5, "%"], ["↓", "", 0, "V"],
        ["↑", "", 45_000, "V"], ["↑", "", 45_000, ""], ["↑", "", 1234.5678, "Hz"],
        ["↓", "", 0.0000025, ""], ["↓", "", 0.0000025, "s"], ["↑", "", 1e308, ""],
        ["↑", "", 12_345_678, ""], ["↓", "", -5e-324, "A"], ["↑", "", 0.1, "°C"],
        ["↑", "", 999_999.5, "B/s"], ["↑", "", LARGEST, "V"],
    ],
    "mark_start": [
        [0, 40, 400], [356, 40, 400], [357, 40, 400], [400, 40, 400], [10, 40, 30],
        [390, 40, 395], [100, 0, 400],
    ],
    "m4": [
        [[], 1, False], [[[0, 1]], 1, False], [LINE, 2, False], [LINE, 1e300, False],
        [NOISE, 4, False], [NOISE, 0.25, False], [LOW, 2, False], [LOW, 16, False],
        [[[0, NAN], [0.5, NAN], [1, NAN]], 4, False], [[[-1, 2], [-0.5, 2], [0, 2]], 1, False],
        [[[x, y] for x, y in NOISE if x > 0], 1, True], [[[-1, 1], [0, 2], [8, 3]], 0.5, True],
    ],
    "column_width": [
        [span, pixels] for span in (1, 1000, 0.3, 2**-1060, 1e308, LARGEST, INF)
        for pixels in (1, 3, 1000, 1024)
    ],
    "unpacked": [
        [packed([]), []], [packed([[]]), [0]], [packed([[1, 2, 3], [0.1, NAN, -5e-324]]), [3, 3]],
        [packed([[x for x, _ in NOISE], [y for _, y in NOISE]]), [len(NOISE), len(NOISE)]],
    ],
}  # fmt: skip

CHARACTERS: Final = (
    string.ascii_letters
    + string.digits
    + string.punctuation
    + " \n…°µΩ温🌊≤\u2007\u202f\u2212×⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
)


def table(rule: str) -> str:
    """Return a golden table, a line a case."""
    cases = ",\n".join(encode([args, RULES[rule](*args)]) for args in CASES[rule])
    about = json.dumps(
        f"Examples of the rule {rule}: arguments (tests/support/rules.py), and what comes out."
        " Made by tests/support/make_rules.py."
    )
    return f'{{"about": {about}, "cases": [\n{cases}\n]}}\n'


def main() -> None:
    """Write all tables."""
    about = (
        "How wide characters are in a snapshot, in heights of the font. The page measures its own"
        " font; in the tests of the shared rules it has these widths."
    )
    widths = json.dumps({"about": about, "widths": text_widths(CHARACTERS)}, ensure_ascii=False)
    (SHARED / "widths.json").write_text(widths + "\n", encoding="utf-8")
    for rule in RULES:
        (SHARED / f"{rule}.json").write_text(table(rule), encoding="utf-8")


if __name__ == "__main__":
    main()
