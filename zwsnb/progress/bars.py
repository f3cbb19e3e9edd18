"""The progress of all loops of this process, which goes to their plots and to a terminal, ten times
a second at most.
"""

from __future__ import annotations

import sys
import time
from typing import Final

from zwsnb import api
from zwsnb.producer import native
from zwsnb.progress.meter import Meter
from zwsnb.protocol.messages import MAX_BARS, Bar, Progress

EVERY: Final = 0.1
"""Seconds between two looks at least."""


class Bars:
    """The loops of one plot, the outermost first; from any thread.

    One that has ended stays, until another begins in its place or the loop around it goes on.
    """

    def __init__(self, plot: str) -> None:
        self._plot = plot
        self._loops: list[tuple[Meter, int]] = []  # each with its thread
        self._shown_at = -EVERY
        self._prints = True
        self._changing = native.RLock()
        native.call_after_fork(self)

    def after_fork(self) -> None:
        """In a child, where nobody would release the lock."""
        self._changing = native.RLock()

    def begin(self, meter: Meter, *, prints: bool = True) -> None:
        """Add a loop inside those that run; prints: in a terminal, too."""
        with self._changing:
            self._prints = prints
            self._loops = [loop for loop in self._loops if not loop[0].is_ended]
            self._loops.append((meter, native.get_ident()))
        self.show()
        if (heard := api.publisher.heard) is not None:
            heard(self._plot)  # as of points: a notebook shows the plot, if nothing does

    def end(self, meter: Meter) -> None:
        """Show that a loop has ended, and forget those in it."""
        with self._changing:
            meters = [each for each, _ in self._loops]
            if meter in meters:
                behind = self._loops[meters.index(meter) + 1 :]
                self._loops = [
                    *self._loops[: meters.index(meter) + 1],
                    *(loop for loop in behind if not loop[0].is_ended),
                ]
            is_last = all(each.is_ended for each, _ in self._loops)
        self.show(is_last=is_last)

    def stop_those_of(self, thread: int) -> None:
        """Show that the loops of a thread run no more: an error has ended its cell."""
        now = time.monotonic()
        stopped = [m for m, its in list(self._loops) if its == thread and not m.is_ended]
        for meter in stopped:
            meter.end(meter.done, now, is_whole=False)
        if stopped:
            self.show(is_last=True)

    def show(self, *, is_last: bool = False) -> None:
        """Show how far the loops are, unless that was shown just now; is_last: show it anyway."""
        now = time.monotonic()
        with self._changing:
            if now - self._shown_at < EVERY and not is_last:
                return
            self._shown_at = now
            bars = [meter.bar() for meter, _ in self._loops[:MAX_BARS]]
            _send(self._plot, bars)
        if self._prints:
            _print(bars, is_last=is_last)


def _send(plot: str, bars: list[Bar]) -> None:
    """Send them to the plot; where there is no service the loop goes on without."""
    try:
        api.publisher.send_command(Progress(plot, tuple(bars)))
    except (RuntimeError, OSError):
        return


def _print(bars: list[Bar], *, is_last: bool) -> None:
    """Write them as one line, over the one before, where standard error is a terminal."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        return
    import shutil  # here, for it is much to import, and notebooks need none of it

    words = " | ".join(bar.text for bar in bars)[: shutil.get_terminal_size().columns - 1]
    stream.write(f"\r{words}\x1b[K" + ("\n" if is_last else ""))
    stream.flush()


_bars: Final[dict[str, Bars]] = {}


def bars_of(plot: str) -> Bars:
    """Return the loops of a plot."""
    if "IPython" in sys.modules:
        from zwsnb.display import ipython

        ipython.after_cells(_after_cell)
    found = _bars.get(plot)
    return _bars.setdefault(plot, Bars(plot)) if found is None else found


def _after_cell(result: object) -> None:
    del result
    for bars in list(_bars.values()):
        bars.stop_those_of(native.get_ident())


api.after_close.append(lambda plot: _bars.pop(plot, None))
api.before_stop.append(_bars.clear)
