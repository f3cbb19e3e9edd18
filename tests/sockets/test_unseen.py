"""The socket file behind the door of publishers by TCP, to which its own process alone connects."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from support.services import dealer, running

from zwsnb.delivery.doors import NAME
from zwsnb.delivery.receipts import Receipt, decode_receipt
from zwsnb.protocol.batch import Batch, Points, encode_batch
from zwsnb.relay.tcp.unseen import Unseen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")

ONE = np.ones(1)


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder for temporary files: that of a test has a long path."""
    with tempfile.TemporaryDirectory() as found:
        yield Path(found)


def test_a_file_that_is_hidden_is_in_no_folder_and_can_be_connected_to(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    unseen = Unseen()
    path = Path(unseen.address.removeprefix("ipc://"))
    assert path.parent.stat().st_mode & 0o077 == 0
    with socket.socket(socket.AF_UNIX) as behind, socket.socket(socket.AF_UNIX) as peer:
        behind.bind(os.fspath(path))
        behind.listen()
        way = unseen.hide()
        assert [*short.iterdir()] == []
        peer.connect(way.removeprefix("ipc://"))
        unseen.close()
    with pytest.raises(OSError, match=r"."), socket.socket(socket.AF_UNIX) as late:
        late.connect(way.removeprefix("ipc://"))


def test_one_to_which_nobody_was_bound_leaves_no_folder(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    unseen = Unseen()
    with pytest.raises(FileNotFoundError):
        unseen.hide()
    unseen.close()
    assert [*short.iterdir()] == []


@pytest.mark.parametrize("folder", ["", "nowhere", "x" * 80])
def test_nobody_finds_the_socket_behind_but_where_there_can_be_no_such_file(
    folder: str, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who connects to a name, libzmq accepts before it turns him away."""
    (short / ("x" * 80)).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(short / folder))
    before = psutil.Process().num_fds()
    with running(ingress="tcp://127.0.0.1:*") as service:
        door = service.relay._sockets._door
        assert door is not None
        assert door._behind.startswith(NAME) == bool(folder)
        assert sum(each.is_dir() for each in short.glob("**/*")) == 1
        with dealer(service.connection) as right:
            right.send_multipart(
                encode_batch(Batch("p", 0, 0, 0, Points("plot", "y", ONE, ONE)), service.token)
            )
            assert decode_receipt(right.recv()) == Receipt(1)
    assert len([*short.glob("**/*")]) == 1
    assert psutil.Process().num_fds() <= before
