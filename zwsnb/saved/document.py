"""The page of a saved plot as one HTML document, which asks nothing of anybody.  [no I/O]

It is the page itself, its style and its script within, and what it holds of the plot in blocks of
data, which no browser takes for a script. The policy in it names the script and the style by
their hashes, and allows nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from zwsnb.saved.contents import Contents

_STYLE: Final = '<link rel="stylesheet" href="static/dist/style.css">'
_SCRIPT: Final = '<script src="static/dist/zwsnb.js" defer></script>'
_TITLE: Final = "<title>zwsnb</title>"
_CHARSET: Final = '<meta charset="utf-8">'


class Parts(NamedTuple):
    """The texts of the page: index.html, its styles, and the script of a saved one."""

    markup: str
    styles: str
    script: str


def document(parts: Parts, contents: Contents, title: str) -> str:
    """Return the page; title: that of the document, any text.

    Raises:
        ValueError: the parts are not those of the page.
    """
    styles, script = f"\n{parts.styles}\n", f"\n{parts.script}\n"
    for text, end in ((styles, "</style"), (script, "</script"), (script, "<!--")):
        if end in text.lower():
            raise ValueError(f"a part of the page has {end!r} within, which would end it")
    page = parts.markup
    for old, new in (
        (_CHARSET, f"{_CHARSET}\n    {_policy(styles, script)}"),
        (_TITLE, f"<title>{html.escape(title)}</title>"),
        (_STYLE, f"<style>{styles}</style>"),
        (_SCRIPT, ""),
        ("</body>", f"{_data(contents)}<script>{script}</script>\n  </body>"),
    ):
        if page.count(old) != 1:
            raise ValueError(f"index.html has {old!r} {page.count(old)} times, not once")
        page = page.replace(old, new)
    return page


def _policy(styles: str, script: str) -> str:
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(styles)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(contents: Contents) -> str:
    # No "<" can begin a tag that ends the block, or a comment.
    head = json.dumps(contents.head, allow_nan=False).replace("<", "\\u003c")
    blocks = {"vertices": contents.vertices, "image": contents.image}
    return f'<script type="application/json" id="saved-head">{head}</script>\n    ' + "".join(
        f'<script type="application/octet-stream" id="saved-{name}">'
        f"{base64.b64encode(content).decode()}</script>\n    "
        for name, content in blocks.items()
        if content or name == "vertices"
    )
