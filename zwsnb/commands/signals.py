"""What tells a command to end: Ctrl-C, a `kill`, a terminal that is closed."""

from __future__ import annotations

import signal
from collections.abc import Callable


def end_by(handler: Callable[..., object]) -> None:
    """Have a handler called by each of them; by that of the terminal not where the program was
    told to outlive it, as by `nohup`.

    Raises:
        ValueError: this is another thread than the main one.
    """
    signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGTERM, handler)
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup is not None and signal.getsignal(hangup) != signal.SIG_IGN:
        signal.signal(hangup, handler)
