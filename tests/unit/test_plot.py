"""`Plot` and `Plot.style`, as a user reads them: the same options as the table declares."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Final

import pytest

from zwsnb import Plot, api
from zwsnb.display.embed import HEIGHT
from zwsnb.history.plots import Plot as History
from zwsnb.protocol.batch import Command, SetOptions
from zwsnb.protocol.options import DEFAULTS, OPTIONS, Option

TAKES: Final = [pytest.param(Plot.__init__, id="Plot"), pytest.param(Plot.style, id="Plot.style")]
DOCSTRING: Final = " ".join((Plot.__doc__ or "").split())


@pytest.mark.parametrize("function", TAKES)
@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_is_a_keyword_that_may_be_left_out(
    option: Option, function: Callable[..., object]
) -> None:
    parameter = inspect.signature(function).parameters[option.name]
    assert parameter.annotation == f"{option.type} | None"
    assert parameter.default is None
    if (function, option.name) != (Plot.style, "style"):  # p.style("step")
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY


def test_there_are_no_other_options() -> None:
    names = [option.name for option in OPTIONS]
    assert list(inspect.signature(Plot).parameters) == ["name", "height", *names]
    assert sorted(inspect.signature(Plot.style).parameters) == sorted(["self", *names])


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_the_docstring_explains_each_option_with_its_default(option: Option) -> None:
    assert f" {option.name}: {option.help} (default: {option.by_default}) " in DOCSTRING


def test_the_docstring_has_the_height() -> None:
    assert f"height: pixels of the plot below a cell (default: {HEIGHT})" in DOCSTRING


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"titel": "x"},
            "there is no option 'titel'; did you mean title? The options of a plot are title, ",
        ),
        ({"window": -1}, "window is -1; it is how much of x to follow"),
        ({"name": ""}, "plot is empty; a name has 1 to 256 characters"),
    ],
)
def test_a_mistake_is_a_sentence(options: dict[str, object], sentence: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        Plot(**options)  # type: ignore[arg-type]
    assert str(caught.value).startswith(sentence)


# -- the constructor is the whole truth ------------------------------------------------------------


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
    monkeypatch.setattr("zwsnb.plot._places", {})
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
