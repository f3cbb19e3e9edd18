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
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from zwsnb.protocol.messages import MAX_PAGE_TEXT, TOO_BIG
from zwsnb.widget.broadcast import Broadcast
from zwsnb.widget.connection import Attach, Attachment, Message, Send
from zwsnb.widget.gets import Get, Gets

GONE_AFTER: Final = 150.0
"""Seconds."""

HEARS_FOR: Final = 30.0
"""Seconds after a word of any view in which the kernel hears, also while a cell runs."""

MOST_VIEWS: Final = 50
"""Of one widget; the one that was heard of longest ago makes room."""

RETRY: Final = 1006
"""The code of a connection that could not be opened: the page tries again."""

LONGEST_NAME: Final = 64
"""Characters of the name that a view gives itself."""


@dataclass(slots=True)
class _View:
    """One view: its connection, when it was heard last, and how many texts that has said: a page
    sees by their numbers that one was lost on the way.
    """

    attachment: Attachment | None
    heard: float
    texts: int = 0


class Views:
    """All views of one widget.

    attach: opens a connection for a page, which is reached by what it is given. get: see
    `zwsnb.widget.gets.Get`. send: to the views. hears_since: returns since when the kernel hears
    what views say, infinity while a cell keeps it from that.
    """

    def __init__(
        self,
        attach: Attach,
        get: Get,
        send: Send,
        hears_since: Callable[[], float],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._attach, self._send = attach, send
        self._gets = Gets(get, send)
        self._hears_since, self._clock = hears_since, clock
        self._views: dict[str, _View] = {}
        self._heard = -math.inf  # when any of them was
        self._broadcast = Broadcast(attach, send, lambda: len(self) > 0, hears_since, clock)

    def __len__(self) -> int:
        return len(self._views)

    def on_message(self, content: object) -> None:
        """Handle what a view has sent; what is none of its messages is left alone."""
        match content:
            case {"view": str(name)} if len(name) > LONGEST_NAME:
                pass  # no page has given itself that one
            case {"view": str(name), "open": int()}:
                self._open(name)
            case {"view": str(name), "text": str(text)}:
                self._hand_on(name, text)
            case {"view": str(name), "close": True}:
                self._close(name)
            case {"view": str(name), "get": int(number), "route": str(route), "query": query}:
                self._gets.ask(name, number, route, query)
            case {"view": str(name), "leave": int(number)}:
                self._gets.leave(name, number)

    def expect(self) -> None:
        """Prepare for views that are about to appear, whether or not the kernel will hear them."""
        self._broadcast.start()

    def close(self) -> None:
        """End the connections of all views."""
        self._broadcast.close()
        self._gets.close()
        for name in list(self._views):
            self._close(name)

    def _open(self, name: str) -> None:
        self._close(name)
        while len(self._views) >= MOST_VIEWS:
            self._forget(min(self._views, key=lambda each: self._views[each].heard))
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
        elif len(text) > MAX_PAGE_TEXT:
            self._close(name)
            self._send({"view": name, "closed": TOO_BIG, "reason": "This page has sent too much."})
        elif view.attachment is not None:
            self._heard = view.heard = self._clock()
            view.attachment.receive(text)

    def _close(self, name: str) -> None:
        view = self._views.pop(name, None)
        if view is not None and view.attachment is not None:
            view.attachment.close()

    def _forget(self, name: str) -> None:
        """Close one that does not come again, and waits for nothing."""
        self._close(name)
        self._gets.leave(name)

    def _tell(self, name: str, view: _View, message: Message) -> None:
        """Send a view what its connection says; the connection's thread calls it."""
        if self._views.get(name) is not view:
            return
        if isinstance(message, str):
            view.texts += 1
            self._send({"view": name, "text": message, "number": view.texts})
        elif isinstance(message, bytes | memoryview):
            self._send({"view": name, "patch": True}, [message])
        else:
            self._views.pop(name, None)
            self._send({"view": name, "closed": message.code, "reason": message.reason})
        if self._has_gone(view):
            self._forget(name)
            self._send({"view": name, "closed": RETRY, "reason": "Nothing was heard of this page."})

    def _has_gone(self, view: _View) -> bool:
        now, since = self._clock(), self._hears_since()
        if math.isinf(since):
            since = view.heard if now - self._heard < HEARS_FOR else now
        return now - max(view.heard, since) > GONE_AFTER
