"""How a module of zwsnb is run in a process of its own."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).absolute().parents[2]
"""The folder from which zwsnb was imported, which may have no more than a link to it."""


def words_for(module: str) -> list[str]:
    """Return the words that run a module of zwsnb.

    Nothing is imported from the folder in which the program happens to be: in that of all, such as
    /tmp, a numpy.py may be anybody's. Only where zwsnb itself is from there it could not be found
    otherwise.
    """
    is_here = False
    with contextlib.suppress(OSError):  # it may have been removed
        is_here = _ROOT.samefile(".")
    return [sys.executable, *([] if is_here else ["-P"]), "-m", module]
