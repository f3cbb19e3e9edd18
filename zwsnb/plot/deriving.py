"""`Deriving`: what of `Plot` computes series from others."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Self

from zwsnb import api
from zwsnb.protocol.derivation import Derive, ShowSpectrum, check_points
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import DEFAULT_SERIES, check_name

if TYPE_CHECKING:
    from zwsnb.derived.expression import Expression


class Deriving:
    """Has series of the plot of that ``name`` computed from those that are published."""

    name: str

    @abstractmethod
    def __init__(self, name: str) -> None:
        """Be the plot of that name."""

    @public()
    def derive(self, expression: str, name: str | None = None) -> str:
        """Show what an expression gives for each point, as a series beside the others, and return
        its name: ``p.derive("ema(loss, .99)")``.

        It is computed where the points are, as they come, on all of them: those that are held, and
        then those that follow, in each run. The same call again changes nothing, another expression
        under the same `name` takes the place of the old one, and ``p.remove(name)`` removes it.

        Args:
            expression: of series, by the names under which they are published, in quotes where
                these are more than letters, digits, _ and dots, as in ``ema("train/loss", .99)``;
                of numbers, ``+ - * /`` and brackets; and of

                - ``ema(y, .99)``, the exponential moving mean: that share of the one before, and
                  the rest of each new value
                - ``mean(y, 100)``, of the last 100 points, at most 65,536, or ``mean(y, "10s")``,
                  of those in the last 10 seconds or units of x
                - ``median(y, 9)``, of the last 9 points, at most 1,001
                - ``derivative(y)``, the slope from the point before, and ``integral(y)``, the area
                  so far, both per unit of x, which of times is a second
                - ``abs(y)``, ``sqrt(y)``, ``exp(y)``, ``log(y)`` (of base e), ``log10(y)``

                It has a point at each x of the first series that it names, as far as the others
                have come; those have their value there, or are on the line between two of their
                points. Where it has no value, as log(0), there is a gap.
            name: its name (default: the expression)

        Raises:
            TypeError, ValueError: it is no expression; the sentence names the place. Or the plot
                has published points of that name, or 100 derived series, or it would be derived
                from itself.
            OSError, RuntimeError: there is no service, or it does not answer.
        """
        from zwsnb.derived.parser import parse

        found = parse(expression)
        series = found.text if name is None else check_name(name, "name")
        self._check_declared(series, found)
        api.publisher.send_command(Derive(self.name, series, found.text))
        return series

    @public()
    def spectrum(
        self, series: str = DEFAULT_SERIES, points: int = 4096, *, plot: str | None = None
    ) -> Self:
        """Show the spectrum of a series, as it moves, in a plot of its own, and return that plot.

        Of each frequency it has the amplitude of the sine that is in the newest points, in the unit
        of y: the mean is taken off, and the rest has a Hann window. Points that do not stand evenly
        in x are resampled, and the line of state says so. Several series may share a plot;
        ``remove`` of that ends one.

        Args:
            series: the name under which it is published, or that of one run in the legend
            points: how many, 8 to 65,536: the more, the finer, and from 2,000 on the fewer pictures
                a second, of 65,536 two (default: 4096)
            plot: the name of the plot (default: that of this one, and " spectrum")

        Raises:
            TypeError, ValueError: the name or the number is none, or `plot` is this one.
        """
        shown = check_name(f"{self.name} spectrum" if plot is None else plot, "plot")
        if shown == self.name:
            raise ValueError(
                f"plot is {plot!r}, which has the points; a spectrum is shown in a plot of its own"
            )
        body = ShowSpectrum(shown, self.name, check_name(series, "series"), check_points(points))
        api.publisher.send_command(body)
        return type(self)(shown)

    def _check_declared(self, series: str, expression: Expression) -> None:
        """Check what the relay would refuse, and say on the pages."""
        from zwsnb.derived.declaring import check_declared
        from zwsnb.derived.parser import parse

        plot = api.stats()["plots"].get(self.name)
        derived = {} if plot is None else plot["derived"]
        if derived.get(series) == expression.text:
            return
        of = {} if plot is None else plot["series"]
        published = {each["of"] for each in of.values()} - derived.keys()
        sources = {name: parse(text).series for name, text in derived.items()}
        check_declared(self.name, series, {**sources, series: expression.series}, published)

    @property
    def derived(self) -> dict[str, str]:
        """The series that are derived, by name: what each is."""
        found = api.stats()["plots"].get(self.name)
        return {} if found is None else found["derived"]
