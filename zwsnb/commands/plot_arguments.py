"""The options of a plot as arguments of a command line: of `zwsnb serve` and `zwsnb pipe`, and of
`%zwsnb show`.  [no I/O]

Which options there are, and of which kind each is, comes from `zwsnb.protocol.options`; here is
what argparse makes of a kind.
"""

from __future__ import annotations

import json
from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Sequence
from typing import Any, Final

from zwsnb.protocol.option_checks import time, y_range
from zwsnb.protocol.options import DEFAULTS, OPTIONS, Kind, Option, check_options
from zwsnb.protocol.sizes import seconds_of
from zwsnb.protocol.suggestions import did_you_mean


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of a plot to `parser`."""
    group = parser.add_argument_group("options of the plot")
    for option in OPTIONS:
        argument = option.argument
        keywords: dict[str, Any] = dict(_KINDS[argument.kind])
        if argument.metavar is not None:
            keywords["metavar"] = argument.metavar
        if argument.kind == "choice":
            keywords["choices"] = option.choices
        group.add_argument(
            flag_of(option), dest=option.name, help=argument.help or option.help, **keywords
        )


def flag_of(option: Option) -> str:
    """Return the flag of an option, as in "--y-range"."""
    return option.argument.flag or f"--{option.name.replace('_', '-')}"


def options_of(arguments: Namespace) -> dict[str, Any]:
    """Return the options that were given to a parser of `add_arguments`.

    Raises:
        TypeError, ValueError: one has a value that it cannot have.
    """
    return check_options({name: getattr(arguments, name, None) for name in DEFAULTS})


def unknown_words(words: Sequence[str], flags: Iterable[str]) -> str:
    """Return the sentence for words that no argument takes, with the flag that was meant."""
    first = next((word for word in words if word.startswith("-")), words[0])
    guess = did_you_mean(first.partition("=")[0], flags)
    return f"unrecognized arguments: {' '.join(words)}{'; ' if guess else ''}{guess}"


class _Range(Action):
    """Two numbers, of which one may be "auto"; or one word."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        words = list(values or ())
        try:
            ends = [None if word == "auto" else float(word) for word in words if len(words) > 1]
            value = ends or words[0]
            setattr(namespace, self.dest, y_range(value, option_string or self.dest))
        except (TypeError, ValueError) as error:
            parser.error(str(error))


class _AppendLine(Action):
    """A number, and perhaps words."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        y, *words = list(values or ("",))
        _append(namespace, self.dest, (y, " ".join(words)))


class _AppendRegion(Action):
    """Two numbers, and perhaps words."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        try:
            low, high, *words = list(values or ())
            _append(namespace, self.dest, (float(low), float(high), " ".join(words)))
        except ValueError:
            parser.error(f"{option_string} takes FROM and TO, two numbers")


def _append(namespace: Namespace, key: str, item: tuple[object, ...]) -> None:
    setattr(namespace, key, [*(getattr(namespace, key) or []), item])


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no JSON: {error}") from None


def _span(text: str) -> float:
    try:
        return seconds_of(text, "W")
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _time(text: str) -> object:
    try:
        return time({"no": False, "yes": True}.get(text, text), "--time")
    except TypeError:
        raise ArgumentTypeError(f"{text!r} is no unit: s, ms, us, ns; or no") from None


def _points_or_bytes(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


_KINDS: Final[dict[Kind, dict[str, Any]]] = {
    "text": {},
    "window": {"type": _span},
    "choice": {},
    "flag": {"action": "store_true", "default": None},
    "time": {"type": _time, "nargs": "?", "const": True},
    "range": {"nargs": "+", "action": _Range},
    "size": {"type": _points_or_bytes},
    "json": {"type": _json},
    "names": {"nargs": "+", "action": "append"},
    "line": {"nargs": "+", "action": _AppendLine},
    "region": {"nargs": "+", "action": _AppendRegion},
}
"""The keywords of `ArgumentParser.add_argument` for each kind."""
