"""Makes static/dist/zwsnb.js, the page's whole script, of the modules in static/, jQuery and Flot;
plots.js, that of the page of all plots; style.css, the styles of both; live.js, the script of a
notebook's output; and widget.js, the page as a notebook's widget.

Their first line carries a digest of all that went into them, so whether they are stale is a
question of content: a clone, a copy or an archive, which change file times, do not confuse it.
While they are fresh nothing is run, and no npm is needed. By hand: ``python tools/bundle.py``.
"""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import npm

if TYPE_CHECKING:
    from pathlib import Path

STATIC = npm.ROOT / "static"
BUNDLE = STATIC / "dist/zwsnb.js"
PLOTS = STATIC / "dist/plots.js"
LIVE = STATIC / "dist/live.js"
SAVED = STATIC / "dist/saved.js"
WIDGET = STATIC / "dist/widget.js"
STYLES = STATIC / "dist/style.css"
NOTICES = STATIC / "dist/LICENSES.txt"


def _sources() -> list[Path]:
    """Return what goes into the bundle: modules, styles, and the page that the widget shows."""
    found = [*STATIC.rglob("*.js"), *STATIC.rglob("*.css"), *STATIC.rglob("*.html")]
    return sorted(path for path in found if BUNDLE.parent not in path.parents)


def _banner() -> str:
    sources = [
        *_sources(),
        npm.ROOT / "tools/build.mjs",
        npm.ROOT / "package.json",
        npm.ROOT / "package-lock.json",
    ]
    digest = hashlib.sha256()
    for source in sources:
        content = source.read_bytes()
        name = source.relative_to(npm.ROOT).as_posix()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return f"/* zwsnb's page; sources: sha256 {digest.hexdigest()} */"


def is_stale() -> bool:
    """Say whether the bundle is missing, or was made from other sources than these."""
    banner = _banner()
    made = (BUNDLE, PLOTS, LIVE, SAVED, WIDGET, STYLES)
    return not NOTICES.exists() or any(_first_line(bundle) != banner for bundle in made)


def _first_line(bundle: Path) -> str:
    if not bundle.exists():
        return ""
    with bundle.open(encoding="utf-8") as lines:
        return next(lines, "").rstrip("\n")


def build() -> None:
    """Make the bundle if it is stale; raise NpmError where that fails."""
    if is_stale():
        npm.install()
        npm.run("run", "--silent", "build", "--", _banner())
        NOTICES.write_text(
            "\n".join(_notice(name) for name in ("jquery", "flot")), encoding="utf-8"
        )


def _notice(package: str) -> str:
    """Return the licence of a bundled package: both ask that copies carry it."""
    text = (npm.ROOT / "node_modules" / package / "LICENSE.txt").read_text(encoding="utf-8")
    return f"zwsnb.js and widget.js contain {package}:\n\n{text}"


if __name__ == "__main__":
    try:
        build()
    except npm.NpmError as error:
        sys.exit(f"bundle.py: {error}")
