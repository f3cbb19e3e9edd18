"""PyTorch-Ignite: ``PlotLogger().attach(trainer, "train", every=10)``."""

from __future__ import annotations

from collections.abc import Mapping

from ignite.engine import Engine, Events

from zwsnb.adapters.reporter import Reporter
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT


class PlotLogger:
    """Logs what engines put out, and their metrics.

    plot: a plot, or its name. run: the name of the run.
    """

    def __init__(self, plot: str | Plot = DEFAULT_PLOT, run: str = "") -> None:
        self.reporter = Reporter(plot, run)

    def attach(
        self,
        engine: Engine,
        group: str = "train",
        *,
        every: int = 1,
        steps_of: Engine | None = None,
    ) -> None:
        """Log the output of every so many iterations, and the metrics of each epoch.

        every: 0 logs no output. steps_of: the engine whose iterations are x, for one that
        evaluates (default: `engine`).
        """
        leader = steps_of or engine

        def output(engine: Engine) -> None:
            found = engine.state.output
            values = found if isinstance(found, Mapping) else {"output": found}
            self.reporter.log({group: values}, leader.state.iteration)

        def metrics(engine: Engine) -> None:
            self.reporter.log({group: engine.state.metrics}, leader.state.iteration)

        if every:
            engine.add_event_handler(Events.ITERATION_COMPLETED(every=every), output)
        engine.add_event_handler(Events.EPOCH_COMPLETED, metrics)
