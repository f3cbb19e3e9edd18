"""Named runs of a plot, and what there is to say of all runs."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final, NamedTuple, Protocol, Self

from zwsnb.producer.inputs import MISSING
from zwsnb.producer.signature import Publish
from zwsnb.protocol.mistakes import is_mistake
from zwsnb.protocol.names import check_name

_entered: Final[ContextVar[tuple[_Block, ...]]] = ContextVar("zwsnb-runs", default=())
"""The blocks in which this thread or task is, the innermost last; some may have ended elsewhere."""


class RunInfo(NamedTuple):
    """A run that a plot holds.

    ``name`` is how the legend calls it, ``series`` what was published, ``run`` the name that it was
    published for, or empty. ``number`` counts the past ones, 0 is the current one; ``cell`` is the
    number of the notebook cell in which it began, None where nobody knows.
    """

    name: str
    series: str
    run: str
    number: int
    cell: int | None
    points: int


class Publishing(Protocol):
    """A plot's handle."""

    name: str
    publish: Publish
    blocks: Blocks


class _Block:
    """A `with` block of a run, while it is open."""

    def __init__(self, run: Run, blocks: Blocks) -> None:
        self.run, self.blocks, self.is_open = run, blocks, True


class Blocks:
    """The `with` blocks of a plot's handle: those of several threads and tasks may be open at once,
    each with its own run. A thread that is in none, as one that was started in a block, is in that
    which was opened last.
    """

    def __init__(self, publish: Publish) -> None:
        self.outside = publish
        self.open: list[_Block] = []  # in the order in which they were entered

    @property
    def run(self) -> str:
        """The name of the run in whose block this thread or task is; empty outside of one."""
        block = self._innermost()
        return block.run.name if block else ""

    def enter(self, block: _Block) -> None:
        """This thread or task enters a block."""
        _entered.set((*[its for its in _entered.get() if its.is_open], block))
        self.open.append(block)

    def innermost_of(self, run: Run) -> _Block:
        """Return the innermost block of a run in which it is."""
        own = [its for its in _entered.get() if its.is_open]
        # A generator may end in another thread or task than that in which it began.
        return [its for its in [*self.open, *own] if its.run is run][-1]

    def leave(self, block: _Block) -> None:
        """It leaves a block, unless it has."""
        block.is_open = False
        if block in self.open:
            self.open.remove(block)

    def _innermost(self) -> _Block | None:
        for block in reversed(_entered.get()):
            if block.is_open and block.blocks is self:
                return block
        return next(reversed(self.open), None)

    def publish(
        self,
        /,
        x: Any,
        y: Any = MISSING,
        series: str | None = None,
        plot: str | None = None,
        **named: Any,
    ) -> None:
        """As `Publish`, to the run in whose block this thread or task is."""
        block = self._innermost()
        publish = block.run.publish if block else self.outside
        try:
            publish(x, y, series, plot, **named)
        except Exception as error:
            if not is_mistake(error):
                raise
            raise error.with_traceback(None) from None  # the mistake is in the call above

    publish.__doc__ = Publish.__call__.__doc__
    publish.__qualname__ = "publish"  # as a mistake in a call is said


class Run:
    """A named run of a plot: what is published in its `with` block, or by its ``publish``, belongs
    to it.
    """

    def __init__(self, plot: Publishing, name: str, publish: Publish) -> None:
        self.name = check_name(name, "run")
        self.publish = publish
        self._plot = plot

    def __enter__(self) -> Self:
        plot = self._plot
        block = _Block(self, plot.blocks)
        try:
            plot.blocks.enter(block)
            plot.publish = plot.blocks.publish
        except BaseException:  # an interrupt: nobody else would leave what was not entered
            self._leave(block)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        block = None
        try:
            block = self._plot.blocks.innermost_of(self)
            self._leave(block)
        except BaseException:  # an interrupt: all that is published later would be this run's
            self._leave(block or self._plot.blocks.innermost_of(self))
            raise

    def _leave(self, block: _Block) -> None:
        plot, blocks = self._plot, self._plot.blocks
        blocks.leave(block)
        plot.publish = blocks.publish if blocks.open else blocks.outside

    def __repr__(self) -> str:
        return f"<run {self.name!r} of plot {self._plot.name!r}>"


def run_infos(series: dict[str, Any]) -> list[RunInfo]:
    """Return the runs among the series of a plot's statistics."""
    return [
        RunInfo(name, its["of"], its["run"], its["number"], its["cell"], its["points"])
        for name, its in series.items()
    ]
