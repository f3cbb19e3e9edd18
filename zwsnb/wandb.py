"""The words of W&B and trackio for a plot: ``import zwsnb.wandb as wandb``, and `init`, `log`,
`define_metric`, `alert` and `finish` draw here.

A project is a plot, a run with a name is a run of it. Nothing leaves this machine. The other words
of a program that logs, such as `watch`, `save`, `Image` and `Table`, are taken and draw nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

from zwsnb.adapters.reporter import Reporter
from zwsnb.adapters.undrawn import NOT_DONE, NOT_NEEDED, VALUES, AlertLevel
from zwsnb.protocol.names import DEFAULT_PLOT

__all__ = ["AlertLevel", "Run", "alert", "config", "define_metric", "finish", "init", "log", "run"]


_WHY: Final = "zwsnb draws, and does nothing else"


def _lacks(what: str, name: str) -> str:
    return f"the {what} of zwsnb.wandb has no {name!r}: what it has is in docs/training.md"


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

    def setdefaults(self, given: Mapping[str, Any]) -> None:
        """Take what there is not yet."""
        for name, value in _as_dict(given).items():
            self.setdefault(name, value)

    def as_dict(self) -> dict[str, Any]:
        """Return what there is."""
        return dict(self)


def _as_dict(given: Any) -> Any:
    is_namespace = not isinstance(given, Mapping) and hasattr(given, "__dict__")
    return vars(given) if is_namespace else given


class Run:
    """A run, as `init` returns it. ``config`` and ``summary``, the last value of each metric, are
    dictionaries with attributes.
    """

    url: Final = None
    """There is none, as of W&B's own run that is offline."""

    def __init__(
        self, project: str, name: str, config: Mapping[str, Any], more: Mapping[str, Any]
    ) -> None:
        self.project, self.name = project, name
        self.id = str(more.get("id") or uuid4().hex[:8])
        self.entity, self.group = more.get("entity"), more.get("group")
        self.job_type, self.notes = more.get("job_type"), more.get("notes")
        self.tags = tuple(more.get("tags") or ())
        self.config, self.summary = Attributes(), Attributes()
        self.reporter = Reporter(project, name)
        self._step = -1
        self._is_open = False  # what comes belongs to the same step
        self._x_of: dict[str, str] = {}
        self.reporter.guard(lambda: self.config.update(config), "the config")

    @property
    def dir(self) -> str:
        """Where a program may leave its files, the current folder."""
        return str(Path.cwd())

    @property
    def step(self) -> int:
        """The step to which the next metrics belong."""
        return self._step + (not self._is_open)

    def log(
        self,
        data: Mapping[str, Any],
        step: int | None = None,
        commit: bool | None = None,  # noqa: FBT001 - W&B's own
        **more: object,
    ) -> None:
        """Log metrics, at the next step or at the one that is given.

        commit: the step has ended; False where what comes belongs to it as well (default: True,
        and of a step that is given False).
        """
        del more
        self.reporter.guard(lambda: self._log(data, step, commit=commit), "a step")

    def _log(self, data: Any, step: int | None, *, commit: bool | None) -> None:
        if not isinstance(data, Mapping):
            self.reporter.log(data)  # which says why not
            return
        self._step = self.step if step is None else int(step)
        self._is_open = not (step is None if commit is None else commit)
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

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in NOT_DONE:
            raise AttributeError(_lacks("run", name))
        return lambda *_, **__: self.reporter.leave_out(name, _WHY)

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
    **more: Any,
) -> Run:
    """Begin a run, and return it. Other arguments of W&B are accepted."""
    global run  # noqa: PLW0603 - W&B has it
    made = Run(project or DEFAULT_PLOT, name or "", config or {}, more)
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


def log(
    data: Mapping[str, Any],
    step: int | None = None,
    commit: bool | None = None,  # noqa: FBT001 - as above
    **more: object,
) -> None:
    """Log metrics to the run; one is begun where there is none."""
    _current().log(data, step, commit, **more)


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


_outside: Final = Reporter()
"""Counts what is asked for while there is no run."""


def __getattr__(name: str) -> Any:
    if name in VALUES:
        return VALUES[name]
    if name == "summary":
        return _current().summary
    if name in NOT_NEEDED:
        return lambda *_, **__: True
    if name in NOT_DONE:
        return lambda *_, **__: (_outside if run is None else run.reporter).leave_out(name, _WHY)
    raise AttributeError(_lacks("module", name))
