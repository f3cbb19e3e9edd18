"""A plot as its saved page has it: what the relay would say of it, and its vertices.  [no I/O]

All series share a number of bytes, of which an image has half at most. Those of few points have all
of them; the others share what is left, each as many vertices as the others. How many bytes a vertex
takes depends on the values, so the first attempt is generous, and what comes out says how many
there may be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from zwsnb.clients.described import described
from zwsnb.clients.news import News
from zwsnb.clients.page_messages import Rights, greeting
from zwsnb.saved.candles import Level, levels_of
from zwsnb.saved.counts import cells_of, counts_of, is_counted
from zwsnb.saved.curves import thin_curve, thin_scatter
from zwsnb.saved.images import image_of
from zwsnb.saved.packing import pack
from zwsnb.saved.thinning import Held, held_of, newest_of, thin
from zwsnb.view.sweeps import told
from zwsnb.view.viewport import Viewport, VisibleRange

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from zwsnb.cells.density import Density
    from zwsnb.history.pixel_grid import Grid
    from zwsnb.history.plots import Plot
    from zwsnb.history.series import Series

MOST_BYTES: Final = 1_900_000
"""Of all vertices, packed: with the page itself, and in base64, less than 3 MB."""

MOST_VERTICES: Final = 400_000
"""Of all series, for the first attempt: a page holds and draws them with ease."""

MOST_CANDLES: Final = 2_000
"""Of the shortest periods of all series, about: ten screens of them."""

_LEAST: Final = 16
"""Vertices of a series, of however many."""

_SPARE: Final = 0.95
"""Of the vertices that fit as it seems."""

T = TypeVar("T")


@dataclass(slots=True, frozen=True)
class Contents:
    """What a saved page holds: `head`, as JSON can carry it, and the vertices and the image,
    packed.
    """

    head: dict[str, Any]
    vertices: bytes
    image: bytes = b""


def contents_of(plot: Plot, now: float, most_bytes: int = MOST_BYTES) -> Iterator[Contents | None]:
    """Yield None after each step, some milliseconds of work, and at last what a page of `plot`
    holds.

    What is published meanwhile is not in it. now: seconds since 1970.
    """
    series = [each for each in plot.series.values() if each.count]
    head = _head_of(plot, series, now)
    image = yield from _last(image_of(plot, most_bytes // 2 if series else most_bytes))
    head["image"] = image.head
    most_bytes -= len(image.packed)
    grid = VisibleRange.of(Viewport(MOST_VERTICES), plot).grid
    whole = yield from _all_of(series, grid)
    densities = yield from _densities(plot, series, whole)
    whole = [_cells_or(densities.get(each), held) for each, held in zip(series, whole, strict=True)]
    thinned = whole
    candles: list[Sequence[Level]] = [()] * len(series)
    for at, each in enumerate(series):
        candles[at] = yield from _last(levels_of(plot, each, MOST_CANDLES // len(series)))
        yield None
    most = MOST_VERTICES
    while True:
        shares = shared([held.count for held in whole], most)
        tried = zip(series, whole, thinned, shares, strict=True)
        thinned = []
        for each, held, before, share in tried:
            density = densities.get(each)
            steps = (
                [cells_of(density, share)] if density else _thin(plot, each, held, before, share)
            )
            thinned.append((yield from _last(iter(steps))))
            yield None  # of few points it was no step
        packed = yield from _packed(thinned, candles)
        if len(packed) <= most_bytes or max(shares, default=0) <= _LEAST:
            break
        most = int(_SPARE * sum(held.count for held in thinned) * most_bytes / len(packed))
    for its, held, levels in zip(head["held"], thinned, candles, strict=True):
        its |= {"vertices": held.count, "exact": held.exact}
        its["candles"] = [{"width": w, "vertices": rows.shape[1]} for w, rows in levels]
        if held.cell:
            its["marks"] = _described_cells(held)
    yield Contents(head, packed, image.packed)


def _all_of(series: Sequence[Series], grid: Grid) -> Generator[None, None, list[Held]]:
    """Return of each series all that is held, as it is now, and before that the columns of `grid`
    where points have left, which take their time.
    """
    newest = [newest_of(each) for each in series]
    wholes = []
    for each, held in zip(series, newest, strict=True):
        wholes.append(held_of(each, grid, held))
        yield
    return wholes


def _densities(
    plot: Plot, series: Sequence[Series], whole: Sequence[Held]
) -> Generator[None, None, dict[Series, Density]]:
    found = {}
    for each, held in zip(series, whole, strict=True):
        if is_counted(plot, each, held):
            found[each] = yield from _last(counts_of(plot, each, held))
        yield
    return found


def _cells_or(density: Density | None, held: Held) -> Held:
    return held if density is None else cells_of(density, held.count)


def _thin(plot: Plot, series: Series, held: Held, before: Held, most: int) -> Iterator[Held | None]:
    """Yield None after each step, and at last what stands for a series; `before` did so for more
    vertices.
    """
    if series.marks:
        return thin_scatter(held, most)
    if series.ordered:
        return thin(held, most, log=plot.is_log_x, columns_of=before)
    return thin_curve(held, series, plot, most)


def _last(steps: Iterator[T | None]) -> Generator[None, None, T]:
    """Hand on the Nones of `steps`, and return what is none."""
    for result in steps:
        if result is not None:
            return result
        yield
    raise AssertionError("steps without a result")


def _packed(
    holds: Sequence[Held], candles: Sequence[Sequence[Level]]
) -> Generator[None, None, bytes]:
    pieces = []
    rows = [
        each
        for held, levels in zip(holds, candles, strict=True)
        for each in (held.vertices(), *(level.vertices for level in levels))
    ]
    for piece in pack(column for each in rows for column in each):
        pieces.append(piece)
        yield
    return b"".join(pieces)


def shared(counts: Sequence[int], most: int) -> list[int]:
    """Share `most` vertices among series of so many points: who needs less leaves more to the
    others, and each has some.
    """
    shares = [0] * len(counts)
    left, waiting = most, len(counts)
    for at in sorted(range(len(counts)), key=lambda at: counts[at]):
        shares[at] = max(_LEAST, min(counts[at], left // waiting))
        left, waiting = left - shares[at], waiting - 1
    return shares


def _head_of(plot: Plot, series: Sequence[Series], now: float) -> dict[str, Any]:
    """Return what a page is told of a plot by messages, and what the patches would say."""
    # That times are only guessed is news for who can say otherwise.
    hello = greeting(plot, Rights(edits=False), now) | {"guessed": []}
    messages = [
        hello,
        {"type": "series", "series": described(plot)},
        *(news for news in News().of(plot) if news["type"] == "marks"),
        {"type": "status", "counts": plot.counts(), "notices": []},
    ]
    return {
        "saved": now,
        "messages": messages,
        "log": plot.is_log_x,
        "points": plot.count,
        "x_range": _numbers(plot.x_range),
        "held": [_described(each) for each in series],
        "window": plot.options["window"],
        "sweeps": _sweeps_of(plot),
    }


def _sweeps_of(plot: Plot) -> list[dict[str, Any]]:
    """Return the sweeps that a page shows, the newest last."""
    if not (window := plot.options["window"]):
        return []
    kept = islice(plot.trigger.complete(window), 1 + plot.trigger.persist)
    return [told(sweep, plot.trigger.first) for sweep in kept][::-1]


def _described(series: Series) -> dict[str, Any]:
    marks = series.marks
    its = {"colors": _numbers(marks.colors), "sizes": _numbers(marks.sizes)} if marks else None
    return {
        "id": series.ident,
        **({"marks": its} if its else {}),
        "xy": not series.ordered,
        "points": series.count,
        "last": _numbers(series.last),
        "x_range": _numbers(series.x_range),
    }


def _described_cells(held: Held) -> dict[str, Any]:
    most = float(np.max(held.blocks[0][2], initial=0.0))
    return {"colors": [0.0, most], "sizes": [None, None], "cell": held.cell}


def _numbers(values: Sequence[float]) -> list[float | None]:
    """Return values as JSON has them: None for NaN."""
    return [None if math.isnan(value) else value for value in values]
