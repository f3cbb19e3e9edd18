"""Connections that come to a listener."""

from __future__ import annotations

import errno
import socket
from typing import ClassVar

import gevent
import pytest
from support.eventually import PATIENCE

from zwsnb.relay.plain import accepting
from zwsnb.relay.plain.addresses import TcpAddress, listen


class Poor(socket.socket):
    """A listener of a process that has no descriptor left, or no memory, the first times."""

    refusals: ClassVar[list[Exception]] = [OSError(errno.EMFILE, "Too many open files")] * 2

    def accept(self) -> tuple[socket.socket, object]:
        if self.refusals:
            raise self.refusals.pop()
        return super().accept()


class Poorer(Poor):
    refusals: ClassVar[list[Exception]] = [MemoryError()] * 2


@pytest.mark.parametrize("kind", [socket.socket, Poor, Poorer])
def test_each_is_handed_on_also_after_a_time_without_descriptors_or_memory(
    kind: type[socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "_PAUSE", 0.001)
    listener = kind(fileno=listen(TcpAddress("127.0.0.1", 0)).detach())
    listener.settimeout(0)
    admitted: list[socket.socket] = []
    accept = gevent.spawn(accepting.accept, listener, admitted.append)
    peers = [socket.create_connection(listener.getsockname()) for _ in range(3)]
    with gevent.Timeout(PATIENCE):
        while len(admitted) < len(peers):
            gevent.sleep(0.001)
    assert [each.getpeername() for each in admitted] == [each.getsockname() for each in peers]
    if hasattr(socket, "SO_REUSEPORT"):  # what the system keeps of it looks like nobody else's
        for each in admitted:
            assert each.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT)
    accept.kill()
    for each in (listener, *admitted, *peers):
        each.close()
