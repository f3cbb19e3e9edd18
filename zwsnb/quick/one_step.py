"""Several changes as one, whatever interrupts the caller.  [no I/O]"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from operator import call
from typing import TypeAlias

Step: TypeAlias = Callable[[], object]
"""A call of a function written in C that returns at once: a method of a list, `setattr`, ..."""

_run = deque[object](maxlen=0).extend


def in_one_step(*steps: Step) -> None:
    """Take all steps, or none of them.

    Ctrl-C, another signal's exception, or one that another thread sends, is raised between two
    bytecodes. Here is but one: `deque.extend` calls the steps in C, and nothing comes between them.
    """
    _run(map(call, steps))


def assign(owner: object, name: str, value: object) -> Step:
    """Return the step ``owner.name = value``."""
    return partial(setattr, owner, name, value)
