"""A service in a process of its own that this process has started: watched, and started anew when
it has ended by itself.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from urllib.parse import urlsplit

from zwsnb.delivery import goodbyes
from zwsnb.display.ways import Ways
from zwsnb.lives import failures, untold
from zwsnb.lives.child import Child
from zwsnb.lives.orders import ABANDON
from zwsnb.lives.rate import Rate
from zwsnb.lives.restarts import again
from zwsnb.producer import native
from zwsnb.producer.publisher import Publisher
from zwsnb.server.about import PROGRAM, program
from zwsnb.service import parent
from zwsnb.service.own import silence
from zwsnb.service.remote import Remote, Silent
from zwsnb.service.service_options import serve_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.protocol.stats import RestartStats, Stats
    from zwsnb.service.connection_file import Info

T = TypeVar("T")

AGAIN: Final = (3, 60.0)
"""How often it is started anew by itself, within so many seconds."""

BACK_WITHIN: Final = 10.0
"""Seconds that a question waits for a process that is started anew."""

_NOTICED_WITHIN: Final = 0.5
"""Seconds after which the end of a process that does not answer is known."""


class Spawned(Remote):
    """`zwsnb serve` as a child that ends with this process.

    Raises:
        OSError: it could not start; the text is what it printed.
    """

    def __init__(self, publisher: Publisher, **options: Any) -> None:
        self._options = {"port": 0, **options}
        self._failure = ""
        self._changing = native.Lock()  # held while one process takes the place of another
        self._ending = native.Lock()  # held by who ends it
        self._rate = Rate(*AGAIN)
        self._restarts: RestartStats | None = None
        self._child = _started(self._options)
        super().__init__(publisher, _info_of(self._child))
        self._ways = Ways.of(os.environ, options.get("proxy", ""))
        with self._changing:
            self._settle_in()
        goodbyes.register(self._stop_at_exit)

    def _settle_in(self) -> None:
        """Have the process watched, and the publisher use it."""
        native.thread("zwsnb-watch", self._watch, self._child).start()
        for notice in self._child.said["notices"]:
            untold.note(notice)
        self._use(_info_of(self._child))
        self._publisher.why_ended = lambda: self._failure
        self._publisher.reconnect(self.connection)

    @property
    def is_running(self) -> bool:
        """True until `stop`, or until it has ended too often; False in a forked child."""
        return super().is_running and not self._failure

    @property
    def failure(self) -> str:
        """Why it has ended, where nobody has stopped it, with what helps; else empty."""
        return self._failure

    def stats(self) -> Stats:
        """Return the state of everything, as JSON can carry it, when all that this process sent has
        arrived.
        """
        stats = super().stats()
        return {**stats, "notices": [*self._child.said["notices"], *stats["notices"]]}

    # -- its end, and the next one -----------------------------------------------------------------

    def _watch(self, child: Child) -> None:
        """Wait for the end of a process, and start the next one unless that is done or wanted by
        somebody else.
        """
        how = child.wait()
        with self._changing:
            if child is self._child and not self._stopped:
                self._ended(how)

    def _ended(self, how: str) -> None:
        """Start it anew, unless that has been done too often, and say so."""
        ended = f"zwsnb's relay, a process of its own, {how} at {failures.now()}"
        if not self._rate.allows(time.monotonic()):
            self._fail(f"{ended}, and does so again and again")
            return
        try:
            self._start_anew(ended)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            self._fail(f"{ended}, and does not start anew ({error})")
            return
        untold.note(
            f"{ended}, and has been started anew: what its plots held is gone, their options are"
            " as they were, and what is published goes on"
        )

    def _fail(self, why: str) -> None:
        self._failure = (
            f"{why}: what is published waits; %zwsnb restart, or zwsnb.restart(), starts it again"
        )
        untold.note(self._failure)

    def _start_anew(self, why: str = "") -> None:
        """Start a process at the same address, if nobody else has taken it, for the same pages."""
        restarts, port = again(self._restarts, why), urlsplit(self._info["url"]).port
        listening: list[str] = self._child.said["listening"]
        came_in = [self.connection.ingress, *listening]
        self._child = self._next(port, listening, restarts)
        self._restarts = restarts
        self._publisher.say_again()
        self._settle_in()
        parent.announce(self.info)  # its file has the number of the process in its name
        come_in = [self.connection.ingress, *self._child.said["listening"]]
        new = urlsplit(self._info["url"]).port
        for sentence in failures.all_moved(port, new, came_in, come_in):
            untold.note(sentence)

    def _next(self, port: int | None, listening: list[str], restarts: RestartStats) -> Child:
        """Start a process that takes the place of this one, as long as nobody stops it: where this
        was, or with the page's port, which open pages know, or anywhere.
        """

        def is_wanted() -> bool:
            return not self._stopped

        place = {"token": self.connection.token, "restarts": restarts}
        there = {**self._options, "port": port}
        same = {**there, "ingress": self.connection.ingress, "listen": listening}
        for options in (same, there):
            try:
                return _started(options, place, is_wanted)
            except TimeoutError:  # another one would not start either
                raise
            except OSError:
                continue
        # Without the token, which open pages may have told to who has the port now.
        return _started(self._options, {"restarts": restarts}, is_wanted)

    def restart(self) -> None:
        """End the process, and start another one at the same address, if nobody else has taken it:
        pages come back by themselves, and what the plots held is gone, but for their options.

        Raises:
            RuntimeError: it was stopped.
            OSError: it could not start.
        """
        if self._stopped:
            raise RuntimeError("this zwsnb service has stopped: zwsnb.start() starts another")
        with self._changing:
            self._child.end(ABANDON)
            self._start_anew(self._failure)
            self._failure, self._rate = "", Rate(*AGAIN)

    def _get(self, path: str, patience: float = 60.0, **query: str) -> bytes:
        """Return the body of an answer; raises as that of `Remote`."""
        return self._when_back(lambda: super(Spawned, self)._get(path, patience, **query))

    def _settle(self) -> None:
        self._when_back(super()._settle)

    def _when_back(self, ask: Callable[[], T]) -> T:
        """Ask a process; one that is just being started anew is waited for."""
        asked = self._info
        try:
            return ask()
        except Silent:
            if not self._comes_back(asked):
                raise
        return ask()

    def _comes_back(self, asked: Info) -> bool:
        """Wait for the process that takes the place of one that has ended; False where none has.

        asked: what the connection file of that one held.
        """
        begin, silent = time.monotonic(), self._child
        while not self._stopped and (waited := time.monotonic() - begin) < BACK_WITHIN:
            if self._failure:
                raise RuntimeError(self._failure)
            if self._info is not asked:
                return True
            if silent.is_alive and waited > _NOTICED_WITHIN:
                return False
            native.sleep(0.02)
        return False

    def stop(self) -> None:
        """Deliver what was published, and end the process."""
        self._end(Publisher.stop, waits=False)

    def _stop_at_exit(self) -> None:
        self._end(silence, waits=True)

    def _end(self, release: Callable[[Publisher], object], *, waits: bool) -> None:
        self._stopped = True
        if self._pid != os.getpid():
            release(self._publisher)
        # Where it is being ended that is waited for at exit. Not else: that may be what the handler
        # of a signal, which stops it as well, has come in the midst of.
        elif self._ending.acquire(blocking=waits):
            try:
                # Where one is being started anew, it is settled in or given up.
                with self._changing:
                    release(self._publisher)
                    self._child.end()
            finally:
                self._ending.release()
        goodbyes.unregister(self._stop_at_exit)


def _started(
    options: dict[str, Any],
    place: dict[str, Any] | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> Child:
    return Child(serve_words(options), {PROGRAM: program()}, place, is_wanted)


def _info_of(child: Child) -> Info:
    """Return what its connection file holds."""
    its_own = {"notices", "listening"}
    return cast("Info", {key: its for key, its in child.said.items() if key not in its_own})
