"""What waits for the sink: bodies in their order, bounded by bytes, numbered when they are taken.

Up to `SOFT_LIMIT` nobody waits for anybody. Beyond it `publish` waits once, for `MAX_WAIT` at most,
and not again before something was taken; beyond `HIGH_WATER_MARK` the oldest points are dropped and
counted, or `publish` blocks, as ``on_full`` has it.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from zwsnb.producer.batching import merged, nbytes_of, parts_of, size_of
from zwsnb.protocol.batch import Batch, Body, Points

HIGH_WATER_MARK: Final = 64 << 20
"""Bytes that wait for the sink at most."""

SOFT_LIMIT: Final = 512 << 10
"""Bytes, 32,768 points, that may wait before the caller lets the sink catch up: beside a busy cell
it gets the interpreter's lock a few hundred times a second only, each time for an instant.
"""

MAX_TAKEN: Final = 2 << 20
"""Bytes after which a take ends: while it is worked on, no viewer is served."""

MAX_WAIT: Final = 0.004
"""Seconds that `publish` waits at most, once a stall."""


class Queue:
    """The bodies that wait, oldest first.

    Hold ``lock`` while calling its methods; `has_more` and `is_past` need none. ``producer`` is the
    name under which the batches are numbered. ``taken`` and ``dropped`` count points, ``batches``
    the batches that were taken.
    """

    def __init__(self) -> None:
        self.producer = secrets.token_hex(16)
        self.taken = self.dropped = self.batches = 0
        self.lock = threading.Lock()
        self._taken_some = threading.Condition(self.lock)
        self._bodies: deque[Body] = deque()
        self._nbytes = 0
        self._added = 0
        self._has_waited = False

    def add(self, body: Body) -> None:
        """Put `body` behind the others."""
        self._bodies.append(body)
        self._nbytes += nbytes_of(body)
        self._added += 1

    def enforce_limits(self, wake: Callable[[], None], *, is_blocking: bool) -> None:
        """Wait a little while the sink is behind, and drop the oldest points when too much waits.

        wake: has the sink take. is_blocking: wait for as long as too much waits, and drop nothing.
        """
        if self._nbytes <= SOFT_LIMIT:
            return
        wake()  # a sink that sleeps takes nothing
        if not self._has_waited:
            self._has_waited = not self._taken_some.wait_for(
                lambda: self._nbytes <= SOFT_LIMIT, MAX_WAIT
            )
        if is_blocking:
            self._taken_some.wait_for(lambda: self._nbytes <= HIGH_WATER_MARK)
        while self._nbytes > HIGH_WATER_MARK and self._drop_oldest():
            pass

    def _drop_oldest(self) -> bool:
        """Drop the oldest points, but not the newest body: False when there are no others."""
        i = next(i for i, body in enumerate(self._bodies) if isinstance(body, Points))
        oldest = self._bodies[i]
        if oldest is self._bodies[-1]:
            return False
        del self._bodies[i]
        self._nbytes -= nbytes_of(oldest)
        self.dropped += size_of(oldest)
        return True

    def take(self, names: Sequence[tuple[str, str]]) -> list[Batch]:
        """Return the oldest bodies as numbered batches, some 2 MiB at most, and let callers that
        wait go on.

        names: plot and series of all points, in the order of their first use.
        """
        oldest = self._pop_oldest()
        self._has_waited = False
        self._taken_some.notify_all()
        return [self._number(part) for body in merged(oldest, names) for part in parts_of(body)]

    def _pop_oldest(self) -> list[Body]:
        """Remove the oldest bodies, as many as a turn of the hub should have to work on."""
        oldest: list[Body] = []
        size = 0
        while self._bodies and size < MAX_TAKEN:
            oldest.append(self._bodies.popleft())
            size += nbytes_of(oldest[-1])
        self._nbytes -= size
        return oldest

    def _number(self, body: Body) -> Batch:
        before = self.taken + self.dropped
        batch = Batch(self.producer, self.batches, before, self.dropped, body)
        self.batches += 1
        self.taken += size_of(body)
        return batch

    @property
    def has_more(self) -> bool:
        """True when the last take has left something."""
        return bool(self._bodies)

    @property
    def points(self) -> int:
        """Points that wait."""
        return sum(map(size_of, self._bodies))

    def checkpoint(self) -> int:
        """Return a number for all that was added so far."""
        return self._added

    def is_past(self, checkpoint: int) -> bool:
        """True when all that was added before `checkpoint` has been taken or dropped."""
        return self._added - len(self._bodies) >= checkpoint
