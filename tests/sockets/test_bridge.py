"""The WebSocket of a kernel, in place of its pages' own."""

from __future__ import annotations

import socket

import pytest
from support.comm_page import CommPage
from support.eventually import eventually
from support.services import address, running

from zwsnb.comm.bridge import Bridge
from zwsnb.comm.comm_socket import Ended, Message
from zwsnb.protocol.messages import ENDED, VERSION
from zwsnb.service.remote import Remote
from zwsnb.service.service import Service


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        Bridge(f"http://127.0.0.1:{port}/ws", print)


def test_a_service_that_refuses_says_so(service: Service) -> None:
    with pytest.raises(OSError, match="refuses this page"):
        Bridge(address(service, "/ws", token="wrong"), print)


def test_another_version_is_told_and_closed(service: Service) -> None:
    told: list[Message] = []
    Bridge(address(service, "/ws", plot="p", v=VERSION + 1, comm=1), told.append)
    eventually(lambda: told and isinstance(told[-1], Ended))


def test_a_message_after_the_end_is_lost_and_no_error() -> None:
    with running() as service:
        page = CommPage(Remote(service._publisher, service.info), "p")  # type: ignore[arg-type]
        page.until_told("hello")
    assert page.until_ended().code == ENDED
    page.look()
    page.close()
