"""What reaches IPython's display system."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO, capture_output

from zwsnb.display import place
from zwsnb.display.ipython import is_terminal, runs_javascript, show, show_picture


class Shown:
    """An object with a form for notebooks."""

    def _repr_html_(self) -> str:
        return "<b>shown</b>"

    def __repr__(self) -> str:
        return "shown"


@pytest.fixture
def captured() -> Iterator[CapturedIO]:
    InteractiveShell.instance()
    with capture_output() as found:
        yield found
    InteractiveShell.clear_instance()


def test_an_object_is_shown_in_every_form_it_has(captured: CapturedIO) -> None:
    show(Shown())
    (output,) = captured.outputs
    assert output.data == {"text/html": "<b>shown</b>", "text/plain": "shown"}


def test_a_picture_is_shown_with_its_text(captured: CapturedIO) -> None:
    show_picture("<svg/>", "a picture")
    (output,) = captured.outputs
    assert output.data == {"image/svg+xml": "<svg/>", "text/plain": "a picture"}


def test_a_terminal_shows_text_only() -> None:
    assert not is_terminal()  # no IPython runs
    formatter = InteractiveShell.instance().display_formatter
    assert formatter is not None
    for active, expected in ((["text/plain"], True), (["text/plain", "text/html"], False)):
        formatter.active_types = active
        assert is_terminal() is expected
    InteractiveShell.clear_instance()


def test_a_front_end_of_jupyters_own_runs_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not runs_javascript()  # marimo, or no notebook at all
    shell = InteractiveShell.instance()
    formatter = shell.display_formatter
    assert formatter is not None
    try:
        formatter.active_types = ["text/plain"]
        assert not runs_javascript()
        formatter.active_types = ["text/plain", "text/html"]
        assert runs_javascript()
        monkeypatch.setattr(place, "cell", lambda: "vscode-notebook-cell:/a.ipynb#W0sZ")
        assert not runs_javascript()
        monkeypatch.undo()
        shell.user_ns["__vsc_ipynb_file__"] = "a.ipynb"
        assert not runs_javascript()
    finally:
        InteractiveShell.clear_instance()
