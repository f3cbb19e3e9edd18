"""`zwsnb pipe`: lines of text become points.  [no I/O]

A line is a JSON object, or numbers apart by blanks, tabs, commas or semicolons. Of one number the
line's own count is x (with ``now``, the time); of several the first is x. A line of words before
the first point names the series of the columns.
"""

from __future__ import annotations

import json
import math
import re
import time
from dataclasses import dataclass, field

from zwsnb.protocol.names import DEFAULT_SERIES, check_name


@dataclass(slots=True)
class Lines:
    """Reads lines one by one.

    ``points`` counts those that were points and ``refused`` those that were not, of which ``why``
    tells the last one's reason; ``names`` are the series of the columns, from a heading.
    """

    now: bool = False
    names: list[str] = field(default_factory=list)
    points: int = 0
    refused: int = 0
    why: str = ""

    def read(self, line: str) -> tuple[float, dict[str, float]] | None:
        """Return x and the values by series, or None for a line that has none: an empty one, a
        heading, or one that is refused.
        """
        line = line.strip()
        if not line or line.startswith("#"):
            return None
        try:
            point = self._object(json.loads(line)) if line.startswith("{") else self._columns(line)
            _check_values(point)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            self.refused += 1
            self.why = f"{line[:60]!r}: {error}"
            return None
        if point is not None:
            self.points += 1
        return point

    def _object(self, given: dict[str, object]) -> tuple[float, dict[str, float]]:
        x = self._x() if "x" not in given else _number(given["x"])
        if "y" in given:
            return x, {str(given.get("series") or DEFAULT_SERIES): _number(given["y"])}
        return x, {key: _number(value) for key, value in given.items() if key != "x"}

    def _columns(self, line: str) -> tuple[float, dict[str, float]] | None:
        cells = [cell for cell in re.split(r"[\s,;]+", line) if cell]
        if not self.points and not self.names and not any(map(_is_number, cells)):
            self.names = cells
            return None
        numbers = [_number(cell) for cell in cells]
        if len(numbers) == 1:
            return self._x(), {self._name(0, 1): numbers[0]}
        x, *ys = numbers
        return x, {self._name(i, len(ys)): y for i, y in enumerate(ys)}

    def _x(self) -> float:
        return time.time() if self.now else float(self.points)

    def _name(self, i: int, of: int) -> str:
        # A heading that names x as well is one longer than the values.
        names = self.names[-of:] if len(self.names) >= of else []
        return names[i] if names else DEFAULT_SERIES if i == 0 else f"{DEFAULT_SERIES}{i + 1}"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _check_values(point: tuple[float, dict[str, float]] | None) -> None:
    if point is not None and not point[1]:
        raise ValueError("there is no y")
    for name in point[1] if point is not None else ():
        check_name(name, "series")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError(f"{value!r} is no number")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is not finite")
    return number
