"""What lives in the hub's thread of a service, and what is left when it cannot be put together."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any

import gevent
import pytest

from zwsnb.display.ways import Ways
from zwsnb.history.plots import DEFAULT_BUDGET
from zwsnb.history.runs import nowhere
from zwsnb.server.access import new_token
from zwsnb.server.error_log import ErrorLog
from zwsnb.service.assembly import Assembly, Settings

SETTINGS = Settings(
    host="127.0.0.1",
    port=0,
    ingress="tcp://127.0.0.1:*",
    listen=("tcp://127.0.0.1:*",),
    subscribe=(),
    memory=DEFAULT_BUDGET,
    hosts=(),
    origins=(),
    ways=Ways(),
    switch_interval=None,
    share=None,
    token=new_token(),
    cell=nowhere,
)


def test_it_is_open_when_it_is_made_and_closed_when_it_is_closed() -> None:
    assembly = Assembly(SETTINGS, None, ErrorLog())
    address = ("127.0.0.1", assembly.port)
    socket.create_connection(address, timeout=5).close()
    assert assembly.relay.ingress.startswith("tcp://127.0.0.1:")
    assert assembly.listening == assembly.relay.listening
    assembly.close("The test is over.")
    with socket.create_server(address):
        pass


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "192.0.2.1"},
        {"ingress": "nonsense"},
        {"listen": ("tcp://127.0.0.1:*", "nonsense")},
        {"subscribe": ("nonsense",)},
        {"token": "short"},
    ],
)
def test_what_cannot_be_made_whole_leaves_its_port_free(wrong: dict[str, Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises((OSError, ValueError)):
        Assembly(replace(SETTINGS, **({"port": port} | wrong)), None, ErrorLog())
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_nothing_of_it_runs_after_the_close() -> None:
    assembly = Assembly(SETTINGS, None, ErrorLog())
    assembly.close("The test is over.")
    gevent.sleep(0)
    assert assembly._pacer.dead
    assert not assembly._server.started
