"""tqdm: ``for batch in tqdm(batches):`` shows its line above the plot as well."""

from __future__ import annotations

import contextlib
import time
from typing import Any, Final

import tqdm as library

from zwsnb import api
from zwsnb.adapters.reporter import Reporter, is_first_process
from zwsnb.plot.plot import Plot
from zwsnb.progress.bars import bars_of
from zwsnb.progress.meter import Meter
from zwsnb.protocol.names import DEFAULT_PLOT

_reporters: Final[dict[tuple[str, str], Reporter]] = {}
"""By plot and run: what one bar has left out and said, the next ones need not say again."""


def _reporter_of(plot: str | Plot, run: str) -> Reporter:
    made = Reporter(plot, run)
    found = _reporters.setdefault((str(made.name), str(run)), made)
    if found.plot is not plot and found.plot != plot:
        made.left_out = found.left_out  # another handle of the plot, whose runs are its own
        return made
    return found


def _forget(plot: str) -> None:
    for key in [key for key in list(_reporters) if key[0] == plot]:
        _reporters.pop(key, None)


api.after_close.append(_forget)
api.before_stop.append(_reporters.clear)


class tqdm(library.tqdm):  # noqa: N801 - it takes the place of that one
    """A bar of tqdm's, of which the plot shows how far it is, and logs the postfix.

    plot: a plot, or its name. run: the name of the run. Everything else is tqdm's own.
    """

    def __init__(
        self, *args: Any, plot: str | Plot = DEFAULT_PLOT, run: str = "", **kwargs: Any
    ) -> None:
        self.reporter = _reporter_of(plot, run)
        self._meter: Meter | None = None
        super().__init__(*args, **kwargs)
        if not self.disable and is_first_process():
            self.reporter.guard(self._begin)

    def _begin(self) -> None:
        total = None if self.total is None else int(self.total)
        meter = Meter(str(self.desc or ""), total, time.monotonic())
        self._bars = bars_of(self.reporter.name)
        self._bars.begin(meter, prints=False)
        meter.start(time.monotonic())
        self._meter = meter

    def display(self, *args: Any, **kwargs: Any) -> Any:
        """Show how far it is, in both places."""
        if self._meter is not None:
            meter = self._meter
            self.reporter.guard(lambda: meter.look(int(self.n), time.monotonic()))
            self.reporter.guard(self._bars.show)
        return super().display(*args, **kwargs)

    def close(self) -> None:
        """Show the end, in both places."""
        # tqdm closes what has failed to be made as well.
        meter, self._meter = getattr(self, "_meter", None), None
        if meter is not None:
            self.reporter.guard(lambda: self._end(meter))
        super().close()

    def _end(self, meter: Meter) -> None:
        is_whole = self.total is None or self.n >= self.total
        meter.end(int(self.n), time.monotonic(), is_whole=is_whole)
        self._bars.end(meter)

    def set_postfix(self, ordered_dict: Any = None, *args: Any, **kwargs: Any) -> None:
        """Log the numbers among the postfix; x counts the times, and goes on from bar to bar."""
        named = {name: its for name, its in kwargs.items() if name != "refresh"}
        values = {**dict(ordered_dict or {}), **named}
        self.reporter.log({name: _number(value) for name, value in values.items()})
        super().set_postfix(ordered_dict, *args, **kwargs)


def _number(value: Any) -> Any:
    """Return the number of a text such as ``f"{loss:.4f}"``, for a postfix is to be read; all else
    as it is.
    """
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return float(value)
    return value


def trange(*args: Any, **kwargs: Any) -> tqdm:
    """Return ``tqdm(range(*args), **kwargs)``."""
    return tqdm(range(*args), **kwargs)
