"""The controls of this process and what it watches: which handle stands for which, and what it is
told of them.

A handle speaks for its control until another is declared by that name, or the plot is closed; then
it keeps its last value, and says nothing to a page any more. So does one of a watch.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from zwsnb import api
from zwsnb.controls.control import MAX_CONTROLS, Steered, after_hearing
from zwsnb.events.watch import MAX_WATCHES
from zwsnb.lives.child import is_stopped
from zwsnb.producer import native
from zwsnb.protocol.messages import Declare, Listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from zwsnb.controls.control import Control
    from zwsnb.events.happened import Happened, Told
    from zwsnb.events.watch import Watch
    from zwsnb.service.backend import Backend

HEAR_AGAIN_AFTER: Final = 0.1
"""Seconds from the end of a connection, or a vain attempt, to the next one."""

ATTEMPTS: Final = 20
"""A process that was killed is there, as far as can be seen, until its parent has taken note."""

Take: TypeAlias = "Callable[[Steered], object]"
"""What a handle takes that a page has done; by it the handle is known here."""

_handles: Final[dict[tuple[str, str], Take]] = {}
"""By plot and name."""


class Listening(Protocol):
    """A handle of a watch."""

    def happened(self, told: Happened) -> None:
        """Take what has happened, in a thread of the service, which it must not hold up."""


_listening: Final[dict[tuple[str, str], Listening]] = {}
"""By plot and name of the watch."""

_hearing: Final[dict[str, Backend]] = {}
"""The service that tells this process, by the publisher for which it does."""

_process_of: Final[dict[str, int]] = {}
"""The process of that service, by the same names."""


def declare(plot: str, control: Control, take: Take) -> None:
    """Put a control on a plot; a handle stands for it from now on.

    Raises:
        OSError, RuntimeError: there is no service, or it does not answer.
        ValueError: the plot has as many as it may have.
    """
    api.ensure()
    _listen()
    others = [name for its, name in list(_handles) if its == plot and name != control.name]
    if len(others) >= MAX_CONTROLS:
        raise ValueError(
            f"plot {plot!r} has {MAX_CONTROLS} controls, and none for {control.name!r}: take one "
            "away by its remove(), or use another plot"
        )
    _handles[plot, control.name] = take
    api.publisher.send_command(Declare(plot, control.name, control.declared()))


def changed(plot: str, control: Control, take: Take) -> None:
    """Tell the pages the value that the program has given, if the handle still stands for it."""
    if stands(plot, control.name, take):
        api.publisher.send_command(Declare(plot, control.name, control.declared()))


def stands(plot: str, name: str, take: Take) -> bool:
    """Return whether a handle still stands for its control."""
    return _handles.get((plot, name)) == take


def forget(plot: str, name: str, take: Take) -> bool:
    """Have a handle stand for its control no more; return whether it did."""
    stood = stands(plot, name, take)
    if stood:
        _handles.pop((plot, name), None)
    return stood


def remove(plot: str, name: str, take: Take) -> None:
    """Take a control away from its pages, if the handle still stands for it."""
    if forget(plot, name, take):
        api.publisher.send_command(Declare(plot, name, None))


def watch(plot: str, what: Watch, handle: Listening) -> None:
    """Watch a plot; a handle stands for it from now on.

    Raises:
        OSError, RuntimeError: there is no service, or it does not answer.
        ValueError: the plot has as many as it may have.
    """
    api.ensure()
    _listen()
    others = [name for its, name in list(_listening) if its == plot and name != what.name]
    if len(others) >= MAX_WATCHES:
        raise ValueError(
            f"plot {plot!r} is watched for {MAX_WATCHES} things, and not for {what.name!r}: end "
            "one by its stop(), or give those that take each other's place one name"
        )
    _listening[plot, what.name] = handle
    api.publisher.send_command(Listen(plot, what.name, what.declared()))


def watches(plot: str) -> list[Listening]:
    """Return the handles that stand for what is watched of a plot."""
    return [handle for (its, _), handle in list(_listening.items()) if its == plot]


def unwatch(plot: str, name: str, handle: Listening) -> None:
    """Watch it no more, if the handle still stands for it."""
    if leave(plot, name, handle):
        api.publisher.send_command(Listen(plot, name, None))


def leave(plot: str, name: str, handle: Listening) -> bool:
    """Have a handle stand for what is watched no more; return whether it did."""
    stood = _listening.get((plot, name)) is handle
    if stood:
        _listening.pop((plot, name), None)
    return stood


def _listen() -> None:
    """Be told what pages do, once for each service and publisher."""
    service, producer = api.service(), api.publisher.producer
    if _hearing.get(producer) is not service:
        _hearing[producer] = service  # before its end can be heard
        _process_of[producer] = service.info["pid"]
        try:
            service.hear(producer, _take)
        except BaseException:
            _hearing.pop(producer, None)
            raise


def _take(told: Told) -> None:
    key = told.plot, told.name
    if not isinstance(told, Steered):
        if (handle := _listening.get(key)) is not None:
            handle.happened(told)
    elif (take := _handles.get(key)) is not None:
        take(told)


def _hear_again(producer: str) -> None:
    """Be told anew where the service still runs, after what has told this process has ended; else
    forget all of them: a loop that is paused must not wait for pages that are none. Of a process
    that has taken the place of another, which does not know what was declared before, only what has
    been declared since is left.
    """
    service, attempts = _hearing.get(producer), ATTEMPTS
    before = {**_handles}, {**_listening}
    while attempts:
        native.sleep(HEAR_AGAIN_AFTER)
        if service is None or _hearing.get(producer) is not service:
            return  # this process has left it itself
        if not service.is_running:
            break
        if service.info["pid"] != _process_of.get(producer):
            _process_of[producer] = service.info["pid"]
            _forget_those(*before)
        with contextlib.suppress(OSError, RuntimeError):  # it may be just being started anew
            service.hear(producer, _take)
            return
        attempts -= not is_stopped(service.info["pid"])  # one that is, as by Ctrl-Z, goes on
    if _hearing.get(producer) is service:
        _forget_all()


def _forget_those(
    handles: dict[tuple[str, str], Take], listening: dict[tuple[str, str], Listening]
) -> None:
    for (plot, name), take in handles.items():
        forget(plot, name, take)
    for (plot, name), handle in listening.items():
        leave(plot, name, handle)


def _forget(plot: str) -> None:
    for handles in (_handles, _listening):
        for key in [key for key in list(handles) if key[0] == plot]:
            handles.pop(key, None)


def _forget_all() -> None:
    _handles.clear()
    _listening.clear()
    _hearing.clear()
    _process_of.clear()


api.after_close.append(_forget)
api.before_stop.append(_forget_all)
after_hearing.append(_hear_again)
if hasattr(os, "register_at_fork"):
    # They are the parent's: what its child says of them, as when it ends, would be taken for it.
    os.register_at_fork(after_in_child=_forget_all)
