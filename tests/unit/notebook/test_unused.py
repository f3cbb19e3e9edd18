"""A plot that has no points is shown in a small frame, which grows, or goes and leaves nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO

from zwsnb import api
from zwsnb.display import ipython
from zwsnb.display.embed import Embedding
from zwsnb.notebook import outputs, unused

EMPTY = {"text/plain": ""}


@pytest.fixture(autouse=True)
def service(monkeypatch: pytest.MonkeyPatch) -> Any:
    found: Any
    page = Embedding("p", "http://127.0.0.1:1", "plot=p", "ask", "key")
    found = SimpleNamespace(
        points=0,
        version=lambda _: found.points,
        snapshot=lambda _: "<svg/>",
        stats=lambda: {"plots": {}},
        embedding=lambda _, **_how: page,
        is_seen=lambda _: True,
        is_running=True,
    )
    monkeypatch.setattr(api, "_service", found)
    monkeypatch.setattr(api.publisher, "flush", lambda *_: True)
    return found


SMALL = '"height": 96'


def shown(captured: CapturedIO) -> list[dict[str, Any]]:
    """Return what stands below the cell now, updates done."""
    found: dict[str, dict[str, Any]] = {}
    for output in captured._outputs:
        found[(output["transient"] or {}).get("display_id", str(len(found)))] = output["data"]
    return list(found.values())


def script(output: dict[str, Any]) -> str:
    text: str = output["application/javascript"]
    return text


def test_outside_a_notebook_and_with_points_nothing_is_done(
    captured: CapturedIO, service: Any
) -> None:
    service.points = 3
    assert not unused.show("p")
    service.points = 0
    outputs.attend().is_on = False
    assert not unused.show("p")
    InteractiveShell.clear_instance()
    assert not unused.show("p")
    assert captured._outputs == []


def test_it_is_small_grows_where_it_stands_and_has_a_picture_then(captured: CapturedIO) -> None:
    assert unused.show("p")
    live, *others = shown(captured)
    assert '"height": 96' in script(live)
    assert others == [EMPTY, EMPTY]
    outputs.attend()._small.pop("p").frame.grow()
    live, lower, picture = shown(captured)
    assert '"height": 360' in script(live)
    assert lower == EMPTY
    assert "no picture yet" in picture["text/plain"]


def test_where_the_plot_is_shown_it_leaves_nothing(captured: CapturedIO) -> None:
    assert unused.show("p")
    outputs.show("p", 200, "Plot('p')")
    *small, live, _, _ = shown(captured)
    assert small == [EMPTY, EMPTY, EMPTY]
    assert '"height": 200' in script(live)


def test_where_the_plot_stands_already_there_is_no_small_one(captured: CapturedIO) -> None:
    shell: Any = InteractiveShell.instance()
    shell.user_ns.update(show=lambda: outputs.show("p", 200, ""), small=lambda: unused.show("p"))
    shell.run_cell("show()\nassert small()", store_history=True).raise_error()
    assert sum(SMALL in str(each) for each in shown(captured)) == 0
    shell.run_cell("assert small()", store_history=True).raise_error()
    assert sum(SMALL in str(each) for each in shown(captured)) == 1


def test_where_no_scripts_run_it_is_one_output(
    captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ipython, "front_end", lambda: None)
    assert unused.show("p")
    assert 'height="96"' in shown(captured)[0]["text/html"]
    outputs.attend()._small.pop("p").frame.grow()
    assert 'height="360"' in shown(captured)[0]["text/html"]
    assert shown(captured)[1:] == [EMPTY, EMPTY]
