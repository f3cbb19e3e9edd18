"""The pulse of the hub: what is done a few times a second, and how late it is done.

It serves all who need a timer, so that an idle machine is woken for it no oftener than the relay
wakes it in any case. While points come, which wakes it far oftener, a look more says how late the
hub is. A stall that is shorter than the time between two looks may pass unseen, and a longer one is
seen shorter by up to that time.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import gevent

from zwsnb.relay.schedule import UPDATE_EVERY

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.vitals.lag import Lag

LOOKS: Final = 2
"""In the time between two beats, while points come."""


def beat(
    beats: tuple[Callable[[], object], ...],
    is_calm: Callable[[], bool],
    lag: Lag,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], object] = gevent.sleep,
) -> None:
    """Call `beats` once in an `UPDATE_EVERY`, until the greenlet ends, and note how late the hub
    is. is_calm: whether no points come.
    """
    while True:
        for each in beats:
            each()
        looks = 1 if is_calm() else LOOKS
        for _ in range(looks):
            due = clock() + UPDATE_EVERY / looks
            sleep(UPDATE_EVERY / looks)
            now = clock()
            lag.note(now, now - due)
