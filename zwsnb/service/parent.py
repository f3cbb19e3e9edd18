"""The service of the process that has started this one, for who was not given any.

A process says where its service is by ``ZWSNB_CONNECT`` in its environment, which those that it
starts inherit. A server of forks may be older than the service: its children know their parent by
its process id, which stands in the connection file.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from zwsnb.producer import native

if TYPE_CHECKING:
    from zwsnb.service.connection_file import Info

VARIABLE: Final = "ZWSNB_CONNECT"
"""Names the connection file of the service to use."""

_before: list[str | None] = []
"""What the variable was before `announce`, while it is announced."""


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


def find() -> Info | None:
    """Return the service of the parent, or None when it has none.

    Raises:
        RuntimeError: the environment names one that has ended.
    """
    return _by_process() or _by_environment()


def nobody_listens() -> None:
    """Raise RuntimeError for a publisher of what was loaded and has nobody to publish to."""
    raise RuntimeError(
        "the zwsnb service of the plot that was loaded has ended, and nobody listens: "
        "zwsnb.start() starts another"
    )


def _by_process() -> Info | None:
    """Return the service of the process that has made this one by multiprocessing."""
    module = sys.modules.get("multiprocessing.process")
    parent = module.parent_process() if module is not None else None
    if parent is None:
        return None
    with native.no_fork():
        from zwsnb.service import connection_file

    try:
        running = connection_file.running()
    except OSError:  # it cannot have a file there either
        return None
    owned = [each for each in running if owner_of(each) == parent.pid]
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

    try:
        return connection_file.find(path)
    except RuntimeError:
        raise RuntimeError(
            f"{VARIABLE} names {path}, and no zwsnb service runs there any more: zwsnb.start() "
            "starts one here"
        ) from None
