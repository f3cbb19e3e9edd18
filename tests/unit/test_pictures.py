"""The pictures of this process: where they are shown, and who tells them what happens."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO, capture_output

from zwsnb import api, pictures
from zwsnb.display import png

SVG = "<svg><desc>some words</desc></svg>"


@pytest.fixture(autouse=True)
def _a_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    service: Any = SimpleNamespace(version=lambda _: 1, snapshot=lambda _: SVG, is_running=True)
    monkeypatch.setattr(api, "_service", service)
    monkeypatch.setattr(api, "before_stop", [])
    monkeypatch.setattr(pictures, "_kept", [])
    monkeypatch.setattr(png, "render", lambda svgs: ["UE5H"] * len(svgs))
    yield
    for kept in pictures._kept:
        kept.forget()


@pytest.fixture
def captured() -> Iterator[CapturedIO]:
    InteractiveShell.instance()
    with capture_output() as found:
        yield found
    InteractiveShell.clear_instance()


def test_outside_a_notebook_there_is_no_picture(capsys: pytest.CaptureFixture[str]) -> None:
    pictures.show("p")
    pictures.close("p")
    assert not pictures._kept
    pictures.freeze("p")
    assert capsys.readouterr().out == "Plot 'p': some words\n"


def test_in_a_notebook_it_hears_of_the_end_of_a_cell(captured: CapturedIO) -> None:
    pictures.show("p")
    pictures.show("p")
    shell = InteractiveShell.instance()
    assert shell.events.callbacks["post_run_cell"].count(pictures._after_cell) == 1
    pictures._kept[0].after_cell(wait=True)
    first, second, update = captured._outputs
    assert first["transient"] == second["transient"] == update["transient"]
    assert (first["update"], update["update"]) == (False, True)
    assert update["data"]["image/png"] == "UE5H"


def test_when_nothing_is_left_it_hears_no_more(captured: CapturedIO) -> None:
    pictures.show("p")
    for call in api.before_stop:
        call()
    pictures._kept[0].finish(5)
    while not pictures._kept[0].is_idle:
        pass
    pictures._after_cell(None)
    shell = InteractiveShell.instance()
    assert pictures._after_cell not in shell.events.callbacks["post_run_cell"]
    assert captured._outputs[-1]["data"]["image/png"] == "UE5H"


def test_a_plot_that_is_closed_is_seen_once_more(captured: CapturedIO) -> None:
    pictures.show("p")
    pictures.close("p")
    pictures._kept[0].finish(5)
    assert captured._outputs[-1]["data"]["text/plain"].endswith("some words")
