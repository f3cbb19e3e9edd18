"""scikit-learn: ``estimator.set_callbacks(PlotCallback())`` from version 1.9 on, and `partial_fit`
for what learns piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from zwsnb.adapters.reporter import Reporter
from zwsnb.plot.plot import Plot
from zwsnb.protocol.names import DEFAULT_PLOT

Scoring: TypeAlias = Callable[[Any, Any, Any], Any] | Mapping[str, Callable[[Any, Any, Any], Any]]
"""Of a fitted estimator, X and y, as scikit-learn's own scorers; or several by their names."""


class PlotCallback:
    """Logs a score after each iteration of an estimator that has callbacks.

    plot: a plot, or its name. run: the name of the run. scoring: what is logged, "score" by the
    estimator's own method where nothing is said.
    """

    def __init__(
        self, plot: str | Plot = DEFAULT_PLOT, run: str = "", *, scoring: Scoring | None = None
    ) -> None:
        self.reporter = Reporter(plot, run)
        self.scorers = scorers_of(scoring)
        self._count = 0

    def setup(self, estimator: Any, context: Any) -> None:
        """Begin to count."""
        del estimator, context
        self._count = 0

    def teardown(self, estimator: Any, context: Any) -> None:
        """Nothing: what is logged is on its way."""

    def on_fit_task_begin(self, estimator: Any, context: Any) -> None:
        """Nothing: a task is logged when it ends."""

    def on_fit_task_end(
        self,
        estimator: Any,
        context: Any,
        *,
        X: Any = None,  # noqa: N803 - scikit-learn passes it by this name
        y: Any = None,
        fitted_estimator: Any = None,
    ) -> bool:
        """Log an iteration; False, for it goes on."""
        del estimator
        if context.parent is not None and fitted_estimator is not None:
            self.reporter.guard(lambda: self._log(fitted_estimator, X, y))
        return False

    def _log(self, fitted: Any, x: Any, y: Any) -> None:
        values = {name: score(fitted, x, y) for name, score in self.scorers.items()}
        self.reporter.log(values, self._count)
        self._count += 1


def partial_fit(
    estimator: Any,
    batches: Iterable[tuple[Any, Any]],
    *,
    plot: str | Plot = DEFAULT_PLOT,
    run: str = "",
    scoring: Scoring | None = None,
    classes: Any = None,
) -> Any:
    """Call ``estimator.partial_fit(X, y)`` for each batch, log its score on the batch after it was
    learnt, and return the estimator. classes: all there are, for classifiers.
    """
    reporter, scorers = Reporter(plot, run), scorers_of(scoring)
    more = {} if classes is None else {"classes": classes}
    for step, (x, y) in enumerate(batches):
        estimator.partial_fit(x, y, **more)

        def scored(x: Any = x, y: Any = y, step: int = step) -> None:
            reporter.log({name: score(estimator, x, y) for name, score in scorers.items()}, step)

        reporter.guard(scored)
    return estimator


def scorers_of(scoring: Scoring | None) -> Mapping[str, Callable[[Any, Any, Any], Any]]:
    """Return scorers by their names."""
    if scoring is None:
        return {"score": _own_score}
    return scoring if isinstance(scoring, Mapping) else {"score": scoring}


def _own_score(estimator: Any, x: Any, y: Any) -> Any:
    return estimator.score(x, y)
