"""What reaches IPython's display system."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.utils.capture import CapturedIO, capture_output

from zwsnb.display import place
from zwsnb.display.ipython import (
    CellWatch,
    after_cells,
    before_cells,
    front_end,
    has_number,
    is_captured,
    is_notebook,
    is_terminal,
    is_unattended,
    no_more_after_cells,
    no_more_before_cells,
    page,
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


def test_what_a_cell_shows_may_be_captured(captured: CapturedIO) -> None:
    assert is_captured()
    del captured


def test_outside_of_a_cell_that_captures_nothing_is() -> None:
    assert not is_captured()
    InteractiveShell.instance()
    assert not is_captured()
    InteractiveShell.clear_instance()


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


@pytest.mark.parametrize(
    ("hear", "hear_no_more"),
    [(before_cells, no_more_before_cells), (after_cells, no_more_after_cells)],
)
def test_a_function_is_called_once_for_each_cell_until_it_is_taken_back(
    hear: Callable[..., None], hear_no_more: Callable[..., None]
) -> None:
    called: list[object] = []
    call = called.append
    hear(call)  # nothing runs: nobody hears
    hear_no_more(call)
    shell = InteractiveShell.instance()
    hear(call)
    hear(call)
    shell.run_cell("1")  # type: ignore[no-untyped-call]
    assert len(called) == 1
    hear_no_more(call)
    hear_no_more(call)
    shell.run_cell("1")  # type: ignore[no-untyped-call]
    assert len(called) == 1
    InteractiveShell.clear_instance()


def test_a_cell_of_the_user_has_a_number() -> None:
    cells: list[object] = []
    shell: Any = InteractiveShell.instance()
    before_cells(cells.append)
    shell.run_cell("1")
    shell.run_cell("1", store_history=True)
    assert list(map(has_number, cells)) == [False, True]
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("request_", "expected"),
    [({"header": {"session": "s"}}, "s"), ({"header": {}}, ""), ({}, ""), (None, "")],
)
def test_a_page_is_told_by_its_session(
    request_: object, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page() == ""  # no IPython runs
    InteractiveShell.instance()
    assert page() == ""
    monkeypatch.setattr(InteractiveShell, "get_parent", lambda _: request_, raising=False)
    assert page() == expected
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


def test_how_plots_are_shown_is_known_in_a_notebook_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert front_end() is None  # marimo, or no notebook at all
    formatter = InteractiveShell.instance().display_formatter
    assert formatter is not None
    try:
        formatter.active_types = ["text/plain"]
        assert front_end() is None
        formatter.active_types = ["text/plain", "text/html"]
        assert front_end() == "script"
        for name in ("SSH_CONNECTION", "CODESPACES"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(place, "cell", lambda: "vscode-notebook-cell:/a.ipynb#W0sZ")
        assert front_end() == "frame"
        monkeypatch.setenv("COLAB_RELEASE_TAG", "release-colab_20261101")
        assert front_end() == "widget"
    finally:
        InteractiveShell.clear_instance()


def test_whether_a_cell_runs_is_known() -> None:
    assert CellWatch().hears_since() == math.inf, "nothing tells"
    shell = InteractiveShell.instance()
    try:
        assert CellWatch().hears_since() < math.inf, "a thread has made it, and no cell runs"
        shell.displayhook.exec_result = ExecutionResult(None)  # type: ignore[no-untyped-call]
        watch = CellWatch()
        assert watch.hears_since() == math.inf, "the one that has made it"
        shell.events.trigger("post_run_cell", None)
        assert time.monotonic() - watch.hears_since() < 60
        shell.events.trigger("pre_run_cell", None)
        assert watch.hears_since() == math.inf
    finally:
        InteractiveShell.clear_instance()
