"""`SummaryWriter` as that of TensorBoard: what writes to it writes to a plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np

from zwsnb.adapters.reporter import Reporter
from zwsnb.kinds.values import as_column
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT


class SummaryWriter:
    """Takes scalars as points, texts as marks, and of histograms the median with a band from the
    5th to the 95th percentile. What else it is given, such as images, is left out and counted.

    plot: a plot, or its name. run: the name of the run (default: the last part of `log_dir`, or
    else the comment). Other arguments of the original are accepted, and nothing is written there.
    """

    def __init__(
        self,
        log_dir: object = None,
        comment: str = "",
        *args: object,
        plot: str | Plot = DEFAULT_PLOT,
        run: str = "",
        **kwargs: object,
    ) -> None:
        del args, kwargs
        self._log_dir = "" if log_dir is None else str(log_dir)
        name = Path(self._log_dir).name or str(comment).lstrip(" _-")
        self.reporter = Reporter(plot, run or name)

    def add_scalar(
        self, tag: str, scalar_value: Any, global_step: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Log one number."""
        del args, kwargs
        self.reporter.log({tag: scalar_value}, global_step)

    def add_scalars(
        self,
        main_tag: str,
        tag_scalar_dict: Mapping[str, Any],
        global_step: Any = None,
        walltime: object = None,
    ) -> None:
        """Log several numbers, of one group."""
        del walltime
        self.reporter.log({main_tag: tag_scalar_dict}, global_step)

    def add_text(
        self, tag: str, text_string: str, global_step: Any = None, walltime: object = None
    ) -> None:
        """Put a mark on the plot."""
        del walltime
        self.reporter.mark(0 if global_step is None else global_step, f"{tag}: {text_string}")

    def add_histogram(
        self, tag: str, values: Any, global_step: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        """Log the median and a band around it."""
        del args, kwargs
        self.reporter.guard(lambda: self._add_histogram(tag, values, global_step), tag)

    def _add_histogram(self, tag: str, values: Any, step: Any) -> None:
        flat = values.reshape(-1) if hasattr(values, "reshape") else values
        column, _ = as_column(flat, tag)
        known = column[~np.isnan(column)]
        if not len(known):
            known = np.array([np.nan])
        low, middle, high = np.percentile(known, (5, 50, 95)).tolist()
        ends = f"{tag} 5 %", f"{tag} 95 %"
        self.reporter.band(tag, *ends)
        self.reporter.log({tag: middle, ends[0]: low, ends[1]: high}, step)

    def __getattr__(self, name: str) -> Callable[..., None]:
        if not name.startswith("add_"):
            raise AttributeError(f"SummaryWriter has no {name!r}")
        return lambda *_, **__: self.reporter.leave_out(name, "it is not drawn")

    @property
    def log_dir(self) -> str:
        """What was given as the folder."""
        return self._log_dir

    def get_logdir(self) -> str:
        """Return what was given as the folder."""
        return self._log_dir

    def flush(self) -> None:
        """Deliver what was logged."""
        self.reporter.flush()

    def close(self) -> None:
        """Deliver what was logged."""
        self.reporter.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
