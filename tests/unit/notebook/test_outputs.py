"""What a cell shows of a plot: the live output, and the picture that hears of what happens."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import IPython.display
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import CapturedIO

from zwsnb import api, widgets
from zwsnb.display import ipython, png
from zwsnb.display.embed import BARE, Embedding
from zwsnb.display.front_end import FrontEnd
from zwsnb.display.ways import Ways
from zwsnb.notebook import outputs
from zwsnb.plot.shown import Shown
from zwsnb.server import static_files

SVG = "<svg><desc>some words</desc></svg>"


@pytest.fixture(autouse=True)
def _a_service(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Embedding("p", "http://127.0.0.1:1", "plot=p", "ask", "key")
    service: Any = SimpleNamespace(
        version=lambda _: 1,
        snapshot=lambda _, **__: SVG,
        is_running=True,
        stats=lambda: {"plots": {}},
        embedding=lambda _, **_how: page,
        is_seen=lambda _: True,
    )
    monkeypatch.setattr(api, "_service", service)
    monkeypatch.setattr(png, "render", lambda svgs, _: ["UE5H"] * len(svgs))


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
    live, lower, first, _, _, second, update = captured._outputs
    assert lower["data"] == {"text/plain": ""}
    assert '"picture": true' in live["data"]["application/javascript"]
    assert live["data"]["text/plain"] == "Plot('p')"
    assert first["transient"] == second["transient"] == update["transient"]
    assert (first["update"], update["update"]) == (False, True)
    assert update["data"]["image/png"] == "UE5H"


def test_after_a_stop_the_picture_stays_and_without_the_extension_it_hears_no_more(
    captured: CapturedIO,
) -> None:
    outputs.show("p", 360, "Plot('p')")
    for call in api.before_stop:
        call()
    outputs._kept[0].finish(5)
    assert captured._outputs[-1]["data"]["image/png"] == "UE5H"
    outputs.leave()
    callbacks = InteractiveShell.instance().events.callbacks
    assert outputs._after_cell not in callbacks["post_run_cell"]
    assert outputs._before_cell not in callbacks["pre_run_cell"]
    assert api.publisher.heard is None


def test_a_plot_that_is_closed_is_seen_once_more(captured: CapturedIO) -> None:
    outputs.show("p", 360, "Plot('p')")
    outputs.close("p")
    outputs._kept[0].finish(5)
    assert captured._outputs[-1]["data"]["text/plain"].endswith("some words")


def test_a_live_output_alone_has_no_picture_to_hide() -> None:
    data = outputs.script("p", 123, "Plot('p')")
    assert '"picture": false' in data["application/javascript"]
    assert '"height": 123, "begin": 123' in data["application/javascript"]


def test_one_of_bars_alone_begins_as_high_as_these(
    captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    del captured
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    bare = {"points": 0, "progress": ["1 of 2"], "controls": []}
    service: Any = api._service
    service.stats = lambda: {"plots": {"p": bare}}
    shown = outputs.script("p", 360, "Plot('p')")["application/javascript"]
    assert f'"height": 360, "begin": {BARE}' in shown
    widget: Any = outputs._Notebook().widget("p", 360)[0]
    assert (widget.height, widget.begin) == (360, BARE)
    widgets.forget("p")


def test_what_looks_after_a_plot_nobody_sees_knows_the_notebook(
    captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    notebook = outputs._Notebook()
    assert notebook.is_seen("p") is True
    widget, output = notebook.widget("p", 240)
    assert not widget.has_views
    assert output.data["application/vnd.jupyter.widget-view+json"]["version_major"] == 2
    outputs.show("p", 360, "Plot('p')")
    notebook.update_picture()
    outputs._kept[0].finish(5)
    assert captured._outputs[-1]["data"]["image/png"] == "UE5H"
    monkeypatch.setattr(api, "_service", None)
    assert notebook.is_seen("p") is None
    widgets.forget("p")


def test_the_form_of_a_plot_is_its_front_ends(
    captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    del captured
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    shown: dict[str, Any] = {}
    for front_end in ("script", "widget", "frame", "voila"):
        monkeypatch.setattr(ipython, "front_end", lambda its=front_end: its)
        shown[front_end] = outputs.bundle("p", 240, "Plot('p')")
    assert "application/javascript" in shown["script"].data
    assert shown["widget"].data["text/plain"] == "Plot('p')"
    assert "application/vnd.jupyter.widget-view+json" in shown["widget"].data
    assert shown["frame"] is None
    assert '"voila": true' in shown["voila"].data["application/javascript"]
    widgets.forget("p")


@pytest.mark.parametrize(
    ("proxy", "is_frame"),
    [("https://code.test/proxy/{port}/", False), ("https://{port}.code.test/", True)],
)
def test_a_plain_frame_asks_nobody_so_it_shows_what_is_kept_apart_only(
    proxy: str, is_frame: bool, captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever has the port later would be a page of the notebook's own server."""
    page = Embedding("p", "http://127.0.0.1:1", "plot=p", "ask", "answer", Ways(proxy))
    service: Any = api._service
    service.embedding = lambda _, **_how: page
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    monkeypatch.setattr(ipython, "front_end", lambda: "frame")
    outputs.show_first("p")
    outputs.show_small("p", 96, ("small", "", ""))
    for data in [each["data"] for each in captured._outputs]:
        assert ("text/html" in data) is is_frame
        assert ("application/vnd.jupyter.widget-view+json" in data) is not is_frame
    assert len(captured._outputs) == 2
    assert (outputs.bundle("p", 240, "Plot('p')") is None) is is_frame
    widgets.forget("p")


def test_in_voila_whose_outputs_do_not_change_later_the_widget_is_there_at_once(
    captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    monkeypatch.setattr(ipython, "front_end", lambda: "voila")
    monkeypatch.setattr(ipython, "is_unattended", lambda: True)
    outputs.show("p", 240, "Plot('p')")
    outputs._kept[0].finish(5)
    live, widget = (each["data"] for each in captured._outputs[:2])
    assert '"widget": true, "voila": true' in live["application/javascript"]
    assert "application/vnd.jupyter.widget-view+json" in widget
    assert not outputs._lower, "nobody looks whether it is seen"
    widgets.forget("p")


def test_a_plot_that_a_page_has_lost_comes_back_below_the_next_cell(
    captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewers: list[str] = []
    pages, versions = ["first"], itertools.count(1)
    service: Any = api._service
    service.version = lambda _: next(versions)
    service.stats = lambda: {"plots": {"p": {"viewers": viewers, "points": 1}}}
    monkeypatch.setattr(png, "render", lambda svgs, _: [None] * len(svgs))
    monkeypatch.setattr(ipython, "page", lambda: pages[-1])
    shell: Any = InteractiveShell.instance()
    outputs.show("p", 123, "Plot('p')")
    pages.append("second")
    shell.run_cell("1")  # behind the user's back
    assert live_outputs(captured) == 1
    shell.run_cell("1", store_history=True)
    assert live_outputs(captured) == 2
    assert '"height": 123' in captured._outputs[-3]["data"]["application/javascript"]
    pages.append("third")
    viewers.append("one who looks")
    shell.run_cell("1", store_history=True)
    assert live_outputs(captured) == 2


@pytest.mark.parametrize("front_end", ["script", "frame"])
def test_a_plot_that_nothing_shows_is_shown_below_the_cell_that_publishes_to_it(
    front_end: str, captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = itertools.count(1)
    service: Any = api._service
    service.version = lambda _: next(versions)
    service.stats = lambda: {"plots": {}}
    monkeypatch.setattr(ipython, "front_end", lambda: front_end)
    shell: Any = InteractiveShell.instance()
    outputs.attend()
    outputs.made("new", 123)
    shell.user_ns.update(publish=lambda: outputs._heard("new"), show=lambda: show("new"))

    def show(plot: str) -> object:
        if front_end == "frame":
            return outputs.bundle(plot, 123, "")
        outputs.show(plot, 123, "")
        return None

    def heights() -> list[str]:
        kind, height = HEIGHTS[front_end]
        return [each["data"][kind] for each in captured._outputs if height in str(each["data"])]

    shell.run_cell("publish()", store_history=True)
    assert len(heights()) == 1
    shell.run_cell("publish()\nshow()", store_history=True)
    assert len(heights()) == 1 + (front_end == "script"), "by its last line only"


@pytest.mark.parametrize("front_end", ["script", "frame", "widget"])
@pytest.mark.parametrize(
    "cell", ["p.show()\np", "p.show()\np.show()", "display(p)\np", "display(p, p)"]
)
def test_a_plot_stands_below_a_cell_once(
    front_end: FrontEnd, cell: str, captured: CapturedIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever ways it is shown, and with no word of text for the other."""
    monkeypatch.setattr(ipython, "front_end", lambda: front_end)
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    shell: Any = InteractiveShell.instance()
    shell.user_ns.update(p=Handle(), display=IPython.display.display)
    # As a kernel's does, the hook of this one publishes.
    monkeypatch.setattr(shell.displayhook, "write_output_prompt", lambda: None)
    monkeypatch.setattr(shell.displayhook, "write_format_data", shell.display_pub.publish)
    for count in (1, 2):
        shell.run_cell(cell, store_history=True)
        shown = [each["data"] for each in captured._outputs]
        assert len([data for data in shown if set(data) & LIVE]) == count
        assert {"text/plain": "Plot('p')"} not in shown
    assert captured.stdout == ""
    widgets.forget("p")


def test_what_is_cleared_is_shown_again(captured: CapturedIO) -> None:
    shell: Any = InteractiveShell.instance()
    hooks: list[Any] = []
    shell.display_pub.register_hook = hooks.append
    clear = {"header": {"msg_type": "clear_output"}}
    shell.user_ns.update(p=Handle(), clear_output=lambda: hooks[0](clear))
    shell.run_cell("p.show()\nclear_output() and None\np.show()\np.show()", store_history=True)
    assert live_outputs(captured) == 2
    assert hooks[0](display := {"header": {"msg_type": "display_data"}}) is display


def test_a_handle_that_says_no_height_leaves_that_of_another() -> None:
    for height in (360, 600, 360):
        outputs.made("p", height)
    outputs.made("q", 360)
    assert outputs._heights == {"p": 600, "q": 360}


LIVE = {"application/javascript", "text/html", "application/vnd.jupyter.widget-view+json"}


class Handle(Shown):
    """Of a plot that is there already."""

    name, height = "p", 123

    def __init__(self) -> None:
        self._options: dict[str, Any] = {}


HEIGHTS = {
    "script": ("application/javascript", '"height": 123'),
    "frame": ("text/html", 'height="123"'),
}


def live_outputs(captured: CapturedIO) -> int:
    return sum("application/javascript" in each["data"] for each in captured._outputs)
