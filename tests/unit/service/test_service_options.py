"""The options of a service, and everything that has them a second time."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from zwsnb.protocol.sizes import parse_bytes
from zwsnb.relay.schedule import BOOSTED, SHARE
from zwsnb.service.service import Service
from zwsnb.service.service_options import (
    SERVICE_OPTIONS,
    ServiceOption,
    asked_for,
    check_names,
    serve_words,
)

DEFAULTS = {option.name: option.default for option in SERVICE_OPTIONS}


@pytest.mark.parametrize("option", SERVICE_OPTIONS, ids=lambda option: option.name)
def test_a_service_takes_the_option_with_the_same_type_and_default(option: ServiceOption) -> None:
    parameter = inspect.signature(Service.start).parameters[option.name]
    assert parameter.annotation == option.type
    default = option.default
    if option.name == "memory":
        assert isinstance(default, str)
        default = parse_bytes(default)
    assert parameter.default == default


def test_a_service_takes_nothing_else() -> None:
    parameters = list(inspect.signature(Service.start).parameters)
    assert set(parameters) == {*DEFAULTS, "publisher", "owner", "cell", "token", "restarts"}


def test_the_measured_defaults_are_those_of_the_relay() -> None:
    assert DEFAULTS["switch_interval"] == BOOSTED
    assert DEFAULTS["share"] == SHARE


def test_nothing_is_asked_for_by_the_defaults() -> None:
    assert asked_for(DEFAULTS) == {}
    assert asked_for(DEFAULTS | {"listen": [], "hosts": iter(())}) == {}


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ({"port": 8000}, {"port": 8000}),
        ({"switch_interval": None, "share": None}, {"switch_interval": None, "share": None}),
        ({"memory": 1 << 30}, {"memory": 1 << 30}),
        ({"listen": ["tcp://a:1"], "hosts": iter("ab")},
         {"listen": ("tcp://a:1",), "hosts": ("a", "b")}),
        ({"listen": "tcp://a:1"}, {"listen": "tcp://a:1"}),
    ],
)  # fmt: skip
def test_what_differs_is_asked_for(options: dict[str, Any], asked: dict[str, Any]) -> None:
    assert asked_for(DEFAULTS | options) == asked


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, []),
        ({"port": 0, "host": "::1"}, ["--port=0", "--host=::1"]),
        ({"listen": ("a", "b"), "origins": ["c"]},
         ["--listen=a", "--listen=b", "--allow-origin=c"]),
        ({"allow_remote": True}, ["--allow-remote"]),
        ({"allow_remote": False}, []),
        ({"hosts": "lab.example", "memory": 1 << 26},
         ["--allow-host=lab.example", "--memory=67108864"]),
    ],
)  # fmt: skip
def test_options_are_words_of_the_command_line(options: dict[str, Any], words: list[str]) -> None:
    assert serve_words(options) == words


def test_what_lets_others_in_is_refused_before_a_process_is_started() -> None:
    with pytest.raises(ValueError, match=r"other machines would reach the page at 0\.0\.0\.0"):
        serve_words({"host": "0.0.0.0"})
    assert serve_words({"host": "0.0.0.0", "allow_remote": True})[-1] == "--allow-remote"


@pytest.mark.parametrize("name", ["switch_interval", "share"])
def test_what_is_about_this_process_is_refused_for_another(name: str) -> None:
    with pytest.raises(TypeError) as caught:
        serve_words({name: 1})
    assert str(caught.value) == (
        f"there is no option '{name}' of a relay in a process; they are host, port, ingress,"
        " listen, subscribe, allow_remote, memory, hosts, origins, proxy"
    )


def test_a_name_that_does_not_exist_is_refused() -> None:
    check_names([*DEFAULTS, "process", "on_full"])
    with pytest.raises(TypeError, match=r"no option 'prot'; did you mean port\?"):
        check_names(["prot"])
