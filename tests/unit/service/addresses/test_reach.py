"""What other machines reach of a service, by its addresses."""

from __future__ import annotations

from typing import Any

import pytest

from zwsnb.service.addresses.reach import check_reach, exposure, reached

NEAR = "tcp://127.0.0.1:*"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "::1", "[::1]"])
def test_a_page_on_this_machine_is_reached_by_nobody_else(host: str) -> None:
    assert reached(host, NEAR, ()) == []
    check_reach({"host": host})


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "", "::", "192.0.2.1", "lab.example", "127.0.0.1.evil"]
)
def test_a_page_elsewhere_is(host: str) -> None:
    assert len(reached(host, NEAR, ())) == 1
    with pytest.raises(ValueError, match=r"add allow_remote=True \(--allow-remote\)"):
        check_reach({"host": host})
    check_reach({"host": host, "allow_remote": True})


@pytest.mark.parametrize(
    ("address", "is_reached"),
    [
        (NEAR, False),
        ("tcp://lo:5000", False),
        ("tcp://[::1]:5000", False),
        ("tcp://localhost:5000", False),
        ("ipc:///run/x", False),
        ("inproc://x", False),
        ("no address", False),
        ("tcp://*:5000", True),
        ("tcp://0.0.0.0:*", True),
        ("tcp://eth0:5000", True),
        ("tcp://[::]:5000", True),
        ("tcp://lab.example:5000", True),
        ("tcp://127.0.0.1;0.0.0.0:5000", True),
    ],
)
def test_an_address_of_zeromq(address: str, is_reached: bool) -> None:
    assert bool(reached("127.0.0.1", address, ())) is is_reached
    assert bool(reached("127.0.0.1", NEAR, [address])) is is_reached


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "nothing"),
        ({"host": "0.0.0.0"}, "the page at 0.0.0.0, with its token, not encrypted"),
        (
            {"host": "", "ingress": "tcp://*:1", "listen": ["tcp://*:2", NEAR]},
            (
                "the page at every address, with its token, not encrypted; publishers at tcp://*:1,"
                " with the token, encrypted; producers at tcp://*:2, anybody, not encrypted"
            ),
        ),
    ],
)
def test_one_line_says_what_that_is(options: dict[str, Any], words: str) -> None:
    assert exposure(options) == f"other machines reach {words}"
