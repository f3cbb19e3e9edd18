"""Where a call stands, and whether what it returns is used at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType, SimpleNamespace
from typing import Any

import pytest

from zwsnb.display.place import Place, is_used_at_once, place_of


class Thing:
    """Says how the call that has made it stands."""

    def __init__(self, *_: object, **__: object) -> None:
        frame: FrameType = sys._getframe(1)
        self.place = place_of(frame)
        self.at_once = is_used_at_once(frame)
        USES.append(self.at_once)

    def method(self) -> Thing:
        return self


USES: list[bool] = []


def test_two_calls_of_one_function_have_one_place() -> None:
    def inner() -> Place | None:
        return Thing().place

    first = Thing()
    second = Thing()
    assert first.place == second.place == Place("", __name__, first.place.function)  # type: ignore[union-attr]
    assert inner() != first.place


def test_what_zwsnb_calls_itself_has_no_place() -> None:
    scope: dict[str, Any] = {"__name__": "zwsnb.commands.magics", "Thing": Thing}
    exec("thing = Thing()", scope)  # noqa: S102 - as a cell runs
    assert scope["thing"].place is None


@pytest.mark.parametrize(
    ("code", "at_once"),
    [
        ("Thing()", False),
        ("p = Thing()", False),
        ("p = Thing('p', a=1)", False),
        ("[Thing()]", False),
        ("str(Thing())", False),
        ("Thing().method()", True),
        ("Thing('p', a=1).method().method()", True),
        ("Thing(*[], **{}).place", True),
        ("p = Thing(); p.method()", False),
        ("for _ in [Thing().method()]: pass", True),
    ],
)
def test_an_attribute_behind_the_call_is_a_use_at_once(code: str, at_once: bool) -> None:
    exec(code, {"Thing": Thing})  # noqa: S102 - as a cell runs
    assert USES[-1] == at_once


def shell_of(get_parent: Callable[[], object] | None) -> SimpleNamespace:
    shell = SimpleNamespace() if get_parent is None else SimpleNamespace(get_parent=get_parent)
    return SimpleNamespace(get_ipython=lambda: shell)


@pytest.mark.parametrize(
    ("get_parent", "cell"),
    [
        (lambda: {"metadata": {"cellId": "5f3e"}}, "5f3e"),
        (lambda: {"metadata": {}}, ""),
        (lambda: {"metadata": {"cellId": None}}, ""),
        (dict, ""),
        (lambda: None, ""),
        (None, ""),
    ],
)
def test_the_notebook_tells_which_cell_it_is(
    get_parent: Callable[[], object] | None, cell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", shell_of(get_parent))
    found = Thing().place
    assert found is not None
    assert found.cell == cell


def test_no_cell_is_told_while_another_thread_imports_ipython(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace())
    found = Thing().place
    assert found is not None
    assert found.cell == ""
