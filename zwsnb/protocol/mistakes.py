"""How a mistake in a call is raised: below the line of the call stands one frame of zwsnb and the
sentence, and not the way through its modules.  [no I/O]

An error that a ``raise`` statement of zwsnb has made is written for the caller, to whom the frames
in between are noise. Any other error is a fault of zwsnb, and keeps its whole traceback.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dis import opmap
from inspect import unwrap
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_RAISE: Final = opmap["RAISE_VARARGS"]


def is_mistake(error: BaseException) -> bool:
    """True when a ``raise`` statement of zwsnb has made `error`, whoever has let it through."""
    last = error.__traceback__
    if last is None:
        return False
    while last.tb_next is not None:
        last = last.tb_next
    module = str(last.tb_frame.f_globals.get("__name__"))
    is_raised = last.tb_frame.f_code.co_code[last.tb_lasti] == _RAISE
    return is_raised and module.partition(".")[0] == "zwsnb"


def _accept_none(names: Iterable[str]) -> None:
    """Leave keywords that do not exist to Python."""


def public(
    refuse: Callable[[Iterable[str]], None] = _accept_none,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator of functions that users call, which raises their mistakes at the call.

    Args:
        refuse: gets the keywords that the function does not have, and raises the TypeError that
            names those which it has.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        code = unwrap(function).__code__
        keywords = set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])

        @functools.wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                refuse(kwargs.keys() - keywords)
                return function(*args, **kwargs)
            except Exception as error:
                if not is_mistake(error):
                    raise
                raise error.with_traceback(None) from None  # the mistake is in the call above

        return call

    return decorate
