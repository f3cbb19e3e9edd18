"""`%zwsnb`: its words, its help, and the sentence for everything that goes wrong."""

from __future__ import annotations

import pytest
from IPython.core.error import UsageError

from zwsnb import api
from zwsnb.commands import magics
from zwsnb.commands.plot_arguments import flag_of
from zwsnb.plot import handles
from zwsnb.protocol.options import OPTIONS


@pytest.fixture(autouse=True)
def _nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_service", None)


class Recorder:
    """Stands for `Plot`: keeps what is done with it."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []

    def __call__(self, *arguments: object, **options: object) -> Recorder:
        self.done.append(("plot", arguments, options))
        return self

    def show(self) -> None:
        self.done.append(("show",))

    def style(self, **options: object) -> None:
        self.done.append(("style", options))

    def clear(self) -> None:
        self.done.append(("clear",))

    def freeze(self) -> None:
        self.done.append(("freeze",))

    def save(self, file: str) -> str:
        self.done.append(("save", file))
        return file


@pytest.fixture
def plot(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(magics, "Plot", recorder)
    return recorder


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("show", [("plot", ("plot",), {"height": 360}), ("show",)]),
        ('show "two words" --height 99 --log y --panel a --panel b c', [
            ("plot", ("two words",), {"height": 99}),
            ("style", {"log": "y", "panels": [["a"], ["b", "c"]]}),
            ("show",),
        ]),
        ("clear", [("plot", ("plot",), {}), ("clear",)]),
        ("freeze p", [("plot", ("p",), {}), ("freeze",)]),
        ("save a.png p", [("plot", ("p",), {}), ("save", "a.png")]),
    ],
)  # fmt: skip
def test_a_word_does_what_a_plot_does(
    line: str,
    done: list[tuple[object, ...]],
    plot: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handles, "made", lambda: ["p", "two words"])
    magics.run(line)
    assert plot.done == done


def test_without_a_word_it_says_that_nothing_runs(capsys: pytest.CaptureFixture[str]) -> None:
    magics.run("")
    assert capsys.readouterr().out == (
        "zwsnb is not running: %load_ext zwsnb or %zwsnb start starts it.\n"
    )


@pytest.mark.parametrize("line", ["--help", "show --help"])
def test_help_is_printed(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    magics.run(line)
    said = capsys.readouterr().out
    assert said.startswith("usage: %zwsnb")
    # Behind the examples.
    words = " ".join(said.split()).partition('--title "".')[2]
    for option in OPTIONS:
        default = option.by_default.strip('"').replace("False", "no")
        its_own = words.partition(f" {flag_of(option)} ")[2]
        assert its_own.partition("(default: ")[2].startswith(f"{default})"), option.name


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("dance", "dance"),
        ("show a --window wide", "wide"),
        ("show a --window -1", "%zwsnb: window is -1; it is 0 or more, in the units of x"),
        ("show a --y-range 2 1", "low must be below high"),
        ("show 'a", "%zwsnb: No closing quotation"),
        ("show --titel First", "unrecognized arguments: --titel; did you mean --title? %zwsnb --h"),
        ("show p --y-rage=1", "--y-rage=1; did you mean --y-range? %zwsnb --help says more"),
        ("start --proc --foo", "unrecognized arguments: --foo; %zwsnb --help says more"),
        ("show a b", "unrecognized arguments: b; %zwsnb --help says more"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(line: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        magics.run(line)
    assert str(caught.value).startswith("%zwsnb: ")
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(28, "No space left on device", "/run/1.json"),
         "%zwsnb: No space left on device: /run/1.json"),
        (KeyError("plot 'p' has had no points"), "%zwsnb: plot 'p' has had no points"),
        (RuntimeError("zwsnb runs already"), "%zwsnb: zwsnb runs already"),
    ],
)  # fmt: skip
def test_an_error_is_a_whole_sentence(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(api, "start", fail)
    with pytest.raises(UsageError) as caught:
        magics.run("start")
    assert str(caught.value) == sentence


# -- plots that nobody has made --------------------------------------------------------------------


@pytest.mark.parametrize("word", ["show", "clear", "freeze", "save a.png"])
@pytest.mark.parametrize(
    ("published", "made", "there_are"),
    [
        ([], [], "there are none yet"),
        (["b"], ["a", "b"], "the plots are 'b', 'a'"),
        ([f"p{i}" for i in range(12)], [], "and 2 more"),
    ],
)
def test_a_plot_that_nobody_has_made_is_none_and_is_not_made(
    word: str,
    published: list[str],
    made: list[str],
    there_are: str,
    plot: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api, "current", lambda: object() if published else None)
    monkeypatch.setattr(api, "stats", lambda: {"plots": dict.fromkeys(published)})
    monkeypatch.setattr(handles, "made", lambda: made)
    with pytest.raises(UsageError) as caught:
        magics.run(f"{word} nosuch")
    assert str(caught.value).startswith("%zwsnb: there is no plot 'nosuch'; ")
    assert str(caught.value).endswith(there_are)
    assert not plot.done


@pytest.mark.parametrize("name", ["published", "made", "plot"])
def test_a_plot_is_there_by_a_point_or_a_handle_and_the_first_always(
    name: str, plot: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "current", object)
    monkeypatch.setattr(api, "stats", lambda: {"plots": {"published": None}})
    monkeypatch.setattr(handles, "made", lambda: ["made"])
    magics.run(f"clear {name}")
    assert plot.done == [("plot", (name,), {}), ("clear",)]


@pytest.mark.parametrize("line", ["config proxy", "config host=x", "config =x"])
def test_a_setting_that_there_is_not_is_named(line: str) -> None:
    with pytest.raises(UsageError, match=r"there is no setting .*; it is proxy=URL"):
        magics.run(line)


def test_a_relay_that_has_ended_is_told_with_what_helps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(api, "failure", lambda: "the relay has ended: %zwsnb restart")
    magics.run("")
    assert capsys.readouterr().out == "the relay has ended: %zwsnb restart\n"


def test_what_does_not_run_is_not_restarted() -> None:
    with pytest.raises(UsageError, match="zwsnb is not running"):
        magics.run("restart")
