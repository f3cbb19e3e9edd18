"""Lightning and Fabric: ``Trainer(logger=PlotLogger())``."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from zwsnb.adapters.reporter import Reporter
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT

_name = "lightning" if find_spec("lightning") else "pytorch_lightning"
_loggers: Any = importlib.import_module(
    f"{_name}.pytorch.loggers" if _name == "lightning" else f"{_name}.loggers"
)


class PlotLogger(_loggers.Logger):
    """Logs what the modules log; x is the step that Lightning counts.

    plot: a plot, or its name. run: the name of the run. What is no number, such as hyperparameters,
    it does not convert.
    """

    def __init__(self, plot: str | Plot = DEFAULT_PLOT, run: str = "") -> None:
        super().__init__()
        self.reporter = Reporter(plot, run)

    @property
    def name(self) -> str:
        """The name of the plot."""
        return self.reporter.name

    @property
    def version(self) -> str:
        """The name of the run."""
        return self.reporter.run

    def log_hyperparams(self, params: Any, *args: Any, **kwargs: Any) -> None:
        """Nothing: they are not drawn."""

    def log_metrics(self, metrics: Mapping[str, Any], step: int | None = None) -> None:
        """Log the metrics of a step; Lightning's own "epoch" among them is left alone."""
        shown = {name: value for name, value in metrics.items() if name != "epoch"}
        self.reporter.log(shown, step)

    def save(self) -> None:
        """Deliver what was logged."""
        self.reporter.flush()

    def finalize(self, status: str) -> None:
        """Deliver what was logged."""
        del status
        self.reporter.flush()
