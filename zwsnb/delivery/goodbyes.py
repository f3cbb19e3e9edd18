"""What ends with the program: at exit, each in its turn; also what is begun only then.

What one registers with `atexit` while that is at work is never called: who publishes for the first
time in a function of that kind would lose those points. So what is left is called by a function
that was registered when zwsnb was imported, and so comes after those of the program.
"""

from __future__ import annotations

import atexit
import contextlib
import sys
from collections.abc import Callable
from typing import Final

_waiting: Final[dict[Callable[[], object], None]] = {}


def register(say: Callable[[], object]) -> None:
    """Have a function called at exit. It has to `unregister` itself when it is."""
    _waiting[say] = None
    atexit.register(say)


def unregister(say: Callable[[], object]) -> None:
    """Have it not called any more."""
    _waiting.pop(say, None)
    atexit.unregister(say)


def say_the_rest() -> None:
    """Call what is left, the newest first."""
    while _waiting:
        say, _ = _waiting.popitem()
        say()


def say(loss: str) -> None:
    """Say to who runs the program what has not come, if anything; nobody hears it where the error
    output is closed or has gone, and never does it stand among the output.
    """
    if loss and sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            print(f"zwsnb: {loss}", file=sys.stderr)  # noqa: T201


atexit.register(say_the_rest)
