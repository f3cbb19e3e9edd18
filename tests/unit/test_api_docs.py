"""docs/api.md names what is public, with the signatures of the code."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from support.paths import ROOT

import zwsnb
from zwsnb import Plot
from zwsnb.commands import cli, magics
from zwsnb.commands.plot_arguments import flags as flags_of_a_plot
from zwsnb.service.service_options import SERVICE_OPTIONS, ServiceOption

PAGE: Final = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def compact(text: str) -> str:
    """Return a signature as it reads however it is laid out."""
    return re.sub(r"\s|\\(?=\|)", "", text).replace('"', "'").replace(",)", ")")


def signature(name: str, function: Callable[..., object]) -> str:
    """Return the signature of a function as the page has it: without self, types unquoted."""
    found = inspect.signature(function)
    parameters = [
        parameter.replace(annotation=_Unquoted(parameter.annotation))
        for parameter in found.parameters.values()
        if parameter.name != "self"
    ]
    returned = _Unquoted(found.return_annotation)
    return f"{name}{found.replace(parameters=parameters, return_annotation=returned)}"


class _Unquoted:
    """An annotation that a signature shows as it stands in the source."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __repr__(self) -> str:
        return self.source


def members() -> Iterator[tuple[str, object]]:
    """Yield the public members of a plot."""
    for cls in (Plot, *Plot.__bases__):
        for name, member in vars(cls).items():
            if not name.startswith("_"):
                yield name, member


METHODS: Final = [name for name, member in members() if inspect.isfunction(member)]
FUNCTIONS: Final = [
    "connect",
    "flush",
    "log",
    "publish",
    "restart",
    "start",
    "stats",
    "stop",
    "system",
    "track",
    "wait",
]


def test_the_functions_are_all_that_the_package_has() -> None:
    assert sorted(["Plot", "__version__", *FUNCTIONS]) == zwsnb.__all__


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_its_signature_on_the_page(name: str) -> None:
    assert compact(f"```python\n{signature(name, getattr(zwsnb, name))}```") in compact(PAGE)


def test_plot_has_its_signature_on_the_page() -> None:
    assert compact(signature("Plot", Plot.__init__)) in compact(PAGE)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_has_its_signature_on_the_page(name: str) -> None:
    assert compact(signature(f"p.{name}", getattr(Plot, name))) in compact(PAGE)


def test_attributes_and_properties_are_on_the_page() -> None:
    properties = [name for name, member in members() if isinstance(member, property)]
    for name in (*properties, "name", "height", "publish"):
        assert f"`p.{name}`" in PAGE


@pytest.mark.parametrize("option", SERVICE_OPTIONS, ids=lambda option: option.name)
def test_an_option_of_a_service_has_its_row(option: ServiceOption) -> None:
    default = option.default
    words = "none" if option.is_list else f'"{default}"' if isinstance(default, str) else default
    assert f"| {option.name} | {option.help} | {words} |" in PAGE.replace("`", "")


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the words that a parser takes."""
    (words,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    found: dict[str, argparse.ArgumentParser] = words.choices
    return found


def flags_of(parser: argparse.ArgumentParser) -> set[str]:
    """Return the flags of a command that its help shows, without those of a plot."""
    shown = [action for action in parser._actions if action.help != argparse.SUPPRESS]
    flags = {flag for action in shown for flag in action.option_strings if flag[:2] == "--"}
    return flags - {*flags_of_a_plot(), "--help"}


def rows(start: str) -> list[str]:
    return [row for row in PAGE.splitlines() if row.startswith(f"| `{start}")]


def test_every_word_of_the_magic_has_its_row_with_its_flags() -> None:
    found = commands_of(magics._parser())
    assert len(rows("%zwsnb")) == len(found) + 1
    for word, parser in found.items():
        (row,) = rows(f"%zwsnb {word}")
        assert set(re.findall(r"--[\w-]+", row)) == flags_of(parser)


def test_every_command_has_its_rows_with_its_flags() -> None:
    for command, parser in commands_of(cli.parser()).items():
        _, row = rows(f"zwsnb {command}`")
        assert set(re.findall(r"--[\w-]+", row)) == flags_of(parser)


def test_what_the_page_reports_is_what_it_has() -> None:
    source = (ROOT / "static" / "stats.js").read_text(encoding="utf-8")
    block = source.partition("export function statsOf(")[2].partition("\n}\n")[0]
    paragraph = PAGE.partition("`window.zwsnb.stats()`")[2].partition("What\nelse")[0]
    for name in re.findall(r"`(\w+)`", paragraph):
        assert re.search(rf"\b{name}\b", block), name
