"""Which call says all options of a plot."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from zwsnb import Plot, api
from zwsnb.history.plots import Plot as History
from zwsnb.protocol.batch import Command, SetOptions
from zwsnb.protocol.options import DEFAULTS


class Sent:
    """What is sent to the relay, without one, and what the plots have then."""

    def __init__(self) -> None:
        self.plots: dict[str, History] = {}
        self.commands: list[Command] = []

    def send(self, command: Command) -> None:
        assert isinstance(command, SetOptions)
        self.commands.append(command)
        plot = self.plots.setdefault(command.plot, History(command.plot))
        plot.set_options(command.options, is_whole=command.is_whole)

    def said(self, name: str = "p") -> dict[str, object]:
        """Return the options that are not at their defaults."""
        options = self.plots[name].options.items()
        return {key: value for key, value in options if value != DEFAULTS[key]}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    made = Sent()
    monkeypatch.setattr(api, "ensure", lambda: None)
    monkeypatch.setattr(api.publisher, "send_command", made.send)
    monkeypatch.setattr("zwsnb.plot.handles._places", {})
    return made


def in_cell(cell: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run code as a cell of a notebook does that tells which one it is."""
    shell = SimpleNamespace(get_parent=lambda: {"metadata": {"cellId": cell}})
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
        exec(code, {"__name__": "__main__", "Plot": Plot})  # noqa: S102 - as a cell runs


def test_what_a_call_does_not_say_is_at_its_default_again(sent: Sent) -> None:
    Plot("p", log="y", title="First", series={"a": {"width": 2}})
    plot = Plot("p", title="Second", series={"b": {"hidden": True}})
    assert sent.said() == {"title": "Second", "series": {"b": {"hidden": True}}}
    plot.style(window="5m")
    plot.style(title="")
    assert sent.said() == {"window": 300, "series": {"b": {"hidden": True}}}
    Plot("p", title="Second")
    assert sent.said() == {"title": "Second"}
    Plot("p")
    assert sent.said() == {}


def test_a_call_without_options_says_nothing_about_those_of_another_place(sent: Sent) -> None:
    def elsewhere() -> Plot:
        return Plot("p")

    Plot("p", title="First")
    elsewhere()
    elsewhere().style(window=3)
    assert sent.said() == {"title": "First", "window": 3}
    Plot("q")
    assert list(sent.plots) == ["p"]


def test_a_plot_that_is_used_at_once_is_left_as_it_is(sent: Sent) -> None:
    Plot("p", title="First")
    name, options = Plot("p").name, Plot("p").options  # pytest takes an assert apart
    assert (name, options) == ("p", {})
    assert sent.said() == {"title": "First"}


def test_a_cell_that_is_edited_says_the_whole_truth(
    sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_cell("1", "p = Plot('p', log='y', title='First')", monkeypatch)
    in_cell("2", "q = Plot('p')", monkeypatch)
    assert sent.said() == {"log": "y", "title": "First"}
    in_cell("1", "p = Plot('p', title='First')", monkeypatch)
    assert sent.said() == {"title": "First"}
    in_cell("1", "Plot('p').options", monkeypatch)
    assert sent.said() == {"title": "First"}
    in_cell("1", "Plot('p')", monkeypatch)
    assert sent.said() == {}
    in_cell("2", "Plot('p').style(window=3)", monkeypatch)
    in_cell("1", "Plot('p')", monkeypatch)
    assert sent.said() == {"window": 3}, "there was nothing to take back any more"
    in_cell("1", "Plot('p', title='First')", monkeypatch)
    in_cell("2", "Plot('p', title='Second')", monkeypatch)
    in_cell("1", "Plot('p')", monkeypatch)
    assert sent.said() == {"title": "Second"}, "the other cell has had the last word"


def test_a_call_that_is_a_mistake_changes_nothing(sent: Sent) -> None:
    Plot("p", title="First")
    with pytest.raises(ValueError, match="window is -1"):
        Plot("p", window=-1)
    assert sent.said() == {"title": "First"}
