"""Which program a service belongs to, for who sees several of them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence, Set as AbstractSet
from pathlib import PurePath
from typing import Final, NamedTuple

PROGRAM: Final = "ZWSNB_PROGRAM"
"""The environment variable by which the relay of another process is told."""


class About(NamedTuple):
    """The process of a service, and since when it serves, in seconds since 1970."""

    program: str
    pid: int
    started: float

    @classmethod
    def this(cls) -> About:
        """Return those of a service of this process that starts now."""
        return cls(program(), os.getpid(), time.time())


def program(
    argv: Sequence[str] | None = None,
    environment: Mapping[str, str] | None = None,
    modules: AbstractSet[str] | None = None,
) -> str:
    """Return what a user calls this process: a notebook, a script, or a command of zwsnb.

    A notebook is called as it was when its kernel started.
    """
    argv = sys.argv if argv is None else argv
    environment = os.environ if environment is None else environment
    modules = sys.modules.keys() if modules is None else modules
    if told := environment.get(PROGRAM):
        return told
    if "ipykernel" in modules:
        # Jupyter's server tells it to the kernels that it starts.
        name = PurePath(environment.get("JPY_SESSION_NAME", "")).name
        return f"notebook {name}" if name.endswith(".ipynb") else "a notebook"
    path = PurePath(argv[0] if argv else "")
    if path.name == "zwsnb" or path.parts[-2:] == ("zwsnb", "__main__.py"):
        return " ".join(["zwsnb", *argv[1:2]])
    return {"": "python", "-c": "python -c"}.get(path.name, path.name)
