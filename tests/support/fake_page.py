"""A page without a browser: it applies patches as ``static/link/model.js`` does, and so has the
vertices that a page would draw.
"""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from zwsnb.history.plots import Plot
from zwsnb.kinds.arrays import Vertices
from zwsnb.protocol.marks import Marks
from zwsnb.protocol.patch import Entry, Patch, decode_patch, encode_patch
from zwsnb.view.streams.plot_streams import StreamCache
from zwsnb.view.subscription import CREDIT, Subscription
from zwsnb.view.viewport import Viewport


@dataclass
class FakePage:
    """What a page holds: by series the vertices that it draws, shape (n, 2), and the newest point
    that they stand for.
    """

    vertices: dict[int, Vertices] = field(default_factory=dict)
    newest: dict[int, tuple[float, float]] = field(default_factory=dict)
    marks: dict[int, Marks] = field(default_factory=dict)  # those that came last
    number: int = 0
    appended: int = 0

    def know(self, idents: set[int]) -> None:
        """Take a new list of series: forget the vertices of those that are not in it."""
        for ident in self.vertices.keys() - idents:
            del self.vertices[ident]

    def take(self, message: bytes) -> Patch:
        """Apply a patch as it comes over the wire; ``appended`` says how many vertices the last one
        brought.
        """
        patch = decode_patch(message)
        assert patch.number == self.number + 1, f"patch {patch.number} after {self.number}"
        self.number = patch.number
        if patch.fresh:
            self.vertices.clear()
        self.appended = sum(len(entry.vertices) for entry in patch.entries)
        for entry in patch.entries:
            self.vertices[entry.series] = self._changed(entry)
            self.newest[entry.series] = entry.last
            if entry.marks is not None:
                self.marks[entry.series] = entry.marks
        return patch

    def _changed(self, entry: Entry) -> Vertices:
        old = self.vertices.get(entry.series, np.empty((0, 2)))
        assert entry.drop + entry.keep <= len(old), (
            f"drop {entry.drop}, keep {entry.keep} of {len(old)}"
        )
        return np.concatenate((old[entry.drop : entry.drop + entry.keep], entry.vertices))


def most_of(subscription: Subscription, enough: int = 0) -> int:
    """Return the bytes that the next patch has at most, if that is more than `enough`."""
    *_, most = subscription.weighing(enough)
    assert most is not None
    return most


class FakeLink:
    """A subscription and its page, with messages on their way in between: each moves only when a
    test moves it.
    """

    def __init__(self, subscription: Subscription) -> None:
        self.subscription = subscription
        self.page = FakePage()
        self.catalog = 0
        self.lists: dict[int, set[int]] = {}  # new lists of series, by the patch before which
        self.down: deque[bytes] = deque()
        self.up: deque[int] = deque()

    def send(self) -> Patch | None:
        """Send what is due, after the list of series where that is new."""
        catalog = self.subscription.plot.catalog
        if self.catalog != catalog.version:
            self.catalog = catalog.version
            idents = {series.ident for series in catalog.by_name.values()}
            self.subscription.know(idents)
            self.lists[self.subscription.number + 1] = idents
        most = most_of(self.subscription)
        roughly = most_of(self.subscription, sys.maxsize)
        patch = self.subscription.next_patch()
        if patch is not None:
            assert bytes_in(patch) <= min(most, roughly)
            self.down.append(encode_patch(patch))
        assert len(self.down) + len(self.up) <= self.subscription.in_flight <= CREDIT
        return patch

    def paint(self) -> None:
        """Have the page paint the oldest patch that has been sent, if there is one."""
        if self.down:
            if (idents := self.lists.pop(self.page.number + 1, None)) is not None:
                self.page.know(idents)
            self.up.append(self.page.take(self.down.popleft()).number)

    def ack(self) -> None:
        """Have the oldest acknowledgement arrive, if there is one."""
        if self.up:
            self.subscription.ack(self.up.popleft())

    def settle(self) -> None:
        """Let everything arrive, until the page is up to date."""
        while self.subscription.is_due or self.down or self.up:
            self.send()
            self.paint()
            self.ack()


def bytes_in(patch: Patch) -> int:
    """Bytes of the vertices, marks and cells of a patch."""
    image = 0 if patch.image is None else patch.image.colors.nbytes
    marks = sum(entry.marks.values.nbytes for entry in patch.entries if entry.marks is not None)
    return image + marks + sum(entry.vertices.nbytes for entry in patch.entries)


def link_to(plot: Plot, viewport: Viewport, streams: StreamCache | None = None) -> FakeLink:
    """Return the link to a page that shows `viewport` of `plot`."""
    link = FakeLink(Subscription(plot, streams))
    link.subscription.set_viewport(viewport)
    return link
