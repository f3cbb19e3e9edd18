"""Addresses over TCP: what they say, and that something listens there."""

from __future__ import annotations

import socket

import pytest

from zwsnb.relay.plain.addresses import TcpAddress, address_of, keep_alive, listen, parse


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("tcp://127.0.0.1:5000", "127.0.0.1", 5000),
        ("tcp://127.0.0.1:*", "127.0.0.1", 0),
        ("tcp://127.0.0.1:0", "127.0.0.1", 0),
        ("tcp://*:5000", "", 5000),
        ("tcp://[::1]:5000", "::1", 5000),
        ("tcp://localhost:65535", "localhost", 65535),
    ],
)
def test_an_address_has_a_host_and_a_port(address: str, host: str, port: int) -> None:
    assert parse(address) == TcpAddress(host, port)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1",
        "tcp://:5000",
        "tcp://",
        "tcp://127.0.0.1:",
        "tcp://127.0.0.1:port",
        "tcp://127.0.0.1:65536",
        "tcp://127.0.0.1:-1",
        "tcp://127.0.0.1:٣",
        "127.0.0.1:5000",
    ],
)
def test_one_without_both_is_none(address: str) -> None:
    with pytest.raises(OSError, match="it needs a host and a port"):
        parse(address)


@pytest.mark.parametrize(
    ("host", "bound"),
    [("127.0.0.1", "127.0.0.1"), ("", "0.0.0.0"), ("::1", "[::1]"), ("localhost", None)],
)
def test_it_listens_there_and_says_at_which_port(host: str, bound: str | None) -> None:
    try:
        listener = listen(TcpAddress(host, 0))
    except OSError:
        if host != "::1":
            raise
        pytest.skip("this machine has no IPv6")
    with listener:
        found, _, port = address_of(listener).removeprefix("tcp://").rpartition(":")
        assert bound in (found, None)
        with socket.create_connection((found.strip("[]"), int(port))):
            taken, _ = listener.accept()
            taken.close()


def test_an_address_that_is_taken_leaves_nothing_open() -> None:
    with listen(TcpAddress("127.0.0.1", 0)) as first, pytest.raises(OSError, match="in use"):
        listen(TcpAddress("127.0.0.1", first.getsockname()[1]))


def test_the_system_looks_after_a_connection() -> None:
    with socket.socket() as sock:
        keep_alive(sock)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
