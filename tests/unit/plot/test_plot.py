"""`Plot` and `Plot.style`, as a user reads them: the same options as the table declares."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Final

import pytest

from zwsnb import Plot
from zwsnb.display.embed import HEIGHT
from zwsnb.protocol.options import OPTIONS
from zwsnb.protocol.series_options import Option

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
    assert f"height: pixels of the plot below a cell (default: {HEIGHT}, and up to" in DOCSTRING


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"titel": "x"},
            "there is no option 'titel'; did you mean title? The options of a plot are title, ",
        ),
        ({"window": -1}, "window is -1; it is 0 or more, in the units of x"),
        ({"name": ""}, "plot is empty; a name has 1 to 256 characters"),
    ],
)
def test_a_mistake_is_a_sentence(options: dict[str, object], sentence: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        Plot(**options)  # type: ignore[arg-type]
    assert str(caught.value).startswith(sentence)
