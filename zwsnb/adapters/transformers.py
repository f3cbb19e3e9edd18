"""Hugging Face: ``Trainer(..., callbacks=[PlotCallback()])``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transformers import TrainerCallback

from zwsnb.adapters.reporter import Reporter
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT

_TOTALS = ("train_runtime", "total_flos")
"""What the last log of a training has: figures of all of it, and no curve."""


class PlotCallback(TrainerCallback):
    """Logs what the trainer logs, ``train/loss`` and ``eval/loss``; x is its global step.

    plot: a plot, or its name. run: the name of the run.
    """

    def __init__(self, plot: str | Plot = DEFAULT_PLOT, run: str = "") -> None:
        self.reporter = Reporter(plot, run)

    def on_log(
        self,
        args: Any,
        state: Any,
        control: Any,
        logs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Log what the trainer says."""
        del args, control, kwargs
        logs = logs or {}
        if state.is_world_process_zero and not any(name in logs for name in _TOTALS):
            shown = {grouped(name): its for name, its in logs.items() if name != "epoch"}
            self.reporter.log(shown, state.global_step)


def grouped(name: str) -> str:
    """Return the name of a metric with its group."""
    kind, _, rest = name.partition("_")
    return f"{kind}/{rest}" if kind in ("eval", "test") and rest else f"train/{name}"
