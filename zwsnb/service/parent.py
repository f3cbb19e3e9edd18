"""The service of the process that has started this one, for who was not given any.

A process says where its service is by ``ZWSNB_CONNECT`` in its environment, which those that it
starts inherit. A server of forks may be older than the service: its children know their parent by
its process id, which stands in the connection file.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING, Final

from zwsnb.producer import native

if TYPE_CHECKING:
    from zwsnb.service.connection_file import Info

VARIABLE: Final = "ZWSNB_CONNECT"
"""Names the connection file of the service to use."""

BACK_WITHIN: Final = 5.0
"""Seconds for which a child waits for a service that its owner may be starting anew."""

_LOOK_EVERY: Final = 0.05

_before: list[str | None] = []
"""What the variable was before `announce`, while it is announced."""

_in_vain: Final[set[tuple[str | None, str | None]]] = set()
"""The services that were waited for and did not come back, by token and by what the variable says:
a worker whose every task publishes is not to wait in each.
"""


def announce(info: Info) -> None:
    """Have the processes that this one will start find a service, if it has a connection file."""
    # The modules that it needs come with a service, not with `import zwsnb`.
    with native.no_fork():
        from zwsnb.service import connection_file

    try:
        path = connection_file.path_of(info)
    except OSError:
        return
    if not path.exists():
        return
    if not _before:
        _before.append(os.environ.get(VARIABLE))
    os.environ[VARIABLE] = str(path)


def withdraw() -> None:
    """Have them find what this process had found."""
    if not _before:
        return
    before = _before.pop()
    if before is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = before


def find(left: Info | None = None) -> Info | None:
    """Return the service of the parent, or None when it has none. left: the one that this process
    has used, and that has ended.

    One that is just being started anew is waited for: who starts another one here, or is told that
    there is none, would have what its child publishes go astray. Once: then it is looked for only.

    Raises:
        RuntimeError: the environment names one that has ended.
    """
    which = (None if left is None else left["token"], os.environ.get(VARIABLE))
    deadline = time.monotonic() + (0 if which in _in_vain else BACK_WITHIN)
    while (found := _found(left)) is None and _may_come(left) and time.monotonic() < deadline:
        native.sleep(_LOOK_EVERY)
    if found is not None:
        _in_vain.discard(which)
        return found
    _in_vain.add(which)
    if path := os.environ.get(VARIABLE):
        raise RuntimeError(
            f"{VARIABLE} names {path}, and no zwsnb service runs there any more: zwsnb.start() "
            "starts one here"
        )
    return None


def nobody_listens() -> None:
    """Raise RuntimeError for a publisher of what was loaded and has nobody to publish to."""
    raise RuntimeError(
        "the zwsnb service of the plot that was loaded has ended, and nobody listens: "
        "zwsnb.start() starts another"
    )


def _found(left: Info | None) -> Info | None:
    return (
        _owned_by(_parent())
        or (None if left is None else _owned_by(owner_of(left)))
        or _by_environment()
    )


def _may_come(left: Info | None) -> bool:
    """Return whether the process that owned a service is there, and so may have one again."""
    told = os.environ.get(VARIABLE)
    owner = owner_of(left) if left is not None else _parent() if told else None
    if owner is None:
        return False
    with native.no_fork():
        from zwsnb.service import connection_file

    return connection_file.is_alive(owner)


def _parent() -> int | None:
    """Return the process that has made this one by multiprocessing."""
    module = sys.modules.get("multiprocessing.process")
    parent = module.parent_process() if module is not None else None
    return None if parent is None else parent.pid


def _owned_by(owner: int | None) -> Info | None:
    """Return the newest service of a process."""
    if owner is None:
        return None
    with native.no_fork():
        from zwsnb.service import connection_file

    try:
        running = connection_file.running()
    except OSError:  # it cannot have a file there either
        return None
    owned = [each for each in running if owner_of(each) == owner]
    return owned[-1] if owned else None


def owner_of(info: Info) -> int:
    """Return the process that has started a service, be it in a process of its own."""
    return info.get("owner", info["pid"])


def _by_environment() -> Info | None:
    path = os.environ.get(VARIABLE)
    if not path:
        return None
    with native.no_fork():
        from zwsnb.service import connection_file

    with contextlib.suppress(RuntimeError):  # it runs no more
        return connection_file.find(path)
    return None
