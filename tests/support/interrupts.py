"""Exceptions that come from outside, at every place where the interpreter lets one in."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Final

import zwsnb

WHERE: Final = (str(Path(zwsnb.__file__).parent), threading.__file__)
"""The code that is interrupted: that of zwsnb, and of the standard library's events and conditions,
which are written in Python.
"""


class Interrupt(BaseException):
    """What Ctrl-C, a signal or another thread raises."""


def interrupted(act: Callable[[], object]) -> Iterator[int]:
    """Call `act` again and again, interrupted at its first place, its second, ... until it comes to
    its end; yield the place after each time.

    CPython looks for signals, and for exceptions from other threads, when a function begins and
    after every call, which are the places here; and when a loop goes back, where a call was last.
    It does not look in between, so that ``with lock:`` always releases.
    """
    place = 0
    while Interruption(place).comes_in(act):
        yield place
        place += 1
    assert place > 0, "nothing of zwsnb was called"


class Interruption:
    """An exception at one place, counted from 0, of the code of zwsnb that a call runs. kind: its
    class.
    """

    def __init__(self, place: int, kind: type[BaseException] = Interrupt) -> None:
        self._left = place
        self._kind = kind

    def comes_in(self, act: Callable[[], object]) -> bool:
        """Call `act`; True when it was interrupted."""
        sys.setprofile(self._look)
        try:
            act()
        except self._kind:
            return True
        finally:
            sys.setprofile(None)
        return False

    def _look(self, frame: FrameType, event: str, _: object) -> None:
        if event in {"call", "c_return"} and frame.f_code.co_filename.startswith(WHERE):
            self._left -= 1
            if self._left == -1:
                raise self._kind
