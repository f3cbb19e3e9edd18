"""What stands above and below all that is drawn: the title and the date.

The rules are those of the page: ``static/export/svg_document.js``.
"""

from __future__ import annotations

from typing import Final

from zwsnb.axes.text_width import wrapped
from zwsnb.painting.svg import INK, QUIET, text_at

MARGIN: Final = 14
"""Pixels beside titles, names and heads."""

_TITLE_ROW, _BELOW_TITLE, _NO_TITLE, _DATE_ROW = 18, 10, 8, 23
_TITLE_SIZE: Final = 13


def paint_title(title: str, width: float) -> tuple[str, int]:
    """Return the title, in as many rows as it needs, and its height."""
    rows = wrapped(title, width - 2 * MARGIN, _TITLE_SIZE, bold=True)
    texts = (
        text_at(text, MARGIN, 20 + row * _TITLE_ROW, INK, font_size=_TITLE_SIZE, font_weight=600)
        for row, text in enumerate(rows)
    )
    return "".join(texts), _BELOW_TITLE + len(rows) * _TITLE_ROW if rows else _NO_TITLE


def paint_date(date: str, top: float) -> tuple[str, int]:
    """Return the date below everything, and its height."""
    return text_at(date, MARGIN, top + 12, QUIET), _DATE_ROW if date else 0
