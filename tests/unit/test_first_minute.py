"""What a user of IPython meets first: Tab, `?`, and the traceback of a mistake, in a real shell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

import zwsnb
from zwsnb.protocol.options import OPTIONS
from zwsnb.service.service_options import SERVICE_OPTIONS

COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
PLOT: Final = {option.name for option in OPTIONS}
SERVICE: Final = {option.name for option in SERVICE_OPTIONS}


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InteractiveShell]:
    """A shell of its own, without a history, in which everything public has been imported."""
    folder: Path = tmp_path_factory.mktemp("ipython")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", os.fspath(folder))
        zwsnb.stop()  # else the first publish would start a service
        made = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
        # A plot without a service: nothing of this needs a socket.
        plot = zwsnb.Plot.__new__(zwsnb.Plot)
        plot.name = "plot"
        plot.publish = zwsnb.publish
        public = {"zwsnb": zwsnb, "plot": plot, "Plot": zwsnb.Plot, "publish": zwsnb.publish}
        made.push(public)  # type: ignore[no-untyped-call]  # IPython's carry no annotations
        yield made
        InteractiveShell.clear_instance()


# -- Tab -------------------------------------------------------------------------------------------


def offered(shell: InteractiveShell, code: str, *, use_jedi: bool) -> set[str]:
    """Return what Tab offers behind `code`."""
    shell.Completer.use_jedi = use_jedi
    with provisionalcompleter():
        return {found.text for found in shell.Completer.completions(code, len(code))}


@pytest.mark.parametrize("use_jedi", [True, False])
@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("Plot(", {"name", "height"} | PLOT),
        ("zwsnb.Plot('p', ", {"height"} | PLOT),
        ("plot.style(", PLOT),
        ("zwsnb.start(", {"process", "on_full"} | SERVICE),
        ("publish(", {"x", "y", "series", "plot"}),
    ],
)
def test_tab_offers_every_keyword(
    code: str, names: set[str], shell: InteractiveShell, *, use_jedi: bool
) -> None:
    assert {f"{name}=" for name in names} <= offered(shell, code, use_jedi=use_jedi)


@pytest.mark.parametrize("use_jedi", [True, False])
def test_tab_offers_the_public_names_only(shell: InteractiveShell, *, use_jedi: bool) -> None:
    names = {name.lstrip(".") for name in offered(shell, "zwsnb.", use_jedi=use_jedi)}
    assert names == {name for name in zwsnb.__all__ if not name.startswith("_")}


# -- ? ---------------------------------------------------------------------------------------------


def explained(shell: InteractiveShell, name: str) -> str:
    """Return what `name?` shows."""
    shown = shell.object_inspect_mime(name)  # type: ignore[no-untyped-call]
    return COLOUR.sub("", shown["text/plain"])


@pytest.mark.parametrize("name", ["Plot", "plot.style", "zwsnb.start"])
def test_a_question_mark_lists_the_options_with_their_defaults(
    name: str, shell: InteractiveShell
) -> None:
    text = explained(shell, name)
    for option in SERVICE if name == "zwsnb.start" else PLOT:
        assert re.search(rf"^    {option}: '[^\n]+' = [^\n]+,$", text, re.MULTILINE), option


@pytest.mark.parametrize("name", ["publish", "plot.publish", "zwsnb.publish", "Plot", "plot.style"])
def test_a_question_mark_shows_no_address_of_an_object(name: str, shell: InteractiveShell) -> None:
    assert " object at 0x" not in explained(shell, name)


# -- tracebacks ------------------------------------------------------------------------------------


def traceback_of(shell: InteractiveShell, code: str) -> str:
    """Return what a cell prints that fails."""
    with capture_output() as printed:
        result = shell.run_cell(code)  # type: ignore[no-untyped-call]
    assert not result.success
    return COLOUR.sub("", printed.stdout)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ('publish("a", 1)', "TypeError: x is a text ('a'); publish takes numbers, times"),
        ('zwsnb.publish(1, 2, series="")', "ValueError: series is empty; a name has 1 to 256"),
        ("publish([1, 2], y=[1])", "ValueError: x has 2 values, y has 1"),
        ("publish(1)", "TypeError: publish needs y: publish(x, y), "),
        ("publish(1, 2)", "RuntimeError: zwsnb is not running: %load_ext zwsnb or zwsnb.start()"),
        ("Plot(window=-1)", "ValueError: window is -1; it is 0 or more, in the units of x"),
        ("Plot(windwo=1)", "TypeError: there is no option 'windwo'; did you mean window? The"),
        (
            'plot.style(stile="x")',
            "TypeError: there is no option 'stile'; did you mean title or style or tiles?",
        ),
        ('plot.style("dashed")', "ValueError: style is 'dashed'; it is one of line, points"),
        ("plot.mark([], 'text')", "TypeError: x is a list ([]); publish takes numbers, times"),
        (
            "zwsnb.start(prot=1)",
            "TypeError: there is no option 'prot'; did you mean port? The options",
        ),
        ('zwsnb.start(on_full="wait")', 'ValueError: on_full is \'wait\'; it is "drop" or "block"'),
        ("zwsnb.stats()", "RuntimeError: zwsnb is not running: %load_ext zwsnb or zwsnb.start()"),
        ("zwsnb.connect('none.json')", "RuntimeError: none.json is not the connection file"),
    ],
)
@pytest.mark.parametrize("mode", ["Context", "Verbose", "Plain"])
def test_a_mistake_shows_the_line_of_the_user_and_one_frame_of_zwsnb(
    code: str, sentence: str, mode: str, shell: InteractiveShell
) -> None:
    shell.InteractiveTB.set_mode(mode)
    text = traceback_of(shell, code)
    assert sentence in text
    assert code in text
    assert len(re.findall(r"^ *(?:File|Cell) ", text, re.MULTILINE)) == 2, text
    assert "During handling" not in text


def test_a_fault_of_ours_keeps_its_frames(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("zwsnb.plot.plot.check_options", faulty)
    shell.InteractiveTB.set_mode("Context")
    text = traceback_of(shell, "Plot(window=1)")
    assert "ZeroDivisionError" in text
    assert len(re.findall(r"^ *(?:File|Cell) ", text, re.MULTILINE)) == 4, text
