"""The options of a plot as traits: what is set, told, observed and linked."""

from __future__ import annotations

import pytest
import traitlets

from zwsnb.protocol.options import DEFAULTS, OPTIONS, check_options, merged, taking_back
from zwsnb.widget.settings import Change, OptionTraits, Settings, link


class Changes(list[tuple[str, object]]):
    """Takes what settings call."""

    def __call__(self, name: str, value: object) -> None:
        self.append((name, value))


def test_each_option_is_a_trait() -> None:
    assert set(OptionTraits.class_trait_names()) == set(DEFAULTS)


def test_they_begin_with_the_options_of_the_plot() -> None:
    changes = Changes()
    settings = Settings({"window": 10.0, "title": "T"}, changes)
    assert (settings.window, settings.title, settings.style) == (10.0, "T", "line")
    assert changes == []


def test_setting_one_changes_the_plot() -> None:
    changes = Changes()
    settings = Settings({}, changes)
    settings.set_trait("window", "10s")
    settings.y_range = (0, 1)
    assert settings.window == 10.0
    assert changes == [("window", 10.0), ("y_range", [0.0, 1.0])]
    settings.window = None
    assert changes[-1] == ("window", None)


@pytest.mark.parametrize(
    ("name", "value"), [("window", -1), ("style", "dots"), ("points", 3), ("log", "z")]
)
def test_what_an_option_cannot_be_is_refused_and_changes_nothing(name: str, value: object) -> None:
    changes = Changes()
    settings = Settings({}, changes)
    before = getattr(settings, name)
    with pytest.raises((TypeError, ValueError), match=name):
        setattr(settings, name, value)
    assert (getattr(settings, name), changes) == (before, [])


def test_what_is_told_is_observed_and_changes_nothing_more() -> None:
    changes, seen = Changes(), []
    settings = Settings({"window": 1.0}, changes)

    def see(change: Change) -> None:
        seen.append(change["new"])

    settings.observe(see, "window")
    settings.tell({"window": 2.0, "title": "T"})
    assert (settings.window, settings.title) == (2.0, "T")
    settings.tell({"points": True})
    assert (settings.window, settings.title, settings.points) == (None, None, True)
    assert (seen, changes) == ([2.0, None], [])


def test_two_that_are_linked_are_the_same() -> None:
    changes = Changes()
    settings, widget = Settings({"window": 1.0}, changes), OptionTraits()
    link(settings, widget)
    assert (widget.window, changes) == (1.0, [])
    widget.window = 5
    assert (settings.window, changes) == (5.0, [("window", 5.0)])
    settings.tell({"window": 6.0})
    assert (widget.window, len(changes)) == (6.0, 1)


def test_a_trait_links_to_one_of_another_widget() -> None:
    class Slider(traitlets.HasTraits):
        value = traitlets.Float(3.0)

    changes, slider = Changes(), Slider()
    settings = Settings({}, changes)
    traitlets.link((slider, "value"), (settings, "window"))
    slider.value = 4.0
    assert changes == [("window", 3.0), ("window", 4.0)]


@pytest.mark.parametrize("name", [option.name for option in OPTIONS])
def test_there_is_a_value_that_takes_each_option_back(name: str) -> None:
    value = check_options({name: taking_back(name)})
    standing = merged({name: "anything"}, value)
    assert standing.get(name, DEFAULTS[name]) == DEFAULTS[name]


def test_what_takes_an_option_back_is_its_default() -> None:
    changes = Changes()
    settings = Settings({"window": 5.0, "y_range": [0.0, 1.0]}, changes)
    settings.set_trait("window", 0)
    settings.set_trait("y_range", "auto")
    assert (settings.window, settings.y_range) == (None, None)
    assert changes == [("window", None), ("y_range", None)]


def test_a_widget_shows_what_the_plot_has_made_of_an_option() -> None:
    def merge(name: str, value: object) -> None:
        assert isinstance(value, dict)
        settings.tell({name: {"old": {"style": "step"}, **value}})

    settings = Settings({}, merge)
    widgets = [OptionTraits(), OptionTraits()]
    for widget in widgets:
        link(settings, widget)
    widgets[0].series = {"new": {"style": "bars"}}
    both = {"old": {"style": "step"}, "new": {"style": "bars"}}
    assert [each.series for each in (settings, *widgets)] == [both] * 3
