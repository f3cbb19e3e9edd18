"""The controls of this process: which handle stands for which, and what pages do with them.

A handle speaks for its control until another is declared by that name, or the plot is closed; then
it keeps its last value, and says nothing to a page any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from zwsnb import api
from zwsnb.controls.control import MAX_CONTROLS
from zwsnb.protocol.messages import Declare

if TYPE_CHECKING:
    from zwsnb.controls.control import Control, Steered
    from zwsnb.service.backend import Backend


class Handle(Protocol):
    """What stands for a control."""

    def steered(self, told: Steered) -> None:
        """Take what a page has done; in a thread of the service, which it must not hold up."""


_handles: Final[dict[tuple[str, str], Handle]] = {}
"""By plot and name."""

_hearing: Final[dict[str, Backend]] = {}
"""The service that tells this process, by the publisher for which it does."""


def declare(plot: str, control: Control, handle: Handle) -> None:
    """Put a control on a plot, for which a handle stands from now on.

    Raises:
        OSError, RuntimeError: there is no service, or it does not answer.
        ValueError: the plot has as many as it may have.
    """
    api.ensure()
    _listen()
    others = [name for its, name in list(_handles) if its == plot and name != control.name]
    if len(others) >= MAX_CONTROLS:
        raise ValueError(f"plot {plot!r} has {MAX_CONTROLS} controls; remove some")
    _handles[plot, control.name] = handle
    api.publisher.send_command(Declare(plot, control.name, control.declared()))


def changed(plot: str, control: Control, handle: Handle) -> None:
    """Tell the pages the value that the program has given, if the handle still stands for it."""
    if stands(plot, control.name, handle):
        api.publisher.send_command(Declare(plot, control.name, control.declared()))


def stands(plot: str, name: str, handle: Handle) -> bool:
    """Return whether a handle still stands for its control."""
    return _handles.get((plot, name)) is handle


def remove(plot: str, name: str, handle: Handle) -> None:
    """Take a control away from its pages, if the handle still stands for it."""
    if stands(plot, name, handle):
        del _handles[plot, name]
        api.publisher.send_command(Declare(plot, name, None))


def _listen() -> None:
    """Be told what pages do, once for each service and publisher."""
    service, producer = api.service(), api.publisher.producer
    if _hearing.get(producer) is not service:
        service.hear(producer, _take)
        _hearing[producer] = service


def _take(told: Steered) -> None:
    if (handle := _handles.get((told.plot, told.name))) is not None:
        handle.steered(told)


def _forget(plot: str) -> None:
    for key in [key for key in list(_handles) if key[0] == plot]:
        _handles.pop(key, None)


def _forget_all() -> None:
    _handles.clear()
    _hearing.clear()


api.after_close.append(_forget)
api.before_stop.append(_forget_all)
