"""What all views of a widget are sent while the kernel hears none of them.

A view that appears while a cell runs asks for its connection; a kernel without subshells hears that
when the cell has ended, and after "Run All" when all cells have. But what a kernel says arrives. So
where nothing is heard of a widget that is shown during a cell, its plot is played to all views
alike, in the name of `EVERYONE`, until one is heard: each has its own connection then. Nobody knows
when a view begins to listen, so the greeting is said again and again, at growing intervals.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import time
from collections.abc import Callable, Mapping
from queue import Empty
from typing import TYPE_CHECKING, Any, Final

from zwsnb.producer import native
from zwsnb.protocol.stats import EVERYONE

if TYPE_CHECKING:
    from zwsnb.widget.connection import Attach, Message, Send

DEAF_AFTER: Final = 1.0
"""Seconds within which a view is heard, where the kernel hears at all."""

GREET_EVERY: Final = 2.0
GREET_SELDOM: Final = 10.0
"""Seconds from the first greeting to the second; each interval is twice the one before, up to so
much.
"""

QUIET: Final = 5.0
"""Seconds without a cell after which every view that there is has been heard."""

WIDTH: Final = 1500
"""Pixels for which the plot is drawn, since nobody says how many a view has."""

LOOK_EVERY: Final = 0.1
"""Seconds."""

_GREETING: Final = ("hello", "series", "marks", "controls", "trigger", "status", "pace")
_OF_OPTIONS: Final = ("options", "guessed", "origin")


class Broadcast:
    """Plays a plot to all views of a widget.

    attach: opens a connection for a page. send: to the views. is_heard: returns whether a view has
    been. hears_since: see `zwsnb.widget.views.Views`.
    """

    def __init__(
        self,
        attach: Attach,
        send: Send,
        is_heard: Callable[[], bool],
        hears_since: Callable[[], float],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._attach, self._send = attach, send
        self._is_heard, self._hears_since, self._clock = is_heard, hears_since, clock
        self._stream: _Stream | None = None
        self._begun = -math.inf
        self._every, self._next = GREET_EVERY, math.inf
        self._is_closed = False
        self._pid = os.getpid()
        self._starting = native.Lock()
        self._is_wanted = False
        self._thread: native.Thread | None = None

    def start(self) -> None:
        """Look after views that are about to appear."""
        with self._starting, contextlib.suppress(RuntimeError):  # the interpreter is at its end
            if self._pid != os.getpid():
                self._pid, self._stream, self._thread = os.getpid(), None, None
            now = self._clock()
            self._every, self._next = GREET_EVERY, now + GREET_EVERY
            self._is_wanted = True
            if self._thread is None or not self._thread.is_alive():
                self._begun = now
                self._thread = native.thread("zwsnb-broadcast", self._run)
                self._thread.start()

    def close(self) -> None:
        """End it."""
        self._is_closed = True

    def _run(self) -> None:
        while self.look():
            native.sleep(LOOK_EVERY)

    def look(self) -> bool:
        """Do what is due; return whether there will be more."""
        self._is_wanted = False
        try:
            if self._goes_on() and self._play():
                return True
        except Exception:  # noqa: BLE001, S110 - no service runs, or none answers: nothing is played
            pass
        self._end()
        with self._starting:
            if not self._is_wanted:
                self._thread = None
            return self._is_wanted

    def _goes_on(self) -> bool:
        if self._is_closed or self._is_heard():
            return False
        since = self._hears_since()
        return math.isinf(since) or self._clock() - max(since, self._begun) <= QUIET

    def _play(self) -> bool:
        now = self._clock()
        if self._stream is None:
            if now - self._begun >= DEAF_AFTER and math.isinf(self._hears_since()):
                self._stream = _Stream(self._attach, self._send)
                self._every, self._next = GREET_EVERY, now + GREET_EVERY
            return True
        if now >= self._next:
            self._every = min(2 * self._every, GREET_SELDOM)
            self._next = now + self._every
            self._stream.greet()
        self._stream.look()
        return not self._stream.has_ended

    def _end(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()


class _Stream:
    """One connection, as that of a page, whose messages go to everyone."""

    def __init__(self, attach: Attach, send: Send) -> None:
        self._send = send
        self._said: dict[str, dict[str, Any]] = {}  # the newest of each kind
        self._saying = native.Lock()  # what is said again keeps its place among what is new
        self._options: native.SimpleQueue[Mapping[str, Any]] = native.SimpleQueue()
        self._window: object = None
        self._views = 0
        self.has_ended = False
        self._attachment = attach(self._tell, everyone=True)

    def close(self) -> None:
        self._attachment.close()

    def _tell(self, message: Message) -> None:
        with self._saying:
            if isinstance(message, bytes | memoryview):
                self._send({"view": EVERYONE, "patch": True}, [message])
            elif isinstance(message, str):
                self._note(json.loads(message))
                self._send({"view": EVERYONE, "text": message})
            else:
                self.has_ended = True
                self._send({"view": EVERYONE, "closed": message.code, "reason": message.reason})

    def _note(self, said: dict[str, Any]) -> None:
        kind = said["type"]
        if kind in {"hello", "options"}:
            self._options.put(said["options"])
        if kind == "options":
            self._said["hello"] |= {key: said[key] for key in _OF_OPTIONS if key in said}
            return
        if kind == "marks" and "marks" in self._said:
            before = self._said["marks"]
            kept = before["marks"][max(0, said["first"] - before["first"]) :]
            said = {**said, "marks": [*kept, *said["marks"]]}
        self._said[kind] = said

    def look(self) -> None:
        """Look at what the options say, when they are new."""
        with contextlib.suppress(Empty):
            while True:
                self._window = self._options.get(block=False).get("window")
                self._look_at()

    def _look_at(self) -> None:
        """Have a patch sent, also where nothing is new: the width is another one each time."""
        self._views += 1
        of = {"mode": "all"} if self._window is None else {"mode": "follow", "window": self._window}
        view = {"type": "view", "width": WIDTH + self._views % 2, **of}
        self._attachment.receive(json.dumps(view))

    def greet(self) -> None:
        """Say again what a view has to know that begins to listen now."""
        with self._saying:
            if "hello" not in self._said:
                return
            self._said["hello"]["clock"] = time.time()
            for kind in _GREETING:
                if kind in self._said:
                    self._send({"view": EVERYONE, "text": json.dumps(self._said[kind])})
        self._look_at()
