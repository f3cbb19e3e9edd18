"""What each body that a producer sends does to the history, and whom it concerns."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from zwsnb.history.runs import Arrival, Cell, nowhere
from zwsnb.kinds.times import (
    are_times,
    per_second,
    seconds_of_numbers,
    unit_of,
    which_are_times,
    why_no_time,
)
from zwsnb.protocol.batch import (
    Body,
    Clear,
    Close,
    Command,
    Mark,
    Points,
    Remove,
    Rename,
    SetOptions,
    size_of,
)
from zwsnb.protocol.derivation import Derive, ShowSpectrum
from zwsnb.protocol.images.rows import Rows
from zwsnb.protocol.messages import Declare, InvalidMessage, Listen, Progress
from zwsnb.relay.refusals import BAD_DERIVATION, DERIVED, NO_MEMORY, NO_TIME
from zwsnb.relay.said import Said, takes_away
from zwsnb.relay.steering import by_run
from zwsnb.relay.tally import late_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.derived.derivations import DerivedSeries
    from zwsnb.history.plots import History, Plot
    from zwsnb.kinds.arrays import Column
    from zwsnb.relay.listener import RelayListener
    from zwsnb.relay.steering import Steering


class Dispatcher:
    """Does what bodies ask for, to `history`, and tells `listener` which plots have changed;
    `derived` are the series that are computed from others, `steering` tells programs of levels that
    their series cross.
    """

    def __init__(
        self,
        history: History,
        listener: RelayListener,
        derived: DerivedSeries,
        steering: Steering,
    ) -> None:
        self._history = history
        self._listener = listener
        self._derived = derived
        self._steering = steering
        self._said = Said()
        self.gone: Counter[str] = Counter()  # points of plots that are closed: all, and the late

    def dispatch(self, body: Body, producer: str = "", cell: Cell = nowhere) -> None:
        """Do what one body of a producer asks for; `cell` tells in which notebook cell it is.

        Raises:
            InvalidMessage: its options are none of a plot, there is no such series, or too much was
                said of plots already.
            TooMany: it names a new plot or series, and there are as many as there may be.
        """
        match body:
            case Points() | Rows():
                self._take(body, producer, cell)
            case SetOptions():
                self._say(body, lambda plot: _set_options(plot, body))
            case Close():
                self._close(body.plot)
            case Clear():
                self._change(body.plot, lambda plot: self._clear(plot, body.series))
            case Remove() | Rename():
                self._change(body.plot, lambda plot: self._edit(plot, body))
            case Mark():
                self._say(body, lambda plot: _mark(plot, body))
            case Declare() | Listen():
                self._say(body, lambda plot: self._declare(plot, body, producer))
            case Progress():
                self._say(body, lambda plot: _progress(plot, body))
            case Derive() | ShowSpectrum():
                self._say(body, lambda plot: self._derive(plot, body))

    def _take(self, body: Points | Rows, producer: str, cell: Cell) -> None:
        before = self._taken(body)
        try:
            if isinstance(body, Rows):
                self._take_rows(body)
            else:
                self._take_points(body, Arrival(body.run, producer, body.published, cell))
        except MemoryError as error:
            refusal = InvalidMessage(NO_MEMORY, str(error))
            refusal.points = size_of(body) - (self._taken(body) - before)
            raise refusal from error

    def _taken(self, body: Points | Rows) -> int:
        """Return how many points of that series came so far, or rows of that image."""
        if (plot := self._history.get(body.plot)) is None:
            return 0
        if isinstance(body, Rows):
            return plot.image.count + plot.image.late
        return plot.catalog.taken(body.series, body.run)

    def _take_points(self, points: Points, came: Arrival) -> None:
        plot = self._history.get_or_create(points.plot)
        if points.series in plot.catalog.derived:
            raise InvalidMessage(DERIVED, f"{points.series!r} is derived")
        if points.is_time:
            plot.bring_times()
        unit = "s" if points.is_time else unit_of(plot.options["time"])
        refusal = None
        if unit is not None:
            points, refusal = _times_of(points, unit)
        x, y = _as_counted(plot, points.x, points, unit or "s"), points.y
        if len(x) or refusal is None:
            came = came._replace(marks=points.marks)
            self._history.append(points.plot, points.series, x, y, came)
            self._derived.note(points.plot)
            if plot.watches.held:
                self._steering.look(plot, points.series, points.run, x, y)
            if plot.trigger.is_on(points.series):
                runs = by_run(plot, points.series, points.run, len(x))
                plot.trigger.look(reversed(list(runs)), x, y)
            self._listener.points_arrived(plot, points.published)
        if refusal is not None:
            raise refusal

    def _take_rows(self, rows: Rows) -> None:
        plot = self._history.get_or_create(rows.plot)
        if rows.is_time:
            plot.bring_times()
        unit = "s" if rows.is_time else unit_of(plot.options["time"])
        if unit is not None and not are_times(rows.x, unit, rows.origin):
            wrong = float(rows.x[~which_are_times(rows.x, unit, rows.origin)][0])
            raise InvalidMessage(NO_TIME, why_no_time(wrong, unit, rows.origin))
        x = _as_counted(plot, rows.x, rows, unit or "s")
        plot.append_rows(rows._replace(x=x))
        self._history.grown(plot)
        self._listener.points_arrived(plot, rows.published)

    def _say(self, body: Command, change: Callable[[Plot], None]) -> None:
        """Change what is said of a plot, where there is room for it; what takes something away
        needs none.
        """
        if not takes_away(body):
            self._said.admit(self._history.get_or_create(body.plot), body)
        self._change(body.plot, change)

    def _clear(self, plot: Plot, series: str) -> None:
        plot.clear(series)
        self._said.look(plot)

    def _change(self, name: str, change: Callable[[Plot], None]) -> None:
        """Change a plot, which is made on first use."""
        plot = self._history.get_or_create(name)
        change(plot)
        self._derived.note(name)
        self._listener.points_arrived(plot, math.nan)

    def _declare(self, plot: Plot, body: Declare | Listen, producer: str) -> None:
        """Declare a control, or a watch; one of a derived series sees what is derived from now on,
        and those that are there all until now.
        """
        self._steering.look_at_derived(plot)
        before, watch = plot.controls.held.get(body.name), plot.watches.held.get(body.name)
        _declare(plot, body, producer)
        if isinstance(body, Listen):
            self._steering.begin_to_look(plot, body.name)
            if watch is not None and body.watch is not None and watch.producer != producer:
                self._steering.end(plot, [watch])
        elif before is not None and body.control is not None and before.producer != producer:
            self._steering.take_away(plot, [before])

    def _close(self, plot: str) -> None:
        if (closed := self._history.close(plot)) is not None:
            self._derived.forget(plot)
            self._said.forget(plot)
            self._steering.take_away(closed, closed.controls.held.values())
            self._steering.end(closed, closed.watches.held.values())
            self.gone.update(points=closed.count, late=late_in(closed))
            self._listener.plot_closed(closed)

    def _edit(self, plot: Plot, body: Remove | Rename) -> None:
        try:
            if isinstance(body, Rename):
                plot.rename(body.series, body.to)
            elif not self._derived.withdraw(plot, body.series):
                plot.remove(body.series)
        except (KeyError, ValueError) as error:
            raise InvalidMessage("no such series", str(error.args[0])) from error

    def _derive(self, plot: Plot, body: Derive | ShowSpectrum) -> None:
        try:
            if isinstance(body, Derive):
                self._derived.of(plot).declare(body)
            else:
                self._derived.spectra.show(body)
        except (TypeError, ValueError) as error:
            raise InvalidMessage(BAD_DERIVATION, str(error)) from error
        plot.version += 1


def _times_of(points: Points, unit: str) -> tuple[Points, InvalidMessage | None]:
    """Return the points whose x are times; and why others are refused."""
    x, y, origin = points.x, points.y, points.origin
    if are_times(x, unit, origin):
        return points, None
    wrong = ~which_are_times(x, unit, origin)
    refusal = InvalidMessage(NO_TIME, why_no_time(float(x[wrong][0]), unit, origin))
    refusal.points = int(wrong.sum())
    marks = None if points.marks is None else points.marks[:, ~wrong]
    return points._replace(x=x[~wrong], y=y[~wrong], marks=marks), refusal


def _as_counted(plot: Plot, x: Column, body: Points | Rows | Mark, unit: str) -> Column:
    """Return x of `body`, times in seconds, counted as those of the plot are."""
    # Numbers that may yet be told to be no times are counted from 0.
    is_certain = body.is_time or unit != "s"
    since = plot.count_from(body.origin // per_second(unit) if is_certain else 0)
    seconds: Column = seconds_of_numbers(x, unit, body.origin, since)
    return seconds


def _progress(plot: Plot, body: Progress) -> None:
    plot.progress = body.bars
    plot.version += 1


def _declare(plot: Plot, body: Declare | Listen, producer: str) -> None:
    try:
        if isinstance(body, Listen):
            plot.watches.declare(body, producer)
        else:
            plot.controls.declare(body, producer)
    except (TypeError, ValueError) as error:
        kind = "bad watch" if isinstance(body, Listen) else "bad control"
        raise InvalidMessage(kind, str(error)) from error
    plot.version += 1


def _mark(plot: Plot, mark: Mark) -> None:
    unit = "s" if mark.is_time else unit_of(plot.options["time"]) or "s"
    plot.mark(float(_as_counted(plot, np.array([mark.x]), mark, unit)[0]), mark.text)


def _set_options(plot: Plot, body: SetOptions) -> None:
    try:
        if body.is_proposal:
            plot.propose(body.options)
        else:
            plot.set_options(body.options, is_whole=body.is_whole)
    except (TypeError, ValueError) as error:
        raise InvalidMessage("bad options", str(error)) from error
