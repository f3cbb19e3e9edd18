"""One widget and one set of options for each plot of a process."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace

import pytest
import traitlets

from zwsnb import api, widgets
from zwsnb.protocol.batch import SetOptions
from zwsnb.server import static_files
from zwsnb.widget.controls import Controls
from zwsnb.widget.plot_widget import PlotWidget

NAME = "of test_widgets"


Commands = list[SetOptions]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Iterator[Commands]:
    """What the plot is told."""
    sent: Commands = []
    monkeypatch.setattr(static_files, "widget_script", lambda: "export default {}")
    monkeypatch.setattr(api.publisher, "send_command", sent.append)
    yield sent
    widgets.forget(NAME)


def controls_of_it(clear: Callable[[], None] = print) -> Controls:
    return widgets.controls(NAME, clear)


def test_a_plot_has_one_widget_until_it_is_closed(commands: Commands) -> None:
    one = widgets.widget(NAME, 240)
    assert widgets.widget(NAME, 300) is one
    assert (one.height, one.begin) == (300, 300)
    widgets.widget(NAME, 300, 40)
    assert (one.height, one.begin) == (300, 40)
    assert one.most == 300
    widgets.widget(NAME, 360)
    assert one.most == 900, "nobody has said another height"
    one.close()
    assert widgets.widget(NAME, 240) is not one
    assert commands == []


def test_each_session_of_marimo_has_a_widget_of_its_own_as_long_as_it_runs(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "marimo", ModuleType("marimo"))
    one = widgets.widget(NAME, 240)
    assert widgets.widget(NAME, 240) is one
    theirs: list[PlotWidget] = []
    session = threading.Thread(target=lambda: theirs.append(widgets.widget(NAME, 240)))
    session.start()
    session.join()
    assert theirs[0] is not one
    one.set_trait("window", 10)
    assert theirs[0].window == 10, "they show one plot"
    assert widgets.widget(NAME, 240) is one
    assert (one.comm is None, theirs[0].comm is None) == (False, True), "it has ended"


@pytest.mark.parametrize("mode", ["run", "edit"])
def test_views_in_an_application_of_marimo_only_look(
    mode: str, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached: list[bool] = []
    service = SimpleNamespace(attach=lambda *_, **how: attached.append(how["edits"]))
    marimo = SimpleNamespace(app_meta=lambda: SimpleNamespace(mode=mode))
    with monkeypatch.context() as session:
        session.setitem(sys.modules, "marimo", marimo)
        widget = widgets.widget(NAME, 240)
    # Whatever thread hears it: that of the session is the one that has made it.
    monkeypatch.setattr(api, "service", lambda: service)
    widget._its_views.on_message({"view": "a", "open": 2})
    assert attached == [mode == "edit"]
    assert commands == []


def test_widget_controls_and_handle_are_bound_both_ways(commands: Commands) -> None:
    widgets.changed(NAME, {"window": 5.0})
    widget, window = widgets.widget(NAME, 240), controls_of_it().children[0]
    assert (widget.window, window.value, commands) == (5.0, 5.0, [])
    widget.set_trait("window", 10)
    assert (window.value, commands) == (10.0, [SetOptions(NAME, {"window": 10.0})])
    window.value = 20.0
    assert (widget.window, commands[1:]) == (20.0, [SetOptions(NAME, {"window": 20.0})])
    widgets.changed(NAME, {"window": 30.0})
    assert (widget.window, window.value, len(commands)) == (30.0, 30.0, 2)
    widgets.changed(NAME, {"title": "T"}, is_whole=True)
    assert (widget.window, window.value, widget.title) == (None, 0.0, "T")
    widgets.changed(NAME, {"title": ""})
    assert widget.title is None


def test_a_trait_that_is_none_takes_its_option_back(commands: Commands) -> None:
    widgets.changed(NAME, {"window": 5.0, "title": "T"})
    widget = widgets.widget(NAME, 240)
    widget.window = None
    widget.title = None
    assert commands == [SetOptions(NAME, {"window": 0.0}), SetOptions(NAME, {"title": ""})]
    assert (widget.window, widget.title) == (None, None)


def test_a_plot_that_is_closed_closes_its_widget(commands: Commands) -> None:
    widget = widgets.widget(NAME, 240)
    widgets.forget(NAME)
    assert (widget.comm, commands) == (None, [])


def test_what_is_linked_to_an_option_is_no_obstacle_to_its_end(commands: Commands) -> None:
    class Slider(traitlets.HasTraits):
        value = traitlets.Float(3.0)

    slider, widget = Slider(), widgets.widget(NAME, 240)
    linked = traitlets.link((slider, "value"), (widget, "window"))
    widgets.changed(NAME, {"title": "T"})
    widgets._forget_options()
    assert (widget.window, widget.title, slider.value) == (None, None, 3.0)
    widgets.forget(NAME)
    assert widget.comm is None
    assert commands == [SetOptions(NAME, {"window": 3.0})]
    linked.unlink()


def test_another_service_knows_no_options(commands: Commands) -> None:
    widgets.changed(NAME, {"window": 5.0})
    widget = widgets.widget(NAME, 240)
    assert widgets._forget_options in api.before_stop
    widgets._forget_options()
    assert widget.window is None
    widget.set_trait("window", 5)
    assert commands == [SetOptions(NAME, {"window": 5.0})]


def test_controls_that_take_an_option_back_reach_all_others(commands: Commands) -> None:
    widgets.changed(NAME, {"window": 5.0, "y_range": [0.0, 1.0]})
    widget, one, other = widgets.widget(NAME, 240), controls_of_it(), controls_of_it()
    one.children[0].value = 0.0
    one.children[2].value = "auto"
    assert commands == [SetOptions(NAME, {"window": 0.0}), SetOptions(NAME, {"y_range": "auto"})]
    assert (widget.window, widget.y_range) == (None, None)
    assert [control.value for control in other.children[:3]] == [0.0, "line", "auto"]
