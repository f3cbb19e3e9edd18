"""How far a loop is, how fast, and how long it has to go, in words.  [no I/O]"""

from __future__ import annotations

import math

from zwsnb.protocol.messages import Bar

_SMOOTHING = 0.3
"""Of the rate: the share of the newest look."""


class Meter:
    """The progress of one loop. total: its steps, None where nobody knows. now: when it begins, in
    seconds, as those of the other methods are.
    """

    def __init__(self, text: str, total: int | None, now: float) -> None:
        self.is_ended = False
        self.done = 0
        self._text = text
        self._total = total
        self._began = self._looked_at = now
        self._looked_done = 0
        # Of the time between two looks, and of the steps in it.
        self._seconds = self._steps = 0.0
        self._is_whole = False

    @property
    def rate(self) -> float:
        """Steps a second of late; NaN before there are any."""
        return self._steps / self._seconds if self._seconds > 0 else math.nan

    def start(self, now: float) -> None:
        """Begin now: what came before was not the loop's work."""
        self._began = self._looked_at = now

    def look(self, done: int, now: float) -> None:
        """Take that so many steps are done."""
        self.is_ended = False
        seconds, steps = now - self._looked_at, done - self._looked_done
        self.done = done
        if seconds > 0 and steps > 0:
            share = _SMOOTHING if self._seconds else 1.0
            self._seconds += share * (seconds - self._seconds)
            self._steps += share * (steps - self._steps)
            self._looked_at, self._looked_done = now, done

    def end(self, done: int, now: float, *, is_whole: bool) -> None:
        """Take that the loop has ended, whole or before its end."""
        self.done, self._looked_at = done, now
        self.is_ended, self._is_whole = True, is_whole

    def bar(self) -> Bar:
        """Return the progress as it is shown."""
        total = self._total if self._total and self._total >= self.done else None
        if self.is_ended and self._is_whole:
            return Bar(self._sentence(self._outcome()), 1.0)
        part = None if total is None else self.done / total
        if self.is_ended:
            return Bar(self._sentence("stopped", self._count(total), self._outcome()), part or 0.0)
        return Bar(self._sentence(self._count(total), *self._pace(total)), part)

    def _sentence(self, *words: str) -> str:
        return " · ".join(filter(None, (self._text, *words)))

    def _count(self, total: int | None) -> str:
        if total is None:
            return f"{self.done:,}"
        return f"{math.floor(100 * self.done / total)} % · {self.done:,} of {total:,}"

    def _pace(self, total: int | None) -> list[str]:
        rate = self.rate
        if math.isnan(rate):
            return []
        left = [] if total is None else [f"{duration((total - self.done) / rate)} to go"]
        return [speed(rate), *left]

    def _outcome(self) -> str:
        seconds = self._looked_at - self._began
        steps = f"{self.done:,} in " if self._is_whole else ""
        each = f" · {speed(self.done / seconds)}" if self.done and seconds > 0 else ""
        return f"{steps}{duration(seconds)}{each}"


def speed(rate: float) -> str:
    """Return steps a second in words, or the time of one where they are less."""
    if rate >= 1:
        return f"{rate:,.0f}/s" if rate >= 100 else f"{rate:.3g}/s"
    return f"{duration(1 / rate)} each"


def duration(seconds: float) -> str:
    """Return a span of time in words, in two units at most."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{int(seconds // 60)} min {int(seconds % 60)} s"
    if seconds < 86_400:
        return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60)} min"
    return f"{int(seconds // 86_400):,} d {int(seconds % 86_400 // 3600)} h"
