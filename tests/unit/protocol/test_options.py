"""The table of options, and the languages that have it a second time."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from typing import Any, Final

import pytest
from support.paths import ROOT

from zwsnb.protocol.option_types import LOGS
from zwsnb.protocol.options import DEFAULTS, OPTIONS, check_option_names, check_options, merged
from zwsnb.protocol.series_options import (
    AXES,
    SERIES_DEFAULTS,
    SERIES_OPTIONS,
    STYLES,
    Option,
)

EVERY: Final = (*OPTIONS, *SERIES_OPTIONS)


@pytest.mark.parametrize("options", [OPTIONS, SERIES_OPTIONS])
def test_an_option_is_declared_once(options: tuple[Option, ...]) -> None:
    names = [option.name for option in options]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("option", EVERY, ids=lambda option: option.name)
def test_a_default_is_a_value_that_the_option_can_have(option: Option) -> None:
    if option.default is not None:
        assert option.check(option.default, option.name) == option.default


@pytest.mark.parametrize("option", EVERY, ids=lambda option: option.name)
def test_the_default_in_words_is_the_default(option: Option) -> None:
    if option.default in (None, {}, []):
        assert option.by_default not in {"", "None"}
    elif isinstance(option.default, str):
        assert option.by_default == f'"{option.default}"'
    else:
        assert option.by_default == repr(option.default)


@pytest.mark.parametrize("option", EVERY, ids=lambda option: option.name)
def test_help_is_one_line_that_names_every_choice(option: Option) -> None:
    assert option.help
    assert "\n" not in option.help
    assert all(f'"{choice}"' in option.help for choice in option.choices)


def test_an_option_that_does_not_exist_is_refused() -> None:
    for refuse in (check_options, check_option_names):
        with pytest.raises(TypeError) as caught:
            refuse({"colour": "red"})
        known = ", ".join(DEFAULTS)
        assert str(caught.value) == (
            f"there is no option 'colour'; the options of a plot are {known}"
        )


def test_options_of_single_series_are_merged() -> None:
    series = {"a": {"width": 2.0, "axis": "left"}, "b": {"hidden": True}}
    old = {"style": "line", "series": series}
    new = merged(old, {"title": "t", "series": {"a": {"axis": "right"}, "c": {}}})
    assert new["series"] == {"a": {"width": 2.0, "axis": "right"}, "b": {"hidden": True}, "c": {}}
    assert (new["style"], new["title"]) == ("line", "t")
    assert series["a"] == {"width": 2.0, "axis": "left"}


@pytest.mark.parametrize(
    ("given", "back"),
    [
        ({"window": 30}, {"window": 0}),
        ({"panels": [["a"]]}, {"panels": []}),
        ({"history": 10}, {"history": "auto"}),
        ({"xy": True}, {"xy": "auto"}),
        ({"xy": False}, {"xy": "auto"}),
        ({"log": "x"}, {"log": "none"}),
        ({"y_range": (0, 1)}, {"y_range": "auto"}),
        ({"y2_range": (0, None)}, {"y2_range": "auto"}),
        *(({name: "t"}, {name: ""}) for name in ("title", "x_label", "y_unit", "y2_label")),
        ({"tz": "UTC"}, {"tz": ""}),
    ],
)
def test_what_has_no_other_default_is_taken_back(
    given: dict[str, Any], back: dict[str, Any]
) -> None:
    said = merged({}, check_options(given))
    assert said
    assert merged(said, check_options(back)) == {}
    assert merged(said, check_options(dict.fromkeys(given))) == said, "None says nothing"


@pytest.mark.parametrize(
    ("given", "back"),
    [
        ({"style": "step"}, {"style": "auto"}),
        ({"points": False}, {"points": "auto"}),
        ({"xy": False}, {"xy": "auto"}),
        ({"color": "#123"}, {"color": "auto"}),
        ({"width": 3}, {"width": "auto"}),
        ({"band": ["lo", "hi"]}, {"band": []}),
    ],
)
def test_what_a_series_has_of_its_own_is_taken_back(
    given: dict[str, Any], back: dict[str, Any]
) -> None:
    said = merged({}, check_options({"series": {"a": given}}))
    assert list(said["series"]["a"]) == list(given)
    assert merged(said, check_options({"series": {"a": back}})) == {"series": {"a": {}}}


def test_no_series_takes_back_what_all_of_them_have_of_their_own() -> None:
    said = merged({}, check_options({"title": "t", "series": {"a": {"width": 3}}}))
    assert merged(said, check_options({"series": {}})) == {"title": "t", "series": {}}
    assert merged(said, check_options({"series": None})) == said


@pytest.mark.parametrize("word", ["auto", "none", "0", "[]"])
def test_a_text_may_be_any_word(word: str) -> None:
    said = check_options({"title": word, "x_unit": word})
    assert merged({}, said) == said


@pytest.mark.parametrize("option", EVERY, ids=lambda option: option.name)
def test_a_default_that_is_a_value_stays_said(option: Option) -> None:
    if option.default not in (None, {}) and option in OPTIONS:
        assert merged({}, {option.name: option.default}) == {option.name: option.default}


# -- the page --------------------------------------------------------------------------------------

MODULE: Final = ROOT / "static" / "link" / "options.js"

PRINT: Final = """
import { DEFAULTS, seriesLook } from "./static/link/options.js";
console.log(JSON.stringify({ plot: DEFAULTS, series: seriesLook(DEFAULTS, "any") }));
"""

KEPT_BY_THE_RELAY: Final = {"history"}
"""Options that mean nothing to a page."""

OF_THE_PAGE: Final = {
    **{name: its for name, its in DEFAULTS.items() if name not in KEPT_BY_THE_RELAY},
    "time": False,  # the relay has decided
}


@cache
def of_the_page() -> dict[str, Any]:
    """Return the defaults of the page, as node has them."""
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", PRINT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def properties(typedef: str) -> dict[str, str]:
    """Return the properties of a JSDoc object type of the page's module, with their types."""
    text = MODULE.read_text(encoding="utf-8")
    block = re.split(r"@typedef|\*/", text.partition(f"@typedef {{object}} {typedef}\n")[2])[0]
    return {name: type_ for type_, name in re.findall(r"@property \{(.+)\} (\w+)", block)}


def test_the_page_has_the_same_defaults() -> None:
    assert of_the_page()["plot"] == OF_THE_PAGE
    assert list(of_the_page()["plot"]) == list(OF_THE_PAGE)


def test_the_page_has_the_same_defaults_of_a_series() -> None:
    of_the_plot = {name: DEFAULTS[name] for name in ("style", "points")}
    assert of_the_page()["series"] == dict(SERIES_DEFAULTS) | of_the_plot


def test_the_page_declares_the_same_properties() -> None:
    assert list(properties("Options")) == [n for n in DEFAULTS if n not in KEPT_BY_THE_RELAY]
    assert list(properties("SeriesOptions")) == list(SERIES_DEFAULTS)


@pytest.mark.parametrize("typedef", ["Options", "SeriesOptions"])
def test_the_page_knows_which_may_be_null(typedef: str) -> None:
    defaults = OF_THE_PAGE if typedef == "Options" else SERIES_DEFAULTS
    for name, type_ in properties(typedef).items():
        may_be_null = type_.endswith("null") or type_ == "RangeOption"
        assert may_be_null == (defaults[name] is None), name


def test_the_page_has_the_same_choices() -> None:
    text = MODULE.read_text(encoding="utf-8")
    style = re.search(r"@typedef \{(.+)\} Style\n", text)
    assert style is not None
    assert literals(style[1]) == list(STYLES)
    assert sorted(literals(properties("Options")["log"])) == sorted(LOGS)
    assert literals(properties("SeriesOptions")["axis"]) == list(AXES)


def literals(type_: str) -> list[str]:
    return re.findall(r'"(\w+)"', type_)
