"""What reaches IPython's display system."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO, capture_output

from zwsnb.display import place
from zwsnb.display.ipython import (
    after_cells,
    is_notebook,
    is_terminal,
    is_unattended,
    no_more_after_cells,
    runs_javascript,
    show,
    show_output,
)
from zwsnb.display.picture import Output


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


def test_an_output_is_shown_and_updated_by_its_name(captured: CapturedIO) -> None:
    first = Output({"image/png": "UE5H", "text/plain": "first"}, {"image/png": {"width": 8}})
    show_output(first, "a name")
    show_output(Output({"text/plain": "second"}, {}), "a name", update=True)
    show_output(Output({"text/plain": "third"}, {}))
    shown, updated, other = captured._outputs
    assert (shown["data"], shown["metadata"]) == first
    assert (shown["update"], updated["update"]) == (False, True)
    assert shown["transient"] == updated["transient"] == {"display_id": "a name"}
    assert not other["transient"]


def test_a_function_is_called_once_after_each_cell_until_it_is_taken_back() -> None:
    called: list[object] = []
    call = called.append
    after_cells(call)  # nothing runs: nobody hears
    no_more_after_cells(call)
    shell = InteractiveShell.instance()
    after_cells(call)
    after_cells(call)
    shell.run_cell("1")  # type: ignore[no-untyped-call]
    assert len(called) == 1
    no_more_after_cells(call)
    no_more_after_cells(call)
    shell.run_cell("1")  # type: ignore[no-untyped-call]
    assert len(called) == 1
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({"content": {"allow_stdin": False}}, True),
        ({"content": {"allow_stdin": True}}, False),
        ({"content": {}}, False),
        ({}, False),
        (None, False),
    ],
)
def test_a_program_that_takes_no_input_is_nobody(
    request_: object, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_unattended()  # no IPython runs
    InteractiveShell.instance()
    assert not is_unattended()
    monkeypatch.setattr(InteractiveShell, "get_parent", lambda _: request_, raising=False)
    assert is_unattended() is expected
    InteractiveShell.clear_instance()


def test_a_terminal_shows_text_only() -> None:
    assert not is_terminal()  # no IPython runs
    assert not is_notebook()
    formatter = InteractiveShell.instance().display_formatter
    assert formatter is not None
    for active, expected in ((["text/plain"], True), (["text/plain", "text/html"], False)):
        formatter.active_types = active
        assert is_terminal() is expected
        assert is_notebook() is not expected
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
