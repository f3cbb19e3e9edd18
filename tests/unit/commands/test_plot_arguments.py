"""The options of a plot as words of a command line."""

from __future__ import annotations

import shlex
from argparse import ArgumentParser, Namespace
from typing import Any, Final

import pytest

from zwsnb.commands.cli import main
from zwsnb.commands.plot_arguments import (
    add_arguments,
    flag_of,
    flags,
    options_of,
    steps_of,
    unknown_words,
    way_back,
)
from zwsnb.protocol.options import DEFAULTS, OPTIONS, check_options, merged
from zwsnb.protocol.series_options import Option


def arguments_of(words: list[str]) -> Namespace:
    parser = ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


def parsed(words: str) -> dict[str, Any]:
    return options_of(arguments_of(words.split()))


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
        ("--style spectrum --window 10s", {"style": "spectrum", "window": 10.0}),
        ("--style density --log xy", {"style": "density", "log": "xy"}),
        ("--title a --x-label b --y-unit V", {"title": "a", "x_label": "b", "y_unit": "V"}),
        ("--time ms", {"time": "ms"}),
        ("--time no", {"time": False}),
        ("--time auto", {"time": "auto"}),
        ("--xy", {"xy": True}),
        ("--xy yes", {"xy": True}),
        ("--xy no --points", {"xy": False, "points": True}),
        ("--history 1000", {"history": 1000}),
        ("--history 5MB", {"history": "5MB"}),
        ('--series {"a":{"axis":"right"}}', {"series": {"a": {"axis": "right"}}}),
        ("--panel a --panel b c", {"panels": [["a"], ["b", "c"]]}),
        (
            '--panel a --panel {"series":["b"],"y_unit":"%"}',
            {"panels": [["a"], {"series": ["b"], "y_unit": "%"}]},
        ),
        (
            '--line {"y":8,"axis":"right"}',
            {"lines": [{"y": 8.0, "text": "", "axis": "right"}]},
        ),
        ("--panel groups", {"panels": "groups"}),
        ("--panel groups --panel b", {"panels": [["groups"], ["b"]]}),
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
        "--xy maybe",
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
    with pytest.raises(ValueError, match="window is -1; it is 0 or more"):
        parsed("--window -1")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--titel"], "unrecognized arguments: --titel; did you mean --title?"),
        (["a", "--windwo=3"], "unrecognized arguments: a --windwo=3; did you mean --window?"),
        (["--window"], "unrecognized arguments: --window; --window is for another command"),
        (["--foo"], "unrecognized arguments: --foo"),
        (["a", "b"], "unrecognized arguments: a b"),
        (["--no-panles"], "unrecognized arguments: --no-panles; did you mean --no-panels?"),
        (["--no-title"], 'unrecognized arguments: --no-title; did you mean --title ""?'),
        (["--no-window=3"], "unrecognized arguments: --no-window=3; did you mean --window 0?"),
        (["--no-y-range"], "unrecognized arguments: --no-y-range; did you mean --y-range auto?"),
        (["--no-style"], "unrecognized arguments: --no-style; did you mean --style line?"),
        (["--no-xy"], "unrecognized arguments: --no-xy; did you mean --xy no or --xy auto?"),
        (
            ["--no-time"],
            "unrecognized arguments: --no-time; did you mean --time no or --time auto?",
        ),
    ],
)
def test_a_flag_that_does_not_exist_is_answered_with_what_was_meant(
    words: list[str], sentence: str
) -> None:
    assert unknown_words(words, flags()) == sentence


def test_the_command_line_answers_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", "--titel", "First"])
    assert caught.value.code == 2
    assert capsys.readouterr().err.endswith("--titel First; did you mean --title?\n")


# -- the way back ----------------------------------------------------------------------------------

SAID: Final = {
    "title": "--title First",
    "window": "--window 5m",
    "x_range": "--x-range 0 auto",
    "y_range": "--y-range 0 auto",
    "y2_range": "--y2-range grow",
    "style": "--style step",
    "period": "--period 1m",
    "points": "--points",
    "time": "--time no",
    "tz": "--tz UTC",
    "log": "--log xy",
    "trigger": '--trigger {"level":0.5,"mode":"single"}',
    "xy": "--xy no",
    "aspect": "--aspect equal",
    "x_label": "--x-label a",
    "y_label": "--y-label b",
    "y2_label": "--y2-label c",
    "x_unit": "--x-unit V",
    "y_unit": "--y-unit A",
    "y2_unit": "--y2-unit W",
    "z_range": "--z-range -80 0",
    "z_label": "--z-label power",
    "z_log": "--z-log",
    "z_unit": "--z-unit dB",
    "legend": "--legend none",
    "tiles": "--tiles loss acc",
    "series": '--series {"a":{"axis":"right"},"b":{"hidden":true}}',
    "panels": "--panel a --panel b c",
    "lines": "--line 1 --line 2 too high",
    "regions": "--region 0 1 the night",
    "link": "--link x",
    "history": "--history 5MB",
}
"""Words of a command line that change each option."""


def shown(options: dict[str, Any], *lines: list[str]) -> dict[str, Any]:
    """Return all options of a plot that had some after command lines."""
    for line in lines:
        for step in steps_of(arguments_of(line)):
            options = merged(options, check_options(step))
    return {**DEFAULTS, **options}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_can_be_taken_back(option: Option) -> None:
    said = SAID[option.name].split()
    given = shown({}, said)
    assert [name for name in DEFAULTS if given[name] != DEFAULTS[name]] == [option.name]
    assert shown({}, said, [*way_back(option)]) == DEFAULTS
    assert shown({}, [*said, *way_back(option)]) == DEFAULTS, "the later one stands"
    assert shown({}, [*way_back(option), *said]) == given, "the later one stands"


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_the_help_has_the_way_back(option: Option) -> None:
    parser = ArgumentParser()
    add_arguments(parser)
    printed = " ".join(parser.format_help().split())
    flag, *word = way_back(option)
    assert f" {flag} " in printed
    if word:
        assert "taken back by that of its default" in printed
    else:
        assert f"{flag} take back" in printed
        assert flag in flags()


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_a_no_that_does_not_exist_is_answered_with_words_that_do(option: Option) -> None:
    flag = f"--no-{option.name.replace('_', '-')}"
    parser = ArgumentParser()
    add_arguments(parser)
    _, unknown = parser.parse_known_args([flag])
    if not unknown:
        assert way_back(option) == (flag,)
        return
    meant = unknown_words(unknown, flags()).partition("did you mean ")[2].removesuffix("?")
    *_, last = (shlex.split(words) for words in meant.split(" or "))
    assert tuple(last) == way_back(option)


def test_other_options_of_single_series_take_two_steps() -> None:
    old = {"series": {"a": {"width": 2.0}}}
    new = ["--series", '{"b":{"hidden":true}}']
    b = {"b": {"hidden": True}}
    assert shown(old, new)["series"] == {**old["series"], **b}
    assert shown(old, ["--no-series", *new])["series"] == b
    assert shown(old, [*new, "--no-series"]) == DEFAULTS
    assert steps_of(arguments_of(["--no-panels", "--panel", "a"])) == [{"panels": [["a"]]}]
    assert steps_of(arguments_of([])) == []
