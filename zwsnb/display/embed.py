"""A plot's page as HTML to put into a notebook: an `<iframe>` that fits its cell.  [no I/O]"""

from __future__ import annotations

from html import escape
from typing import Final

HEIGHT: Final = 360
"""Pixels of a plot below a cell."""

_THEME: Final = (
    "<style>"
    '[data-jp-theme-light="true"] iframe.zwsnb, .vscode-light iframe.zwsnb { color-scheme: light }'
    '[data-jp-theme-light="false"] iframe.zwsnb, .vscode-dark iframe.zwsnb { color-scheme: dark }'
    "</style>"
)
"""Passes the notebook's theme on: the `prefers-color-scheme` of a frame is the color-scheme of its
element, whatever the system prefers, and it changes at once (Chromium 156, Firefox 153).
"""


def iframe(url: str, name: str, height: int = HEIGHT) -> str:
    """Return the HTML of the frame that shows the page at `url`.

    Chrome asks for `loopback-network` before a page may connect to this machine.
    """
    return (
        f"{_THEME}"
        f'<iframe class="zwsnb" src="{escape(url)}" title="zwsnb plot {escape(name)}" '
        f'width="100%" height="{height:d}" style="border: 0; display: block" '
        'allow="loopback-network; fullscreen; clipboard-write"></iframe>'
    )
