"""The checks of styles: a spectrum is of a whole plot only, a density of points in the order in
which they were published.  [no I/O]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from zwsnb.protocol.checks.option_checks import one_of

SPECTRUM: Final = "spectrum"
"""The style of a plot that shows what is in its window by frequency."""

DENSITY: Final = "density"
"""The style of series that are shown by how many points are where."""


def style_of_series(*choices: str) -> Callable[[object, str], str]:
    """Return the check of the style of one series, which says what leads to its spectrum."""
    is_one = one_of(*choices)

    def check(value: object, key: str) -> str:
        if value == SPECTRUM:
            raise ValueError(
                f"{key} is {value!r}, which is the style of a whole plot; the spectrum of one"
                ' series is a plot of its own: p.spectrum("y")'
            )
        return is_one(value, key)

    return check


def check_styles(options: dict[str, Any]) -> dict[str, Any]:
    """Return `options`, each of which is right, unless they ask for a spectrum or a density of what
    has none.

    Raises:
        ValueError: they do; the sentence names the repair.
    """
    if options.get("style") == SPECTRUM:
        _check_spectrum("", {"xy": options.get("xy")})
        for name, its in options.get("series", {}).items():
            _check_spectrum(f" of {name!r}", its)
    _check_density("", options)
    for name, its in options.get("series", {}).items():
        _check_density(f" of {name!r}", {"xy": options.get("xy"), **its})
    return options


def _check_density(whose: str, its: Mapping[str, Any]) -> None:
    if its.get("style") == DENSITY and its.get("xy") is False:
        raise ValueError(
            f"style{whose} is {DENSITY!r}, and xy is False: a density is of points in the order of"
            " publishing; leave out one of the two"
        )


def _check_spectrum(whose: str, its: Mapping[str, Any]) -> None:
    for key, value in (("xy", True), ("style", "candles"), ("style", DENSITY)):
        if its.get(key) == value:
            raise ValueError(
                f"style is {SPECTRUM!r}, and {key}{whose} is {value!r}, of which there is no"
                ' spectrum: leave out one of the two, or show p.spectrum("y"), which is a plot of'
                " its own, beside this one"
            )
