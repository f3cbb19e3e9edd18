"""When a page behind a comm is sent its next patch.  [no I/O]

The rules go on where those of `zwsnb.relay.schedule` end; they stand in place of rule 8.

11. All pages behind comms together have at most `MOST_TURNS` (30) a second: a Jupyter server drops
    what a kernel says beyond 1,000 messages a second, prints included, and a document that draws 30
    times a second is busy. In its turn a page is told what is new of its plot and sent its patch:
    marks, or a title, that come quicker than turns would else leave none for patches, of any page.
    An answer goes at once and puts off the next turn, but not for longer than `PUT_OFF` (50 ms)
    after the last: a pointer that moves asks for the next answer as soon as it has one.
12. Up to `CREDIT` (8) patches are in flight: beside a busy cell an acknowledgement takes some
    100 ms where subshells take it in, after the 100 ms in which the page waits for more to
    acknowledge; two in flight would be 10 a second. Of large ones there are fewer, `IN_FLIGHT`
    (2 MiB) together, but no fewer than `FEWEST` (2): by a slow line a page would be shown for
    seconds where it has looked before.
13. Where nothing takes it in while a cell runs, as in kernels without subshells, the page would
    stand still until the cell ends. What tells is not a list of hosts but silence: a page answers a
    ping at once, whatever it paints. If nothing is heard for `PATIENCE` (1 s) after something that
    is answered, the loop is open: the page is sent a patch in an `OPEN_EVERY` (100 ms), or in so
    much more as it is larger than `OPEN_BYTES` (64 KiB), each one fresh, since one that is lost on
    the way is not made good; after `LATER` (5 min) one in a `LATER_EVERY` (0.5 s), and from then on
    less and less, down to one in a `SELDOM_EVERY` (2 s), since a tab that has gone looks the same,
    and its Jupyter server keeps all that nobody takes, of a whole night. What is new besides points
    goes with the patches, and counts as they do. Whatever is heard closes the loop. A page that was
    deaf once is given `SHORT_PATIENCE` (400 ms) from then on: its next cell begins at once.
14. A page is sent a ping in each `PING_EVERY` (4 s), so that it knows that the kernel is there, and
    the kernel that the page is; in an open loop, in which it says nothing else, in each
    `OPEN_PING_EVERY` (2 s). After 4.5 s of silence a page says that nobody answers.
"""

from __future__ import annotations

import math
from typing import Final

MOST_TURNS: Final = 30
"""A second, for all pages behind comms together."""

PUT_OFF: Final = 1.5 / MOST_TURNS
"""Seconds from one turn to the next at most, however much is asked: there are 20 a second then."""

COMES_WITHIN: Final = 0.01
"""Seconds for which a turn waits for the one whose it is, from when another one has looked: where a
cell holds the interpreter all of them look late.
"""

CREDIT: Final = 8
FEWEST: Final = 2
"""Patches in flight: as many as that where they are small, no fewer where they are large."""

IN_FLIGHT: Final = 2 << 20
"""Bytes of these."""

PATIENCE: Final = 1.0
SHORT_PATIENCE: Final = 0.4
"""Seconds without a word after which the kernel is taken not to hear."""

PING_AFTER: Final = 0.5
"""Of its patience: then a page that has not painted is asked whether it is heard at all."""

PING_EVERY: Final = 4.0
OPEN_PING_EVERY: Final = 2.0
"""Seconds between two pings where there is nothing else to ask."""

OPEN_EVERY: Final = 0.1
LATER_EVERY: Final = 0.5
SELDOM_EVERY: Final = 2.0
LATER: Final = 300.0
OPEN_BYTES: Final = 64 * 1024
"""Seconds between two patches of an open loop, for so many bytes each: at first; when it has been
open for so long; and at most, when it has been for four times as long.
"""


_SHORTEST: Final = 0.005
"""Seconds: who looks all the time sees no more."""


class Pace:
    """What all pages behind comms may be sent together (rule 11)."""

    __slots__ = ("_free_at", "_latest", "_row", "_seen_at")

    def __init__(self) -> None:
        self._free_at = self._latest = -math.inf
        self._seen_at = -math.inf  # that it is free, by one whose turn it is not
        self._row: dict[object, None] = {}  # who waits, in the order of coming

    def wait(self, now: float, who: object) -> float:
        """Return the seconds until somebody's next turn; 0: now. Who waits stands in a row: the
        first to look would else be the same one again and again.
        """
        left = self._free_at - now
        if left <= 0 and self._row and who is not (first := next(iter(self._row))):
            if self._seen_at < self._free_at:
                self._seen_at = now
            if (left := self._seen_at - now + COMES_WITHIN) <= 0:
                del self._row[first]
        if left > 0:
            self._row.setdefault(who)
        return max(0.0, left)

    def took(self, now: float, who: object) -> None:
        """Note a turn: all that a page is sent at once."""
        self.leave(who)
        self._free_at, self._latest = now + 1 / MOST_TURNS, now + PUT_OFF

    def leave(self, who: object) -> None:
        """Note that somebody has nothing to send, or has gone."""
        self._row.pop(who, None)

    def answered(self, now: float) -> None:
        """Note a message that could not wait."""
        self._free_at = min(max(self._free_at, now) + 1 / MOST_TURNS, self._latest)


class CommSchedule:
    """When one page behind a comm is sent its next patch, and whether the kernel hears it.

    ``is_open``: it does not, and patches are sent all the same. is_deaf: it never does.
    """

    __slots__ = (
        "_is_deaf",
        "_next_ping",
        "_open_since",
        "_open_until",
        "_patience",
        "_pinged",
        "_size",
        "_unheard",
        "is_open",
        "pace",
    )

    def __init__(self, pace: Pace, *, is_deaf: bool = False) -> None:
        self.pace = pace
        self.is_open = self._is_deaf = is_deaf
        self._unheard = math.inf  # since when something waits for an answer
        self._pinged = False  # since then
        self._patience = PATIENCE
        self._open_since = math.inf
        self._open_until = -math.inf  # when an open loop sends again
        self._next_ping = -math.inf
        self._size = 1  # of the last patch

    @property
    def credit(self) -> float:
        """Patches that may be in flight."""
        return math.inf if self.is_open else max(FEWEST, min(CREDIT, IN_FLIGHT // self._size))

    def can_send(self, now: float, *, has_credit: bool, in_flight: int) -> bool:
        """True when a patch may be sent now (rules 11 to 13).

        has_credit: it owes fewer acknowledgements than `CREDIT`, or the loop is open.
        """
        del in_flight
        return has_credit and self.delay(now) <= 0

    def delay(self, now: float) -> float:
        """Return the seconds until the page's next turn; 0: now."""
        if self.is_open and (wait := self._open_until - now) > 0:
            return wait
        return self.pace.wait(now, self)

    def pause(self, now: float, longest: float, *, has_credit: bool) -> float:
        """Return the seconds after which to look again, at most `longest`."""
        due = [now + longest, self._next_ping]
        if not self.is_open:
            due.append(self._unheard + self._patience * (1.0 if self._pinged else PING_AFTER))
        # A page that may be sent something, but not yet, is woken by nobody else.
        if has_credit and (delay := self.delay(now)) > 0:
            due.append(now + delay)
        return max(_SHORTEST, min(due) - now)

    def painted(self, patches: int) -> None:
        """Note nothing: all pages behind comms have one pace."""

    def sent(self, now: float, delay: float, size: int) -> None:
        """Note a patch of so many bytes, which is answered when it has been painted, `delay`
        seconds later.
        """
        self._unheard = min(self._unheard, now + delay)
        self._size = max(1, size)
        self.said(now, size)

    def said(self, now: float, size: int) -> None:
        """Note what a page was sent in its turn, of so many bytes."""
        if self.is_open:
            self._open_since = min(self._open_since, now)
        late = (now - self._open_since) / LATER
        every = OPEN_EVERY if late < 1 else min(SELDOM_EVERY, LATER_EVERY * late)
        begin = max(self._open_until, now) if self.is_open else now
        self._open_until = max(now + every, begin + every * size / OPEN_BYTES)
        self.pace.took(now, self)

    def heard(self) -> None:
        """Note that the page has said something: the loop is closed."""
        if self._is_deaf:
            return
        self.is_open = self._pinged = False
        self._unheard = self._open_since = math.inf  # the next loop begins as young as this one

    def look(self, now: float) -> bool:
        """Open the loop if nothing was heard for long; return whether to send a ping now."""
        if not self.is_open and now - self._unheard >= self._patience:
            self.is_open, self._patience, self._open_since = True, SHORT_PATIENCE, now
        is_late = now - self._unheard >= self._patience * PING_AFTER
        if now < self._next_ping and (self._pinged or self.is_open or not is_late):
            return False
        self._pinged = True
        self._next_ping = now + (OPEN_PING_EVERY if self.is_open else PING_EVERY)
        self._unheard = min(self._unheard, now)
        return True
