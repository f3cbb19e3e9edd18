"""LightGBM: ``lightgbm.train(..., valid_sets=[..], callbacks=[PlotCallback()])``."""

from __future__ import annotations

from typing import Any

from zwsnb.adapters.reporter import Reporter
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT


class PlotCallback:
    """Logs the metrics of each round, as ``valid_0/l2``; of `cv` the mean, with a band of the
    standard deviation.

    plot: a plot, or its name. run: the name of the run.
    """

    order = 20  # after those that change parameters, before the one that stops

    def __init__(self, plot: str | Plot = DEFAULT_PLOT, run: str = "") -> None:
        self.reporter = Reporter(plot, run)

    def __call__(self, env: Any) -> None:
        """Log a round."""
        self.reporter.guard(lambda: self._log(env))

    def _log(self, env: Any) -> None:
        values: dict[str, Any] = {}
        for data, metric, value, _, *deviation in env.evaluation_result_list or ():
            name = f"{data}/{metric}"
            values[name] = value
            if deviation:
                values |= self._band(name, value, deviation[0])
        self.reporter.log(values, env.iteration)

    def _band(self, name: str, mean: float, deviation: float) -> dict[str, float]:
        low, high = f"{name} low", f"{name} high"
        self.reporter.band(name, low, high)
        return {low: mean - deviation, high: mean + deviation}
