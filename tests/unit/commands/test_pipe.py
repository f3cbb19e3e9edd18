"""The flags of `zwsnb pipe`, and what it says: at once, but not without end."""

from __future__ import annotations

import argparse
import time

import numpy as np
import pytest
from support.logged import Logged

from zwsnb.commands.pipe import AT_ONCE, Sayings, _publish, add_flags, summary
from zwsnb.lines.lines import Lines
from zwsnb.protocol.batch import Points


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_flags(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize(
    ("words", "delimiter"),
    [
        ((), None),
        (("--delimiter", ";"), ";"),
        (("--delimiter", "\t"), "\t"),
        (("--delimiter", "\\t"), "\t"),
        (("--delimiter", "Tab"), "\t"),
        (("--delimiter", "blank"), " "),
        (("--delimiter", "comma"), ","),
    ],
)
def test_a_delimiter_may_be_a_word(words: tuple[str, ...], delimiter: str | None) -> None:
    assert parsed(*words).delimiter == delimiter


@pytest.mark.parametrize("delimiter", ["", "ab", "1", "a", '"', ".", "-", "\n"])
def test_what_numbers_are_written_with_is_no_delimiter(
    delimiter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parsed(f"--delimiter={delimiter}")
    assert "is no delimiter; it is one character, or tab" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "x"), [((), None), (("--now",), "now"), (("--x", "now"), "now"), (("--x", "3"), "3")]
)
def test_now_is_short_for_x_now(words: tuple[str, ...], x: str | None) -> None:
    assert parsed(*words).x == x


def test_x_is_not_short_for_another_option() -> None:
    found = parsed("--x", "a", "--x-label", "b")
    assert (found.x, found.x_label, found.x_unit) == ("a", "b", None)


def test_a_file_to_save_is_of_a_kind_that_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    found = parsed("--save", "a.png", "--save", "b/c.csv").save
    assert [path.as_posix() for path in found] == ["a.png", "b/c.csv"]
    with pytest.raises(SystemExit):
        parsed("--save", "a.gif")
    assert "a plot is saved as one of .png, .svg" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing was taken: 0 points of 0 lines"),
        ("a\n", "nothing was taken: 0 points of 1 line, 1 heading"),
        ("a\n1\n\nb\n", "1 point of 4 lines, 1 heading, 1 blank, 1 refused"),
        ("a b\nc d\n1 2\n", "1 point of 3 lines, 2 headings"),
        ("1\n" * 2000, "2,000 points of 2,000 lines"),
    ],
)
def test_the_last_line_says_what_became_of_all(text: str, words: str) -> None:
    lines = Lines(time.time)
    for line in text.splitlines():
        lines.read(line)
    assert summary(lines) == words


def test_what_is_said_is_said_at_once_and_a_flood_is_counted() -> None:
    now, told = [100.0], list[str]()
    say = Sayings(told.append, lambda: now[0])
    for i in range(AT_ONCE + 5):
        say(str(i))
        assert len(told) == min(i + 1, AT_ONCE)
    now[0] += 1
    say("next")
    assert told[AT_ONCE:] == ["and 5 more like these", "next"]
    now[0] += 1
    say("last")
    assert told[-1] == "last"


def test_columns_may_be_the_colour_and_the_size_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = parsed("--color", "depth", "--size", "mag")
    logged = Logged(monkeypatch)
    lines = ["x a depth mag", "1 2 30 4", "2 3 40 -1", "x=3 a=5 mag=7"]
    _publish(lines, Lines(time.time), "p", (found.color, found.size))
    _publish(["4 9"], Lines(time.time), "q", (None, None))
    dots, plain = [each.body for each in logged.take() if isinstance(each.body, Points)]
    assert (dots.plot, dots.series, dots.x.tolist()) == ("p", "a", [1, 2, 3])
    assert dots.marks is not None
    np.testing.assert_array_equal(dots.marks, [[30, 40, np.nan], [4, 0, 7]])
    assert (plain.plot, plain.marks) == ("q", None)


def test_they_may_be_numbers_of_columns_as_x_may(monkeypatch: pytest.MonkeyPatch) -> None:
    logged = Logged(monkeypatch)
    _publish(["1 2 30 4", "2 3 40 5"], Lines(time.time), "p", ("3", "4"))
    (dots,) = [each.body for each in logged.take() if isinstance(each.body, Points)]
    assert (dots.series, dots.y.tolist()) == ("y", [2, 3])
    assert dots.marks is not None
    assert dots.marks.tolist() == [[30, 40], [4, 5]]


@pytest.mark.parametrize(
    ("lines", "color", "size"),
    [
        (["a b", "1 2"], "a", "b"),
        (["x b", "1 2"], "b", None),
        (["1"], "1", None),
        (["a=1 b=2"], "a", "b"),
    ],
)
def test_a_line_of_colour_and_size_alone_is_refused(
    lines: list[str], color: str, size: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged, read = Logged(monkeypatch), Lines(time.time)
    _publish(lines, read, "p", (color, size))
    assert [each for each in logged.take() if isinstance(each.body, Points)] == []
    assert (read.points, read.refused) == (0, 1)


def test_a_column_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Logged(monkeypatch)
    lines = ["x a depth", "1 2 30", "2 3 40"]
    _publish(lines, Lines(time.time), "p", ("dpeth", None))
    told = capsys.readouterr().err
    assert told.count("there is no column 'dpeth' yet, only") == 1
    assert "depth" in told
