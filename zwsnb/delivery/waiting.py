"""Who waits until what was published has come to the relay."""

from __future__ import annotations

from dataclasses import dataclass, field

from zwsnb.producer.native import SimpleQueue


@dataclass(slots=True)
class Flush:
    """Who waits until what was published before `checkpoint` has come to the relay: all batches
    before the one of that number, when it is known.
    """

    checkpoint: int
    number: int | None = None
    has_come: bool = False
    done: SimpleQueue[bool] = field(default_factory=SimpleQueue)
