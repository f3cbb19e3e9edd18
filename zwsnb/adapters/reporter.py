"""What all adapters do: they log numbers, leave out the rest, and never raise into a training loop.

What is left out is named once, by a warning of Python's `logging`, and counted.
"""

from __future__ import annotations

import logging
import numbers
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from zwsnb import api
from zwsnb.adapters import bands
from zwsnb.kinds.words import kind_of
from zwsnb.metrics.log import log
from zwsnb.metrics.steps import forget, steps_of
from zwsnb.plot.plot import Plot
from zwsnb.producer.inputs import y_number
from zwsnb.protocol.names import DEFAULT_PLOT, MAX_NAME, check_name

if TYPE_CHECKING:
    from collections.abc import Callable

_logger: Final = logging.getLogger("zwsnb.adapters")

_RANKS: Final = ("RANK", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "SLURM_PROCID")
"""What launchers of several processes put into the environment of each."""


_SHORT: Final = 120
"""Characters that are enough to know a metric or an error by."""

_MAX_KINDS: Final = 100
"""Names that are counted of what is left out; a loop may make a new one at each step."""

OTHERS: Final = "others"
"""What is counted behind those."""


class Reporter:
    """Logs to one plot and run, of the first of several processes that train together.

    ``left_out`` counts values that are no numbers by the names of their metrics, "a step" that is
    no x, and other errors by their text; at most some hundred of them, and "others".
    """

    def __init__(self, plot: str | Plot = DEFAULT_PLOT, run: str = "") -> None:
        self.plot, self.run = plot, run
        self.left_out: Counter[str] = Counter()
        self._banded: set[str] = set()

    def log(self, metrics: Mapping[str, Any] | None, step: Any = None) -> None:
        """Log what is a number among the metrics, at a step or else the next one."""
        self.guard(lambda: self._log(metrics, step), "a step")

    def mark(self, x: Any, text: str) -> None:
        """Put a text on the plot, as far as it fits."""
        self.guard(lambda: self._mark(x, text), "a mark")

    def band(self, series: str, low: str, high: str) -> None:
        """Have a band around a series, between two others."""
        self.guard(lambda: self._band(series, [low, high]), series)

    def begin(self) -> None:
        """Count steps from 0 again."""
        forget(self.name)

    @property
    def name(self) -> str:
        """The name of the plot."""
        return self.plot.name if isinstance(self.plot, Plot) else self.plot

    def leave_out(self, what: str, why: str) -> None:
        """Count what is not shown; say so the first time."""
        key = _short(what)
        if key not in self.left_out and len(self.left_out) >= _MAX_KINDS:
            key = OTHERS
        self.left_out[key] += 1
        if self.left_out[key] == 1:
            _logger.warning("zwsnb leaves out %s: %s", key, why)

    def guard(self, act: Callable[[], object], what: str = "") -> None:
        """Do something that must not end a training loop; what: is left out where it is odd."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the training is worth more
            text = f"{type(error).__name__}: {error}"
            if what and isinstance(error, TypeError | ValueError):
                self.leave_out(what, text)  # the text holds the value, and is another each time
            else:
                self.leave_out(text, "an error")

    def flush(self) -> None:
        """Deliver what was logged."""
        self.guard(api.flush)

    def _log(self, metrics: object, step: Any) -> None:
        if metrics is None or not is_first_process():
            return
        if not isinstance(metrics, Mapping):
            self.leave_out("metrics", f"{kind_of(metrics)} has no names for its values")
            return
        values = dict(self._numbers(metrics))
        plain = {name: its for name, its in values.items() if type(its) is float}
        # Whether a unit is that of the axis is known when it is published: these go by themselves.
        others = [{name: its} for name, its in values.items() if name not in plain]
        if others:
            run = self.run or (self.plot.blocks.run if isinstance(self.plot, Plot) else "")
            step = steps_of(self.name, run).next(step)  # counted once for all of them
        if plain:
            self._put(plain, step)
        for each in others:
            self.guard(partial(self._put, each, step), *each)

    def _put(self, values: Mapping[str, Any], step: Any) -> None:
        log(values, step=step, plot=self.plot, run=self.run)

    def _mark(self, x: Any, text: str) -> None:
        words = " ".join(text.split())[:MAX_NAME]
        if words and is_first_process():
            self._handle().mark(x, words)

    def _band(self, series: str, ends: list[str]) -> None:
        # A plot that was closed, and a handle that was made since, know nothing of it.
        is_known = series in self._banded and bands.is_proposed(self.name, series)
        if is_known or not is_first_process():
            return
        bands.propose(self.name, series, ends)
        if isinstance(self.plot, Plot) and self.plot.options.get("series"):
            # Where options of series were said, a proposal of others does not hold.
            self.plot.style(series={series: {"band": ends}})
        self._banded.add(series)

    def _handle(self) -> Plot:
        return self.plot if isinstance(self.plot, Plot) else Plot(self.plot)

    def _numbers(
        self, metrics: Mapping[Any, Any], prefix: str = "", around: tuple[int, ...] = ()
    ) -> Iterator[tuple[str, Any]]:
        """Find the numbers, by the names that they have in dicts in dicts, and leave out the rest.

        around: the `id` of those around, for one that holds itself.
        """
        around = (*around, id(metrics))
        for key, value in metrics.items():
            name = f"{prefix}{key}"
            if isinstance(value, Mapping) and id(value) not in around and len(name) < MAX_NAME:
                yield from self._numbers(value, f"{name}/", around)
            elif (number := self._number(name, value)) is not None:
                yield name, number

    def _number(self, name: str, value: Any) -> Any:
        try:
            return _checked(check_name(name, "the name"), value)
        except Exception as error:  # noqa: BLE001 - a value may be of any class
            self.leave_out(name, str(error))
            return None


def _checked(name: str, value: Any) -> Any:
    """Return a value as a float, so that a tensor is fetched once; one with a unit as it is."""
    number = number_in(value)
    if number is None:
        raise TypeError(f"{kind_of(value)} is no number")
    found, unit = y_number(number, name)
    return found if unit is None else number


def _short(name: str) -> str:
    """Return a name as one may print it."""
    text = name if name and name.isprintable() else repr(name)
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."


def number_in(value: Any) -> Any:
    """Return a value where `publish` can take it as one number, else None; an array of one element
    is that.
    """
    if isinstance(value, numbers.Real):
        return value
    shape = getattr(value, "shape", None)
    if shape is None:
        return value if hasattr(value, "as_tuple") else None  # a Decimal is no Real
    if all(length == 1 for length in shape):
        return value.reshape(()) if len(shape) else value
    return None


def is_first_process() -> bool:
    """Return whether this process is the first of those that train together, or alone."""
    together = sys.modules.get("torch.distributed")
    if together is not None and together.is_available() and together.is_initialized():
        return bool(together.get_rank() == 0)
    ranks = [os.environ[name] for name in _RANKS if name in os.environ]
    return not ranks or ranks[0] in ("", "0")
