"""Random inputs of the kinds that a plot meets, edge values of numbers, times and texts among
them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from support.rules import RULES

LARGEST: Final = 1.7976931348623157e308
EDGES: Final = (
    0.0, 1.0, 0.1, 0.3, 1e-300, 2.5e-308, 5e-324, 1e-9, 999.9999999999999, 1000.0, 1e7, 1.7e9, 1e15,
    2.0**53, 1.79581194e18, 1e21, 1e300, 1e308, 1e-306, 1.7e308, LARGEST,
)  # fmt: skip
UNITS: Final = (
    "", "", "V", "Hz", "s", "m", "%", "°C", "B/s", "mV", "kg", "µm", "m/" + "s" * 8, "m/" + "s" * 9,
    "V/\n", "<unit>", "12345678901234567890",
)  # fmt: skip
ZONES: Final = (
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Apia",
    "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Monrovia",
)  # fmt: skip
CHANGES: Final = (
    datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2011, 12, 30, tzinfo=UTC), datetime(2017, 10, 15, tzinfo=UTC),
    datetime(1893, 4, 1, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC),
    datetime(1999, 12, 31, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC),
)  # fmt: skip
"""Days on which clocks, calendars or zones do something unusual."""

NAMES: Final = ("a", "b", "loss", "温度", "🌊", "__proto__", "constructor", "a b", "s0", "s1")


class RandomValues:
    """Random values of the kinds that a plot meets, edge values among them."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def number(self) -> float:
        """Any finite number."""
        kind = self.rng.randrange(4)
        if kind == 0:
            value = self.rng.choice(EDGES)
        elif kind == 1:
            value = self.rng.uniform(0, 100)
        elif kind == 2:
            value = round(self.rng.uniform(0, 1000), self.rng.randrange(3))
        else:
            value = 10 ** self.rng.uniform(-320, 308)
        return value if self.rng.random() < 0.6 else -value

    def positive(self) -> float:
        return abs(self.number()) or 1.0

    def ends(self) -> list[float]:
        """Two ends of data: equal, steps of a double apart, or far from one another."""
        low = self.number()
        kind = self.rng.randrange(4)
        if kind == 0:
            high = low
        elif kind == 1:
            high = low + self.rng.randrange(1, 40) * math.ulp(low)
        elif kind == 2:
            shares = [1e-14, 3e-13, 1e-12, 1e-10, 1e-9, 1e-8, 1e-6, 0.1, 1, 9]
            high = low + abs(low) * self.rng.choice(shares)
        else:
            high = self.number()
        return sorted((low, max(-LARGEST, min(high, LARGEST))))

    def axis(self) -> list[float]:
        """The ends of an axis."""
        found: list[float] = RULES["widened"](*self.ends(), log=False)
        return found

    def log_axis(self) -> list[float]:
        """The ends of a logarithmic axis."""
        low = self.rng.choice([0.0, self.rng.uniform(-300, 307), self.rng.randrange(-9, 9)])
        span = self.rng.choice([0.01, 0.3, 0.7, 1, 2, 6, 8, self.rng.uniform(0, 600)])
        found: list[float] = RULES["widened"](low, low + span, log=True)
        return found

    def pixels(self) -> float:
        return self.rng.choice([100, 240, 262, 744, 800, 1920, 3840])

    def unit(self) -> str:
        return self.rng.choice(UNITS)

    def either(self, choices: Sequence[list[float]]) -> list[float]:
        return self.rng.choice(choices)

    def flag(self) -> bool:
        return self.rng.random() < 0.5

    def text(self) -> str:
        alphabet = "abcXYZ 0123456789.,…°µΩ温🌊<&\u202f"
        return "".join(self.rng.choices(alphabet, k=self.rng.randrange(40)))

    def vertices(self, *, ordered: bool = True) -> list[list[float]]:
        """Some vertices with gaps, many of them close together."""
        count = self.rng.randrange(0, 60)
        span = self.rng.choice([1, 10, 100])
        xs = [self.rng.choice([self.rng.uniform(0, span), self.rng.randrange(span + 1)])
              for _ in range(count)]  # fmt: skip
        if ordered:
            xs.sort()
        return [[float(x), self.height()] for x in xs]

    def edge(self) -> list[list[float]]:
        """That of a band: with gaps, or with vertices one above the other."""
        vertices = self.vertices()
        if self.flag():
            return [vertex for vertex in vertices if not math.isnan(vertex[1])]
        heights = {vertex[0]: vertex[1] for vertex in vertices}
        return [[x, y] for x, y in heights.items()]

    def height(self) -> float:
        heights = [math.nan, 0.0, 1.0, -1.0, self.rng.gauss(0, 1), self.rng.uniform(0, 0.01)]
        return self.rng.choice(heights)

    def candles(self) -> list[list[float]]:
        """The vertices of some candles, four each, with room between them or none."""
        found, at = [], self.rng.uniform(-3, 3)
        for _ in range(self.rng.randrange(5)):
            at += self.rng.choice([0, 0, 1.5])
            width, (low, first, last, high) = (
                self.rng.choice([0.5, 3]),
                sorted(self.rng.uniform(-9, 9) for _ in range(4)),
            )
            if self.flag():
                first, last = last, first
            places = (at, at + width / 2, at + width / 2, at + width)
            found += [list(each) for each in zip(places, (first, high, low, last), strict=True)]
            at += width
        return found

    def kind(self) -> str:
        return self.rng.choice(["points", "columns", "xy"])

    def style(self) -> str:
        return self.rng.choice(["line", "step", "area"])

    def names(self) -> list[str]:
        return self.rng.sample(NAMES, self.rng.randrange(len(NAMES) + 1))

    def moment(self) -> list[float]:
        """The ends of a time axis, from microseconds to thousands of years."""
        begin = self.rng.choice([
            self.rng.choice(CHANGES).timestamp() - self.rng.choice([0, 3600, 86_400]),
            self.rng.uniform(-3e9, 4e9), float(self.rng.randrange(2_000_000_000)),
            self.rng.uniform(-4e10, 3e11),
        ])  # fmt: skip
        span = self.rng.choice([10 ** self.rng.uniform(-5, 11), 3000.0, 800.0, 86_400.0])
        found: list[float] = RULES["widened"](begin, begin + span, log=False)
        return found

    def side(self) -> dict[str, Any] | None:
        keys = [[self.text() or "x", "#123456"] for _ in range(self.rng.randrange(4))]
        side = {"keys": keys, "named": self.flag(), "label": self.rng.choice(["", self.text()])}
        return side if self.rng.random() < 0.7 else None

    def look(self) -> dict[str, Any]:
        """What can be said of one series."""
        looks: dict[str, Any] = {
            "band": [self.rng.choice(NAMES), self.rng.choice(NAMES)],
            "style": self.rng.choice(["line", "bars"]),
        }
        return {key: value for key, value in looks.items() if self.flag()}

    def labels(self) -> dict[str, Any]:
        """What can be said of axes."""
        texts = {
            f"{axis}_{what}": self.rng.choice(["", "V", "time"])
            for axis in ("x", "y", "y2")
            for what in ("label", "unit")
        }
        return {"time": self.flag(), **{key: its for key, its in texts.items() if self.flag()}}

    def panel(self) -> dict[str, Any]:
        """What can be said of the axes of one panel."""
        return {key: its for key, its in self.labels().items() if key.startswith("y")}
