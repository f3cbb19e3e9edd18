"""The files of the page, as they are installed or as they stand in a clone."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zwsnb.saved.document import Parts

BUNDLE: Final = "dist/zwsnb.js"

LIVE: Final = "dist/live.js"

WIDGET: Final = "dist/widget.js"

SAVED: Final = "dist/saved.js"

CONTENT_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


def load_static() -> dict[str, bytes]:
    """Return the page's files by their path: from the installed package, or beside it in a clone.

    Raises:
        FileNotFoundError: the bundle has not been built.
    """
    folder = _built(BUNDLE).parent.parent
    # The sources of the bundle, which a clone has beside it, are not the page's.
    patterns = ("*.html", "dist/*.css", "dist/*.js")
    paths = [path for pattern in patterns for path in folder.glob(pattern)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@cache
def live_script() -> str:
    """Return the script with which a notebook's output finds the page (static/live.js).

    Raises:
        FileNotFoundError: it has not been built.
    """
    return _script(LIVE)


@cache
def widget_script() -> str:
    """Return the module of a plot's widget (static/widget.js).

    Raises:
        FileNotFoundError: it has not been built.
    """
    return _script(WIDGET)


@cache
def saved_parts() -> Parts:
    """Return the texts of the page of a saved plot (static/saved.js).

    Raises:
        FileNotFoundError: it has not been built.
    """
    from zwsnb.saved.document import Parts

    return Parts(_script("index.html"), _script("dist/style.css"), _script(SAVED))


def _script(path: str) -> str:
    text = _built(path).read_text(encoding="utf-8")
    # The banner says what it was built of, which no notebook has to keep.
    return re.sub(r"^/\*.*\*/\n", "", text)


def _built(path: str) -> Path:
    file = _folder() / path
    if not file.is_file():
        raise FileNotFoundError(
            f"{file} is missing: in a clone, `npm ci && npm run build` makes it"
        )
    return file


def _folder() -> Path:
    installed = Path(str(resources.files("zwsnb"))) / "static"
    in_a_clone = Path(__file__).resolve().parents[2] / "static"  # which may be a link to one
    for folder in (installed, in_a_clone):
        if (folder / "index.html").is_file():
            return folder
    raise FileNotFoundError("zwsnb's page is missing from this installation: install zwsnb again")
