"""Both of a machine's own addresses are held: whoever says localhost may ask at either first."""

from __future__ import annotations

import errno
import socket
from http.client import HTTPConnection

import pytest
from support.raw_websocket import descriptors

from zwsnb.server.doors import listeners
from zwsnb.server.doors.listeners import listen, listen_at_own
from zwsnb.service.service import Service


def _has_ipv6() -> bool:
    try:
        listen("::1", 0).close()
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")


@needs_ipv6
def test_another_users_program_cannot_be_localhost_beside_a_service() -> None:
    service = Service.start()
    try:
        with pytest.raises(OSError, match=f"port {service.port} at ::1 cannot be used"):
            listen("::1", service.port)
        for name in ("127.0.0.1", "[::1]", "localhost"):
            asking = HTTPConnection(f"{name}:{service.port}", timeout=10)
            asking.request("GET", f"/stats?token={service.token}")
            assert asking.getresponse().status == 200
            asking.close()
    finally:
        service.stop()
    listen("::1", service.port).close()


@needs_ipv6
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "::1"])
def test_a_port_that_another_has_at_either_address_is_not_taken(host: str) -> None:
    taken = "127.0.0.1" if host == "::1" else "::1"
    with listen(taken, 0) as theirs:
        port, before = theirs.getsockname()[1], descriptors()
        with pytest.raises(OSError, match=f"port {port} at {taken} cannot be used"):
            listen_at_own(host, port)
        assert descriptors() == before


@needs_ipv6
def test_a_free_port_is_free_at_both(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen("::1", 0) as theirs:
        taken = theirs.getsockname()[1]
        offered = [taken, 0]

        def offering(host: str, port: int) -> socket.socket:
            return listen(host, port or offered.pop(0))

        monkeypatch.setattr(listeners, "listen", offering)
        sockets = listen_at_own("127.0.0.1", 0)
        try:
            ports = {each.getsockname()[1] for each in sockets}
            assert (len(sockets), len(ports)) == (2, 1)
            assert ports != {taken}
        finally:
            for each in sockets:
                each.close()


def test_a_free_port_is_another_one_than_that_which_somebody_has_a_hold_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[int] = []

    def check_alone(listener: socket.socket) -> None:
        if not held:
            held.append(listener.getsockname()[1])
            raise OSError(errno.EADDRINUSE, "held")

    monkeypatch.setattr("zwsnb.limits.ports.check_alone", check_alone)
    for listener in listen_at_own("127.0.0.1", 0):
        listener.close()
    assert held


def test_a_machine_without_ipv6_has_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(host: str, port: int) -> socket.socket:
        if ":" in host:
            raise OSError(97, "Address family not supported by protocol")
        return listen(host, port)

    monkeypatch.setattr(listeners, "listen", without)
    [only] = listen_at_own("127.0.0.1", 0)
    only.close()


# -- one address -----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", ""])
def test_a_free_port_is_bound_before_anything_is_accepted(host: str) -> None:
    with listen(host, 0) as bound, socket.create_connection(("127.0.0.1", bound.getsockname()[1])):
        assert bound.gettimeout() == 0


def test_a_port_that_is_taken_is_told_with_what_helps_and_leaves_no_socket() -> None:
    with listen("127.0.0.1", 0) as bound:
        port, before = bound.getsockname()[1], descriptors()
        with pytest.raises(OSError, match=f"port {port} at 127.0.0.1 cannot be used") as caught:
            listen("127.0.0.1", port)
        assert caught.value.args[1].endswith(": choose another, or 0 for a free one")
        assert descriptors() == before


def test_an_address_of_another_machine_is_told_with_what_helps() -> None:
    with pytest.raises(OSError, match=r"port 80 at 192\.0\.2\.1 cannot be used"):
        listen("192.0.2.1", 80)
