"""A relay in a process of its own: how it is started, watched, and ended with the one that has
started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from zwsnb.lives.interpreter import words_for
from zwsnb.lives.orders import END
from zwsnb.producer import native

if TYPE_CHECKING:
    from collections.abc import Callable

BEGINS_WITHIN: Final = 60.0
"""Seconds that the process has until it says where it is: a slow disk may need many."""

ENDS_WITHIN: Final = 5.0
"""Seconds that the process has for its end, when it is told to."""

_LOOK_EVERY: Final = 0.1
"""Seconds after which who waits for its begin looks whether it is wanted."""

_LONGEST: Final = 500
"""Letters of what it has printed that a user is told."""


class Child:
    """``zwsnb serve --child`` with further words; place: what it is told of the one whose place it
    takes, as options of `zwsnb.service.service.Service.start`; is_wanted: whether it still is,
    while it begins.

    Raises:
        OSError: it could not start; the text is what it printed.
        TimeoutError: it does not come to say where it is, or is not wanted any more.
    """

    def __init__(
        self,
        words: list[str],
        environment: dict[str, str],
        place: dict[str, Any] | None = None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self._pid = os.getpid()  # a forked child has this object, but not the process
        # A child that another thread forks in the midst would hold the other ends of its pipes, of
        # which nobody tells it, and so keep its end from being noticed.
        with native.no_fork():
            self._process = _process([*words_for("zwsnb"), "serve", "--child", *words], environment)
            native.call_after_fork(self)
        self._printed: deque[str] = deque(maxlen=20)
        self.said = self._begin(place or {}, is_wanted)
        """What it says of itself: what its connection file holds, its ``notices``, and where it is
        ``listening``.
        """

    def _begin(self, place: dict[str, Any], is_wanted: Callable[[], bool]) -> dict[str, Any]:
        try:
            with contextlib.suppress(BrokenPipeError):
                self._say(json.dumps(place) + "\n")
            self._wait_for_word(is_wanted)
            line = self._process.stdout.readline() if self._process.stdout else b""
            if line:
                return cast("dict[str, Any]", json.loads(line))
            _, printed = self._process.communicate(timeout=10)
        except BaseException:
            self._process.kill()
            self._process.wait(ENDS_WITHIN)
            self._close()
            raise
        raise OSError(f"the relay's process could not start: {_text(printed)[-_LONGEST:]}")

    def _wait_for_word(self, is_wanted: Callable[[], bool]) -> None:
        """Wait until it says something, or has ended; one that hangs must not hold who waits.

        Raises:
            TimeoutError: it does not.
        """
        if sys.platform == "win32" or self._process.stdout is None:
            return  # there no pipe can be waited for
        word = select.poll()
        word.register(self._process.stdout, select.POLLIN)
        deadline = time.monotonic() + BEGINS_WITHIN
        while not word.poll(1000 * _LOOK_EVERY):
            if not is_wanted() or time.monotonic() > deadline:
                raise TimeoutError(f"the relay's process has not started in {BEGINS_WITHIN:g} s")

    def _say(self, words: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(words.encode())

    @property
    def is_alive(self) -> bool:
        """True until it has ended; False in a forked child."""
        return self._pid == os.getpid() and self._process.poll() is None

    @property
    def is_stopped(self) -> bool:
        """True for one that was stopped, as by SIGSTOP: it does nothing, and has not ended. False
        where the system does not tell.
        """
        return is_stopped(self._process.pid)

    def wait(self) -> str:
        """Wait for its end, for ever, and return how it came; for one thread."""
        stderr = self._process.stderr
        if stderr is not None:
            os.set_blocking(stderr.fileno(), True)
            # Where nobody reads, it would be held up some day by what it prints.
            while printed := os.read(stderr.fileno(), 4096):
                self._printed.append(printed.decode(errors="replace"))
        self._close()
        if native.is_patched():
            return "ended"
        with contextlib.suppress(subprocess.TimeoutExpired):
            return _how(self._process.wait(ENDS_WITHIN), "".join(self._printed))
        return "closed its output"

    def end(self, word: str = END) -> None:
        """End it by a word, in order if it can: one that is stopped cannot."""
        with contextlib.suppress(OSError, ValueError):
            self._say(word)
        try:
            self._process.wait(0 if self.is_stopped else ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(ENDS_WITHIN)

    def after_fork(self) -> None:
        """Let go of its pipes in a forked child: the process ends with its parent."""
        self._close()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _process(words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # No buffer, and so no lock of one: a child that is forked while another thread writes would
        # wait for that for ever, as it closes the pipe.
        bufsize=0,
        env={**os.environ, **environment},
        # Of a process group of its own: a notebook's kernel interrupts its group, and at its end
        # waits for it.
        start_new_session=True,
    )


def _text(printed: bytes) -> str:
    return printed.decode(errors="replace").strip()


def is_stopped(pid: int) -> bool:
    """Return whether a process is stopped; False where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[:1] in (["T"], ["t"])


def _how(code: int, printed: str) -> str:
    """Say how a process has ended."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"was killed by {signal.Signals(-code).name}"
    return f"ended with code {code}" + (f": {printed.strip()[-_LONGEST:]}" if printed else "")
