"""A plot's page in a notebook: as a script that finds a way to it, or as a frame or a link at its
address.  [no I/O]

The script (static/live.js) is for front ends that run scripts and whose notebooks outlive the
kernel: it shows nothing where nothing answers. They all hold no token, for a notebook is saved and
passed on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import Final
from urllib.parse import urlsplit

from zwsnb.display.ways import Ways

HEIGHT: Final = 360
"""Pixels of a plot below a cell."""

MOST: Final = 900
"""Pixels to which one grows, where nobody has said another height than `HEIGHT`, until all of its
panels are seen.
"""

SMALL: Final = 96
"""Pixels of one that has no points yet."""

BARE: Final = 40
"""Pixels of one that has bars or controls but no points, until its page says how many these take.
"""

_PANEL: Final = 134
_AROUND: Final = 40
"""Pixels of a panel with its legend, and of what is above and below the panels, as a page takes."""

_THEME: Final = (
    "<style>"
    '[data-jp-theme-light="true"] iframe.zwsnb, .vscode-light iframe.zwsnb { color-scheme: light }'
    '[data-jp-theme-light="false"] iframe.zwsnb, .vscode-dark iframe.zwsnb { color-scheme: dark }'
    "</style>"
)
"""Passes the notebook's theme on: the `prefers-color-scheme` of a frame is the color-scheme of its
element, whatever the system prefers, and it changes at once (Chromium 156, Firefox 153).
"""


@dataclass(frozen=True, slots=True)
class Embedding:
    """What an output holds of a plot: where its page is on the kernel's machine, what it is opened
    with, and how a server there proves that it is ours: it is told `ask`, and has the answer to
    what is made up about `key`.
    """

    plot: str
    base: str  # as in http://127.0.0.1:8000
    query: str = field(repr=False)  # which plot, and the ticket
    ask: str = field(repr=False)
    key: str = field(repr=False)
    ways: Ways = field(default_factory=Ways)

    @property
    def url(self) -> str:
        """The page's address for what cannot look for one: on the kernel's machine, unless another
        is set or known.
        """
        port = urlsplit(self.base).port or 80
        return f"{(self.ways.plain(port) or self.base).rstrip('/')}/?{self.query}"


def most_of(height: int) -> int:
    """Return to how many pixels a plot of that height may grow."""
    return MOST if height == HEIGHT else height


def height_for(panels: int, height: int) -> int:
    """Return with how many pixels so many panels are seen, in a plot of that height."""
    return max(height, min(most_of(height), _AROUND + _PANEL * panels))


def iframe(page: Embedding, height: int = HEIGHT) -> str:
    """Return the HTML of a frame that shows a page.

    Chrome asks for `loopback-network` before a page may connect to this machine.
    """
    return (
        f"{_THEME}"
        f'<iframe class="zwsnb" src="{escape(page.url)}" title="zwsnb plot {escape(page.plot)}" '
        f'width="100%" height="{height:d}" style="border: 0; display: block" '
        'allow="loopback-network; fullscreen; clipboard-write"></iframe>'
    )


def link(page: Embedding) -> str:
    """Return the HTML of a link to a page, where a frame is not to be (`Ways.is_apart`)."""
    return (
        f'<a href="{escape(page.url)}" target="_blank" rel="noopener noreferrer">'
        f"zwsnb plot {escape(page.plot)}</a>"
    )


def javascript(
    script: str,
    page: Embedding,
    height: int = HEIGHT,
    *,
    begin: int | None = None,
    picture: bool = False,
    widget: bool = False,
    voila: bool = False,
) -> str:
    """Return a script that shows a page in the `element` of its output, by static/live.js.

    begin: the pixels of a frame that grows to its height as its page says (default: all), and
    further for several panels where nobody has said how high it is to be; picture:
    behind it stands the plot's picture, which is hidden while the page is shown; widget: and before
    the picture what is its widget, or may become it; voila: it is a page of Voila's.
    """
    wanted = {
        "plot": page.plot,
        "base": page.base,
        "query": page.query,
        "ask": page.ask,
        "key": page.key,
        "height": height,
        "begin": height if begin is None else begin,
        "most": most_of(height),
        "picture": picture,
        "widget": widget,
        "voila": voila,
        "template": page.ways.template,
        "presets": page.ways.presets,
    }
    # An exported page holds the script in a <script>: no name may end that, or, by "<!--<script",
    # have it go on behind its end.
    said = json.dumps(wanted).replace("<", "\\u003c")
    return f"{script}zwsnbBundle.show(element, {said});".replace("</", "<\\/")
