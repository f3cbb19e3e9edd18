"""What went wrong with a service, in words with the repair; and whether what it holds is whole."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

_CHANGING: Final = {
    "controls",
    "derived",
    "events",
    "history",
    "images",
    "order",
    "relay",
    "triggers",
}
"""Folders of the package whose functions change what plots hold."""

_AT_REST: Final = {"_last", "_run_takes", "_receive", "run", "_derive_rest", "_show_spectra"}
"""Loops of the relay, which wait between two changes."""


def was_at_rest(error: BaseException) -> bool:
    """Return whether an exception from outside has come while nothing was being changed: none of
    the functions through which it went is one that changes something.
    """
    return not any(
        PurePath(frame.filename).parent.name in _CHANGING and frame.name not in _AT_REST
        for frame in traceback.extract_tb(error.__traceback__)
    )


def thread_ended(error: BaseException, *, is_whole: bool) -> str:
    """Say that the thread of a service has ended by itself."""
    kept = "is kept" if is_whole else "is lost, since it was being changed"
    return (
        f"the thread of zwsnb's relay has ended at {now()} ({type(error).__name__}): what its"
        f" plots hold {kept}, and what is published waits; %zwsnb restart, or zwsnb.restart(), goes"
        " on with it"
    )


def not_again(error: OSError, *, is_whole: bool) -> str:
    """Say that a service could not be started anew, so that it runs no more."""
    kept = "is kept" if is_whole else "is lost"
    return (
        f"zwsnb's relay could not be started anew at {now()} ({error.strerror or error}): what its"
        f" plots hold {kept}, and what is published waits; %zwsnb restart, or zwsnb.restart(),"
        " tries it again"
    )


def unfound(error: OSError) -> str:
    """Say what it costs that a service has no connection file."""
    why = str(error.args[-1]) if error.args else type(error).__name__
    return (
        f"zwsnb has no connection file, for {why}. Other processes do not find this service:"
        " `zwsnb status`, `zwsnb pipe`, zwsnb.connect() and those that are spawned"
    )


def moved(port: int | None) -> str:
    """Say what it costs that a service that was started anew could not have its port again."""
    return (
        f"zwsnb's page has another port since its restart, for {port} is taken: pages that are open"
        " do not find it; show the plot again, or open the address that %zwsnb shows"
    )


def all_moved(
    was: int | None, port: int | None, came_in: list[str], come_in: list[str]
) -> Iterator[str]:
    """Yield what is to be said of a service that was started anew, of its page's port and of where
    programs come in.
    """
    if port != was:
        yield moved(was)
    gone = [each for each in came_in if each not in come_in and not each.startswith("ipc:///")]
    if gone:
        new = ", ".join(each for each in come_in if each not in came_in)
        yield (
            f"programs that publish come in at {new} since zwsnb's restart, for {', '.join(gone)}"
            " is taken: those that are connected there have to be started anew"
        )


def now() -> str:
    """Return the time of day."""
    return time.strftime("%H:%M:%S")
