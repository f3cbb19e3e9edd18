"""What the views of a widget get: tables, pages as files. A few at a time, piece by piece."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple, Protocol, TypeAlias

from zwsnb.producer import native
from zwsnb.widget.connection import Send

ROUTES: Final = {"csv": "/csv", "html": "/html", "plot": "/plot"}
QUERY: Final = ("series", "from", "to", "origin")
"""What a view may get, and where a service has it; and what may be asked of it."""

LONGEST: Final = 4096
"""Characters of what is asked."""

AT_ONCE: Final = 4
"""Of one widget, each in a thread of its own."""

MOST_WAITING: Final = 16
"""For one of these; a further one is refused."""

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


Get: TypeAlias = Callable[[str, Mapping[str, str]], Answer]
"""Answers a request by the name of a route and its query; raises OSError or RuntimeError."""


class _Asked(NamedTuple):
    view: str
    number: int  # the view's own
    route: str
    query: Mapping[str, str]


class Gets:
    """Those of one widget; any thread may ask. send: to its views."""

    def __init__(self, get: Get, send: Send) -> None:
        self._get, self._send = get, send
        self._is_closed = False
        self._begin()
        native.call_after_fork(self)

    def _begin(self) -> None:
        self._lock = native.Lock()
        self._waiting: deque[_Asked] = deque()
        self._answering: dict[object, _Asked] = {}  # by the keys of the threads that do
        self._threads: dict[object, native.Thread] = {}

    def after_fork(self) -> None:
        """Begin anew in a child, in which none of the threads is."""
        self._begin()

    def ask(self, view: str, number: int, route: str, query: object) -> None:
        """Get what a view asks for, or tell it why not."""
        asked = _query_of(query)
        if route not in ROUTES or asked is None:
            self._refuse(view, number, 404, "There is none.")
        elif not self._take(_Asked(view, number, ROUTES[route], asked)):
            self._refuse(view, number, 503, "Too many downloads of this plot wait: try again soon.")

    def leave(self, view: str, number: int | None = None) -> None:
        """Get no more of what a view has asked for by that number, or of all that it has: what is
        sent already ends with its next piece.
        """

        def is_left(asked: _Asked) -> bool:
            return asked.view == view and number in (None, asked.number)

        with self._lock:
            self._waiting = deque(each for each in self._waiting if not is_left(each))
            self._answering = {k: it for k, it in self._answering.items() if not is_left(it)}

    def close(self) -> None:
        """Get no more for any."""
        with self._lock:
            self._is_closed = True
            self._waiting.clear()
            self._answering.clear()

    def _take(self, asked: _Asked) -> bool:
        """Begin with it, or have it wait; return False where too many do."""
        with self._lock:
            if self._is_closed or len(self._waiting) >= MOST_WAITING:
                return False
            self._waiting.append(asked)
            # One that an error has ended has not said so.
            self._threads = {key: it for key, it in self._threads.items() if it.is_alive()}
            if len(self._threads) < AT_ONCE:
                key = object()
                self._threads[key] = native.thread("zwsnb-get", self._run, key)
                self._threads[key].start()
            return True

    def _run(self, key: object) -> None:
        try:
            while (asked := self._next(key)) is not None:
                self._answer(asked, lambda: key in self._answering)
        finally:
            with self._lock:
                self._answering.pop(key, None)

    def _next(self, key: object) -> _Asked | None:
        with self._lock:
            if self._waiting:
                asked = self._answering[key] = self._waiting.popleft()
                return asked
            self._threads.pop(key, None)
            return None

    def _answer(self, asked: _Asked, is_wanted: Callable[[], bool]) -> None:
        head: dict[str, object] = {"view": asked.view, "got": asked.number}
        piece = 0  # its number: the page sees when one was lost on the way
        try:
            answer = self._get(asked.route, asked.query)
            head |= {"status": answer.status, "headers": dict(answer.headers)}
            for content in answer.pieces:
                if not is_wanted():
                    return
                self._send({**head, "piece": piece, "done": False}, [content])
                piece += 1
                native.sleep(PIECES_EVERY)
            self._send({**head, "piece": piece, "done": True}, [b""])
        except Exception as error:  # noqa: BLE001 - who waits behind it is to have a turn
            failed = {"status": 502, "headers": {}, "failed": str(error), "done": True}
            self._send({**head, "piece": piece, **failed}, [str(error).encode()])

    def _refuse(self, view: str, number: int, status: int, why: str) -> None:
        head = {"view": view, "got": number, "piece": 0}
        self._send({**head, "status": status, "headers": {}, "done": True}, [why.encode()])


def _query_of(query: object) -> dict[str, str] | None:
    """Return what of a query is passed on; None where it is none, or too long."""
    if not isinstance(query, dict):
        return None
    asked = {key: its for key in QUERY if isinstance(its := query.get(key), str)}
    return asked if sum(map(len, asked.values())) <= LONGEST else None
