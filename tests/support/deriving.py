"""A plot of which something is derived."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zwsnb.derived.derivations import A_TURN, Derivations
from zwsnb.derived.parser import parse
from zwsnb.history.plots import Plot
from zwsnb.history.runs import Arrival
from zwsnb.history.series import Series
from zwsnb.kinds.arrays import Column
from zwsnb.protocol.derivation import Derive


class World:
    """A plot, and what is derived in it; after each publication all of it is up to date."""

    def __init__(self) -> None:
        self.plot = Plot("plot")
        self.derived = Derivations(self.plot)

    def derive(self, expression: str, name: str = "") -> str:
        name = name or expression
        self.derived.declare(Derive("plot", name, expression))
        self.update()
        return name

    def publish(
        self, x: Sequence[float], y: Sequence[float], series: str = "y", run: str = ""
    ) -> None:
        self.plot.append(series, np.array(x, float), np.array(y, float), Arrival(run))
        self.update()

    def update(self) -> None:
        while self.derived.update(A_TURN):
            pass

    def points(self, name: str) -> Column:
        """Return x and y of a series, shape (n, 2)."""
        points = self.plot.series[name].points
        return points.slice(points.start, points.end).T

    def wanted(self, expression: str) -> Column:
        """Return what an expression of one series gives for all of its points at once."""
        found = parse(expression)
        x, y = self.points(found.series[0]).T
        _, values = found.values({}, x, {found.series[0]: y})
        return np.stack((x, values), axis=1)

    def check(self, expression: str, name: str = "") -> None:
        np.testing.assert_allclose(
            self.points(name or expression), self.wanted(expression), rtol=1e-9, atol=1e-9
        )

    def series(self, name: str) -> Series:
        return self.plot.series[name]
