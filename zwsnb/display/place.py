"""Where a call of the user stands: in which cell of a notebook and which function of which module.
[no I/O]

A cell that is edited and run again has the same place, if the notebook tells its kernel which cell
it is, as JupyterLab and VS Code do. Where nothing tells, all cells are one place, as is the top
level of a program.
"""

from __future__ import annotations

import dis
import sys
from types import FrameType
from typing import NamedTuple


class Place(NamedTuple):
    """Equal for two calls from one cell, module and function."""

    cell: str
    module: str
    function: str


def place_of(frame: FrameType) -> Place | None:
    """Return the place of what runs in `frame`; None for zwsnb's own modules."""
    module = str(frame.f_globals.get("__name__"))
    if module.partition(".")[0] == "zwsnb":
        return None
    return Place(cell(), module, frame.f_code.co_qualname)


def cell() -> str:
    """Return what the notebook calls the cell that runs; empty where it does not tell."""
    # Another thread may be importing IPython: it is there in parts then.
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    request: object = getattr(shell, "get_parent", dict)()
    metadata = request.get("metadata") if isinstance(request, dict) else None
    return str(metadata.get("cellId") or "") if isinstance(metadata, dict) else ""


def is_used_at_once(frame: FrameType) -> bool:
    """True when an attribute of what the call that runs in `frame` returns is the next thing that
    is looked up, as in ``Plot("p").to_numpy()``.
    """
    later = (step for step in dis.get_instructions(frame.f_code) if step.offset > frame.f_lasti)
    following = next(later, None)
    return following is not None and following.opname in ("LOAD_ATTR", "LOAD_METHOD")
