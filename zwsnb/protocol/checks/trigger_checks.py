"""The option `trigger`, which says when a sweep is shown, and its check.  [no I/O]"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, TypedDict, get_args

from zwsnb.kinds.words import kind_of
from zwsnb.protocol.checks.option_checks import Check, number, one_of, window
from zwsnb.protocol.names import DEFAULT_SERIES, check_name, no_option

Slope: TypeAlias = Literal["rising", "falling", "either"]
Mode: TypeAlias = Literal["roll", "normal", "single"]


class TriggerOptions(TypedDict, total=False):
    """A trigger, as in ``trigger={"series": "y", "level": 0.5, "mode": "normal"}``."""

    series: str | None
    level: float | None
    slope: Slope | None
    mode: Mode | None
    holdoff: float | str | None
    pre: float | None
    persist: int | None


SLOPES: Final[tuple[str, ...]] = get_args(Slope)
MODES: Final[tuple[str, ...]] = get_args(Mode)

MAX_PERSIST: Final = 32
"""Earlier sweeps that are drawn: more are a cloud, which takes long to draw."""

TRIGGER_DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "series": DEFAULT_SERIES,
        "level": 0.0,
        "slope": "rising",
        "mode": "normal",
        "holdoff": 0.0,
        "pre": 0.1,
        "persist": 0,
    }
)


def trigger(value: object, key: str) -> dict[str, Any]:
    """Check what is said of a trigger; nothing at all is none. None takes a word back: it is as if
    it had not been said.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f'{key} is {kind_of(value)}; it is as in {{"series": "y", "level": 0.5}}')
    for name in value:
        if name not in _CHECKS:
            raise TypeError(no_option(name, _CHECKS, " of a trigger", "they are"))
    # A word that is left out would keep what was said before.
    return {
        name: TRIGGER_DEFAULTS[name] if its is None else _CHECKS[name](its, f"{key}[{name!r}]")
        for name, its in value.items()
    }


def complete(said: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return all that holds of a trigger of which something is said; None where there is none."""
    return {**TRIGGER_DEFAULTS, **said} if said else None


def _part(value: object, key: str) -> float:
    found = number(value, key)
    if not 0 <= found <= 1:
        raise ValueError(f"{key} is {found:g}; it is a part of the window, 0 to 1")
    return found


def _persist(value: object, key: str) -> int:
    found = number(value, key)
    if found != int(found) or not 0 <= found <= MAX_PERSIST:
        raise ValueError(f"{key} is {found:g}; it is so many sweeps, 0 to {MAX_PERSIST}")
    return int(found)


def _series(value: object, key: str) -> str:
    return check_name(value, key)


_CHECKS: Final[Mapping[str, Check]] = {
    "series": _series,
    "level": number,
    "slope": one_of(*SLOPES),
    "mode": one_of(*MODES),
    "holdoff": window,
    "pre": _part,
    "persist": _persist,
}
