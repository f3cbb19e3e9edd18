"""Where long work may be interrupted that is not made of steps.  [no I/O]

A picture of a thousand lines is some hundred functions deep in one call. They say where others may
have their turn, and need not know whether there are any: in a program of its own that is nowhere.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


def _go_on() -> None:
    """Go on: there are no others."""


PAUSE: Final[ContextVar[Callable[[], object]]] = ContextVar("pause", default=_go_on)
"""What lets the others have their turn, where that is due; of each greenlet its own."""


def pause() -> None:
    """Let others have their turn, where this one is over. What is read may have changed then."""
    PAUSE.get()()


def pausing(items: Iterable[T]) -> Iterator[T]:
    """Yield items, of which each may let the others have their turn first."""
    for item in items:
        pause()
        yield item
