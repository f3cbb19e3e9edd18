"""A port of which somebody has a hold without listening: he could meet who connects to it."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import gc
import os
import socket
import struct
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import this_thread
from support.raw_websocket import descriptors

from zwsnb.limits import ports
from zwsnb.relay.plain import addresses
from zwsnb.relay.plain.addresses import TcpAddress
from zwsnb.server.doors import listeners
from zwsnb.service.service import Service

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")

Listen = Callable[[str, int], socket.socket]

needs_ipv6 = pytest.mark.skipif(
    not Path("/proc/net/if_inet6").exists(), reason="this machine has no IPv6"
)


only_root = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root can be another user"
)


@pytest.fixture(params=["page", "plain producers"])
def listen(request: pytest.FixtureRequest) -> Listen:
    """What listens for pages, and what for plain producers."""
    if request.param == "page":
        return listeners.listen
    return lambda host, port: addresses.listen(TcpAddress(host, port))


@pytest.fixture
def held() -> Iterator[socket.socket]:
    """A hold, as another user has it: what is not marked looks alike."""
    with held_at("127.0.0.1", 0) as held:
        yield held


def held_at(host: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    return sock


def test_it_is_not_taken_and_leaves_no_socket(listen: Listen, held: socket.socket) -> None:
    port, before = held.getsockname()[1], descriptors()
    with pytest.raises(OSError, match=rf"another user has a hold of it|:{port}|in use"):
        listen("127.0.0.1", port)
    assert descriptors() == before
    held.close()
    listen("127.0.0.1", port).close()


@needs_ipv6
def test_one_who_holds_all_addresses_holds_this_one(listen: Listen) -> None:
    with held_at("::", 0) as held, pytest.raises(OSError, match=r"hold of it|in use"):
        listen("127.0.0.1", held.getsockname()[1])


@pytest.mark.parametrize("elsewhere", ["127.0.0.2", pytest.param("::1", marks=needs_ipv6)])
def test_one_who_is_at_another_address_is_not_trusted_to_stay_there(
    listen: Listen, elsewhere: str
) -> None:
    with held_at(elsewhere, 0) as held, pytest.raises(OSError, match="hold of it"):
        listen("127.0.0.1", held.getsockname()[1])


def test_one_who_holds_all_addresses_may_step_aside_while_somebody_looks(listen: Listen) -> None:
    """While it is connected a socket is at one address, and then it is at all of them again."""
    own = address_of_this_machine()
    with socket.create_server((own, 0)) as there, held_at("0.0.0.0", 0) as held:
        port = held.getsockname()[1]
        held.connect(there.getsockname())
        assert held.getsockname() == (own, port)
        with pytest.raises(OSError, match="hold of it"):
            listen("127.0.0.1", port)
        unspecified = struct.pack("16x")
        assert ctypes.CDLL(None).connect(held.fileno(), unspecified, len(unspecified)) == 0
        assert held.getsockname() == ("0.0.0.0", port)


def address_of_this_machine() -> str:
    """One that others reach it by; nothing is sent."""
    with socket.socket(type=socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no address but its own")
        return str(asking.getsockname()[0])


@pytest.mark.parametrize("host", ["127.0.0.2", pytest.param("::1", marks=needs_ipv6)])
def test_a_port_may_be_listened_at_by_several_addresses(listen: Listen, host: str) -> None:
    with (
        listen("127.0.0.1", 0) as one,
        socket.create_connection(one.getsockname()),  # a page that was waiting for it
        listen(host, one.getsockname()[1]) as other,
    ):
        for listener in (one, other):
            assert not listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT)


def test_a_proxy_may_have_the_same_port_at_another_address(listen: Listen) -> None:
    """As long as it listens nobody gets a hold of all addresses."""
    with socket.create_server(("127.0.0.2", 0)) as proxy:
        port = proxy.getsockname()[1]
        listen("127.0.0.1", port).close()
        with (
            held_at("127.0.0.1", port),
            pytest.raises(OSError, match=rf"hold of it|:{port}|in use"),
        ):
            listen("127.0.0.1", port)


@only_root
def test_a_program_of_another_user_is_no_proxy(listen: Listen) -> None:
    with (
        eve(bound_to="127.0.0.2", listens=True) as port,
        pytest.raises(OSError, match="hold of it"),
    ):
        listen("127.0.0.1", port)


def test_what_listens_no_more_is_forgotten(listen: Listen) -> None:
    gc.collect()
    before = len(ports._listening)
    listen("127.0.0.1", 0).close()
    gc.collect()
    assert len(ports._listening) == before


@pytest.mark.parametrize("why", [errno.EAFNOSUPPORT, errno.EPERM])
def test_a_system_without_ipv6_has_one_kind_of_addresses(
    listen: Listen, held: socket.socket, monkeypatch: pytest.MonkeyPatch, why: int
) -> None:
    class OfOneKind(socket.socket):
        def __init__(self, family: int = -1, *rest: int, **named: int) -> None:
            if family == socket.AF_INET6:
                raise OSError(why, "no such kind")
            super().__init__(family, *rest, **named)

    without = SimpleNamespace(**(vars(socket) | {"socket": OfOneKind}))
    monkeypatch.setattr("zwsnb.limits.ports.socket", without)
    listen("127.0.0.1", 0).close()
    with pytest.raises(OSError, match="hold of it"):
        listen("127.0.0.1", held.getsockname()[1])


def test_the_sentence_says_who_has_it(held: socket.socket) -> None:
    with pytest.raises(OSError, match=r"\(another user has a hold of it, or .*\): choose another"):
        listeners.listen("127.0.0.1", held.getsockname()[1])


def test_who_listens_can_be_held_by_nobody_later(listen: Listen) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            with socket.socket() as late:
                late.setsockopt(socket.SOL_SOCKET, option, 1)
                if option == socket.SO_REUSEPORT:  # beside all addresses, as servers have it
                    late.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                with pytest.raises(OSError, match="in use"):
                    late.bind(("", port))


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", pytest.param("::1", marks=needs_ipv6)])
def test_no_program_of_the_same_user_listens_there_too(listen: Listen, host: str) -> None:
    """The look lets one be bound there, for an instant."""
    with listen(host, 0) as listener, socket.socket(listener.family) as rival:
        rival.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with pytest.raises(OSError, match="in use"):
            rival.bind(listener.getsockname())


def test_what_is_marked_holds_nothing(listen: Listen) -> None:
    """Else a service that is started anew would have another port, for a minute."""
    listener = listen("127.0.0.1", 0)
    host, port = listener.getsockname()
    with socket.create_connection((host, port)) as one, socket.create_connection((host, port)):
        first, second = listener.accept()[0], listener.accept()[0]
        for each in (first, second, listener):
            ports.mark(each)
        first.close()  # before its peer: the system keeps it for a minute
        one.recv(1)
        with socket.socket(fileno=os.dup(listener.fileno())):  # as a forked process has it
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            listen("127.0.0.1", port).close()
        second.close()


def test_a_system_that_cannot_tell_keeps_nobody_from_it(
    listen: Listen, held: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_is_alone", lambda _: False)
    listen("127.0.0.1", held.getsockname()[1]).close()


def test_a_connection_that_is_just_ending_is_waited_for(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Older systems do not say whose it is; a peer that is far away has not heard of its end."""
    listener = listen("127.0.0.1", 0)
    host, port = listener.getsockname()
    with socket.create_connection((host, port)) as deaf:
        far, _ = listener.accept()
        far.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while far.send(bytes(1 << 20)):
                pass
        for each in (far, listener):
            ports.mark(each)
            each.close()
        waited: list[bool] = []

        def as_before(_: socket.socket) -> bool:
            return bool(waited)

        def wait(_: float) -> None:
            waited.append(True)
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            deaf.close()

        monkeypatch.setattr(ports, "_is_alone", as_before)
        this_thread.replace(monkeypatch, time, "sleep", wait)
        listen("127.0.0.1", port).close()
        assert waited == [True]


def test_a_service_with_connections_is_started_anew_where_it_was() -> None:
    service = Service.start(listen=["tcp://127.0.0.1:*"])
    port, came_in = service.port, service.listening
    try:
        plain = int(came_in[0].rpartition(":")[2])
        with (
            socket.create_connection(("127.0.0.1", port)) as page,
            socket.create_connection(("127.0.0.1", plain)) as producer,
        ):
            page.sendall(b"GET / HTTP/1.1\r\n\r\n")
            while page.recv(65536):
                pass
            producer.sendall(b"what is no ZMTP")
            producer.settimeout(10)
            while producer.recv(65536):
                pass
            service.restart()
            assert (service.port, service.listening) == (port, came_in)
    finally:
        service.stop()


@only_root
def test_another_user_does_not_meet_who_asks_a_service() -> None:
    """He would wait at the port, and connect to where the next one comes from."""
    with (
        eve(bound_to="127.0.0.1", listens=False) as port,
        pytest.raises(OSError, match="another user has a hold of it"),
    ):
        Service.start(port=port)


@contextlib.contextmanager
def eve(*, bound_to: str, listens: bool) -> Iterator[int]:
    """Another user, who has a port for as long; which one."""
    program = f"""
    import os, socket, sys
    os.setuid(65534)
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(({bound_to!r}, 0))
    if {listens}:
        held.listen()
    print(held.getsockname()[1], flush=True)
    sys.stdin.read()
    """
    words = [sys.executable, "-c", textwrap.dedent(program)]
    with subprocess.Popen(words, stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        yield int(other.stdout.readline())
