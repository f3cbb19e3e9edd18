"""How a greenlet with much to do lets the others of its hub run, how one lasts as long as its hub,
and what a hub has one of.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import gevent
from gevent.hub import Hub

T = TypeVar("T")

_LEAST: Final = 1e-6
"""Seconds. A timer, since greenlets that sleep for 0 are run 50 times before the loop polls any
socket: beside one whose turns are long, a viewer or an HTTP request would wait for seconds.
"""

AGAIN_AFTER: Final = 0.5
"""Seconds until what has failed, and is to last, is begun anew."""


def yield_to_hub(seconds: float = 0.0) -> None:
    """Let every other greenlet and socket of the hub have its turn, for `seconds` at least."""
    gevent.sleep(max(seconds, _LEAST))


def spawn_lasting(work: Callable[..., None], *args: Any) -> gevent.Greenlet[..., None]:
    """Spawn what nothing else would do, and what has no end but that of its hub: where it fails, as
    where memory has run out, it is begun anew, for there may be some again.
    """
    return gevent.spawn(_last, work, args)


def _last(work: Callable[..., None], args: tuple[Any, ...]) -> None:
    while True:
        try:
            return work(*args)
        except Exception:  # noqa: BLE001 - whatever it is, it is logged as that of any greenlet
            with contextlib.suppress(Exception):
                gevent.get_hub().handle_error(gevent.getcurrent(), *sys.exc_info())
        # Memory may have run out in a wait with a deadline too, which comes then wherever this is.
        with contextlib.suppress(Exception):
            yield_to_hub(AGAIN_AFTER)


def in_turns(items: Iterable[T], at_once: int) -> Iterator[T]:
    """Return `items` one by one, and let the others of the hub have their turn after `at_once` of
    them each.
    """
    for count, item in enumerate(items, 1):
        yield item
        if count % at_once == 0:
            yield_to_hub()


def one_of_hub(make: Callable[[], T]) -> Callable[[], T]:
    """Return a function that returns what `make` has made for the hub of the thread that calls it,
    made at the first call, for as long as that hub lives.
    """
    made: WeakKeyDictionary[Hub, T] = WeakKeyDictionary()

    def found() -> T:
        hub = gevent.get_hub()
        if hub not in made:
            made[hub] = make()
        return made[hub]

    return found
