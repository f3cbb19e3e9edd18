"""Who is at the other end of a connection: an address for once opens to no other user."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from support.eventually import eventually
from support.services import running

from zwsnb.limits.peers import is_anothers
from zwsnb.server.doors.gate import OTHERS, USED
from zwsnb.service.service import Service

if sys.platform != "win32":
    import resource

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")

only_root = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0, reason="only root can be another user"
)

ANOTHER = 65534

ASK = f"""
import encodings.idna, os, socket, sys
if sys.argv[1] == "another":
    os.setuid({ANOTHER})
asking = socket.socket(socket.AF_INET6 if ":" in sys.argv[2] else socket.AF_INET)
if sys.argv[5]:
    asking.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, sys.argv[5].encode())
asking.connect((sys.argv[2], int(sys.argv[3])))
lines = f"GET {{sys.argv[4]}} HTTP/1.1", f"Host: 127.0.0.1:{{sys.argv[3]}}", "", ""
asking.sendall("\\r\\n".join(lines).encode())
while came := asking.recv(65536):
    sys.stdout.buffer.write(came)
"""


@pytest.fixture
def service() -> Iterator[Service]:
    """A service."""
    with running() as its:
        yield its


def asked(service: Service, once: str, user: str, host: str = "127.0.0.1", device: str = "") -> str:
    """What a program of a user's is answered at an address."""
    path = once.partition(f":{service.port}")[2]
    words = [sys.executable, "-c", ASK, user, host, str(service.port), path, device]
    return subprocess.run(words, capture_output=True, text=True, check=True, timeout=30).stdout


@only_root
@pytest.mark.parametrize("device", ["", "lo"])
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_an_address_for_once_opens_to_no_other_user_and_waits_for_its_own(
    service: Service, host: str, device: str
) -> None:
    """He reads the arguments of a browser sooner than it has started."""
    once = service.url_for_once("a plot")
    answer = asked(service, once, "another", host, device)
    assert answer.startswith("HTTP/1.1 403 ")
    assert answer.endswith(OTHERS)
    assert service.token not in answer
    assert service.stats()["vitals"]["refused"]["requests"]["other user"] == 1
    assert asked(service, once, "own", host).startswith("HTTP/1.1 303 ")
    assert asked(service, once, "another", host).endswith(USED)


@only_root
def test_who_has_become_this_user_by_sudo_may_open_it(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_UID", str(ANOTHER))
    assert asked(service, service.url_for_once(), "another").startswith("HTTP/1.1 303 ")


def connected(service: Service) -> socket.socket:
    """A connection that the service has accepted."""
    asking = socket.create_connection(("127.0.0.1", service.port), timeout=30)
    server = service._hub.resident._server
    eventually(lambda: service.call(lambda: len(server.places)) == 1)
    return asking


def request(service: Service, once: str) -> bytes:
    """What a browser says that opens an address."""
    path = once.partition(f":{service.port}")[2]
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\n\r\n".encode()


@contextlib.contextmanager
def no_descriptors() -> Iterator[None]:
    """This process can open nothing more."""
    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.close(first := os.open(os.devnull, os.O_RDONLY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (first, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))


def test_without_descriptors_an_address_for_once_opens_to_nobody_and_waits(
    service: Service,
) -> None:
    """Another user, who can use up those of an `ingress` by TCP, was given the token."""
    once = service.url_for_once("a plot")
    with closing(connected(service)) as asking, no_descriptors():
        asking.sendall(request(service, once))
        answer = b"".join(iter(lambda: asking.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 503 ")
    assert os.strerror(errno.EMFILE) in answer
    assert service.token not in answer
    assert service.stats()["vitals"]["refused"]["requests"]["unknown user"] == 1
    assert asked(service, once, "own").startswith("HTTP/1.1 303 ")


def test_who_goes_before_there_is_an_answer_does_not_use_up_an_address_for_once(
    service: Service,
) -> None:
    """Another user kept a browser out by that: whose a connection was is not known any more."""
    once = service.url_for_once("a plot")
    asking = connected(service)

    def ask_and_go() -> None:
        asking.sendall(request(service, once))
        asking.close()

    service.call(ask_and_go)  # so that it is not answered between the two
    eventually(lambda: "unknown user" in service.stats()["vitals"]["refused"]["requests"])
    assert asked(service, once, "own").startswith("HTTP/1.1 303 ")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_ones_own_program_is_nobody_elses_as_long_as_it_is_there(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.create_server((host, 0), family=family)) as server:
        with closing(socket.create_connection(server.getsockname()[:2])) as asking:
            accepted, _ = server.accept()
            assert not is_anothers(accepted)
            asking.shutdown(socket.SHUT_WR)
            assert not is_anothers(accepted)
        with closing(accepted), pytest.raises(OSError, match="not connected"):
            is_anothers(accepted)


def test_where_nothing_tells_nobody_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox may have none of what tells."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EAFNOSUPPORT, os.strerror(errno.EAFNOSUPPORT))

    monkeypatch.setattr("zwsnb.limits.peers._owner_of", refuse)
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        with closing(socket.create_connection(server.getsockname())):
            accepted, _ = server.accept()
        with closing(accepted):
            assert not is_anothers(accepted)
