"""What the x of each plot are, numbers or times, and in which unit each axis and each series is:
the first quantity says it for an axis that has none, and every later one is converted.  [no I/O]

A publisher knows what went through itself: options of a plot, and quantities. What another process
has said of a plot it does not. A number without a unit is in that of its axis.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np

from zwsnb.kinds.times import check_calendar, check_unit, moved, unit_of
from zwsnb.kinds.units import Unit
from zwsnb.kinds.values import check_x
from zwsnb.producer.inputs import Count, Given, finite_x, what_of
from zwsnb.producer.quantities import in_unit
from zwsnb.protocol.batch import Close, Command, SetOptions, forgets_points
from zwsnb.quick.one_step import Step, in_one_step

Key: TypeAlias = tuple[str, str | None]

_AXES: Final = ("x", "y", "y2")


class _Shown(NamedTuple):
    """The unit that an axis shows; whether the user has said it by an option, or a quantity."""

    text: str
    is_option: bool


class AxisUnits:
    """The units of the plots of one publisher.

    It changes by the steps that its methods return, which belong into one step with what is sent;
    hold the lock of the queue from the call until they are taken.
    """

    def __init__(self) -> None:
        # By plot, and "x", "y" or "y2".
        self._shown: dict[Key, _Shown] = {}
        # By plot and series, None for x: what its numbers are in, whatever the axis shows later.
        self._units: dict[Key, Unit] = {}
        # By plot and series: "left" or "right".
        self._sides: dict[Key, str] = {}
        # By plot: whether x is a time, and from where it is counted.
        self._times: dict[str, tuple[bool, int]] = {}
        # Plots whose next x may be of another kind. That of before stands until it comes: a point
        # that another thread is about to leave is of it.
        self._cleared: set[str] = set()
        # By plot: what the option `time` says.
        self._time: dict[str, bool | str | None] = {}

    def knows(self, plot: str) -> bool:
        """Return whether points of a plot have come, since it was cleared."""
        return plot in self._times and plot not in self._cleared

    def count(self, plot: str) -> Count:
        """Return how the times of a plot are counted."""
        return Count(unit=self._unit_of(plot)) if plot in self._cleared else self.counted(plot)

    def counted(self, plot: str) -> Count:
        """Return how those times are counted that have come so far."""
        is_time, origin = self._times.get(plot, (False, 0))
        return Count(origin if is_time else None, self._unit_of(plot))

    def _unit_of(self, plot: str) -> str:
        return unit_of(self._time.get(plot)) or ""

    def is_cleared(self, plot: str) -> bool:
        """True when the next x decide anew what x are."""
        return plot in self._cleared

    def begin_anew(self, plot: str) -> None:
        """Have the next x decide, now that all that has come before is sealed."""
        self._times.pop(plot, None)
        self._cleared.discard(plot)

    def settled(self, plot: str, given: Given) -> Given:
        """Return what was given with its times counted as those of its plot are, which the first
        ones decide.

        Raises:
            TypeError: x is a time and was a number before, or the other way round.
            ValueError: as `check_x`.
        """
        self.check_x(plot, given)
        is_time, origin = self._times.setdefault(plot, (given.is_time, given.origin))
        if is_time != given.is_time:
            was, now = ("a time", "a number") if is_time else ("a number", "a time")
            raise TypeError(
                f"x is {now}, but was {was} in plot {plot!r} before; clear the plot or use another"
            )
        if is_time and origin != given.origin:  # two threads came first together
            x = moved(given.x, given.origin - origin)
            is_column = isinstance(given.x, np.ndarray)
            return given._replace(x=x if is_column else float(x), origin=origin)
        return given

    def check_x(self, plot: str, given: Given) -> None:
        """Raise ValueError when x, one or a column, can be no time and has to be one."""
        if given.is_time:
            check_calendar(given.x, given.origin)
        elif (unit := unit_of(self._time.get(plot))) is not None:
            check_unit(given.x, unit, given.origin)

    def forget_times(self) -> None:
        """Let the x of each plot be numbers or times again."""
        self._times, self._cleared = {}, set()

    def converted(self, plot: str, given: Given) -> tuple[Given, dict[str, str], list[Step]]:
        """Return what was given in the units of its plot; the options that the plot needs to show
        them; and the steps that remember it.

        Raises:
            ValueError: a unit does not go with that of its axis, or of its series.
        """
        shown: dict[Key, _Shown] = {}
        units: dict[Key, Unit] = {}
        x, y = given.x, dict(given.y)
        for series, unit in given.units.items():
            key, axis = (plot, series), (plot, self._axis_of(plot, series))
            now = shown.get(axis) or self._shown.get(axis)
            target = units[key] = self._target(key, unit, axis, now)
            if series is None:
                x = in_unit(x, unit, target)
                if isinstance(x, np.ndarray):
                    check_x(x)
                else:
                    finite_x(x)
            else:
                y[series] = in_unit(y[series], unit, target)
            if now is None:
                shown[axis] = _Shown(target.text, is_option=False)
        options = {f"{axis}_unit": text for (_, axis), (text, _) in shown.items() if text}
        return (
            given._replace(x=x, y=y),
            options,
            [partial(self._shown.update, shown), partial(self._units.update, units)],
        )

    def _target(self, key: Key, unit: Unit, axis: Key, now: _Shown | None) -> Unit:
        """Return the unit into which a series, or x, is converted, whose axis shows `now`.

        Raises:
            ValueError: there is no way, or the axis shows another one than it did.
        """
        plot, series = key
        what = "x" if series is None else what_of(series)
        option = f"{axis[1]}_unit of plot {plot!r}"
        known = self._units.get(key)
        if known is None:
            if now is None or now.text == unit.text:
                return unit
            target = unit.named(now.text)
            if target is None or not unit.becomes(target):
                raise ValueError(
                    f"{what} is in {unit}, and {option} is {now.text!r}{_cure(series)}"
                )
            return target
        target = known.like(unit)
        if target is None or not unit.becomes(target):
            raise ValueError(
                f"{what} is in {unit}, and was in {known} in plot {plot!r} before; clear the plot"
                " or use another"
            )
        if now is not None and now.text != known.text:
            other = unit.named(now.text)
            if other is None or not target.is_same(other):
                raise ValueError(
                    f"{what} is kept in {known}, and {option} is {now.text!r} now; set it back, or"
                    " clear the plot"
                )
        return target

    def after(self, command: Command) -> tuple[list[Command], list[Step]]:
        """Return what to send behind a command, and the steps that remember what it says.

        Raises:
            ValueError: the unit of numbers that were published would be another one.
        """
        plot = command.plot
        if isinstance(command, SetOptions):
            self._check_unit(plot, command.options)
            learnt = self._learnt(plot, command.options)
            return self._replaced(command, learnt) if command.is_whole else ([], learnt)
        forget_kind: Step = partial(self._cleared.add, plot)
        if isinstance(command, Close):
            return [], [partial(self._time.pop, plot, None),
                        *_forget(self._shown, plot), *_forget(self._units, plot),
                        *_forget(self._sides, plot), forget_kind]  # fmt: skip
        if not forgets_points(command):
            return [], []
        # Quantities had said these; the next ones may say others.
        said = [
            axis
            for axis in list(self._shown)
            if axis[0] == plot and not self._shown[axis].is_option
        ]
        blank = {f"{axis}_unit": "" for _, axis in said}
        steps = [*_forget(self._units, plot), forget_kind]
        steps += [partial(self._shown.pop, axis, None) for axis in said]
        return [SetOptions(plot, blank)] if blank else [], steps

    def _replaced(
        self, command: SetOptions, learnt: list[Step]
    ) -> tuple[list[Command], list[Step]]:
        """Return the same where the options before are gone: units of quantities still stand."""
        plot, shown = command.plot, self._shown
        of_options = [key for key in shown if key[0] == plot and shown[key].is_option]
        steps: list[Step] = [*_forget(self._sides, plot)]
        steps += [partial(shown.pop, key, None) for key in of_options]
        still = {
            f"{axis}_unit": its.text
            for (name, axis), its in shown.items()
            if name == plot and not its.is_option and not command.options.get(f"{axis}_unit")
        }
        return [SetOptions(plot, still)] if still else [], [*steps, *learnt]

    def _check_unit(self, plot: str, options: Mapping[str, Any]) -> None:
        was = self._time.get(plot)
        now = options.get("time", was)
        if self._has_numbers(plot) and (unit_of(now) or "s") != (unit_of(was) or "s"):
            raise ValueError(
                f"time is {now!r}, but the x of plot {plot!r} came in another unit; clear the plot"
                " first, or use another"
            )

    def _has_numbers(self, plot: str) -> bool:
        is_time, _ = self._times.get(plot, (True, 0))
        return not is_time and plot not in self._cleared

    def said(self) -> list[SetOptions]:
        """Return what quantities have said of axes, as options."""
        shown = list(self._shown.items())
        return [
            SetOptions(plot, {f"{axis}_unit": its.text})
            for (plot, axis), its in shown
            if its.text and not its.is_option
        ]

    def learn(self, plot: str, options: Mapping[str, Any]) -> None:
        """Remember options that another process has sent."""
        in_one_step(*self._learnt(plot, options))

    def _learnt(self, plot: str, options: Mapping[str, Any]) -> list[Step]:
        given = {axis: options.get(f"{axis}_unit") for axis in _AXES}
        shown = {(plot, axis): _Shown(text, is_option=True) for axis, text in given.items() if text}
        series = options.get("series", {}).items()
        sides = {(plot, name): its["axis"] for name, its in series if "axis" in its}
        return [
            partial(self._shown.update, shown),
            *(partial(self._shown.pop, (plot, a), None) for a, text in given.items() if text == ""),
            partial(self._sides.update, sides),
            *([partial(self._time.update, {plot: options["time"]})] if "time" in options else []),
        ]

    def _axis_of(self, plot: str, series: str | None) -> str:
        if series is None:
            return "x"
        return "y2" if self._sides.get((plot, series)) == "right" else "y"


def _cure(series: str | None) -> str:
    """Return what to do about a series, or x, that does not go with its axis."""
    if series is None:
        return "; use another plot="
    other = f'series={{{series!r}: {{"axis": "right"}}}}'
    return f"; use another plot=, or give the series the other axis of y, as in {other}"


def _forget(known: dict[Key, Any], plot: str) -> list[Step]:
    return [partial(known.pop, key, None) for key in list(known) if key[0] == plot]
