"""XGBoost: ``xgboost.train(..., evals=[..], callbacks=[PlotCallback()])``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xgboost
from xgboost.callback import TrainingCallback

from zwsnb.adapters.reporter import Reporter
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT


class PlotCallback(TrainingCallback):
    """Logs the metrics of each round, as ``validation/rmse``; of `cv` the mean, with a band of the
    standard deviation.

    plot: a plot, or its name. run: the name of the run.
    """

    def __init__(self, plot: str | Plot = DEFAULT_PLOT, run: str = "") -> None:
        self.reporter = Reporter(plot, run)

    def after_iteration(self, model: Any, epoch: int, evals_log: Mapping[str, Any]) -> bool:
        """Log a round; False, for it goes on."""
        del model
        self.reporter.guard(lambda: self._log(epoch, evals_log))
        return False

    def _log(self, epoch: int, evals_log: Mapping[str, Any]) -> None:
        if xgboost.collective.get_rank() != 0:
            return
        values: dict[str, Any] = {}
        for data, metrics in evals_log.items():
            for metric, rounds in metrics.items():
                values |= self._of(f"{data}/{metric}", rounds[-1])
        self.reporter.log(values, epoch)

    def _of(self, name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, tuple):
            return {name: value}
        mean, deviation = value
        low, high = f"{name} low", f"{name} high"
        self.reporter.band(name, low, high)
        return {name: mean, low: mean - deviation, high: mean + deviation}
