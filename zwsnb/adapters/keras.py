"""Keras 3: ``model.fit(x, y, callbacks=[PlotCallback()])``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from zwsnb.adapters.reporter import Reporter
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT


class PlotCallback(keras.callbacks.Callback):
    """Logs the metrics of each epoch; of every so many batches as well, where that is asked for.

    plot: a plot, or its name. run: the name of the run. every: batches, 0 for none; x is then the
    batch, else the epoch.
    """

    def __init__(self, plot: str | Plot = DEFAULT_PLOT, run: str = "", *, every: int = 0) -> None:
        super().__init__()
        self.reporter = Reporter(plot, run)
        self._every, self._batches = every, 0

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Begin a new run."""
        del logs
        self._batches = 0

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Log a batch."""
        del batch
        self._batches += 1
        if self._every and self._batches % self._every == 0:
            self.reporter.log({"batch": logs or {}}, self._batches)

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Log an epoch."""
        self.reporter.log(logs, self._batches if self._every else epoch)
