"""The build backend (PEP 517): setuptools', with the page bundled before anything is packed.

A wheel, an editable install and an sdist all carry the bundle, so an sdist installs without npm.
Node.js from PyPI is a build requirement only where there is a bundle to make and no npm on the
machine to make it with.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import bundle
import npm
from setuptools import build_meta
from setuptools.build_meta import (
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Settings = Mapping[str, str | list[str] | None] | None

ROOT: Final = Path(__file__).resolve().parent.parent
PATH_FILE: Final = "zwsnb-clone.pth"

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]


def _node() -> list[str]:
    return [npm.FROM_PYPI] if bundle.is_stale() and not npm.command() else []


def get_requires_for_build_wheel(settings: Settings = None) -> list[str]:
    """Return what building a wheel needs beside setuptools."""
    return [*build_meta.get_requires_for_build_wheel(settings), *_node()]


def get_requires_for_build_editable(settings: Settings = None) -> list[str]:
    """Return what an editable install needs beside setuptools."""
    return [*build_meta.get_requires_for_build_editable(settings), *_node()]


def get_requires_for_build_sdist(settings: Settings = None) -> list[str]:
    """Return what building an sdist needs beside setuptools."""
    return [*build_meta.get_requires_for_build_sdist(settings), *_node()]


def build_wheel(directory: str, settings: Settings = None, metadata: str | None = None) -> str:
    """Bundle the page, then build the wheel; return its file name."""
    bundle.build()
    return build_meta.build_wheel(directory, settings, metadata)


def build_editable(directory: str, settings: Settings = None, metadata: str | None = None) -> str:
    """Bundle the page, then build the wheel of an editable install; return its file name."""
    bundle.build()
    name = build_meta.build_editable(directory, settings, metadata)
    _have_the_clone_found_by_its_path(Path(directory, name))
    return name


def _have_the_clone_found_by_its_path(wheel: Path) -> None:
    """Add a file to the wheel of an editable install that puts the clone on `sys.path`.

    The finder of setuptools stands behind that of paths, which finds the clone's folder, `zwsnb`
    and without an `__init__.py`, from beside it: an empty package of a namespace. It goes on to
    look for a regular one, and finds it by this path.
    """
    with zipfile.ZipFile(wheel) as archive:
        files = {entry: archive.read(entry) for entry in archive.infolist()}
    line = os.fsencode(f"{ROOT}\n")
    checksum = base64.urlsafe_b64encode(hashlib.sha256(line).digest()).rstrip(b"=").decode()
    record = f"{PATH_FILE},sha256={checksum},{len(line)}\n".encode()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PATH_FILE, line)
        for entry, content in files.items():
            is_record = entry.filename.endswith(".dist-info/RECORD")
            archive.writestr(entry, content + record if is_record else content)


def build_sdist(directory: str, settings: Settings = None) -> str:
    """Bundle the page, then build the sdist; return its file name."""
    bundle.build()
    return build_meta.build_sdist(directory, settings)
