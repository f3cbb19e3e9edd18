"""The options of a service, and everything that has them a second time."""

from __future__ import annotations

import inspect
import math
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
    check_values,
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


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"port": 70_000}, r"port is 70000; it is a number up to 65535"),
        ({"port": -1}, r"port is -1"),
        ({"port": "8000"}, r"port is '8000'"),
        ({"memory": 0}, r'memory is 0; it is a number of bytes, or a text as "500 MB"'),
        ({"memory": -5}, r"memory is -5"),
        ({"memory": "0 MB"}, r"memory is '0 MB'"),
        ({"memory": "much"}, r"'much' is no size"),
        ({"memory": math.nan}, r"memory is nan"),
        ({"memory": None}, r"memory is None"),
        ({"share": math.nan}, r"share is nan; it is a part of 1"),
        ({"share": 0}, r"share is 0"),
        ({"share": 2}, r"share is 2"),
        ({"switch_interval": -1}, r"switch_interval is -1; it is seconds"),
        ({"switch_interval": math.inf}, r"switch_interval is inf"),
    ],
)
def test_a_number_out_of_its_range_is_refused_with_what_it_may_be(
    options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        check_values(**options)
    with pytest.raises(ValueError, match=sentence):
        Service.start(**options)


def test_all_other_numbers_are_taken() -> None:
    check_values(**DEFAULTS)
    check_values()
    check_values(port=65_535, memory=1e9, share=None, switch_interval=None)


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
