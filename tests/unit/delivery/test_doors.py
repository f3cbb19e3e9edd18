"""Who gets through the door: the keys that come from a token."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zmq

from zwsnb.delivery.doors import NAME, _keys, lock, process_of, unlock, why_not
from zwsnb.service import connection_file

TCP = "tcp://127.0.0.1:*"


@pytest.fixture
def sockets() -> Iterator[list[zmq.Socket[bytes]]]:
    with zmq.Context() as context, context.socket(zmq.ROUTER) as a, context.socket(zmq.DEALER) as b:
        yield [a, b]


def test_the_keys_come_from_the_token() -> None:
    secret, public = _keys("token")
    assert _keys("token") == (secret, public)
    assert public == zmq.curve_public(secret)
    assert public not in _keys("another")
    assert all(_keys(text) for text in ("", "gehört-nicht-dazu", "\ud800"))


def test_by_tcp_there_are_keys(sockets: list[zmq.Socket[bytes]]) -> None:
    door, peer = sockets
    lock(door, TCP, "token")
    unlock(peer, TCP, "token")
    assert [each.getsockopt(zmq.MECHANISM) for each in sockets] == [zmq.CURVE, zmq.CURVE]
    assert [each.getsockopt(zmq.CURVE_SERVER) for each in sockets] == [1, 0]


def test_an_address_may_be_one_of_ipv6(sockets: list[zmq.Socket[bytes]]) -> None:
    door, peer = sockets
    lock(door, "tcp://[::1]:*", "token")
    unlock(peer, "tcp://[::1]:5000", "token")
    assert [each.getsockopt(zmq.IPV6) for each in sockets] == [1, 1]


def test_a_socket_file_has_no_keys(sockets: list[zmq.Socket[bytes]], tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    for socket in sockets:
        lock(socket, f"ipc://{tmp_path}/s", "token")
        unlock(socket, f"ipc://{tmp_path}/s", "token")
        assert socket.getsockopt(zmq.MECHANISM) == zmq.NULL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such names")
def test_by_a_name_that_is_no_file_there_are_keys_where_the_system_tells_who_comes(
    sockets: list[zmq.Socket[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    lock(sockets[0], "ipc://@name", "token")
    unlock(sockets[1], "ipc://@name", "token")
    assert [each.getsockopt(zmq.MECHANISM) for each in sockets] == [zmq.CURVE, zmq.CURVE]
    assert sockets[1].getsockopt(zmq.RECONNECT_IVL) != -1
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(OSError, match="only you can go"):
        lock(sockets[0], "ipc://@name", "token")


@pytest.mark.parametrize("address", ["ipc://{}/s", "ipc://{}/none/s"])
def test_a_socket_file_that_others_can_reach_is_no_way_in(
    address: str, sockets: list[zmq.Socket[bytes]], tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(OSError, match=r"only you can go|No such file"):
        lock(sockets[0], address.format(tmp_path), "token")


def test_nothing_is_sent_to_a_socket_file_that_others_may_have_put_there(
    sockets: list[zmq.Socket[bytes]], tmp_path: Path
) -> None:
    unlock(sockets[1], f"ipc://{tmp_path}/s", "token")
    tmp_path.chmod(0o775)
    with pytest.raises(
        OSError, match=r"others may write into the folder of .*: nothing is sent there"
    ):
        unlock(sockets[1], f"ipc://{tmp_path}/s", "token")
    unlock(sockets[1], f"ipc://{tmp_path}/none/s", "token")  # nobody is there


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a link away"
)
def test_a_socket_file_behind_a_link_of_somebody_else_is_no_way_in(
    sockets: list[zmq.Socket[bytes]], tmp_path: Path
) -> None:
    (folder := tmp_path / "ours").mkdir(mode=0o700)
    (link := tmp_path / "link").symlink_to(folder)
    for open_, socket in zip((lock, unlock), sockets, strict=True):
        open_(socket, f"ipc://{link}/s", "token")
    os.chown(link, 65534, 65534, follow_symlinks=False)
    with pytest.raises(OSError, match="only you can go"):
        lock(sockets[0], f"ipc://{link}/s", "token")
    with pytest.raises(OSError, match="nothing is sent there"):
        unlock(sockets[1], f"ipc://{link}/s", "token")


@pytest.mark.parametrize("open_", [lock, unlock])
def test_without_curve_there_is_no_way_in_by_tcp(
    open_: object, sockets: list[zmq.Socket[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zmq, "has", lambda _: False)
    with pytest.raises(OSError, match="no CURVE: install the pyzmq of PyPI"):
        (lock if open_ is lock else unlock)(sockets[0], TCP, "token")


def test_an_address_is_told_with_what_helps() -> None:
    in_use = zmq.ZMQError(zmq.EADDRINUSE)
    assert "is in use by another program: choose another port" in why_not(TCP, in_use)
    assert "one looks like tcp://127.0.0.1:5000" in why_not("x", zmq.ZMQError(zmq.EINVAL))


def test_the_name_of_a_way_in_tells_whose_it_is_where_a_service_has_chosen_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_file, "folder", lambda: tmp_path)
    tmp_path.chmod(0o700)
    chosen = [connection_file.ingress(5000)]
    if sys.platform == "linux":
        tmp_path.chmod(0o755)
        chosen.append(connection_file.ingress(5000))
        assert chosen[1].startswith(NAME)
    assert {process_of(each) for each in chosen} == {os.getpid()}
    for other in (TCP, "ipc:///tmp/s", "ipc:///1-2.sock/s", f"{NAME}zwsnb-{'a' * 32}"):
        assert process_of(other) is None
