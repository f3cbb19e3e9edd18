"""What a cell shows of a plot: the live output, and the picture that hears of what happens."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO, capture_output

from zwsnb import api, outputs
from zwsnb.display import png
from zwsnb.display.embed import Embedding

SVG = "<svg><desc>some words</desc></svg>"


@pytest.fixture(autouse=True)
def _a_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    page = Embedding("p", "http://127.0.0.1:1", "plot=p", "ask", "answer")
    service: Any = SimpleNamespace(
        version=lambda _: 1, snapshot=lambda _: SVG, is_running=True, embedding=lambda _: page
    )
    monkeypatch.setattr(api, "_service", service)
    monkeypatch.setattr(api, "before_stop", [])
    monkeypatch.setattr(outputs, "_kept", [])
    monkeypatch.setattr(png, "render", lambda svgs, _: ["UE5H"] * len(svgs))
    yield
    for kept in outputs._kept:
        kept.forget()


@pytest.fixture
def captured() -> Iterator[CapturedIO]:
    InteractiveShell.instance()
    with capture_output() as found:
        yield found
    InteractiveShell.clear_instance()


def test_outside_a_notebook_there_is_no_picture(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotImplementedError):
        outputs.show("p", 360, "Plot('p')")
    outputs.close("p")
    assert not outputs._kept
    outputs.freeze("p")
    assert capsys.readouterr().out == "Plot 'p': some words\n"


def test_in_a_notebook_it_hears_of_the_end_of_a_cell(captured: CapturedIO) -> None:
    outputs.show("p", 360, "Plot('p')")
    outputs.show("p", 360, "Plot('p')")
    shell = InteractiveShell.instance()
    assert shell.events.callbacks["post_run_cell"].count(outputs._after_cell) == 1
    outputs._kept[0].after_cell(wait=True)
    live, first, _, second, update = captured._outputs
    assert '"picture": true' in live["data"]["application/javascript"]
    assert live["data"]["text/plain"] == "Plot('p')"
    assert first["transient"] == second["transient"] == update["transient"]
    assert (first["update"], update["update"]) == (False, True)
    assert update["data"]["image/png"] == "UE5H"


def test_when_nothing_is_left_it_hears_no_more(captured: CapturedIO) -> None:
    outputs.show("p", 360, "Plot('p')")
    for call in api.before_stop:
        call()
    outputs._kept[0].finish(5)
    while not outputs._kept[0].is_idle:
        pass
    outputs._after_cell(None)
    shell = InteractiveShell.instance()
    assert outputs._after_cell not in shell.events.callbacks["post_run_cell"]
    assert captured._outputs[-1]["data"]["image/png"] == "UE5H"


def test_a_plot_that_is_closed_is_seen_once_more(captured: CapturedIO) -> None:
    outputs.show("p", 360, "Plot('p')")
    outputs.close("p")
    outputs._kept[0].finish(5)
    assert captured._outputs[-1]["data"]["text/plain"].endswith("some words")


def test_a_live_output_alone_has_no_picture_to_hide() -> None:
    data = outputs.script("p", 123, "Plot('p')")
    assert '"picture": false' in data["application/javascript"]
    assert '"height": 123' in data["application/javascript"]
