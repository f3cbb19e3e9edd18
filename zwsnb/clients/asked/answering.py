"""One question of a page at a time: a newer one ends an older one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import gevent

from zwsnb.clients.page_socket import Closed
from zwsnb.turns.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class Answering(Generic[T]):
    """Answers the newest question of its kind, in a greenlet of its own, so that the page is heard
    meanwhile: what is asked a hundred times at once costs one answer.

    answer: yields None between its steps, and at last the message. party: whose turns it takes.
    """

    def __init__(
        self,
        send_json: Callable[[dict[str, Any]], object],
        answer: Callable[[T], Iterator[dict[str, Any] | None]],
        party: object,
    ) -> None:
        self._send_json, self._answer, self._party = send_json, answer, party
        self._asked: T | None = None  # and not begun
        self._greenlet: gevent.Greenlet[..., None] | None = None

    def begin(self, asked: T) -> None:
        """Answer this question soon, and no older one."""
        self._asked = asked
        if self._greenlet is None or self._greenlet.ready():
            self._greenlet = gevent.spawn(self._run)

    def _run(self) -> None:
        with contextlib.suppress(Closed):
            while (asked := self._asked) is not None:
                self._asked = None
                for message in in_turns(self._party, self._until_newer(self._answer(asked))):
                    self._send_json(message)

    def _until_newer(
        self, steps: Iterator[dict[str, Any] | None]
    ) -> Iterator[dict[str, Any] | None]:
        for step in steps:
            if self._asked is not None:
                return
            yield step

    def stop(self) -> None:
        """Answer no more."""
        if self._greenlet is not None:
            self._greenlet.kill(block=False)
