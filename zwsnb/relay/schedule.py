"""When the hub takes points, when it sends them, and how long it lets others run.  [no I/O]

Every take and every patch costs a busy cell a hand-over of the interpreter's lock, for which it
stands still. So points are taken as rarely as nobody notices, and each time for everybody. State
and the time go in, and out comes whether to take or to send now, or how long to wait; whoever has
the socket or the event asks. Times are seconds of any clock that only grows.

From the publisher to the relay:

1.  `publish` wakes its sink at the first point of a series after a take that found nothing of it,
    and with every array and command. The points in between wake nobody, but for rule 2.
2.  When more than `SOFT_LIMIT` (512 KiB) wait, `publish` wakes the sink and waits for it, for
    `MAX_WAIT` (4 ms) at most, and not again before a take: beside a busy cell the hub gets the lock
    some 250 times a second, for an instant each, and would fall behind a tight loop for good. The
    loop is no slower for it: what the hub does in that time it would have taken from the cell in
    any case. Beyond `HIGH_WATER_MARK` (64 MiB) the oldest points are dropped, or `publish` blocks.
3.  A sink that was woken takes at once, and goes on, `MAX_TAKEN` (2 MiB) at a time, until nothing
    is left; in between the other greenlets have their turn.
    The relay of the same process rests first, after a take from more than `MANY` (128) series:
    for `EACH` (0.1 ms) times their number since its end, and `MAX_SPACING` (50 ms) at most.
    The first point of each would wake it, and it would do nothing else. A page takes for itself
    meanwhile (rule 7). What has woken the relay is taken after the rest, whoever took before.
4.  After a take that found nothing it waits to be woken, and takes once in a `HEARTBEAT` (250 ms)
    anyway, since `publish` takes no lock and a wake-up can be missed.
5.  After a take that found something the next one comes by the clock:
    in `TICK` (4 ms) for a `Sender`, and for a relay with a reader of /json, who never asks;
    in `RARE_TICK` (250 ms) while a page is painting, since it asks when it has painted (rule 7),
    and a publisher that was found idle, or has gathered much, wakes by rules 1 and 2;
    in `SLOW_TICK` (30 ms) otherwise.
6.  A take by the clock is left out when there was another one in the second half of the pause:
    pages take for themselves with every frame, so it would find next to nothing, and have the next
    point wake the hub by rule 1. Half of the pause, since a timer may be early by a hair.

From the relay to a page:

7.  Before a patch is made the hub takes, since what was published since the last take belongs to
    the newest state as well; but not when something is due for this page already and the last take
    is less than a `TICK` (4 ms) ago: a hundred pages ask one after the other.
8.  A page that has credit is sent a patch when none is in flight, or when `SECOND_AFTER` (25 ms)
    and the delay of the one in flight have passed: a page at 60 Hz is given one a frame, and a slow
    link is kept filled. Credit, two patches, is the subscription's (`zwsnb.view.subscription`).
    One that paints two at once draws more slowly than that, and the second came for nothing: the
    next one comes after twice the time, `SECOND_AT_LAST` (200 ms) at most, and a tenth sooner for
    each patch that it paints by itself.
9.  While other threads compute for more than `BUSY` (0.5) of a processor, patches to all pages are
    spaced so that the hub takes `SHARE` (0.025) of the time, but never further apart than
    `MAX_SPACING` (50 ms). What a patch costs is measured once in a `MEASURE_EVERY` (100 ms). No
    timer of the hub is used for it, which would be one more hand-over: the patch carries how long
    the page waits after the paint, which takes a `FRAME` (17 ms), before it acknowledges.
    After a patch of more than `MANY` series a page that follows the newest points waits as long as
    the relay rests (rule 3), whatever else runs: to encode what is new is work for each.
10. In a flood, of `FLOOD` (100,000) points a second and more, nobody is delayed by rule 9: it is
    what computes that is to be seen. While somebody watches, the interpreter's switch interval is
    `BOOSTED` (0.5 ms). Both are decided once in an `UPDATE_EVERY` (250 ms); until then the first
    points after a calm, if somebody watches, count as a flood.
"""

from __future__ import annotations

import math
from typing import Final, Protocol

from zwsnb.producer.sink import HEARTBEAT, TICK

SLOW_TICK: Final = 0.03
"""Seconds between two takes that nobody asks for."""

RARE_TICK: Final = 0.25
"""The same while a page is painting."""

SECOND_AFTER: Final = 0.025
"""Seconds after which a second patch follows one that is still in flight."""

SHARE: Final = 0.025
"""Of the time, for patches. A cell loses half as much again to hand-overs, and to a browser on the
same machine.
"""

SECOND_AT_LAST: Final = 0.2
"""The same, to a page that draws slowly."""

_SOONER: Final = 0.9

MAX_SPACING: Final = 0.05
"""Seconds between two patches at most: however many viewers there are, each has 20 a second."""

FRAME: Final = 1 / 60
"""Seconds that a page takes to paint and acknowledge without being asked to wait."""

MEASURE_EVERY: Final = 0.1
"""Seconds between two readings of the processor's clocks, which cost as much as a step of a patch.
"""

BUSY: Final = 0.5
"""Share of one processor from which on the rest of the process is taken to compute."""

BOOSTED: Final = 0.0005
"""Seconds after which a busy cell hands over the interpreter's lock, in a flood of points that
somebody watches (Python's default: 0.005).

With the default the plot of a tight loop gets some 50 frames a second, with gaps of 80 ms among
them; with this it gets the screen's rate. The loop is no slower for it. But every other thread is
let run sooner as well, so a cell that computes beside a plot of a slow stream is better left alone.
"""

FLOOD: Final = 100_000
"""Points a second that only a loop which does little else can publish."""

UPDATE_EVERY: Final = 0.25
"""Seconds between two decisions whether there is a flood."""

MANY: Final = 128
"""Series from which on a take, or a patch, is work for each, however few points they have."""

EACH: Final = 0.0001
"""Seconds of rest after such a take, or such a patch, for each of them: about what it costs."""


# -- taking ----------------------------------------------------------------------------------------


def take_interval(*, has_reader: bool, is_painting: bool) -> float:
    """Return how many seconds after a take that found something the next one comes (rule 5).

    has_reader: a reader of /json is connected. is_painting: a page owes an acknowledgement.
    """
    if has_reader:
        return TICK
    return RARE_TICK if is_painting else SLOW_TICK


class TakeSchedule:
    """When the relay takes from the publisher of its process.

    ``pause``: seconds to sleep unless woken.
    """

    __slots__ = ("_last_take", "_rests_until", "pause")

    def __init__(self) -> None:
        self.pause = HEARTBEAT
        self._last_take = -math.inf
        self._rests_until = -math.inf

    def take_began(self, now: float) -> None:
        """Note a take, whoever asked for it."""
        self._last_take = now

    def took(self, now: float, series: int) -> None:
        """Note the end of a take from so many series."""
        self._rests_until = now + rest_after(series)

    def rest(self, now: float) -> float:
        """Return for how many seconds the relay rests that is woken now (rule 3)."""
        return max(0.0, self._rests_until - now)

    def is_due(self, now: float, *, is_woken: bool) -> bool:
        """True when to take now, after a sleep of ``pause`` or a wake-up (rules 3 and 6)."""
        return is_woken or now - self._last_take >= self.pause / 2

    def found_nothing(self) -> None:
        """Sleep until woken, or for a heartbeat (rule 4)."""
        self.pause = HEARTBEAT

    def found_some(self, interval: float) -> None:
        """Sleep for `interval`, that of `take_interval`, unless woken (rule 5)."""
        self.pause = interval

    def is_fresh(self, now: float) -> bool:
        """True when to take again would bring next to nothing (rule 7)."""
        return now - self._last_take < TICK


def rest_after(series: int) -> float:
    """Return the seconds of rest after a take from so many series, or a patch (rules 3 and 9)."""
    return min(EACH * series, MAX_SPACING) if series > MANY else 0.0


# -- sending ---------------------------------------------------------------------------------------


class Schedule(Protocol):
    """When a page is sent its next patch: `SendSchedule` for a WebSocket."""

    def can_send(self, now: float, *, has_credit: bool, in_flight: int) -> bool:
        """True when a patch may be sent now."""

    def sent(self, now: float, delay: float, size: int) -> None:
        """Note a patch of so many bytes, and the delay that it carries."""

    def painted(self, patches: int) -> None:
        """Note that so many were painted at once."""


class SendSchedule:
    """When one page is sent its next patch."""

    __slots__ = ("_late_at", "_second_after")

    def __init__(self) -> None:
        self._late_at = -math.inf
        self._second_after = SECOND_AFTER

    def can_send(self, now: float, *, has_credit: bool, in_flight: int) -> bool:
        """True when a patch may be sent now (rule 8).

        in_flight: patches that are not acknowledged.
        """
        return has_credit and (not in_flight or now > self._late_at)

    def sent(self, now: float, delay: float, size: int = 0) -> None:
        """Note a patch, and the delay that it carries; its size does not matter."""
        del size
        self._late_at = now + self._second_after + delay

    def painted(self, patches: int) -> None:
        """Note that so many were painted at once (rule 8)."""
        if patches > 1:
            self._second_after = min(2 * self._second_after, SECOND_AT_LAST)
        elif patches and self._second_after > SECOND_AFTER:
            self._second_after = max(_SOONER * self._second_after, SECOND_AFTER)


def should_take_before_sending(*, is_due: bool, is_fresh: bool) -> bool:
    """True when to take before a patch is made (rule 7).

    is_due: the page has not been sent all that was taken. is_fresh: see `TakeSchedule.is_fresh`.
    """
    return not (is_due and is_fresh)


# -- what a busy cell loses ------------------------------------------------------------------------


def spacing(
    *, own: float, whole: float, elapsed: float, patches: int, share: float | None
) -> float:
    """Return the seconds between two patches that keep the hub below its share (rule 9); 0 where
    nobody is in the way.

    own, whole: processor time, in seconds, of the hub and of its process in the last `elapsed`
    seconds, in which `patches` were sent. share: of the time; None for as much as patches take.
    """
    is_busy = whole - own > BUSY * elapsed
    return own / patches / share if is_busy and share is not None else 0.0


class PatchSpacing:
    """Spaces the patches of all pages (rule 9)."""

    __slots__ = ("_free_at",)

    def __init__(self) -> None:
        self._free_at = -math.inf

    def delay_after(self, now: float, seconds: float) -> float:
        """Return how long the page of a patch that is sent at `now` waits after its paint, with
        patches `seconds` apart.
        """
        if not seconds:
            return 0.0
        self._free_at = min(max(self._free_at, now) + seconds, now + MAX_SPACING)
        return max(0.0, self._free_at - now - FRAME)


def is_flood(points: int) -> bool:
    """True when so many new points in an `UPDATE_EVERY` are a flood (rule 10)."""
    return points >= FLOOD * UPDATE_EVERY


def is_boosted(*, is_flood: bool, is_watched: bool) -> bool:
    """True when the switch interval is boosted (rule 10)."""
    return is_flood and is_watched
