"""The derivations of a plot, and of all plots: declared, replaced, withdrawn, kept up.  [no I/O]"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from zwsnb.derived.declaring import check_declared, in_order
from zwsnb.derived.spectra import Spectra
from zwsnb.history.catalog import Origin
from zwsnb.protocol.series_options import style_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zwsnb.derived.derivation import Derivation
    from zwsnb.history.plots import History, Plot
    from zwsnb.protocol.derivation import Derive

A_TURN: Final = 1 << 18
"""What is computed before others have their turn, in units of `cost_of`: some 10 ms of work."""

PALE: Final = 0.35
"""The opacity of a series of which a smooth one is seen, where nobody says another."""


DASHES: Final = ("auto", "dash", "dot", "dashdot")
"""What tells the smooth lines of one source apart, which have its colour."""


class SmoothLine(NamedTuple):
    """How a smooth series is drawn, which is that of ``source``."""

    source: str
    dash: str


class Derivations:
    """Those of one plot, by name, each behind those of which it is derived. The last update has
    ``spent`` so much.
    """

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.by_name: dict[str, Derivation] = {}
        self._pale: set[str] = set()
        self._smooth: dict[str, SmoothLine] = {}
        self._refused = ""
        self._matched = (-1, -1)
        self.spent = 0.0
        self._is_taking_turn = False
        # Those that come next, where a turn has ended before all had theirs.
        self._waiting: list[Derivation] = []
        plot.before_fit = self._before_fit

    def declare(self, body: Derive) -> None:
        """Do what a declaration asks for, or say in the plot's notices why not.

        Raises:
            ValueError: it cannot be done.
        """
        try:
            self._declare(body)
        except ValueError as error:
            self._refused = str(error)
            raise
        self._refused = ""

    def _declare(self, body: Derive) -> None:
        """Have a series be derived; one that was derived under its name is no more. The same
        declaration again changes nothing.
        """
        from zwsnb.derived.derivation import Derivation  # not before something is derived
        from zwsnb.derived.parser import parse

        expression = parse(body.expression)
        name, old = body.series, self.by_name.get(body.series)
        if old is not None and old.expression.text == expression.text:
            return
        declared = {**self.by_name, name: Derivation(name, expression)}
        published = {each.of for each in self.plot.series.values()} - self.by_name.keys()
        check_declared(self.plot.name, name, _sources_of(declared), published)
        self._put(declared)
        self._matched = (-1, -1)
        if old is not None:
            old.clear(self.plot.catalog)

    def withdraw(self, name: str) -> bool:
        """Have a series be derived no longer, and remove it with its runs; False when it is none
        of the derived ones.

        name: that under which it was declared, or its current run has by now.
        """
        series = self.plot.series.get(name)
        if name not in self.by_name and series is not None and not (series.number or series.run):
            name = series.of
        gone = self.by_name.get(name)
        if gone is None:
            if series is not None and series.of in self.by_name:
                self.by_name[series.of].let_go(series)
            return False
        self._put({each: its for each, its in self.by_name.items() if its is not gone})
        gone.clear(self.plot.catalog)
        return True

    def update(self, most: int) -> bool:
        """Compute what is new, but for a cost of about `most`; True when there may be more to do.

        Whoever has had no turn is the next: one that is far behind does not keep others waiting.
        """
        if self._state != self._matched or any(its.has_curve for its in self.by_name.values()):
            self._match()
        is_rest = bool(self._waiting)
        waiting = self._waiting = self._waiting or list(self.by_name.values())
        left = float(most)
        while waiting and left > 0:
            left -= waiting.pop(0).update(left)
        self.spent = most - left
        self.plot.version += left < most
        # Those before the rest may have something new by now.
        return is_rest or left <= 0

    @property
    def _state(self) -> tuple[int, int]:
        """What changes with the list of series, and with what may make them curves."""
        return self.plot.catalog.version, self.plot.options_version

    def _match(self) -> None:
        """Have each derivation follow the series that there are."""
        for each in self.by_name.values():
            each.match(self.plot.catalog)
        self._propose()
        self._matched = self._state
        self.plot.version += 1

    def take_turn(self, grown: Callable[[Plot], None]) -> tuple[bool, float]:
        """Update for a turn, and tell `grown` of it; return whether there may be more to do, and
        what was spent.

        Room that has to be made for them is made without a turn more.
        """
        self._is_taking_turn = True
        try:
            has_more, spent = self.update(A_TURN), self.spent
            grown(self.plot)
        finally:
            self._is_taking_turn = False
        return has_more, spent

    def _before_fit(self) -> None:
        """Before points leave the memory, compute what is derived of them, as far as a turn goes:
        whoever is far behind goes on behind what has left, and says so.
        """
        if not self._is_taking_turn:
            self.update(A_TURN)

    def notices(self) -> list[str]:
        """Return what a user should know of them, in plain words."""
        found = [each.notices(self.plot.catalog) for each in self.by_name.values()]
        refused = [f"A derived series was refused: {self._refused}."] if self._refused else []
        return refused + [notice for notices in found for notice in notices]

    def _put(self, derivations: dict[str, Derivation]) -> None:
        """Have these be all that there are."""
        self.by_name = {name: derivations[name] for name in in_order(_sources_of(derivations))}
        self._waiting = []
        self.plot.catalog.set_derived({name: _origin_of(its) for name, its in self.by_name.items()})
        self._propose()

    def _propose(self) -> None:
        """Propose that what is smooth is a line, whatever its source is, the second one of a source
        in dashes, and the source pale; and take back what was proposed for others.
        """
        smooth, pale = self._lines(), self._sources_seen_through()
        changed: dict[str, dict[str, object]] = {
            name: {
                "style": "line" if name in smooth else "auto",
                "dash": smooth[name].dash if name in smooth else DASHES[0],
            }
            for name in {*smooth, *self._smooth}
        }
        for name in pale ^ self._pale:
            changed.setdefault(name, {})["opacity"] = PALE if name in pale else 1.0
        is_new = pale != self._pale or smooth != self._smooth
        self._pale, self._smooth = pale, smooth  # before what may ask for it again
        if is_new:
            self.plot.propose({"series": changed})

    def _lines(self) -> dict[str, SmoothLine]:
        """Return what is smooth, by name; each keeps its dashes as long as it is there."""
        sources = {
            name: its.expression.series[0]
            for name, its in self.by_name.items()
            if its.expression.smooths
        }
        found = {
            name: line for name, line in self._smooth.items() if sources.get(name) == line.source
        }
        for name in [each for each in sources if each not in found]:
            taken = {line.dash for line in found.values() if line.source == sources[name]}
            free = next((dash for dash in DASHES if dash not in taken), DASHES[0])
            found[name] = SmoothLine(sources[name], free)
        return found

    def _sources_seen_through(self) -> set[str]:
        """Return the series that are pale: not a curve, of which nothing is computed, and not
        candles, which say more than their mean.
        """
        sources = {
            its.expression.series[0] for its in self.by_name.values() if its.expression.smooths
        }
        curves = {each.of for each in self.plot.series.values() if not each.ordered}
        return {name for name in sources - curves if style_of(self.plot.options, name) != "candles"}


def _origin_of(derivation: Derivation) -> Origin:
    expression = derivation.expression
    return Origin(expression.series[0], is_smooth=expression.smooths, text=expression.text)


def _sources_of(derivations: dict[str, Derivation]) -> dict[str, tuple[str, ...]]:
    return {name: its.expression.series for name, its in derivations.items()}


class DerivedSeries:
    """The derivations of all plots of a `history` that have some, and ``spectra``."""

    def __init__(self, history: History) -> None:
        self.spectra = Spectra(history)
        self._history = history
        self._by_plot: dict[str, Derivations] = {}
        self._changed: dict[str, None] = {}

    def of(self, plot: Plot) -> Derivations:
        """Return the derivations of a plot."""
        found = self._by_plot.get(plot.name)
        if found is None or found.plot is not plot:
            found = self._by_plot[plot.name] = Derivations(plot)
        return found

    def withdraw(self, plot: Plot, name: str) -> bool:
        """Have a series be derived no longer, as `Derivations.withdraw`."""
        self.spectra.withdraw(plot.name, name)
        return plot.name in self._by_plot and self.of(plot).withdraw(name)

    def note(self, plot: str) -> None:
        """Note that a plot has changed."""
        if plot in self._by_plot:
            self._changed[plot] = None
        self.spectra.note(plot)

    def forget(self, plot: str) -> None:
        """Forget the derivations of a plot, which was closed."""
        self.spectra.forget(plot)
        self._by_plot.pop(plot, None)
        self._changed.pop(plot, None)

    @property
    def is_due(self) -> bool:
        """True when there is something to compute."""
        return bool(self._changed)

    def update(self) -> Iterator[Plot]:
        """Compute a turn's worth of what is new, and yield the plots of which it was.

        Raises what has failed, when others have had their turn: it is not tried again before its
        plot changes.
        """
        failed: Exception | None = None
        left = float(A_TURN)
        for name in list(self._changed):
            if left <= 0:
                break
            del self._changed[name]
            its = self._by_plot[name]
            try:
                has_more, spent = its.take_turn(self._history.grown)
                if has_more:
                    self._changed[name] = None  # behind the others
            except Exception as error:  # noqa: BLE001 - one plot must not keep others waiting
                failed = failed or error
            else:
                left -= spent
                yield its.plot
        if failed is not None:
            raise failed

    def notices(self, plot: Plot) -> list[str]:
        """Return what a user should know of those of a plot, in plain words."""
        found = self._by_plot.get(plot.name)
        return self.spectra.notices(plot.name) + ([] if found is None else found.notices())
