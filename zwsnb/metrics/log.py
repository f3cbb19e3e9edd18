"""`zwsnb.log`: numbers by their names, at the next step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from zwsnb import api
from zwsnb.metrics.steps import steps_of
from zwsnb.plot.plot import Plot
from zwsnb.protocol.batch import SetOptions
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_PLOT, check_name
from zwsnb.protocol.option_types import Panels
from zwsnb.protocol.options import check_options

if TYPE_CHECKING:
    from zwsnb.producer.signature import Publish

_publish: Final[dict[tuple[str, str], Publish]] = {}
"""By plot and run."""

_grouped: Final[set[str]] = set()
"""Plots for which panels were proposed, since names have groups."""


@public()
def log(
    metrics: Mapping[str, Any] | None = None,
    /,
    *,
    step: Any = None,
    plot: str | Plot = DEFAULT_PLOT,
    run: str = "",
    **named: Any,
) -> None:
    """Put the metrics of one step on a plot, as in ``zwsnb.log(loss=.3, acc=.9)`` or
    ``zwsnb.log({"train/loss": .3}, step=7)``.

    Without `step` it is the next one, counted from 0 for each plot and run; when the cell in which
    the count began runs again, it begins at 0, and with it a new run of the plot. Metrics with one
    word before the slash share a panel, unless the plot was given other panels. A value is whatever
    `publish` takes: a number, a scalar of numpy, a tensor of one.

    Args:
        metrics: values by name, for names that are no keywords; in a dict of dicts "outer/inner"
        step: the x of this step; the count goes on from there (default: the next one)
        plot: a plot, or its name (default: "plot"); within ``with p.run(..)`` the plot, for its
            name knows nothing of that
        run: the name of the run that they belong to (default: none)

    Raises:
        TypeError, ValueError: there are no metrics, or a value is none that `publish` takes; then
            none of the call is taken, nor its step, so that it may be made again.
        RuntimeError: zwsnb was stopped.
    """
    values = {**(metrics or {}), **named}
    if not values:
        raise TypeError('log needs metrics: log(loss=.3) or log({"train/loss": .3})')
    name = plot.name if isinstance(plot, Plot) else check_name(plot, "plot")
    if name not in _grouped and _has_groups(values):
        propose_panels(name, "groups")
    counted = run or (plot.blocks.run if isinstance(plot, Plot) else "")
    steps_of(name, counted).publish(_publish_of(plot, name, run), values, step)


def _publish_of(plot: str | Plot, name: str, run: str) -> Publish:
    if isinstance(plot, Plot) and not run:
        return plot.publish  # within ``with p.run(..)`` it is that of the run
    if (found := _publish.get((name, run))) is None:
        found = api.publisher.bind(name, check_name(run, "run") if run else "")
        _publish[name, run] = found
    return found


def _has_groups(values: Mapping[str, object]) -> bool:
    return any(isinstance(value, Mapping) or "/" in name for name, value in values.items())


def propose_panels(plot: str, panels: Panels) -> None:
    """Have these panels, where nobody has said others, and nothing was logged to the plot that
    has groups.
    """
    if plot not in _grouped:
        options = check_options({"panels": panels})
        api.publisher.send_command(SetOptions(plot, options, is_proposal=True))
        _grouped.add(plot)


api.after_close.append(_grouped.discard)
api.before_stop.append(_grouped.clear)
