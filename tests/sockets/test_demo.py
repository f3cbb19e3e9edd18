"""The demo's producer, over a real socket and as a real process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import zmq
from support.eventually import PATIENCE

from zwsnb.commands import demo
from zwsnb.protocol.options import check_options
from zwsnb.protocol.point import decode_point


def received(socket: zmq.Socket[bytes]) -> bytes:
    assert socket.poll(int(PATIENCE * 1000))
    return socket.recv()


def test_the_options_of_the_demo_are_options() -> None:
    assert check_options(demo.OPTIONS) == demo.OPTIONS


def test_a_process_publishes_the_sine_as_a_plain_producer_does() -> None:
    with zmq.Context() as context, context.socket(zmq.SUB) as socket:
        socket.subscribe(b"")
        port = socket.bind_to_random_port("tcp://127.0.0.1")
        producer = demo.start_producer(f"tcp://127.0.0.1:{port}")
        try:
            messages = [received(socket) for _ in range(2)]
        finally:
            producer.terminate()
            producer.wait()
    one, other = map(decode_point, messages)
    assert list(one.values) == [demo.SERIES]
    assert one.x is not None
    assert other.x is not None
    assert one.x < other.x <= time.time()
    assert 0 <= one.values[demo.SERIES] <= 5
    assert set(json.loads(messages[0])) == {"x", "y", "series"}


def test_a_process_whose_parent_ended_while_it_started_ends_too() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as parent:
        parent.wait()
    begin = time.monotonic()
    demo.produce("tcp://127.0.0.1:1", parent.pid, count=PATIENCE / demo.PERIOD)
    assert time.monotonic() - begin < PATIENCE / 2


def test_the_process_imports_nothing_from_the_folder_where_the_user_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zmq.py").write_text("raise SystemExit('code of somebody else')")
    monkeypatch.chdir(tmp_path)
    test_a_process_publishes_the_sine_as_a_plain_producer_does()
