"""How a greenlet with much to do lets the others of its hub run, how one lasts as long as its hub,
and what a hub has one of.
"""

from __future__ import annotations

import contextlib
import logging
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
"""Seconds until what could not go on without memory is tried again."""

_log = logging.getLogger("zwsnb.service")
# Without a handler Python prints warnings to stderr, which a notebook shows below a cell.
_log.addHandler(logging.NullHandler())


def yield_to_hub(seconds: float = 0.0) -> None:
    """Let every other greenlet and socket of the hub have its turn, for `seconds` at least."""
    gevent.sleep(max(seconds, _LEAST))


def spawn_lasting(work: Callable[..., None], *args: Any) -> gevent.Greenlet[..., None]:
    """Spawn what has no end but that of its hub. Where memory has run out in it, it is begun anew:
    there may be some again, and nothing else would do its work.
    """
    return gevent.spawn(_last, work, args)


def _last(work: Callable[..., None], args: tuple[Any, ...]) -> None:
    while True:
        try:
            return work(*args)
        except MemoryError:
            pass  # what it held is free when this has been left
        with contextlib.suppress(MemoryError):
            yield_to_hub(AGAIN_AFTER)
            _log.warning("%s goes on where memory had run out", work.__name__)


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
