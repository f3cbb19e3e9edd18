"""What waits for the sink: bodies in their order, bounded by bytes, numbered when they are taken.

Up to `SOFT_LIMIT` nobody waits for anybody. Beyond it `publish` waits once, for `MAX_WAIT` at most,
and not again before something was taken; beyond `HIGH_WATER_MARK` the oldest points are dropped and
counted, or `publish` blocks, as ``on_full`` has it.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from itertools import repeat
from typing import Final, TypeAlias

from zwsnb.kinds.values import gaps_of
from zwsnb.producer import native
from zwsnb.producer.batching import merged, nbytes_of, parts_of
from zwsnb.producer.sink import HEARTBEAT
from zwsnb.protocol.batch import Batch, Body, Points, size_of
from zwsnb.protocol.images.rows import Rows
from zwsnb.quick.one_step import Step, assign, in_one_step

HIGH_WATER_MARK: Final = 64 << 20
"""Bytes that wait for the sink at most."""

SOFT_LIMIT: Final = 512 << 10
"""Bytes, 32,768 points, that may wait before the caller lets the sink catch up: beside a busy cell
it gets the interpreter's lock a few hundred times a second only, each time for an instant.
"""

MAX_TAKEN: Final = 2 << 20
"""Bytes after which a take ends: while it is worked on, no viewer is served."""

MAX_BODIES: Final = 256
"""Bodies after which a take ends as well: of a thousand series that publish one by one each is some
work, however little it brings.
"""

MOST_COMMANDS: Final = 32
"""Commands after which a take ends likewise: one may concern a thousand series."""

MAX_COMMANDS: Final = 16_384
"""Commands that wait at most."""

MAX_WAIT: Final = 0.004
"""Seconds that `publish` waits at most, once a stall."""

_Counted: TypeAlias = tuple[Body, int, int, bool]
"""A body, and how many gaps, bytes and commands it adds."""


class Queue:
    """The bodies that wait, oldest first.

    Hold ``lock`` while calling its methods; `make_room` takes it itself, `has_more` and `is_past`
    need none. ``producer`` is the name under which the batches are numbered. ``taken`` and
    ``dropped`` count points, ``batches`` the batches that were taken, ``gaps`` the y that are none.

    Whatever is raised in a caller's thread, and wherever, no body is lost and every count is right:
    what belongs together changes in one step.
    """

    def __init__(self) -> None:
        self.producer = os.urandom(16).hex()
        self.taken = self.dropped = self.batches = self.gaps = 0
        self.dropped_of: dict[str, int] = {}  # points, by plot
        self.in_hand: dict[int, list[Batch]] = {}  # by thread: those of a take that has not ended
        self.lock = native.RLock()  # which knows whose it is
        self._taken_some = _Bell()
        self._bodies: deque[Body] = deque()
        self._aside: deque[_Counted] = deque()
        self._nbytes = self._commands = 0
        self._removed = 0  # bodies that were taken or dropped
        self._has_waited = False
        self._dropped_then = self._dropped_commands = 0

    def is_mine(self) -> bool:
        """True when this thread is at it already, as `native.is_mine`."""
        return native.is_mine(self.lock)

    def put_aside(self, bodies: Sequence[Body], *steps: Step) -> None:
        """Keep `bodies` for whoever adds next, where this thread is at that already."""
        # Counted here: who adds them runs no Python for each, so that a profiler that publishes is
        # not called once more for each of its points.
        in_one_step(partial(self._aside.extend, list(map(_counted, bodies))), *steps)

    def add(self, bodies: Sequence[Body], *steps: Step) -> None:
        """Put `bodies`, and those that were put aside, behind the others, and take `steps`: all in
        one step.
        """
        counted = [*map(_counted, bodies), *self._aside]
        if counted:
            added, gaps, sizes, commands = zip(*counted, strict=True)
            steps = (
                partial(self._bodies.extend, added),
                *repeat(self._aside.popleft, len(counted) - len(bodies)),
                assign(self, "gaps", self.gaps + sum(gaps)),
                assign(self, "_nbytes", self._nbytes + sum(sizes)),
                assign(self, "_commands", self._commands + sum(commands)),
                *steps,
            )
        in_one_step(*steps)

    @property
    def is_full(self) -> bool:
        """True when more waits than may."""
        return self._nbytes > HIGH_WATER_MARK

    def make_room(
        self,
        wake: Callable[[], object],
        why_ended: Callable[[], str] | None = None,
        brought: int = 1,
    ) -> None:
        """Wait a little while the sink is behind, and drop the oldest points when too much waits.

        wake: has the sink take. why_ended: wait for as long as too much waits, and drop nothing,
        unless this says why nobody will take any more. brought: how many bodies the call has that
        asks; these stay, for a call is taken as a whole.

        Raises:
            RuntimeError: nobody will; what waits is kept.
        """
        if self._nbytes <= SOFT_LIMIT or self.is_mine():
            return
        wake()  # a sink that sleeps takes nothing
        if not self._has_waited:
            self._has_waited = not self._wait_until_below(SOFT_LIMIT, MAX_WAIT)
        if why_ended is not None:
            while not self._wait_until_below(HIGH_WATER_MARK, HEARTBEAT):
                if why := why_ended():
                    raise RuntimeError(why)
            return
        with self.lock:
            while self._nbytes > HIGH_WATER_MARK and self._drop_oldest(brought):
                pass

    def make_room_for_commands(
        self, wake: Callable[[], object], why_ended: Callable[[], str] | None = None
    ) -> None:
        """Drop the oldest commands where too many wait; or wait, and raise, as `make_room`."""
        if self._commands <= MAX_COMMANDS or self.is_mine():
            return
        wake()
        while why_ended is not None and self._commands > MAX_COMMANDS:
            if self._taken_some.heard(HEARTBEAT):
                continue
            if why := why_ended():
                raise RuntimeError(why)
        with self.lock:
            while self._commands > MAX_COMMANDS:
                self._drop_command()

    def _drop_command(self) -> None:
        i = next(k for k, its in enumerate(self._bodies) if _is_command(its))
        in_one_step(
            partial(self._bodies.__delitem__, i),
            assign(self, "_commands", self._commands - 1),
            assign(self, "_removed", self._removed + 1),
            assign(self, "_dropped_commands", self._dropped_commands + 1),
        )

    def _wait_until_below(self, limit: int, timeout: float) -> bool:
        """Wait until no more than `limit` bytes wait; False when that took too long."""
        deadline = time.monotonic() + timeout
        while self._nbytes > limit:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            # Of several callers who wait, a take lets one go on at once.
            self._taken_some.heard(min(left, HEARTBEAT))
        return True

    def _drop_oldest(self, brought: int) -> bool:
        """Drop the oldest points, but none of the newest bodies: False when there are no others."""
        i = 0
        while not isinstance(self._bodies[i], Points | Rows):
            i += 1
        if i >= len(self._bodies) - brought:
            return False
        oldest = self._bodies[i]
        of_plot = self.dropped_of.get(oldest.plot, 0)
        in_one_step(
            partial(self._bodies.__delitem__, i),
            assign(self, "_nbytes", self._nbytes - nbytes_of(oldest)),
            assign(self, "_removed", self._removed + 1),
            assign(self, "dropped", self.dropped + size_of(oldest)),
            partial(self.dropped_of.__setitem__, oldest.plot, of_plot + size_of(oldest)),
        )
        return True

    def take(self, names: Sequence[tuple[str, str, str]]) -> list[Batch]:
        """Return the oldest bodies as numbered batches, some 2 MiB at most, and let callers that
        wait go on.

        They are `in_hand`, where this thread's next take finds them again unless they are removed.
        names: plot, series and run of all points, in the order of their first use.
        """
        thread = native.get_ident()
        if unfinished := self.in_hand.get(thread):
            return unfinished
        oldest = self._oldest()
        batches = self._numbered(
            [part for body in merged(oldest, names) for part in parts_of(body)]
        )
        points = sum(map(size_of, oldest))
        in_one_step(
            partial(self.in_hand.__setitem__, thread, batches),
            *repeat(self._bodies.popleft, len(oldest)),
            assign(self, "_nbytes", self._nbytes - sum(map(nbytes_of, oldest))),
            assign(self, "_commands", self._commands - _commands_in(oldest)),
            assign(self, "_removed", self._removed + len(oldest)),
            assign(self, "taken", self.taken + points),
            assign(self, "batches", self.batches + len(batches)),
        )
        self._has_waited = False
        self._taken_some.ring()
        return batches

    def put_back(self, batches: Sequence[Batch]) -> None:
        """Put the batches that were taken last before the others again: they have not come."""
        bodies = [batch.body for batch in batches]
        self.put_first(
            bodies,
            assign(self, "taken", self.taken - sum(map(size_of, bodies))),
            assign(self, "batches", self.batches - len(bodies)),
        )

    def put_first(self, bodies: Sequence[Body], *steps: Step) -> None:
        """Put `bodies` before the others, and take `steps`: all in one step."""
        in_one_step(
            partial(self._bodies.extendleft, bodies[::-1]),
            assign(self, "_nbytes", self._nbytes + sum(map(nbytes_of, bodies))),
            assign(self, "_commands", self._commands + _commands_in(bodies)),
            assign(self, "_removed", self._removed - len(bodies)),
            *steps,
        )

    def _oldest(self) -> list[Body]:
        """Return the oldest bodies, as many as a turn of the hub should have to work on."""
        oldest: list[Body] = []
        size = commands = 0
        for body in self._bodies:
            if size >= MAX_TAKEN or len(oldest) >= MAX_BODIES or commands >= MOST_COMMANDS:
                break
            oldest.append(body)
            size += nbytes_of(body)
            commands += _is_command(body)
        return oldest

    def _numbered(self, bodies: Sequence[Body]) -> list[Batch]:
        """Return bodies as the next batches."""
        batches: list[Batch] = []
        before = self.taken + self.dropped
        for number, body in enumerate(bodies, self.batches):
            batches.append(Batch(self.producer, number, before, self.dropped, body))
            before += size_of(body)
        return batches

    @property
    def has_more(self) -> bool:
        """True when the last take has left something."""
        return bool(self._bodies)

    def account(self) -> dict[str, int]:
        """Return points accepted, taken, dropped and queued, and how many y were gaps."""
        queued = sum(map(size_of, self._bodies))
        return {
            "accepted": self.taken + self.dropped + queued,
            "taken": self.taken,
            "dropped": self.dropped,
            "queued": queued,
            "gaps": self.gaps,
        }

    def is_whole(self) -> bool:
        """Return True when nothing was dropped since the last time this was asked."""
        dropped = self.dropped + self._dropped_commands
        was, self._dropped_then = self._dropped_then, dropped
        return was == dropped

    def checkpoint(self) -> int:
        """Return a number for all that was added so far."""
        return self._removed + len(self._bodies)

    def is_past(self, checkpoint: int) -> bool:
        """True when all that was added before `checkpoint` has been taken or dropped."""
        return self._removed >= checkpoint


class _Bell:
    """One ring is heard by one of those who wait, or else by the next to come.

    A lock, which is open while it rings. Not a condition, which an interrupt leaves without its
    lock; nor a queue: whoever finds that another was quicker waits there without end, up to
    Python 3.12 at least, where its time is over by then.
    """

    def __init__(self) -> None:
        self._silent = native.Lock()
        self._silent.acquire()

    def ring(self) -> None:
        """Have it heard, unless it rings already."""
        with contextlib.suppress(RuntimeError):
            self._silent.release()

    def heard(self, timeout: float) -> bool:
        """Wait for a ring, for `timeout` seconds at most; True when it was heard."""
        return self._silent.acquire(timeout=timeout)


def _counted(body: Body) -> _Counted:
    """Return a body with what it adds: gaps, which are made ones of infinities, bytes, commands."""
    gaps = gaps_of(body.y) if isinstance(body, Points) else 0
    return body, gaps, nbytes_of(body), _is_command(body)


def _is_command(body: Body) -> bool:
    return not isinstance(body, Points | Rows)


def _commands_in(bodies: Sequence[Body]) -> int:
    return sum(map(_is_command, bodies))
