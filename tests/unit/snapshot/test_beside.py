"""What stands beside a panel of a snapshot: the scale of its colours, and rings of a few sizes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from support.rules import line_of

from zwsnb.painting.colormap import ColorLook
from zwsnb.painting.dots import Dots
from zwsnb.painting.svg import Box
from zwsnb.protocol.marks import Marks, Range
from zwsnb.snapshot.beside import Beside, paint_beside, room_beside, sizes_of
from zwsnb.snapshot.composition import Line
from zwsnb.snapshot.images import scale_room

BOX = Box(40, 10, 300, 200)
COLORS = ColorLook((0.0, 100.0), "", "")
NONE = (np.nan, np.nan)


def scatter(sizes: Range) -> Line:
    values = np.empty((0, 2))
    dotted = Dots(values, (0.0, 1.0), is_colored=False, largest=sizes[1])
    return line_of([], marks=Marks(values, NONE, sizes, 0), dotted=dotted)


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ([(1.0, 4.0), (2.0, 9.0)], (1.0, 9.0)),
        ([(1.0, 4.0), NONE], (1.0, 4.0)),
        ([(4.0, 4.0)], None),
        ([(0.0, 0.0)], None),
        ([NONE], None),
        ([], None),
    ],
)
def test_sizes_are_of_scatters_that_have_several(
    sizes: Sequence[Range], found: Range | None
) -> None:
    assert sizes_of([line_of([]), *map(scatter, sizes)]) == found


def texts(svg: str) -> list[str]:
    return re.findall(">([^<]+)</text>", svg)


def test_below_the_colours_rings_say_what_sizes_mean() -> None:
    svg = paint_beside(Beside(COLORS, (0.0, 31.6)), BOX, 500)
    assert texts(svg)[-3:] == ["20", "5", "1"]
    (rings,) = re.findall('d="([^"]*)"', svg)
    assert rings.count("M") == 3
    (height,) = (float(found) for found in re.findall('<image [^>]*height="([\\d.]+)"', svg))
    assert 60 < height < BOX.height


@pytest.mark.parametrize(("height", "rings"), [(200, 3), (110, 2), (60, 0)])
def test_a_low_panel_has_rings_as_far_as_there_is_room(height: float, rings: int) -> None:
    box = BOX._replace(height=height)
    bare, both = (paint_beside(Beside(COLORS, its), box, 500) for its in (None, (0.0, 31.6)))
    assert (both == bare) == (rings == 0)
    assert sum(data.count("M") for data in re.findall('d="([^"]*)"', both)) == rings


def test_without_sizes_it_is_the_scale_alone_and_without_colours_the_rings() -> None:
    assert room_beside(Beside(None, None), 200) == 0
    assert paint_beside(Beside(None, None), BOX, 500) == ""
    assert room_beside(Beside(COLORS, None), 200) == scale_room(COLORS, 200)
    rings = paint_beside(Beside(None, (0.0, 100.0)), BOX, 500)
    assert texts(rings)[0] == "100"
    assert 'y="26"' in rings, "from the top"
