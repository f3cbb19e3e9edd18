"""`Deriving`: what of `Plot` computes series from others."""

from __future__ import annotations

from zwsnb import api
from zwsnb.derived.parser import parse
from zwsnb.protocol.derivation import Derive
from zwsnb.protocol.mistakes import public
from zwsnb.protocol.names import check_name


class Deriving:
    """Has series of the plot of that ``name`` computed from those that are published."""

    name: str

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
            TypeError, ValueError: it is no expression; the sentence names the place.
        """
        found = parse(expression)
        series = found.text if name is None else check_name(name, "name")
        api.publisher.send_command(Derive(self.name, series, found.text))
        return series

    @property
    def derived(self) -> dict[str, str]:
        """The series that are derived, by name: what each is."""
        found = api.stats()["plots"].get(self.name)
        return {} if found is None else found["derived"]
