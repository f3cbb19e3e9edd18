"""Named runs of a plot, and what there is to say of all runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from zwsnb.protocol.names import check_name

if TYPE_CHECKING:
    from zwsnb.producer.signature import Publish


class RunInfo(NamedTuple):
    """A run that a plot holds.

    ``name`` is how the legend calls it, ``series`` what was published, ``run`` the name that it was
    published for, or empty. ``number`` counts the past ones, 0 is the current one; ``cell`` is the
    number of the notebook cell in which it began, None where nobody knows.
    """

    name: str
    series: str
    run: str
    number: int
    cell: int | None
    points: int


class Publishing(Protocol):
    """A plot's handle."""

    name: str
    publish: Publish
    current_run: str


class Run:
    """A named run of a plot: what is published in its `with` block, or by its ``publish``, belongs
    to it.
    """

    def __init__(self, plot: Publishing, name: str, publish: Publish) -> None:
        self.name = check_name(name, "run")
        self.publish = publish
        self._plot = plot
        self._outer: list[tuple[Publish, str]] = []

    def __enter__(self) -> Self:
        plot = self._plot
        self._outer.append((plot.publish, plot.current_run))
        plot.publish, plot.current_run = self.publish, self.name
        return self

    def __exit__(self, *_: object) -> None:
        self._plot.publish, self._plot.current_run = self._outer.pop()

    def __repr__(self) -> str:
        return f"<run {self.name!r} of plot {self._plot.name!r}>"


def run_infos(series: dict[str, Any]) -> list[RunInfo]:
    """Return the runs among the series of a plot's statistics."""
    return [
        RunInfo(name, its["of"], its["run"], its["number"], its["cell"], its["points"])
        for name, its in series.items()
    ]
