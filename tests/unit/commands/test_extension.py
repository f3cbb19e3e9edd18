"""The extension of IPython: `%zwsnb` is there, and its words are not imported before it is used."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.oinspect import getdoc

from zwsnb import api
from zwsnb.commands import extension
from zwsnb.lives import untold
from zwsnb.notebook import outputs


@pytest.fixture(autouse=True)
def _nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_service", None)


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    yield InteractiveShell.instance()
    outputs.leave()
    InteractiveShell.clear_instance()


def test_the_magic_is_in_place_and_runs_its_words(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    extension.offer(shell)
    shell.run_line_magic("zwsnb", "")
    assert capsys.readouterr().out.startswith("zwsnb is not running: ")


def test_a_question_mark_says_what_help_says(capsys: pytest.CaptureFixture[str]) -> None:
    extension.magic("--help")
    assert getdoc(extension.magic) == capsys.readouterr().out.rstrip()


def test_its_words_are_imported_with_the_first_of_them(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "zwsnb.commands.magics", raising=False)
    extension.offer(shell)
    assert "zwsnb.commands.magics" not in sys.modules


@pytest.mark.parametrize("was_enabled", [True, False])
def test_nothing_is_collected_while_it_loads_and_afterwards_as_before(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, was_enabled: bool
) -> None:
    at_the_start = []

    def start() -> None:
        at_the_start.append(gc.isenabled())
        raise OSError("no port is free")

    monkeypatch.setattr(api, "start", start)
    (gc.enable if was_enabled else gc.disable)()
    try:
        with pytest.raises(OSError, match="no port"):
            extension.load(shell)
        assert (at_the_start, gc.isenabled()) == ([False], was_enabled)
    finally:
        gc.enable()


def test_what_has_happened_to_the_service_is_said_in_the_next_cell_once(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    extension.offer(shell)
    extension.offer(shell)
    untold.taken()
    untold.note("the relay has ended")
    for _ in range(2):
        shell.run_cell("print('cell')")  # type: ignore[no-untyped-call]
    said = capsys.readouterr()
    assert said.err == "the relay has ended\n"
    assert said.out == "cell\ncell\n"
