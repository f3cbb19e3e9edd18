"""`ImageHolder`: what of a plot takes rows of an image.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from zwsnb.images.image import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zwsnb.kinds.arrays import Column
    from zwsnb.protocol.images.rows import Rows


class HasX(Protocol):
    """What may hold points, each at an x."""

    @property
    def count(self) -> int:
        """How many points it ever took."""

    def next_x(self, x: float) -> float:
        """Return the smallest x that is not below `x`, else the largest one."""


class ImageHolder:
    """A plot that may have an ``image``; ``version`` changes with it."""

    version: int

    def __init__(self) -> None:
        self.image = Image()

    @property
    def is_time(self) -> bool:
        """True when x are times."""
        raise NotImplementedError

    def look_at(self, x: Column) -> None:
        """Look at x that come, whether they may be times."""
        raise NotImplementedError

    def next_xs(self, x: float, others: Iterable[HasX]) -> list[float]:
        """Return the next x from `x` on of each of the others that has points, and of the image."""
        return [each.next_x(x) for each in others if each.count] + self.image.next_xs(x)

    def append_rows(self, rows: Rows) -> None:
        """Take rows, whose x are counted as all of the plot are."""
        self.version += 1
        if len(rows.x):
            self.look_at(rows.x)
            self.image.append(rows, is_time=self.is_time)
