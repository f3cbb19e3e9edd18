"""The words of W&B and trackio for a plot: ``import zwsnb.wandb as wandb``, and `init`, `log`,
`define_metric`, `alert` and `finish` draw here.

A project is a plot, a run with a name is a run of it. Nothing leaves this machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, Final, Self

from zwsnb.adapters.reporter import Reporter
from zwsnb.protocol.names import DEFAULT_PLOT

__all__ = ["Run", "alert", "config", "define_metric", "finish", "init", "log", "run"]


class Attributes(dict[str, Any]):
    """A dictionary whose keys are attributes as well: ``config.lr``."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            known = ", ".join(map(str, self)) or "nothing at all"
            raise AttributeError(f"there is no {name!r}; there is {known}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def update(self, *given: Any, **more: Any) -> None:
        """Take what is given, also as the namespace of an `argparse`."""
        more.pop("allow_val_change", None)  # W&B's own word
        super().update(*map(_as_dict, given), **more)


def _as_dict(given: Any) -> Any:
    is_namespace = not isinstance(given, Mapping) and hasattr(given, "__dict__")
    return vars(given) if is_namespace else given


class Run:
    """A run, as `init` returns it. ``config`` and ``summary``, the last value of each metric, are
    dictionaries with attributes.
    """

    def __init__(self, project: str, name: str, config: Mapping[str, Any]) -> None:
        self.project, self.name = project, name
        self.config, self.summary = Attributes(), Attributes()
        self.reporter = Reporter(project, name)
        self._step = -1
        self._x_of: dict[str, str] = {}
        self.reporter.guard(lambda: self.config.update(config), "the config")

    def log(self, data: Mapping[str, Any], step: int | None = None, **more: object) -> None:
        """Log metrics, at the next step or at the one that is given."""
        del more
        self.reporter.guard(lambda: self._log(data, step), "a step")

    def _log(self, data: Any, step: int | None) -> None:
        if not isinstance(data, Mapping):
            self.reporter.log(data)  # which says why not
            return
        self._step = self._step + 1 if step is None else int(step)
        self.summary |= data
        by_x: dict[str, dict[str, Any]] = {}
        for name, value in data.items():
            by_x.setdefault(self._metric_of_x(str(name)), {})[name] = value
        for x, values in by_x.items():
            self.reporter.log(values, self._x(x, data))

    def _x(self, name: str, data: Mapping[str, Any]) -> Any:
        """Return the metric that is x; a call that lacks it means the one before."""
        return data.get(name, self.summary.get(name, self._step)) if name else self._step

    def define_metric(self, name: str, step_metric: str | None = None, **more: object) -> None:
        """Have another metric for x, as in ``define_metric("val/*", step_metric="epoch")``."""
        del more
        if step_metric is not None:
            self._x_of[str(name)] = str(step_metric)

    def _metric_of_x(self, name: str) -> str:
        found = (x for pattern, x in self._x_of.items() if fnmatchcase(name, pattern))
        x = next(found, "")
        return "" if x == name else x

    def alert(self, title: str, text: str = "", level: object = None, **more: object) -> None:
        """Put a mark on the plot, at the last step."""
        del level, more
        self.reporter.mark(max(0, self._step), f"{title}: {text}" if text else str(title))

    def finish(self, *args: object, **kwargs: object) -> None:
        """Deliver what was logged."""
        del args, kwargs
        self.reporter.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.finish()


run: Run | None = None
"""The run of the last `init`, until `finish`."""

config: Final = Attributes()
"""Its config."""


def init(
    project: str | None = None,
    name: str | None = None,
    config: Mapping[str, Any] | None = None,
    **more: object,
) -> Run:
    """Begin a run, and return it. Other arguments of W&B are accepted."""
    global run  # noqa: PLW0603 - W&B has it
    del more
    made = Run(project or DEFAULT_PLOT, name or "", config or {})
    _share_config(made)
    run = made
    return made


def _share_config(made: Run) -> None:
    """Have the config of the module be that of a run, for what one changes the other has."""
    _keep_config()
    config.clear()
    config.update(made.config)
    made.config = config


def _keep_config() -> None:
    """Let the run before have what it has."""
    if run is not None:
        run.config = Attributes(run.config)


def _current() -> Run:
    return init() if run is None else run


def log(data: Mapping[str, Any], step: int | None = None, **more: object) -> None:
    """Log metrics to the run; one is begun where there is none."""
    _current().log(data, step, **more)


def define_metric(name: str, step_metric: str | None = None, **more: object) -> None:
    """Have another metric for x."""
    _current().define_metric(name, step_metric, **more)


def alert(title: str, text: str = "", level: object = None, **more: object) -> None:
    """Put a mark on the plot."""
    _current().alert(title, text, level, **more)


def finish(*args: object, **kwargs: object) -> None:
    """End the run."""
    global run  # noqa: PLW0603 - as above
    if run is not None:
        run.finish(*args, **kwargs)
    _keep_config()
    run = None
