"""A service of this process and one in another process are used in the same way."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from zwsnb.service.backend import Backend
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service

BACKENDS: list[type[Backend]] = [Service, Remote]  # which the type checker looks at
MEMBERS = [name for name in vars(Backend) if not name.startswith("_")]


def test_the_protocol_has_what_the_package_uses() -> None:
    assert set(MEMBERS) == {
        "attach",
        "connection",
        "embedding",
        "failure",
        "hear",
        "info",
        "is_running",
        "is_seen",
        "listens",
        "picture",
        "plots_url",
        "plots_url_for_once",
        "points",
        "proved",
        "restart",
        "saved_page",
        "set_proxy",
        "snapshot",
        "stats",
        "stop",
        "url",
        "url_for_once",
        "version",
    }


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", [name for name in MEMBERS if callable(vars(Backend)[name])])
def test_a_method_has_the_same_parameters(backend: type[Any], name: str) -> None:
    wanted = inspect.signature(vars(Backend)[name]).parameters
    has = inspect.signature(getattr(backend, name)).parameters
    # Further parameters have defaults, and nobody who knows the protocol alone gives them.
    assert list(has)[: len(wanted)] == list(wanted)
    assert {key: has[key].default for key in wanted} == {key: wanted[key].default for key in wanted}
    assert all(has[key].default is not inspect.Parameter.empty for key in list(has)[len(wanted) :])


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", ["points", "snapshot"])
def test_what_is_raised_is_documented_alike(backend: type[Any], name: str) -> None:
    assert inspect.getdoc(getattr(backend, name)) == inspect.getdoc(getattr(Backend, name))
