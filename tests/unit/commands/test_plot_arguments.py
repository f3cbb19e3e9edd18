"""The options of a plot as words of a command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import pytest

from zwsnb.commands.cli import main
from zwsnb.commands.plot_arguments import add_arguments, flag_of, options_of, unknown_words
from zwsnb.protocol.options import OPTIONS, Option


def parsed(words: str) -> dict[str, Any]:
    parser = ArgumentParser()
    add_arguments(parser)
    return options_of(parser.parse_args(words.split()))


@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("", {}),
        ("--window 30 --y-range 0 1", {"window": 30.0, "y_range": [0.0, 1.0]}),
        ("--window 0 --y-range grow", {"window": 0.0, "y_range": "grow"}),
        ("--window 5m --y-range auto", {"window": 300.0, "y_range": "auto"}),
        ("--y-range 0 auto --y2-range auto 1", {"y_range": [0.0, None], "y2_range": [None, 1.0]}),
        ("--history auto --panel a", {"history": "auto", "panels": [["a"]]}),
        (
            "--style step --points --time --log y",
            {"style": "step", "points": True, "time": True, "log": "y"},
        ),
        ("--title a --x-label b --y-unit V", {"title": "a", "x_label": "b", "y_unit": "V"}),
        ("--time ms", {"time": "ms"}),
        ("--time no", {"time": False}),
        ("--time auto", {"time": "auto"}),
        ("--history 1000", {"history": 1000}),
        ("--history 5MB", {"history": "5MB"}),
        ('--series {"a":{"axis":"right"}}', {"series": {"a": {"axis": "right"}}}),
        ("--panel a --panel b c", {"panels": [["a"], ["b", "c"]]}),
        (
            "--line 1 --line 2 too high",
            {"lines": [{"y": 1.0, "text": ""}, {"y": 2.0, "text": "too high"}]},
        ),
        ("--region 0 1 the night", {"regions": [{"from": 0.0, "to": 1.0, "text": "the night"}]}),
    ],
)
def test_words_are_options(words: str, options: dict[str, Any]) -> None:
    assert parsed(words) == options


@pytest.mark.parametrize(
    "words",
    [
        "--window wide",
        "--y-range 1",
        "--y-range 0 none",
        "--y-range 1 0",
        "--style dashed",
        "--time min",
        "--region 0",
        "--region a b",
        "--series {",
        "--line",
    ],
)
def test_words_that_are_no_options_end_the_command(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parsed(words)
    assert caught.value.code == 2
    assert words.split(maxsplit=1)[0] in capsys.readouterr().err


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_has_its_flag_and_its_help(option: Option) -> None:
    parser = ArgumentParser()
    add_arguments(parser)
    printed = " ".join(parser.format_help().split())
    assert f" {flag_of(option)} " in printed
    assert (option.argument.help or option.help) in printed


def test_json_that_is_none_is_refused_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed("--series {")
    assert "argument --series: '{' is no JSON: Expecting property name" in capsys.readouterr().err


def test_values_are_checked_as_those_of_a_plot_are() -> None:
    with pytest.raises(ValueError, match="window is -1; it is how much of x to follow"):
        parsed("--window -1")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--titel"], "unrecognized arguments: --titel; did you mean --title?"),
        (["a", "--windwo=3"], "unrecognized arguments: a --windwo=3; did you mean --window?"),
        (["--foo"], "unrecognized arguments: --foo"),
        (["a", "b"], "unrecognized arguments: a b"),
    ],
)
def test_a_flag_that_does_not_exist_is_answered_with_what_was_meant(
    words: list[str], sentence: str
) -> None:
    assert unknown_words(words, map(flag_of, OPTIONS)) == sentence


def test_the_command_line_answers_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", "--titel", "First"])
    assert caught.value.code == 2
    assert capsys.readouterr().err.endswith("--titel First; did you mean --title?\n")
