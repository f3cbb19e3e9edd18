"""The views of a widget, each of which is a page of its own: what they say goes to their
connections, and what those say to them. docs/protocol.md, section 6, has the messages.

A view that is closed says so; one whose tab has gone does not. A page says something in each 10 s,
in a minute where its tab is in the background; so one of which nothing is heard for `GONE_AFTER`,
while the kernel hears, has gone. A kernel hears while no cell runs; and while one does if it has
heard any view just now.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from zwsnb.producer import native
from zwsnb.widget.broadcast import Broadcast
from zwsnb.widget.connection import Attach, Attachment, Ended, Send

GONE_AFTER: Final = 150.0
"""Seconds."""

HEARS_FOR: Final = 30.0
"""Seconds after a word of any view in which the kernel hears, also while a cell runs."""

MOST_VIEWS: Final = 50
"""Of one widget; the one that was heard of longest ago makes room."""

RETRY: Final = 1006
"""The code of a connection that could not be opened: the page tries again."""

ROUTES: Final = {"csv": "/csv", "html": "/html", "plot": "/plot"}
QUERY: Final = ("series", "from", "to", "origin")
"""What a view may get, and where a service has it; and what may be asked of it."""

PIECES_EVERY: Final = 0.05
"""Seconds from one piece of an answer to the next."""


class Answer(Protocol):
    """What a route has answered."""

    @property
    def status(self) -> int:
        """As HTTP has it."""

    @property
    def headers(self) -> Mapping[str, str]:
        """As HTTP has them."""

    @property
    def pieces(self) -> Iterator[bytes]:
        """The body."""


@dataclass(slots=True)
class _View:
    """One view: its connection, and when it was heard last."""

    attachment: Attachment | None
    heard: float


class Views:
    """All views of one widget.

    attach: opens a connection for a page, which is reached by what it is given. get: answers a
    request by the name of a route and its query. send: to the views. hears_since: returns since
    when the kernel hears what views say, infinity while a cell keeps it from that.
    """

    def __init__(
        self,
        attach: Attach,
        get: Callable[[str, Mapping[str, str]], Answer],
        send: Send,
        hears_since: Callable[[], float],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._attach, self._get, self._send = attach, get, send
        self._hears_since, self._clock = hears_since, clock
        self._views: dict[str, _View] = {}
        self._heard = -math.inf  # when any of them was
        self._broadcast = Broadcast(attach, send, lambda: len(self) > 0, hears_since, clock)

    def __len__(self) -> int:
        return len(self._views)

    def on_message(self, content: object) -> None:
        """Handle what a view has sent; what is none of its messages is left alone."""
        match content:
            case {"view": str(name), "open": int()}:
                self._open(name)
            case {"view": str(name), "text": str(text)}:
                self._hand_on(name, text)
            case {"view": str(name), "close": True}:
                self._close(name)
            case {"view": str(name), "get": int(number), "route": str(route), "query": query}:
                native.thread("zwsnb-get", self._answer, name, number, route, query).start()

    def expect(self) -> None:
        """Prepare for views that are about to appear, whether or not the kernel will hear them."""
        self._broadcast.start()

    def close(self) -> None:
        """End the connections of all views."""
        self._broadcast.close()
        for name in list(self._views):
            self._close(name)

    def _open(self, name: str) -> None:
        self._close(name)
        while len(self._views) >= MOST_VIEWS:
            self._close(min(self._views, key=lambda each: self._views[each].heard))
        view = self._views[name] = _View(None, self._clock())
        try:
            view.attachment = self._attach(lambda message: self._tell(name, view, message))
        except (OSError, RuntimeError) as error:
            del self._views[name]
            self._send({"view": name, "closed": RETRY, "reason": f"{error}"})

    def _hand_on(self, name: str, text: str) -> None:
        view = self._views.get(name)
        if view is None:  # its connection has ended, here or by a restart of the kernel
            self._send({"view": name, "closed": RETRY, "reason": "The connection was lost."})
        elif view.attachment is not None:
            self._heard = view.heard = self._clock()
            view.attachment.receive(text)

    def _close(self, name: str) -> None:
        view = self._views.pop(name, None)
        if view is not None and view.attachment is not None:
            view.attachment.close()

    def _tell(self, name: str, view: _View, message: str | bytes | Ended) -> None:
        """Send a view what its connection says; the connection's thread calls it."""
        if self._views.get(name) is not view:
            return
        if isinstance(message, str):
            self._send({"view": name, "text": message})
        elif isinstance(message, bytes):
            self._send({"view": name, "patch": True}, [message])
        else:
            self._views.pop(name, None)
            self._send({"view": name, "closed": message.code, "reason": message.reason})
        if self._has_gone(view):
            self._close(name)
            self._send({"view": name, "closed": RETRY, "reason": "Nothing was heard of this page."})

    def _has_gone(self, view: _View) -> bool:
        now, since = self._clock(), self._hears_since()
        if math.isinf(since):
            since = view.heard if now - self._heard < HEARS_FOR else now
        return now - max(view.heard, since) > GONE_AFTER

    def _answer(self, name: str, number: int, route: str, query: object) -> None:
        """Get what a view has asked for, and send it in pieces, in a thread of its own."""
        head: dict[str, object] = {"view": name, "got": number}
        if route not in ROUTES or not isinstance(query, dict):
            refused = {"piece": 0, "status": 404, "headers": {}, "done": True}
            self._send({**head, **refused}, [b"There is none."])
            return
        piece = 0  # its number: the page sees when one was lost on the way
        try:
            asked = {key: str(query[key]) for key in QUERY if key in query}
            answer = self._get(ROUTES[route], asked)
            head |= {"status": answer.status, "headers": dict(answer.headers)}
            for content in answer.pieces:
                self._send({**head, "piece": piece, "done": False}, [content])
                piece += 1
                native.sleep(PIECES_EVERY)
            self._send({**head, "piece": piece, "done": True}, [b""])
        except (OSError, RuntimeError) as error:
            failed = {"status": 502, "headers": {}, "failed": str(error), "done": True}
            self._send({**head, "piece": piece, **failed}, [str(error).encode()])
