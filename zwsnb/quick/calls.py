"""The `publish` function: two plain numbers go to where they gather, the rest is looked at closely.
[no I/O]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import update_wrapper
from inspect import signature
from typing import Any, Final, TypeAlias

import numpy as np

from zwsnb.kinds.plain import EXACT_NUMBERS, NUMBERS
from zwsnb.kinds.values import LARGEST
from zwsnb.protocol.mistakes import is_mistake
from zwsnb.quick.pairs import SEAL, ExactPairs, Pairs

LookCloser: TypeAlias = Callable[[Any, Any, str | None, str | None, Mapping[str, Any]], None]
"""Takes x, y, a series, a plot and the values of named series, as `publish` was given them."""

_CHECKED: Final = {int, float, np.float64, np.longdouble}
_OF_NUMPY: Final = tuple(t for t in NUMBERS if isinstance(t, type) and t not in _CHECKED)
"""Types of numbers that C makes doubles of as Python does."""


def calling(
    items: Pairs,
    exact: ExactPairs,
    known: Mapping[str, Mapping[str, Pairs]],
    plot: str,
    look_closer: LookCloser,
    missing: object,
) -> Callable[..., None]:
    """Return a `publish` function, in C where that was compiled.

    items, exact: where the numbers of its default series gather, as doubles, and with all their
    digits; one of them is open at most. known: those as doubles by plot, and then by series. plot:
    its default. missing: the y of a call that gives none.
    """
    publish = _in_python(items, exact, look_closer, missing)
    if isinstance(items, ExactPairs):
        return publish
    from zwsnb.quick.in_c import Publish

    in_c = update_wrapper(
        Publish(publish, items, known.get(plot, {}), known, np.float64, _OF_NUMPY), publish
    )
    in_c.__qualname__ = "calling.<locals>.publish"  # no name by which it could be pickled
    # Where others look for its signature, than at `__wrapped__`.
    vars(in_c).update(__call__=publish, __signature__=signature(publish))
    return in_c


def _in_python(
    items: Pairs, exact: ExactPairs, look_closer: LookCloser, missing: object
) -> Callable[..., None]:
    extend, extend_exact = items.extend, exact.extend

    def publish(
        x: Any,
        y: Any = missing,
        series: str | None = None,
        plot: str | None = None,
        **named: Any,
    ) -> None:
        if (
            type(y) in EXACT_NUMBERS
            and type(x) in EXACT_NUMBERS
            and -LARGEST <= x <= LARGEST
            and -LARGEST <= y <= LARGEST
            and series is None
            and plot is None
            and not named
        ):
            # One call of one C function: x and y of two threads cannot mix.
            if items.is_open and len(items) < SEAL:
                extend((x, y))
                return
            if exact.is_open and len(exact) < SEAL:
                extend_exact((x, y))
                return
        try:
            look_closer(x, y, series, plot, named)
        except Exception as error:
            if not is_mistake(error):
                raise
            raise error.with_traceback(None) from None  # the mistake is in the call above

    publish.__qualname__ = "publish"  # as errors and its repr show it
    return publish
