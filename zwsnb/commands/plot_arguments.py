"""The options of a plot as arguments of a command line: of `zwsnb serve` and `zwsnb pipe`, and of
`%zwsnb show`.  [no I/O]

Which options there are, and of which kind each is, comes from `zwsnb.protocol.options`; here is
what argparse makes of a kind, and how it is taken back. An option that takes a word or a number is
taken back by that of its default, as in "--window 0"; one that takes none, or a list of things, by
a flag of its own, "--no-panels". Of what is said twice the later stands.
"""

from __future__ import annotations

import json
from argparse import Action, ArgumentParser, ArgumentTypeError, HelpFormatter, Namespace
from collections.abc import Collection, Sequence
from typing import Any, Final

from zwsnb.protocol.checks.option_checks import time, y_range
from zwsnb.protocol.names import did_you_mean
from zwsnb.protocol.options import DEFAULTS, OPTIONS, check_options
from zwsnb.protocol.series_options import Kind, Option
from zwsnb.protocol.sizes import seconds_of


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of a plot to `parser`, whose help says what each of them takes."""
    parser.formatter_class = _Words
    group = parser.add_argument_group("options of the plot", _DESCRIPTION)
    for option in OPTIONS:
        argument = option.argument
        keywords: dict[str, Any] = dict(_KINDS[argument.kind])
        if argument.metavar is not None:
            keywords["metavar"] = argument.metavar
        if argument.kind == "choice":
            keywords["choices"] = option.choices
        group.add_argument(flag_of(option), dest=option.name, help=_help_of(option), **keywords)
        if argument.kind in _EMPTY:
            every = "every " if argument.kind in _REPEATED else ""
            group.add_argument(
                *way_back(option),
                dest=option.name,
                action=_TakeBack,
                nargs=0,
                const=_EMPTY[argument.kind],
                help=f"take back {every}{flag_of(option)}",
            )


def _help_of(option: Option) -> str:
    """Return what an option is, and what it is until it is given, in words of a command line."""
    default = "no" if option.argument.kind == "flag" else option.by_default.strip('"')
    return f"{option.argument.help or option.help} (default: {default})"


def flag_of(option: Option) -> str:
    """Return the flag of an option, as in "--y-range"."""
    return option.argument.flag or f"--{_dashed(option)}"


def way_back(option: Option) -> tuple[str, ...]:
    """Return the words that take an option back, as in ("--window", "0") and ("--no-panels",)."""
    kind = option.argument.kind
    if kind in _EMPTY:
        return (f"--no-{_dashed(option)}",)
    return flag_of(option), str(option.default or _WORDS[kind])


def _dashed(option: Option) -> str:
    return option.name.replace("_", "-")


def flags() -> list[str]:
    """Return all flags of `add_arguments`."""
    backs = [way_back(option)[0] for option in OPTIONS]
    return list(dict.fromkeys([*map(flag_of, OPTIONS), *backs]))


def options_of(arguments: Namespace) -> dict[str, Any]:
    """Return the options that were given to a parser of `add_arguments`.

    Raises:
        TypeError, ValueError: one has a value that it cannot have.
    """
    given = {name: getattr(arguments, name, None) for name in DEFAULTS}
    if given["panels"] == [["groups"]]:  # one panel of one series says nothing else
        given["panels"] = "groups"
    if given["tiles"] == ["all"]:
        given["tiles"] = "all"
    return check_options(given)


def steps_of(arguments: Namespace) -> list[dict[str, Any]]:
    """Return the options that were given to a parser of `add_arguments`, as a plot that has options
    already is to take them, one after the other.

    The options of single series are merged with those that the plot has: where all of these are
    taken back first, and others given, that is two steps.

    Raises:
        TypeError, ValueError: one has a value that it cannot have.
    """
    options = options_of(arguments)
    if options.get("series") and "series" in getattr(arguments, "taken_back", ()):
        return [{"series": {}}, options]
    return [options] if options else []


def unknown_words(words: Sequence[str], flags: Collection[str]) -> str:
    """Return the sentence for words that no argument takes, with what was meant; flags: those of
    all commands.
    """
    first = next((word for word in words if word.startswith("-")), words[0]).partition("=")[0]
    back = _instead_of(first)
    if first in flags:
        guess = f"{first} is for another command"
    else:
        guess = f"did you mean {back}?" if back else did_you_mean(first, flags)
    return f"unrecognized arguments: {' '.join(words)}{'; ' if guess else ''}{guess}"


def _instead_of(flag: str) -> str:
    """Return the words for a "--no-title", which is none; or an empty text."""
    option = next((each for each in OPTIONS if flag == f"--no-{_dashed(each)}"), None)
    if option is None:
        return ""
    name, word = way_back(option)
    no = f"{name} no or " if option.argument.kind in ("time", "xy") else ""
    return no + (f"{name} {word}" if word else f'{name} ""')


class _Words(HelpFormatter):
    """Has an option's words as its metavar has them: of several argparse makes "A B [A B ..]"."""

    def _format_args(self, action: Action, default_metavar: str) -> str:
        if isinstance(action, _Range | _AppendLine | _AppendRegion):
            return str(action.metavar)
        return super()._format_args(action, default_metavar)


class _TakeBack(Action):
    """Takes back what was given before it."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        del parser, values, option_string
        setattr(namespace, self.dest, self.const)
        namespace.taken_back = {*getattr(namespace, "taken_back", ()), self.dest}


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


class _AppendPanel(Action):
    """Names, or a panel as JSON."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        words = list(values or ())
        _append(namespace, self.dest, _mapping_in(words, parser, option_string) or words)


class _AppendLine(Action):
    """A number, and perhaps words; or a line as JSON."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        y, *words = list(values or ("",))
        mapping = _mapping_in([y, *words], parser, option_string)
        _append(namespace, self.dest, mapping or (y, " ".join(words)))


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


def _append(namespace: Namespace, key: str, item: object) -> None:
    setattr(namespace, key, [*(getattr(namespace, key) or []), item])


def _mapping_in(
    words: Sequence[str], parser: ArgumentParser, flag: str | None
) -> dict[str, Any] | None:
    """Return what one word is that begins as a mapping in JSON; None where there is no such."""
    if len(words) != 1 or not words[0].startswith("{"):
        return None
    try:
        found: dict[str, Any] = json.loads(words[0])
    except ValueError as error:
        parser.error(f"{flag} {words[0]!r} is no JSON: {error}")
    return found


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
        raise ArgumentTypeError(f"{text!r} is no unit: s, ms, us, ns; or no, or auto") from None


def _xy(text: str) -> bool | str:
    found: dict[str, bool | str] = {"yes": True, "no": False, "auto": "auto"}
    if text not in found:
        raise ArgumentTypeError(f"{text!r} is none of {', '.join(found)}")
    return found[text]


def _points_or_bytes(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


_KINDS: Final[dict[Kind, dict[str, Any]]] = {
    "text": {},
    "window": {"type": _span},
    "choice": {},
    "flag": {"action": "store_true", "default": None},
    "xy": {"type": _xy, "nargs": "?", "const": True},
    "time": {"type": _time, "nargs": "?", "const": True},
    "range": {"nargs": "+", "action": _Range},
    "size": {"type": _points_or_bytes},
    "json": {"type": _json},
    "list": {"nargs": "+"},
    "names": {"nargs": "+", "action": _AppendPanel},
    "line": {"nargs": "+", "action": _AppendLine},
    "region": {"nargs": "+", "action": _AppendRegion},
}
"""The keywords of `ArgumentParser.add_argument` for each kind."""

_WORDS: Final[dict[Kind, str]] = {
    "text": "",
    "window": "0",
    "choice": "none",
    "xy": "auto",
    "time": "auto",
    "range": "auto",
    "size": "auto",
}
"""The word that takes back an option of each kind, unless it has another default."""

_REPEATED: Final[tuple[Kind, ...]] = ("names", "line", "region")
"""Kinds that add one item each time."""

_EMPTY: Final[dict[Kind, object]] = {
    "flag": False,
    "json": {},
    "list": [],
    "names": [],
    "line": [],
    "region": [],
}
"""What an option of each of the other kinds is, once it is taken back."""

_DESCRIPTION: Final = (
    "What takes a word or a number is taken back by that of its default, as in --window 0, --xy"
    ' auto, --title "".'
)
