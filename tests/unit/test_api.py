"""`zwsnb.start` and the names of the package, as a user reads them."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Final

import pytest

import zwsnb
from zwsnb.service.service_options import SERVICE_OPTIONS, ServiceOption

SIGNATURE: Final = inspect.signature(zwsnb.start)
DOCSTRING: Final = " ".join((zwsnb.start.__doc__ or "").split())


def test_dir_lists_the_public_names_only() -> None:
    assert dir(zwsnb) == sorted(zwsnb.__all__)


def test_the_hooks_of_ipython_are_there_all_the_same() -> None:
    assert callable(zwsnb.load_ipython_extension)
    assert callable(zwsnb.unload_ipython_extension)


@pytest.mark.parametrize("option", SERVICE_OPTIONS, ids=lambda option: option.name)
def test_start_takes_every_option_of_a_service(option: ServiceOption) -> None:
    parameter = SIGNATURE.parameters[option.name]
    assert (parameter.annotation, parameter.default) == (option.type, option.default)
    assert parameter.kind is inspect.Parameter.KEYWORD_ONLY


def test_start_takes_nothing_else() -> None:
    names = [option.name for option in SERVICE_OPTIONS]
    assert list(SIGNATURE.parameters) == ["process", "on_full", *names]


@pytest.mark.parametrize("option", SERVICE_OPTIONS, ids=lambda option: option.name)
def test_the_docstring_explains_each_option_with_its_default(option: ServiceOption) -> None:
    default = option.default
    words = "none" if option.is_list else f'"{default}"' if isinstance(default, str) else default
    assert f" {option.name}: {option.help} (default: {words}) " in DOCSTRING


def test_options_that_do_not_exist_are_refused_before_anything_starts() -> None:
    with pytest.raises(TypeError, match="there is no option 'prot'; did you mean port"):
        zwsnb.start(prot=1)  # type: ignore[call-arg]
    assert zwsnb.api.current() is None


def test_connect_says_which_file_is_none(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"none\.json is not the connection file of a running"):
        zwsnb.connect(tmp_path / "none.json")
